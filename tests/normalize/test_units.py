"""Counted nouns and units of measure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.units import Unit, UnitGrammar, is_plural, singular

SINGULARS = {
    "Cars": "car", "countries": "country", "people": "person", "boxes": "box", "aircraft": "aircraft", "ships": "ship",
    "classes": "class", "businessmen": "businessman", "women": "woman", "series": "series", "bus": "bus",
    "feet": "foot",
}  # fmt: skip


@pytest.mark.parametrize(("plural", "single"), SINGULARS.items())
def test_singular(plural: str, single: str) -> None:
    assert singular(plural) == single


@pytest.mark.parametrize("word", ["jobs", "people", "aircraft", "factories"])
def test_plurals(word: str) -> None:
    assert is_plural(word)


@pytest.mark.parametrize("word", ["previous", "business", "was", "job", "U.S", "nation's"])
def test_no_plurals(word: str) -> None:
    assert not is_plural(word)


def test_longest_unit_wins() -> None:
    grammar = UnitGrammar(words=["feet", "cubic feet", "miles per hour"], signs=["MW", "lbs"], weak=["bags"])
    assert grammar.find_after(["cubic", "feet", "of"]) == (Unit("cubic foot"), 2)
    assert grammar.find_after(["miles", "per", "hour"]) == (Unit("mile per hour"), 3)
    assert grammar.find_after(["MW"]) == (Unit("MW"), 1)
    assert grammar.find_after(["mw"]) is None
    assert grammar.find_after(["lbs"]) == (Unit("lb"), 1)
    assert grammar.find_after(["bags"]) == (Unit("bag", weak=True), 1)
    assert grammar.find_after(["cars"]) is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdefgs", min_size=1, max_size=12))
def test_singular_of_singular_is_itself_or_shorter(word: str) -> None:
    assert len(singular(word)) <= max(len(word), 8)
