"""Goods by the Harmonized System, and parties by country."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import lexicons
from extract.normalize.dates.value import period_bounds
from extract.normalize.goods import goods_code
from extract.normalize.parties import party_country


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("rice", "1006"),
        ("imported Thai rice", "1006"),
        ("cars and auto parts", "87"),
        ("iron and steel", "72"),
        ("autos", "8703"),
        ("wheat, barley and oats", "10"),
        ("steel and rice", None),
        ("steel industry", None),
        ("car insurance", None),
        ("services", None),
        ("", None),
        (None, None),
    ],
)
def test_goods_have_the_code_that_all_of_them_share(item: str | None, code: str | None) -> None:
    assert goods_code(item) == code


def test_codes_are_chapters_and_headings() -> None:
    rows = lexicons.load("en/goods_codes", {"code": "text", "goods": "terms"})
    assert all(row["code"].isdigit() and len(row["code"]) in (2, 4) and "01" <= row["code"][:2] <= "97" for row in rows)
    assert all(goods_code(row["goods"]) == row["code"] for row in rows)


@pytest.mark.parametrize(
    ("party", "country"),
    [
        ("the Japanese government", "JP"),
        ("Government of India", "IN"),
        ("the European Commission", "EU"),
        ("U.S. Trade Representative", "US"),
        ("Korea's finance ministry", "KR"),
        ("American companies", None),
        ("the President", None),
        ("we", None),
        (None, None),
    ],
)
def test_a_state_its_government_and_its_people_have_its_code(party: str | None, country: str | None) -> None:
    assert party_country(party) == country


def test_a_speaker_has_the_country_spoken_for() -> None:
    assert party_country("Ama Abara", {"Ama Abara": "GH"}) == "GH"


@pytest.mark.parametrize(
    ("period", "bounds"),
    [
        ("2014-05/2014-06", ("2014-05-01", "2014-06-30")),
        ("1994-Q2", ("1994-04-01", "1994-06-30")),
        ("P1Y", (None, None)),
        ("2020/2019", (None, None)),
        (None, (None, None)),
    ],
)
def test_a_period_has_calendar_bounds(period: str | None, bounds: tuple[str | None, str | None]) -> None:
    assert period_bounds(period) == bounds


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    goods_code(text)
    party_country(text)
    period_bounds(text)
