"""Words a second of the shipped pipeline's statistical parts on one core, beside a blank tokenizer as the bound.

``python benchmarks/model_speed.py [--model FOLDER] [--words N]``. Time is this process's own CPU time, so that other
programs on the machine count little; the best of three passes is printed. Exit code 1 below ``FLOOR_WORDS_PER_S``.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable

# Before numpy is loaded, hence above the imports: one core means one thread.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"

import spacy  # noqa: E402
from spacy.language import Language  # noqa: E402
from spacy.tokens import Doc  # noqa: E402

from extract.pipeline.build import faster_products  # noqa: E402
from extract.pipeline.model_folder import shipped_model  # noqa: E402

FLOOR_WORDS_PER_S = 8_000
PASSES = 3
BATCH = 64
# Ordinary running text of this field, written for the purpose; varied by numbers so that no cache makes it easy.
PARAGRAPHS = (
    "The delegation of Norland, led by Deputy Minister Ana Verhoeven, told its counterparts in Geneva that tariffs on "
    "dairy products would fall by {n} percent over five years. The other side asked for a list of the goods concerned.",
    "MR. OKAFOR. Thank you, Mr. Chairman. Our exports of cut flowers fell from {n} tons to less than half of that, and "
    "I would ask the Secretary whether the inspection rules that were announced in March are going to stay in force.",
    '"We have made our offer," said Lindqvist, who heads the growers\' union, "and we shall not make it twice." '
    "The ministry declined to say when {n} licences that had been promised would be issued to importers in the south.",
    "Analysts at Brennan & Katz expect that the surplus will shrink to {n} million dollars next year,\nif the ports "
    "are reopened and the drought ends; nobody in Parliament believes that the quota will be raised before autumn.",
)


def texts(words: int) -> list[str]:
    """Documents of some 1,000 words each, ``words`` in all."""
    out: list[str] = []
    count, number = 0, 0
    while count < words:
        parts = []
        size = 0
        while size < 1_000:
            parts.append(PARAGRAPHS[number % len(PARAGRAPHS)].format(n=number + 11))
            size += len(parts[-1].split())
            number += 1
        out.append("\n\n".join(parts))
        count += size
    return out


def best_rate(words: int, work: Callable[[], object]) -> float:
    """Words a second of the fastest of ``PASSES`` passes."""
    fastest = float("inf")
    for _ in range(PASSES):
        begin = time.process_time()
        work()
        fastest = min(fastest, time.process_time() - begin)
    return words / fastest


def statistical(nlp: Language, docs: list[Doc]) -> None:
    """All parts of the pipeline on documents that are cut into words already."""
    stream = iter(docs)
    for _, part in nlp.pipeline:
        stream = part.pipe(stream, batch_size=BATCH)  # type: ignore[attr-defined]
    for _ in stream:
        pass


def main(arguments: list[str] | None = None) -> int:
    """Print both rates; 0 if the floor is held."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--model", default=None, help="a spaCy pipeline; the shipped one if not given")
    options.add_argument("--words", type=int, default=30_000)
    args = options.parse_args(arguments)
    faster_products()
    begin = time.perf_counter()
    nlp = spacy.load(args.model or shipped_model() or sys.exit("no model in models/en_trade"))
    load_s = time.perf_counter() - begin
    raw = texts(args.words)
    blank = spacy.blank("en")
    words = sum(len(blank.make_doc(text)) for text in raw)
    bound = best_rate(words, lambda: [blank.make_doc(text) for text in raw])
    statistical(nlp, [nlp.make_doc(text) for text in raw[:2]])
    rate = best_rate(words, lambda: statistical(nlp, [nlp.make_doc(text) for text in raw]))
    print(f"blank tokenizer        {bound:12,.0f} words/s")
    print(f"with statistical parts {rate:12,.0f} words/s (floor {FLOOR_WORDS_PER_S:,}; {', '.join(nlp.pipe_names)})")
    print(f"loading                {load_s:12.2f} s")
    return 0 if rate >= FLOOR_WORDS_PER_S else 1


if __name__ == "__main__":
    sys.exit(main())
