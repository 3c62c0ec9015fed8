"""What title, section, row and column of a table say of its cells: measure, item, sides, status, target."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.normalize.table_labels import head_of, measure_in, names_goods, of_class, topic

SURCHARGES = """Country rates of the reciprocal surcharge

Country | Surcharge
--- | ---
Tunisia | 12%
Ecuador | 15%
Laos | 18%
"""
BOUND = """Applied tariffs of members, 2011 (per cent)

| Member | Agriculture | Industry |
| --- | --- | --- |
| Chile | 6.0 | 5.9 |
| Ghana | 17.1 | 11.6 |
| Japan | 14.2 | 2.6 |
"""
PARTNERS = """Exports of Denmark by destination, 1996 (million dollars)

Destination\tValue
Germany\t11,204
Sweden\t5,318
Norway\t3,077
"""
IMPORTS = """Denmark: imports of coal from main suppliers, 1997 (thousand tonnes)

| Supplier | 1996 | 1997 |
| --- | --- | --- |
| Poland | 2,410 | 2,388 |
| Colombia | 1,902 | 2,155 |
"""
PLAN = """Sector plan (percent)

| Indicator | 2001 result | 2005 target |
| --- | --- | --- |
| Villages with a clinic | 31 | 60 |
| Children in school | 72.5 | 90 |
"""
REQUEST = """Outlays of the harbour board (thousands of dollars)

| Account | 2003 actual | 2004 | 2005 forecast |
| --- | --- | --- | --- |
| Dredging | 4,120 | 5,300 | 5,800 |
| Lighthouses | 812 | 845 | 850 |
"""
INDICATORS = """Selected indicators, 1988 (percent)

| Indicator | Value |
| --- | --- |
| Inflation | 4.5 |
| Unemployment rate | 7.1 |
| Change in real wages | 1.2 |
"""
ANSWERS = """What would you do with a higher income? (percent)

| Answer | Men | Women |
| --- | --- | --- |
| Save it | 41 | 38 |
| Buy a house | 17 | 22 |
"""
BILLS = """Funding of the lighthouse service (millions of dollars)

| Account | FY1994 enacted | FY1995 request | House bill | Senate bill |
| --- | --- | --- | --- | --- |
| Keepers | 14.1 | 13.0 | 12.2 | 13.8 |
| Buoys | 6.5 | 6.5 | 5.1 | 6.0 |
"""
STAGED = """Duties on goods of Norway (percent)

| Product | Base rate | Year 1 | Year 2 |
| --- | --- | --- | --- |
| Herring | 12 | 8 | 4 |
| Skis | 9 | 6 | 3 |
"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SURCHARGES, (None, None, "Tunisia")),
        (BOUND, ("Agriculture", "Chile", None)),
        (PARTNERS, (None, "Denmark", "Germany")),
        (IMPORTS, ("coal", "Denmark", "Poland")),
        (PLAN, ("Villages with a clinic", None, None)),
        (REQUEST, ("Dredging", None, None)),
        (INDICATORS, (None, None, None)),
        (ANSWERS, ("Save it", None, None)),
        (STAGED, ("Herring", None, "Norway")),
    ],
)
def test_a_cell_takes_its_roles_from_the_parts_that_name_them(
    nlp: Language, text: str, said: tuple[str | None, ...]
) -> None:
    first = min((row for row in nlp(text)._.claims if row["kind"] != "target"), key=lambda row: row["start"])
    assert (first["item"], first["actor"], first["partner"]) == said


@pytest.mark.parametrize(
    ("text", "statuses", "met"),
    [
        (PLAN, ["fact", "planned"], [False, True]),
        (REQUEST, ["fact", "fact", "hypothetical"], [False] * 3),
        (STAGED, ["fact", "planned", "planned"], [False] * 3),
        (ANSWERS, ["fact", "fact"], [False] * 2),
    ],
)
def test_the_head_of_a_column_says_how_its_cells_are_meant(
    nlp: Language, text: str, statuses: list[str], met: list[bool]
) -> None:
    rows = sorted((row for row in nlp(text)._.claims if row["kind"] != "target"), key=lambda row: row["start"])
    assert [row["status"] for row in rows] == statuses * 2
    assert [row["is_target"] for row in rows] == met * 2


def test_a_stage_goes_on_with_the_year_on_its_left(nlp: Language) -> None:
    rows = sorted(nlp(BILLS)._.claims, key=lambda row: row["start"])
    assert [row["period"] for row in rows] == ["1994", "1995", "1995", "1995"] * 2
    assert [row["status"] for row in rows] == ["planned", "proposed", "proposed", "proposed"] * 2


@pytest.mark.parametrize(
    ("text", "measure", "goods"),
    [
        ("Exports of pig iron by port", "Exports", "pig iron"),
        ("Value of exports of timber", "exports", "timber"),
        ("Average retail prices, 1911", "retail prices", "retail"),
        ("Rate of duty", "Rate of duty", None),
        ("Change in opening hours", "Change", None),
    ],
)
def test_a_title_names_the_measure_and_its_goods(text: str, measure: str, goods: str | None) -> None:
    found = measure_in(text)
    assert found is not None
    assert (found.text, found.goods) == (measure, goods)


@pytest.mark.parametrize("text", ["Household with electricity", "Democrats", "Summary of resources", ""])
def test_what_names_no_measure_gives_none(text: str) -> None:
    assert measure_in(text) is None


def test_what_a_row_is_called_is_not_what_is_measured(nlp: Language) -> None:
    assert all(row["measure"] is None for row in nlp(PLAN)._.claims)


def test_steps_to_come_are_figures_under_the_unit_of_the_title(nlp: Language) -> None:
    assert [row["value_min"] for row in nlp(STAGED)._.claims if row["kind"] == "tariff_rate"] == [12, 8, 4, 9, 6, 3]


def test_a_label_is_of_a_class_in_the_plural_too() -> None:
    assert of_class("Targets for 2005", "target")
    assert not of_class("Targeted", "target")


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Annex I", None),
        ("Schedule B-2", None),
        ("Table No. 14", None),
        ("Annex IV. Dried figs, tonnes", "Dried figs"),
        ("Schedule B-2: Cotton yarn", "Cotton yarn"),
        ("Annex cattle", "cattle"),
    ],
)
def test_the_number_of_a_table_is_no_topic(title: str, found: str | None) -> None:
    assert topic(title) == found


@pytest.mark.parametrize(
    "title",
    ["Ad valorem rate of duty", "Real GDP growth", "In-quota duty", "Imports of articles", "List of extra rates"],
)
def test_how_a_measure_is_meant_names_no_goods(title: str) -> None:
    measure = measure_in(title)
    assert measure is not None
    assert (measure.goods, topic(title)) == (None, None)


def test_goods_beside_a_measure_are_kept() -> None:
    assert [names_goods(phrase) for phrase in ("Copper wire", "goods and services", "net", "articles")] == [
        True, True, False, False,
    ]  # fmt: skip
    measure = measure_in("Net imports of copper wire")
    assert measure is not None
    assert measure.goods == "copper wire"


def test_what_stands_behind_a_preposition_is_not_the_head() -> None:
    assert [head_of(label).strip() for label in ("Licences for nets", "Nets", "Boats in port")] == [
        "Licences", "Nets", "Boats",
    ]  # fmt: skip
