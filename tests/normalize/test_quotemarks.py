"""Quotation marks paired by kind."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.quotemarks import Quotation, outermost, pair_marks


def inner(text: str, paragraphs: list[tuple[int, int]] | None = None) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in outermost(pair_marks(text, paragraphs))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said, "Sell it." He left.', ["Sell it."]),
        ("“Sell,” she said. “Now.”", ["Sell,", "Now."]),
        ("``Sell,'' she said. ``Now.''", ["Sell,", "Now."]),
        ("''Sell,'' she said. ''Now.''", ["Sell,", "Now."]),
        ("‘Sell,’ she said, ‘or lose the farmers’ trust.’", ["Sell,", "or lose the farmers’ trust."]),
        ("'Sell,' she said. 'It's the growers' choice.'", ["Sell,", "It's the growers' choice."]),
        ("«Vendez», dit-elle.", ["Vendez"]),
        (
            "« The quay is shut », dockers said. The mayor replied: « It will open. »",
            [" The quay is shut ", " It will open. "],
        ),
        ("« Non », dit-elle ; « jamais » !", [" Non ", " jamais "]),
        ("Er sagte: »Nein.« Und: »Nie.«", ["Nein.", "Nie."]),
        ("„Verkaufen“, sagte sie.", ["Verkaufen"]),
        ("»Verkaufen«, sagte sie.", ["Verkaufen"]),
        ("社長は「売る」と言った。", ["売る"]),
        ("She called it „mad” and left.", ["mad"]),
        ("\"The 'cheap' rice,\" she said.", ["The 'cheap' rice,"]),
        ("'The \"cheap\" rice,' she said.", ['The "cheap" rice,']),
        ("'a capital 'Win,' and a small 'win.''", ["a capital 'Win,' and a small 'win.'"]),
        ('"We need a 5" pipe," she said.', ['We need a 5" pipe,']),
        ('She said," It is done".', [" It is done"]),
    ],
)
def test_marks_pair_by_kind(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It's the farmers' union and Oe's boss' car.",
        "The '80s and the class of '99.",
        "Rock 'n' roll, 'tis said.",
        'A beam of 6\' 2" and a 5" pipe.',
        "O’Neill’s and the workers’ hall.",
        "Hawai‘i and the ’90s.",
        "",
    ],
)
def test_apostrophes_inches_and_decades_are_no_marks(text: str) -> None:
    assert inner(text) == []


def test_nested_quotations_have_depth() -> None:
    found = pair_marks("“He said ‘no’ twice,” she said.")
    assert [(q.kind, q.depth) for q in found] == [("double", 0), ("single", 1)]


def test_an_open_quotation_ends_with_its_paragraph_and_goes_on_where_the_next_opens_again() -> None:
    text = "“One went up.\n“Two came down.”\nThree stayed."
    bounds = [(0, 13), (14, 30), (31, len(text))]
    first, second = pair_marks(text, bounds)
    assert (first.closed, first.end, first.continues) == (False, 13, False)
    assert (second.closed, second.continues) == (True, True)
    assert inner("“One went up.\nTwo came down.", [(0, 13), (14, 28)]) == ["One went up."]


def test_an_open_quotation_ends_where_another_of_its_kind_begins() -> None:
    assert inner("“Never closed. She left. “Second,” he said.") == ["Never closed. She left.", "Second,"]


MARKS = st.text(alphabet="ab .,5s“”\"'‘’`«»„「」\n", max_size=80)


@settings(max_examples=100, deadline=None)
@given(MARKS)
def test_no_text_raises_and_pairs_are_in_order_inside_the_text(text: str) -> None:
    found = pair_marks(text)
    assert found == sorted(found, key=lambda q: (q.start, -q.end))
    for quotation in found:
        assert 0 <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
    flat: list[Quotation] = outermost(found)
    assert all(a.end <= b.start for a, b in pairwise(flat))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["We go", "No", "Prices fell, we think", "All 5 of us"]), min_size=1, max_size=6))
def test_what_is_put_between_marks_comes_back(words: list[str]) -> None:
    for opening, closing in ("“”", '""', "«»", "「」", ("``", "''")):
        text = " and then ".join(f"{opening}{word},{closing} she said" for word in words)
        assert inner(text) == [f"{word}," for word in words]


@pytest.mark.parametrize("unit", ['"', "“", "'a ", "a' ", '5" ', "“a ‘b ", "'a b\" "])
def test_time_is_linear(unit: str) -> None:
    started = time.process_time()
    pair_marks(unit * 20_000)
    assert time.process_time() - started < 4
