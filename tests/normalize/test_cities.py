"""Cities by name and the country that they are in."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize import cities


def test_names_are_read_without_accents_case_and_line_ends() -> None:
    assert cities.homes("Žilina") == cities.homes("ZILINA")
    assert cities.homes("Žilina")[0][0] == "SK"
    assert cities.homes("Santa\nRosa") == cities.homes("Santa Rosa")
    assert cities.homes("Lyons")[0][0] == "FR"
    assert cities.homes("Quillby") == ()


@pytest.mark.parametrize("word", ["Reading", "Nice", "Most", "The", ""])
def test_english_words_are_no_cities(word: str) -> None:
    assert cities.homes(word) == ()


@pytest.mark.parametrize(
    ("name", "named", "country"),
    [
        ("Toledo", {}, None),
        ("Toledo", {"ES": 1}, "ES"),
        ("Toledo", {"ES": 1, "US": 4}, "US"),
        ("London", {"CA": 3}, "GB"),
        ("Ningbo", {}, "CN"),
        ("Quillby", {"GB": 1}, None),
    ],
)
def test_the_country_of_a_city(name: str, named: dict[str, int], country: str | None) -> None:
    assert cities.city_country(name, named) == country


def test_the_list_loads_fast() -> None:
    cities._cities.cache_clear()
    start = time.perf_counter()
    cities.homes("Lima")
    assert time.perf_counter() - start < 1.0  # about 0.04 s; a busy machine takes longer


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_string_has_an_answer(text: str) -> None:
    assert isinstance(cities.homes(text), tuple)
