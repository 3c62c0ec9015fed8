"""Who speaks without a name on the label: hints of the words around, holders of offices, the record's home state."""

from __future__ import annotations

import pytest

from extract.components.speakers import hints
from extract.components.speakers.holders import holder_of
from extract.components.speakers.home import countries_beside, is_state_office, read_home
from extract.components.speakers.labelled import names_nobody
from extract.components.speakers.places import Places
from extract.lexicons import load

ROWS = load(
    "en/speakers_hints", {"pattern": "text", "kind": "called|own|addressed|nickname", "example": "text", "name": "text"}
)
READERS = {
    "called": hints.called,
    "own": hints.named_himself,
    "addressed": hints.addressed,
    "nickname": hints.nicknamed,
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["example"][:40])
def test_a_hint_reads_its_example(row: dict[str, str]) -> None:
    assert READERS[row["kind"]](row["example"]) == row["name"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("called", "We will come to that. Thank you."),
        ("called", "The goods come from Norway and from Peru."),
        ("own", "This is a matter of principle, from first to last."),
        ("nickname", " who goes by the book, said"),
        ("nickname", ", who gave his word as a sailor"),
        ("addressed", "Well, certainly, we will sign."),
        ("addressed", "However, we will sign in May."),
    ],
)
def test_no_name_is_read_where_none_stands(kind: str, words: str) -> None:
    assert READERS[kind](words) is None


@pytest.mark.parametrize(
    ("office", "text", "holder"),
    [
        ("prime minister", "TRANSCRIPT OF THE PRIME MINISTER, THE HON J. R. HALE MP\n\nSydney", "J. R. Hale"),
        ("PM", "Interview with Prime Minister Ada Hale on the radio.", "Ada Hale"),
        ("the president", "Remarks by President Hale and Prime Minister Bain", "Hale"),
        ("prime minister", "First the Prime Minister. Mr Hale, good morning.", "Hale"),
        ("prime minister", "PRIME MINISTER: Certainly. We will sign.", None),
        ("prime minister", "Former Prime Minister Hale was there.", None),
        ("prime minister", "The Deputy Prime Minister, Mr Hale, was there.", None),
        ("president", "President Hale met President Bain.", None),
    ],
)
def test_who_holds_an_office(office: str, text: str, holder: str | None) -> None:
    assert holder_of(office, text, frozenset()) == holder


def test_somebody_with_a_label_of_his_own_holds_no_office() -> None:
    assert holder_of("prime minister", "Prime Minister Neil Hale, good morning.", frozenset({"neil", "hale"})) is None


@pytest.mark.parametrize(
    ("label", "nobody"),
    [("Q", True), ("QUESTION", True), ("Speaker 12", True), ("Unidentified Speaker", True), ("[inaudible]", True),
     ("JL", False), ("Moderator", False), ("PRIME MINISTER", False), ("Mr Questel", False)],
)  # fmt: skip
def test_marks_that_name_nobody(label: str, nobody: bool) -> None:
    assert names_nobody(label) is nobody


@pytest.mark.parametrize(
    ("office", "of_state"),
    [("Prime Minister", True), ("THE MINISTER OF TRADE", True), ("Senator", True), ("PM", True),
     ("President, Alder Mills", False), ("Chair", False), ("Chief Executive Officer", False), (None, False)],
)  # fmt: skip
def test_offices_of_a_state(office: str | None, of_state: bool) -> None:
    assert is_state_office(office) is of_state


def test_countries_beside_a_name_are_read_from_title_and_apposition() -> None:
    text = "President Hale of the Republic of Norway met Bain (Peru). Norwegian President Hale spoke first."
    assert countries_beside(Places(text), "Hale") == ["NO", "NO"]
    assert countries_beside(Places(text), "Bain") == ["PE"]


def test_the_home_state_follows_the_bodies_then_the_countries_named() -> None:
    named = [{"country": "CN"}, {"country": "CN"}, {"country": "CN"}, {"country": None}]
    assert read_home("The question was put to my hon. Friend in Whitehall. " * 3, named).country == "GB"
    assert read_home("They spoke of trade.", named).country == "CN"
    assert read_home("They spoke of trade.", []).country is None
    assert read_home("The FOMC met. The federal funds rate stood still.", []).bank
    assert read_home("On a point of order, Mr. Speaker, the hon. members know it.", []).chamber
