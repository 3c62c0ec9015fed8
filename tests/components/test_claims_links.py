"""Links between figures: the two ends of a change, and sums that convert each other."""

from __future__ import annotations

import pytest
from spacy.language import Language

CHANGES = [
    (
        "The surplus shrank from a record of $4.2 billion to a mere $1.1 billion.",
        "$4.2 billion",
        "$1.1 billion",
    ),
    ("Earnings fell from Rs. 310 crores in 1950 to Rs. 205 crores.", "Rs. 310 crores", "Rs. 205 crores"),
    ("Some 32 percent of all mills burn gas now, up from 18 percent a year ago.", "18 percent", "32 percent"),
    ("The rate came down to 12 percent from an average of 20 percent.", "20 percent", "12 percent"),
    ("The fund holds $40 million, increasing to $65 million thereafter.", "$40 million", "$65 million"),
    ("The subsidy was $2.5 million and has now become $3 million.", "$2.5 million", "$3 million"),
    ("We had asked for $300,000 and brought it down to $220,000.", "$300,000", "$220,000"),
    ("The note is amended by deleting “25%” and inserting “15%” in its place.", "25%", "15%"),
    ("Hats at a duty of 20 percent shall instead pay a duty of 10 percent.", "20 percent", "10 percent"),
    ("Wages of $20 a week were raised to $23 a week.", "$20", "$23"),
]
CONVERSIONS = [
    ("It paid £3.1 million, equivalent to $5.2 million at the time.", "£3.1 million", "$5.2 million"),
    ("The plant cost 40 million francs, that is to say about $8 million.", "40 million francs", "$8 million"),
    ("A sum of 900 million yen — roughly $6 million — was lost.", "900 million yen", "$6 million"),
]
NEITHER = [
    "Exports to Peru were $5 million and to Chile $7 million.",
    "They bought $3 million of tin from Bolivia and sold $4 million to Spain.",
    "Prices rose 5 percent to 20 percent of the ceiling.",
    "The loan of $10 million from the bank goes to farms worth $2 million.",
]


def linked(nlp: Language, text: str) -> list[tuple[str | None, str, str]]:
    rows = nlp(text)._.claims
    starts = {row["start"]: text[row["start"] : row["end"]] for row in rows}
    return [(row["link"], starts[row["start"]], starts[row["linked_start"]]) for row in rows if row["link"]]


@pytest.mark.parametrize(("text", "start", "end"), CHANGES)
def test_the_ends_of_a_change(nlp: Language, text: str, start: str, end: str) -> None:
    assert sorted(linked(nlp, text)) == [("from", start, end), ("to", end, start)]


def test_two_changes_that_each_end_with_their_start(nlp: Language) -> None:
    text = "The duty on figs will fall to 30 pct from 45 pct and the duty on dates to 20 pct from 35 pct then."
    pairs = [("from", "45 pct", "30 pct"), ("to", "30 pct", "45 pct"), ("from", "35 pct", "20 pct")]
    assert sorted(linked(nlp, text)) == sorted([*pairs, ("to", "20 pct", "35 pct")])


@pytest.mark.parametrize(("text", "first", "second"), CONVERSIONS)
def test_a_sum_in_two_currencies(nlp: Language, text: str, first: str, second: str) -> None:
    assert linked(nlp, text) == [("converts", second, first)]


@pytest.mark.parametrize("text", NEITHER)
def test_figures_that_stand_side_by_side(nlp: Language, text: str) -> None:
    assert linked(nlp, text) == []


def test_the_row_of_a_table_names_the_item_and_its_column_the_period(nlp: Language) -> None:
    head = "Duties of Lorana\n\n| Good | 1931 | 1932 |\n| --- | --- | --- |\n"
    text = head + "| Rope and twine | 14% | 12% |\n| Total | 11% | 9% |\n"
    rows = nlp(text)._.claims
    assert [row["item"] for row in rows] == ["Rope and twine", "Rope and twine", None, None]
    assert [row["period"] for row in rows] == ["1931", "1932", "1931", "1932"]
