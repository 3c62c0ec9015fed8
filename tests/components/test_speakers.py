"""Who the labels are: names, offices, sides, pronouns, questioners, counsel and witness."""

from __future__ import annotations

import pytest
from spacy.language import Language

import extract.components.factories  # noqa: F401
from extract.components.speakers.roles import role_of
from extract.components.speakers.sides import dateline_side
from tests.turns_cases import TurnCase, load_cases

STYLES = [case for case in load_cases() if case.turns]
# Samples in which a speaker is not resolved yet, each with what is missing.
OPEN = {
    "scottish": "one short answer behind a name that comes once",
    "radio": "full label once, surnames then, and little talk",
    "bracketed-full-width": "the other delegation's country stands in no title",
}


@pytest.mark.parametrize("case", STYLES, ids=lambda case: case.name)
def test_speakers_of_a_sample(speakers_nlp: Language, case: TurnCase, request: pytest.FixtureRequest) -> None:
    if case.name in OPEN:
        request.applymarker(pytest.mark.xfail(reason=OPEN[case.name], strict=False))
    rows = [row for row in speakers_nlp(case.text)._.turns if row["kind"] == "turn"]
    assert [row["speaker"] for row in rows] == [turn.speaker for turn in case.turns]
    sided = [(row["side"], turn.side) for row, turn in zip(rows, case.turns, strict=True) if turn.side]
    assert all(found == expected for found, expected in sided), sided


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("MR. SPEAKER", "Speaker"),
        ("THE MINISTER OF TRADE AND INDUSTRY", "Minister of Trade and Industry"),
        ("CNN ANCHOR", "CNN Anchor"),
        ("Corran—Minister for Trade", "Minister for Trade"),
        ("Vice President Dr.", "Vice President"),
        ("the director of customs", "director of customs"),
        (None, None),
    ],
)
def test_an_office_is_written_in_ordinary_letters(written: str | None, role: str | None) -> None:
    assert role_of(written) == role


@pytest.mark.parametrize(
    ("phrase", "text", "side"),
    [
        ("Finance Ministry official", "DUTIES FALL\n\nTAIPEI, April 8 - The duty on pears will fall.", "TW"),
        ("the government", "TOKYO (AP) -- The bill passed.", "JP"),
        ("customs department", "OTTAWA — Trucks waited for a third day.", "CA"),
        ("a fisherman", "TOKYO (AP) -- The boats stayed in port.", None),
        ("the ministry", "HAMBURG, May 2 - The port was shut.", None),
    ],
)
def test_an_unnamed_ministry_belongs_to_the_capital_of_the_dateline(phrase: str, text: str, side: str | None) -> None:
    assert dateline_side(phrase, text) == side
