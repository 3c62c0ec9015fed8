"""When values count as the same."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.evaluation.matching import pair, plain, same_name, same_number, same_phrase


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Abara", "Ifeoma Abara", True),
        ("Ifeoma Abara", "Abara", True),
        ("Ifeoma Abara", "Obi Abara", False),
        (None, None, True),
        (None, "Abara", False),
        ("the Ministry.", "THE MINISTRY", True),
    ],
)
def test_same_name(a: str | None, b: str | None, expected: bool) -> None:
    assert same_name(a, b) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("duty on tin", "the duty", True),
        ("duty on tin", "tin plate", False),
        ("tin plate", "tin", True),
        ("the", None, True),
        ("tin", None, False),
    ],
)
def test_same_phrase(a: str | None, b: str | None, expected: bool) -> None:
    assert same_phrase(a, b) is expected


def test_numbers_within_a_millionth() -> None:
    assert same_number(1.4e11, 1.4e11 + 1)
    assert not same_number(25.0, 25.1)
    assert same_number(None, math.nan)


@given(st.one_of(st.text(), st.none(), st.floats(), st.integers()))
def test_plain_settles(value: object) -> None:
    once = plain(value)
    assert once is None or plain(once) == once or isinstance(once, str)


def test_the_best_overlap_is_paired_first() -> None:
    gold = [{"start": 0, "end": 10}, {"start": 10, "end": 20}]
    found = [{"start": 8, "end": 20}, {"start": 0, "end": 9}]
    pairs = pair(gold, found, lambda g, f: True)
    assert [(g["start"], f["start"]) for g, f in pairs] == [(0, 0), (10, 8)]
