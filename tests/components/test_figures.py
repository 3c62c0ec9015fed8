"""Figures: cases in markup, spans, speed of growth, texts that must not raise."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extract.components.figures.component import TradeFigures, find_figures
from extract.components.figures.patterns import finder
from extract.components.rows import register_extensions
from extract.normalize.figures.figure import Figure
from tests.claim_cases import Case, MarkupError, parse, read

CASES = [*read("claims_figures.txt"), *read("figures_kinds.txt")]


def shown(case: Case, figures: list[Figure]) -> list[tuple[str, str | None, float, float, str | None, str]]:
    return [
        (case.text[f.start : f.end], f.kind, round(f.low, 6), round(f.high, 6), f.unit, f.qualifier) for f in figures
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"line{case.line}")
def test_cases(case: Case) -> None:
    found = find_figures(case.text)
    assert len(found) == len(case.expected), shown(case, found)
    for expected, figure in zip(case.expected, found, strict=True):
        assert max(figure.start, expected.start) < min(figure.end, expected.end)
        assert (figure.kind, figure.unit, figure.qualifier) == (expected.kind, expected.unit, expected.qualifier)
        assert figure.low == pytest.approx(expected.low)
        assert figure.high == pytest.approx(expected.high)


def test_with_the_base_model_or_without(blank: Language) -> None:
    doc = blank("Lorana sold 1.4 million cars for $3 billion, about 25 percent more.")
    assert [(row["kind"], row["unit"], row["value_min"]) for row in doc._.figures] == [
        ("quantity", "car", 1.4e6),
        ("money", "USD", 3e9),
        ("percent", "%", 25.0),
    ]


def test_a_cell_knows_its_table(blank: Language) -> None:
    doc = blank("Exports of rope ($ million)\n\n| Port | 1990 | 1991 |\n| --- | --- | --- |\n| Pori | 12 | (3) |")
    (grid,) = doc._.grids
    assert (grid["unit"], grid["scale"]) == ("USD", 1e6)
    figures = [(row["value_min"], row["unit"], row["extra"]["label"], row["extra"]["year"]) for row in doc._.figures]
    assert figures == [(12e6, "USD", "Pori", "1990"), (-3e6, "USD", "Pori", "1991")]
    for row in doc._.figures:
        cell = grid["cells"][row["extra"]["cell"]]
        assert cell["start"] <= row["start"] < row["end"] <= cell["end"]


@pytest.mark.parametrize(("year", "unit"), [(1950, "AUP"), (1980, "GBP")])
def test_currencies_change_with_the_years(year: int, unit: str) -> None:
    text = "Canberra told Australians that Australia would lend £4 million."
    assert [figure.unit for figure in find_figures(text, year=year)] == [unit]


def test_dates_are_masked() -> None:
    text = "They met in 30 days and 40 cities."
    assert [text[f.start : f.end] for f in finder().find(text, dates=[(12, 19)])] == ["40 cities"]


@pytest.mark.parametrize(
    "line",
    ["{5|money|5|USD}", "{5|coin|5|USD|exact}", "{5|money|5|USD|exactly}", "{5|money|5|USD|exact|colour=red}", "{5"],
)
def test_markup_is_strict(line: str) -> None:
    with pytest.raises(MarkupError):
        parse(line, "here")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789,.-–/ $£%abcdefmnor½\n\x00()[]", max_size=60))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for figure in finder().find(text):
        assert end <= figure.start < figure.end <= len(text)
        assert figure.low <= figure.high
        end = figure.end


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["percent", "%", "per cent", "pct"]))
def test_percent_reads_back(value: int, word: str) -> None:
    (figure,) = finder().find(f"It was {value / 10} {word} in all.")
    assert (figure.low, figure.kind, figure.unit) == (value / 10, "percent", "%")


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1", "a", "1 ", "$5 ", "5% to ", "1 or ", "tens of ", "half ", "1,", "a@", "five "])
def test_time_grows_with_length(piece: str) -> None:
    started = time.process_time()
    finder().find(piece * (60_000 // len(piece)))
    assert time.process_time() - started < 4.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "Rates (%): tea 20; rye 25.\n",
        "Output of mills, tons\n\n| Item | 1994 |\n| --- | --- |\n| Rye | 12 |\n\nOn.\n",
        "Port\n1901\n1911\nBrae\n4%\n3%\nHolm\n1%\n2%\nOn.\n",
    ],
)
def test_many_tables_take_linear_time(unit: str) -> None:
    register_extensions()
    component, blank, seconds = TradeFigures("trade_figures"), spacy.blank("en"), []
    for size in (40_000, 400_000):
        doc = blank.make_doc(unit * (size // len(unit)))
        started = time.process_time()
        assert component(doc)._.grids
        seconds.append(time.process_time() - started)
    assert seconds[1] < 10 * 2 * max(seconds[0], 0.05)


def test_two_runs_agree() -> None:
    text = "\n".join(case.text for case in CASES)
    assert finder().find(text) == finder().find(text)


@pytest.mark.parametrize(
    "text",
    ["They agreed on a 100/0 split of the quota.", "The shares were 100/00 after the talks.", "It was 100/0, he said."],
)
def test_a_split_with_nothing_on_one_side_is_no_ratio(text: str) -> None:
    assert not [figure for figure in find_figures(text) if figure.kind == "ratio"]


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Oslo lists 36 land-based medium-range missiles in the north.", "missile"),
        ("The auditors saw 340 tax-exempt, charitable trusts in Turin.", "trust"),
        ("Lima closed 18 state-owned and privately held mines.", "mine"),
        ("Bonn bought 24 Italian-built coastal tugs.", "tug"),
    ],
)
def test_properties_of_their_own_stand_before_what_is_counted(nlp: Language, text: str, noun: str) -> None:
    (figure,) = nlp(text)._.figures
    assert (figure["kind"], figure["unit"]) == ("quantity", noun)
