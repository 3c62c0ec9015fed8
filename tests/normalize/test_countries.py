"""Countries by name, abbreviation, adjective and people."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize import countries
from extract.normalize.countries import (
    country_adjectives,
    country_code,
    country_names,
    region_adjectives,
    region_names,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("United States", "US"),
        ("the United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("USA", "US"),
        ("America", "US"),
        ("UK", "GB"),
        ("Britain's", "GB"),
        ("PRC", "CN"),
        ("ROK", "KR"),
        ("South Korea", "KR"),
        ("North Korea", "KP"),
        ("Soviet Union", "SU"),
        ("East Germany", "DD"),
        ("Cote d'Ivoire", "CI"),
        ("Trinidad & Tobago", "TT"),
        ("BRAZIL", "BR"),
        ("South Koreans", "KR"),
        ("Americans", "US"),
        ("Dutch", "NL"),
        ("Danish", "DK"),
        ("Kenyans", "KE"),
        ("Qatari", "QA"),
        ("Frenchmen", "FR"),
        ("Chinese", "CN"),
        ("Peruvian", "PE"),
        ("Zambian", "ZM"),
        ("New Zealanders", "NZ"),
    ],
)
def test_country_code(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize("written", ["us", "EU", "Asia", "Asian", "Paris", "women", "", "the", "South", "IT", "IS"])
def test_no_country(written: str) -> None:
    assert country_code(written) is None


def test_names_and_adjectives_are_apart() -> None:
    assert not set(country_names()) & set(country_adjectives())
    assert len(set(country_adjectives().values())) > 180
    assert "Southeast Asia" in region_names()
    assert "Latin Americans" in region_adjectives()


@settings(max_examples=100, derandomize=True)
@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    assert country_code(text) is None or len(country_code(text) or "") == 2


def test_tables_are_quick_to_build() -> None:
    for cached in (country_names, country_adjectives, countries._folded, country_code):
        cached.cache_clear()
    started = time.process_time()
    country_code("Peru")
    assert time.process_time() - started < 1.0
