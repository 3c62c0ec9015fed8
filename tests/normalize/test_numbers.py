"""Numbers in digits and words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.numbers import MISREAD, parse_digits, parse_number, read_words, render_number, scale_value

WORDS = {
    "six thousand": 6000, "one hundred and fifty": 150, "twenty-five": 25, "nineteen": 19, "five lakh": 500_000,
    "three hundred thousand": 300_000, "two million three hundred thousand": 2_300_000, "a dozen": 12, "zero": 0,
    "five and twenty": 25, "a couple of million": 2e6, "a few thousand": 1000, "two thousand and five": 2005,
    "thirty point two five": 30.25, "two hundred million": 2e8, "hundred and five": 105, "three dozen": 36,
    "one thousand two hundred": 1200, "two and three quarters": 2.75, "five lakh crore": 5e12, "ninety-nine": 99,
}  # fmt: skip
NUMBERS = {
    "1,234.5": 1234.5, "1,00,000": 100_000, "9·4": 9.4, "2½": 2.5, "3-1/4": 3.25, "3 1/4": 3.25, "1.234.567": 1_234_567,
    "3.1bn": 3.1e9, "5m": 5e6, "200k": 2e5, "4.2 billion": 4.2e9, "5 lakh crore": 5e12, "two and a half million": 2.5e6,
    "half a million": 5e5, "900 mln": 9e8, ".5": 0.5, "¾": 0.75, "3,5 million": 3.5e6, "500 crore": 5e9,
    "1.234.567,8": 1_234_567.8, "1'234'567": 1_234_567, "12 500": 12_500, "2.35-3/4": 2.3575, "3 and 1/4": 3.25,
    "3 ½": 3.5, "1/0": 0, "2 and a half million": 2.5e6, "6 bn.": 6e9, "7 thou": 7000, "8T": 8e12, "half-million": 5e5,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [*WORDS.items(), *NUMBERS.items()])
def test_numbers(text: str, value: float) -> None:
    assert parse_number(text) == pytest.approx(value)


NO_NUMBERS = ("nineteen eighty", "one two", "recent", "", "5 apples", "of", "half an apple", "2 and apples", "ten ten",
    "and five", "5 million apples")  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_single_number(text: str) -> None:
    assert parse_number(text) is None


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0, max_value=10**12))
def test_rendered_digits_read_back(value: int) -> None:
    assert parse_digits(render_number(float(value))) == value


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=1, max_value=999), st.sampled_from(["thousand", "million", "billion", "crore"]))
def test_scale_words_multiply(value: int, scale: str) -> None:
    factor = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "crore": 1e7}[scale]
    assert parse_number(f"{value} {scale}") == value * factor


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_no_text_raises(text: str) -> None:
    parse_number(text)


@given(st.text(alphabet="0123456789lIO., ", max_size=14))
def test_digits_misread_by_a_scanner_always_have_a_value(text: str) -> None:
    for match in re.finditer(MISREAD, text):
        assert parse_digits(match[0]) >= 0


def test_a_tariff_line_with_a_misread_digit_is_no_number() -> None:
    for line in ("040l6.40.44", "84l3.O1.20", "l2.O1.l994"):
        assert not re.search(MISREAD, line)


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [("twenty-five cars", 25, 11), ("nineteen eighty cars", None, 15), ("of five", None, 0), ("five and more", 5, 4)],
)
def test_words_end_where_the_number_does(text: str, value: float | None, end: int) -> None:
    assert read_words(text) == (value, end)


@pytest.mark.parametrize(
    ("word", "money", "value"),
    [("m", False, 1e6), ("MM", True, 1e6), ("MM", False, 1), ("cr", True, 1e7), ("cr", False, 1), ("crs", True, 1e7),
     ("bn.", False, 1e9), ("millions", False, 1e6), ("apples", True, 1)],
)  # fmt: skip
def test_some_scales_are_those_of_sums_alone(word: str, money: bool, value: float) -> None:
    assert scale_value(word, money=money) == value


@pytest.mark.parametrize(("value", "text"), [(0.0, "0"), (1234.5, "1,234.5"), (0.000001, "0.000001"), (100.0, "100")])
def test_digits_with_commas(value: float, text: str) -> None:
    assert render_number(value) == text
