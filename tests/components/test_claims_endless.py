"""Sentences that never end: the work on claims grows with their length, not with its square."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.components.claims.component import ClaimReader
from extract.components.claims.judgements import judgements

pytestmark = pytest.mark.slow

# Processor seconds; a scan of the whole sentence for each figure takes minutes on the same texts.
BOUND = 25.0
# A claim with its numbers has some 5,000 bytes; with all its choices and the names of its numbers it has 40,000.
BYTES = 9_000


@pytest.mark.parametrize(
    ("unit", "times", "claims"),
    [("1,234.5 % ", 3000, 3000), ("no quotas ", 6000, 6000), ("he said that 5 percent, ", 500, 500)],
)
def test_endless_sentences_take_linear_time(nlp: Language, unit: str, times: int, claims: int) -> None:
    doc = nlp.make_doc(unit * times)
    seconds = 0.0
    for name, pipe in nlp.pipeline:
        begun = time.process_time()
        doc = pipe(doc)
        if name in ("trade_figures", "trade_claims"):
            seconds += time.process_time() - begun
    assert len(doc._.claims) == claims
    assert seconds < BOUND


def test_twice_the_text_takes_about_twice_the_time(nlp: Language) -> None:
    def seconds(times: int) -> float:
        doc = nlp.make_doc("1,234.5 % " * times)
        for name, pipe in nlp.pipeline:
            begun = time.process_time()
            doc = pipe(doc)
            if name == "trade_claims":
                return time.process_time() - begun
        return 0.0

    seconds(200)
    assert seconds(2400) < 3.5 * seconds(1200) + 0.2


def test_the_memory_of_a_claim_is_small(before_claims: Callable[[str], Doc]) -> None:
    """Of each claim what is needed at the end is kept, not all that might have been answered: 50,000 fit a gigabyte."""
    models = replace(judgements(), reader=None)

    def peak(lines: int) -> int:
        reader = ClaimReader(before_claims("".join(f"Item {n} of lot {n % 7}: {n % 13} tons\n" for n in range(lines))))
        tracemalloc.start()
        try:
            reader.claims(models)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert (peak(2000) - peak(1000)) / 1000 < BYTES
