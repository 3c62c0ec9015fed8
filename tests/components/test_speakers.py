"""Who the labels are: names, offices, sides, pronouns, questioners, counsel and witness."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

import extract.components.factories  # noqa: F401
from extract.components.rows import register_extensions
from tests.turns_cases import TurnCase, load_cases

STYLES = [case for case in load_cases() if case.turns]
# Samples in which a speaker is not resolved yet, each with what is missing.
OPEN = {
    "bracketed-full-width": "the other delegation's country stands in no title",
}


@pytest.fixture(scope="module")
def speakers_nlp() -> Language:
    register_extensions()
    nlp = spacy.blank("en")
    for name in ("trade_document", "trade_segments", "trade_turns"):
        nlp.add_pipe(name)
    nlp.add_pipe("sentencizer")
    for name in ("trade_entities", "trade_quotes", "trade_speakers"):
        nlp.add_pipe(name)
    return nlp


@pytest.mark.parametrize("case", STYLES, ids=lambda case: case.name)
def test_speakers_of_a_sample(speakers_nlp: Language, case: TurnCase, request: pytest.FixtureRequest) -> None:
    if case.name in OPEN:
        request.applymarker(pytest.mark.xfail(reason=OPEN[case.name], strict=False))
    rows = [row for row in speakers_nlp(case.text)._.turns if row["kind"] == "turn"]
    assert [row["speaker"] for row in rows] == [turn.speaker for turn in case.turns]
    sided = [(row["side"], turn.side) for row, turn in zip(rows, case.turns, strict=True) if turn.side]
    assert all(found == expected for found, expected in sided), sided
