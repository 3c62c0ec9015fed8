"""``extract.load()``: an ordinary spaCy pipeline that survives any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

TABLES = ("segments", "turns", "entities", "dates", "claims")


def check(doc: Doc) -> None:
    """Offsets lie in the text, rows are in order, segments and turns of a kind do not overlap."""
    length = len(doc.text)
    for table in TABLES:
        last = 0
        for row in doc._.get(table):
            assert 0 <= row["start"] < row["end"] <= length, (table, row)
            assert row["start"] >= last or table not in ("segments",), (table, row)
            last = row["end"] if table == "segments" else row["start"]
    turns = [row for row in doc._.turns if row["kind"] == "turn"]
    assert all(a["end"] <= b["start"] for a, b in pairwise(turns))


ODD = {
    "empty": "",
    "blank": " \n\t\n ",
    "nul": "MR. ROE. The duty\x00 is 5 percent.\x00\x00",
    "one word": "tariff",
    "endless line": "The duty is 5 percent and the quota 20,000 tons, he said. " * 600,
    "endless word": "x" * 200_000,
    "quotation marks": "“" * 60_000,
    "brackets": "(" * 60_000 + "President) Yes.",
    "figures": "1,234.5 % " * 1000,
    "colons": "Roe: yes\n" * 4000,
    "unclosed quotation": "“We will not sign, said Roe.\n\nHe left.\n\n" * 300,
    "line separators": "A\u2028B\u2029C\x85D\x0bE\x0cF",
    "right to left": "قال الوزير إن الرسوم 5٪ \u202eabc",
    "surrogate pairs": "🚢 50 percent 🚢 of $5bn 🇯🇵",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_pass_quickly(nlp: Language, name: str) -> None:
    started = time.process_time()
    check(nlp(ODD[name]))
    assert time.process_time() - started < 60


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(nlp: Language, text: str) -> None:
    check(nlp(text))


_WORDS = (
    "MR. ROE. |(Prime Minister) |Q. |“|”|\"|'|\n|\n\n| said that |5 percent|$5 billion|3 May 1994| the 11th |Jane Roe"
    "| tariff on cars |平成6年|（総理）|- |: |. |from | to "
)
_PIECES = st.sampled_from(_WORDS.split("|"))


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join))
def test_no_mixture_of_what_is_looked_for_raises(nlp: Language, text: str) -> None:
    check(nlp(text))


def test_rows_survive_bytes_and_are_the_same_again(nlp: Language) -> None:
    text = "MS. ABARA: The duty was 12 percent in 1994.\n\nMR. LIND: We asked for 4 percent.\n"
    doc = nlp(text)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    for table in TABLES:
        assert again._.get(table) == doc._.get(table)
        assert nlp(text)._.get(table) == doc._.get(table)


def test_rules_do_without_a_model(blank: Language) -> None:
    doc = blank("MS. ABARA: The duty was 12 percent in 1994.\n\nMR. LIND: We asked for 4 percent.\n")
    assert len(doc._.turns) == 2
    assert [d["value"] for d in doc._.dates] == ["1994"]
    assert len(doc._.claims) == 2
