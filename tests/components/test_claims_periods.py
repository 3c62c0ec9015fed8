"""The periods that are open to a claim: what is said behind it, and the months of a table's rows under its years."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from extract.components.claims.component import ClaimReader

MONTHS = (
    "Imports of tin, tonnes\n\n| Month | 2019 | 2020 |\n| --- | ---: | ---: |\n"
    "| {first} | 410 | 395 |\n| {second} | 377 | 402 |\n"
)


Read = Callable[[str], Doc]


@pytest.fixture
def reads(before_claims: Read) -> Read:
    return before_claims


def options(read: Read, text: str, figure: str) -> dict[str | None, str]:
    """Each period that is open to a figure, with the place that it comes from."""
    reader = ClaimReader(read(text))
    row = next(row for row in reader.figures if text[row["start"] : row["end"]] == figure)
    return {option.period.value: option.place for option in reader.periods.options(reader.subject(row))}


@pytest.mark.parametrize(
    "behind",
    [
        "This Order comes into force on July 1, 2021.",
        "Such rate shall apply to goods entered on or after July 1, 2021.",
        "The charge will be collected from 1 July 2021.",
    ],
)
def test_from_when_a_rate_holds_may_be_said_behind_it(reads: Read, behind: str) -> None:
    text = f"A surtax of 10 percent is imposed on plywood of Chile. {behind}"
    assert options(reads, text, "10 percent")["2021-07-01"] == "later"


def test_another_paragraph_says_nothing_of_a_rate(reads: Read) -> None:
    text = "A surtax of 10 percent is imposed on plywood of Chile.\n\nThe talks began on July 1, 2021."
    assert "2021-07-01" not in options(reads, text, "10 percent")


@pytest.mark.parametrize(
    ("first", "second", "figure", "period"),
    [
        ("January", "February", "402", "2020-02"),
        ("March", "April", "410", "2019-03"),
        ("May", "June", "377", "2019-06"),
    ],
)
def test_a_rows_month_joins_its_columns_year(reads: Read, first: str, second: str, figure: str, period: str) -> None:
    assert period in options(reads, MONTHS.format(first=first, second=second), figure)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12:01 a.m. eastern time on May 4, 2018", "2018-05-04"),
        ("midnight on 30 June 2020", "2020-06-30"),
        ("13:01 on February 20, 2020", "2020-02-20"),
    ],
)
def test_a_time_of_day_stands_for_its_day(reads: Read, said: str, day: str) -> None:
    assert day in options(reads, f"Lamps shall be subject to a duty of 9 percent on or after {said}.", "9 percent")
