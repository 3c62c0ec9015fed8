"""Records of talks in Japanese and French: whole turns with their speakers and sides, and what ends none."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import extract.components.factories  # noqa: F401
from extract.components.rows import register_extensions
from tests.turns_cases import TurnCase, load_cases

CASES = load_cases(Path(__file__).resolve().parents[1] / "cases" / "turns_other")


@pytest.fixture(scope="module")
def nlp() -> Language:
    register_extensions()
    loaded = spacy.blank("en")
    for name in ("trade_document", "trade_segments", "trade_turns"):
        loaded.add_pipe(name)
    loaded.add_pipe("sentencizer")
    for name in ("trade_entities", "trade_quotes", "trade_speakers"):
        loaded.add_pipe(name)
    return loaded


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_record_reads_whole(nlp: Language, case: TurnCase) -> None:
    doc = nlp(case.text)
    rows = [row for row in doc._.turns if row["kind"] == "turn"]
    found = [(row["label"], case.text[row["start"] : row["end"]]) for row in rows]
    assert found == [(turn.label, case.text[turn.start : turn.end]) for turn in case.turns]
    assert [(row["speaker"], row["side"]) for row in rows] == [(turn.speaker, turn.side) for turn in case.turns]
