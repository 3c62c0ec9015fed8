"""Tables as grids: how they are set, what their cells belong to, and what is no table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.layout.grids import Grid, grids

MARKDOWN = (
    "Duties of Lorana, 2003\n\n| Good | Old | New |\n| --- | ---: | ---: |\n| Rope | 14% | 9% |\n| Twine | 12% | 7% |"
)
TABS = "Unemployment (%)\nRegion\t1991\t1992\nNorth\t8.1\t8.9\nSouth\t6.0\t6.4"
BLANKS = (
    "                          Margin\nProducer                 (percent)\n--------------------------------\n"
    "Mines\nAlfa Aceros S.A.........     8.21\nAll Others...............     3.05"
)
DRAWN = "Rope (%)\n\n│ Port │ 1991 │ 1992 │\n│──────│──────│──────│\n│ Nord │ 8.1 │ 8.9 │\n│ Sud │ 6.0 │ 6.4 │"
APART = "Unemployment (%)\n\nRegion\t1991\t1992\n\nNorth\t8.1\t8.9\n\nSouth\t6.0\t6.4\n\nAll others live abroad."
LISTED = "Looms\n1911 1912\nBrae 31 28\nHolm 12 17\nFen 9 8\nAll others are idle."
COMMAS = '"Good","Duty"\n"Beer, dark","25%"\n"Wine","30%"\n"Cider","10%"'
INLINE = "Applied rates (%): tea 20; coffee 25; cocoa 7.5"
STACKED = "Wells by parish\n\nParish\n1901\n1911\nThe north\nBrae\n41\n37\n\nHolm\n19\n-\nThe south\nSkerry\n112\n98"
DATED = "Complaints\nYear\nHeard\nUpheld\n1994\n310\n187\n1995\n290\n179"
UNCORNERED = "Duty on rope, by port\n1901\n1911\nBrae\n4%\n3%\nHolm\n1%\n2%"
FIELDS = "Duties: the list\n\nCountry: Peru\nDuty: 12%\n\nCountry: Chile\nDuty: 15%\n\nAll others pay more."
SETTINGS = {
    STACKED: (
        "Wells by parish",
        ["Brae/1901/41", "Brae/1911/37", "Holm/1901/19", "Holm/1911/-", "Skerry/1901/112", "Skerry/1911/98"],
    ),
    DATED: ("Complaints", ["1994/Heard/310", "1994/Upheld/187", "1995/Heard/290", "1995/Upheld/179"]),
    UNCORNERED: ("Duty on rope, by port", ["Brae/1901/4%", "Brae/1911/3%", "Holm/1901/1%", "Holm/1911/2%"]),
    FIELDS: ("Duties: the list", ["Peru/Duty/12%", "Chile/Duty/15%"]),
    MARKDOWN: ("Duties of Lorana, 2003", ["Rope/Old/14%", "Rope/New/9%", "Twine/Old/12%", "Twine/New/7%"]),
    TABS: ("Unemployment (%)", ["North/1991/8.1", "North/1992/8.9", "South/1991/6.0", "South/1992/6.4"]),
    DRAWN: ("Rope (%)", ["Nord/1991/8.1", "Nord/1992/8.9", "Sud/1991/6.0", "Sud/1992/6.4"]),
    APART: ("Unemployment (%)", ["North/1991/8.1", "North/1992/8.9", "South/1991/6.0", "South/1992/6.4"]),
    BLANKS: (None, ["Alfa Aceros S.A./Margin (percent)/8.21", "All Others/Margin (percent)/3.05"]),
    LISTED: ("Looms", ["Brae/1911/31", "Brae/1912/28", "Holm/1911/12", "Holm/1912/17", "Fen/1911/9", "Fen/1912/8"]),
    COMMAS: (None, ["Beer, dark/Duty/25%", "Wine/Duty/30%", "Cider/Duty/10%"]),
    INLINE: ("Applied rates (%)", ["tea//20", "coffee//25", "cocoa//7.5"]),
}
PROSE = [
    "The talks ran for 3 days.  They cost $5.\nNothing came of them.",
    "Present: Ann Roe, 12 others, and Jo.\nAbsent: one, two, three.",
    "| 0:17:00 | and we would like to see the whole of that rise, |\n| 0:17:04 | which is not what was asked |",
    "MR. ROE\n1\nYes.\n2\nNo.\n3\nI see.\n4",
    "In 1979 4 ships came, in 1980 5 and in 1981 none.",
    "doc_num: 105\ndoc_order: 105",
    "Contents\nPage\nThe north\n3\nThe south\n17\nThe isles\n41",
    "We sent three ships there to\nhold the bridge that day.\n17\n18\nThey had no orders to\nfire on them\n19\n20",
    "MR. ROE\n14:02\nYes, we did.\n14:03\nI see.\n14:05",
    "Name: Roe\nAge: 41\n\nHe lives in Holm.\n\nName: Lee\nAge: 37",
    "",
]


def cells(text: str, grid: Grid) -> list[str]:
    """Row label, column labels and cell, joined by strokes."""
    found = []
    for cell in grid.cells:
        row = text[slice(*cell.row_label)] if cell.row_label else ""
        heads = " ".join(text[slice(*span)] for span in cell.column_labels)
        found.append(f"{row}/{heads}/{text[cell.start : cell.end]}")
    return found


@pytest.mark.parametrize("text", SETTINGS)
def test_cells_know_row_and_column(text: str) -> None:
    (grid,) = grids(text)
    title, expected = SETTINGS[text]
    assert (text[slice(*grid.title)] if grid.title else None, cells(text, grid)) == (title, expected)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_no_table(text: str) -> None:
    assert grids(text) == []


def test_the_words_between_rows_are_their_section() -> None:
    text = "| Good | Duty |\n| --- | --- |\n| Metals | |\n| Zinc | 5% |\n| Tin | 6% |"
    (grid,) = grids(text)
    assert {text[slice(*c.section)] for c in grid.cells if c.section} == {"Metals"}
    assert [text[c.start : c.end] for c in grid.cells] == ["5%", "6%"]


def test_a_head_over_several_columns_belongs_to_each() -> None:
    head = "Item          Rates of Duty\n              General    Special\n"
    text = head + "Cheese, hard  20%        2%\nButter        15%        1%"
    (grid,) = grids(text)
    assert cells(text, grid)[:2] == ["Cheese, hard/Rates of Duty General/20%", "Cheese, hard/Rates of Duty Special/2%"]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab1 2.\n\t|,;:-()%$"', max_size=120))
def test_cells_lie_in_order_in_the_text(text: str) -> None:
    end = 0
    for grid in grids(text):
        assert end <= grid.start <= grid.end <= len(text)
        end = grid.end
        for cell in grid.cells:
            assert 0 <= cell.start <= cell.end <= len(text)
            assert text[cell.start : cell.end].strip()


@pytest.mark.parametrize(
    ("text", "columns", "cells"),
    [
        ("Wool    1871.   1872.\n          £       £\nBales     12,400   13,100\nTops       3,050    2,975\n",
         ["1871.", "£"], 4),
        ("Balance sheet\n\nAt 30 June,      1999    1998\n\nAssets\nCash      $    120  $   131\n"
         "Stocks         455      502\n",
         ["1999"], 4),
        ("Tariff / 1990 / 1991\nWine / 14.0 / 12.5\nCork / 9.0 / 8.1\nFigs / 6.5 / 6.0\n", ["1990"], 6),
        ("Measure\tFY 2009 Result\tFY 2010 Target\nRoads\t81%\t84%\nPorts\t65%\t70%\n", ["FY 2009 Result"], 4),
        ("Change\n  May 2001  June 2001  July 2001\n"
         "All  3.1  -0.8  2.2\nMining and quarrying  -4.2  11.5  6.0\nGas  0.3  1.2  5\n",
         ["May 2001"], 9),
    ],
)  # fmt: skip
def test_heads_over_blanks_units_and_ragged_columns(text: str, columns: list[str], cells: int) -> None:
    grid = grids(text)[0]
    assert [text[start:end] for start, end in grid.cells[0].column_labels] == columns
    assert len(grid.cells) == cells


def test_long_leaders_and_marks_take_no_time() -> None:
    leaders = "Bacon" + " ." * 60 + " x\n"
    assert grids(f"{leaders * 3}Ham{'*.' * 200}!\n") == []


def test_a_full_stop_apart_from_its_label_is_no_fault() -> None:
    text = "Crop\nYield\n\n2001 wheat .\n12.5\n\n2001 rye .\n9.1\n\n2001 oats .\n7.4\n\n2001 maize .\n3.3\n"
    assert all(text[slice(*cell.row_label)] for grid in grids(text) for cell in grid.cells if cell.row_label)
