"""Time expressions: the sentences of tests/cases, the parts of the grammar, and what holds for any text."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from pathlib import Path

import pytest

from extract import lexicons
from extract.normalize.dates import (
    arithmetic,
    bounds,
    find_expressions,
    is_value,
    japanese,
    numbers,
    patterns,
    resolve,
    tense,
    words,
)
from extract.normalize.dates.fragments import compile_rule
from tests import dates_cases

CASES = [
    case for name in ("dates_newswire.txt", "dates_trade.txt", "dates_histories.txt") for case in dates_cases.read(name)
]


@pytest.mark.parametrize("case", CASES, ids=[case.where for case in CASES])
def test_sentences_with_their_expected_expressions(case):
    found = case.find()
    assert len(found) == len(case.expected), [(case.text[f.start : f.end], f.value, f.rule) for f in found]
    for expected, got in zip(case.expected, found, strict=True):
        assert (case.text[got.start : got.end], got.type, got.value) == (expected.text, expected.type, expected.value)
        assert got.start == expected.start
        if expected.bounds is not None:
            assert (got.start_date, got.end_date) == expected.bounds


def test_every_case_file_holds_enough_sentences():
    assert len(CASES) >= 250
    assert sum(len(case.expected) for case in CASES) >= 320


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("He [[left|DAY|1994]] then.", "must be"),
        ("He [[left|DATE]] then.", "must be"),
        ("@created yesterday", "not allowed"),
        ("@colour red", "not allowed"),
    ],
)
def test_the_case_reader_refuses_what_it_does_not_know(tmp_path, monkeypatch, line, message):
    (tmp_path / "x.txt").write_text(line + "\n", encoding="utf-8")
    monkeypatch.setattr(dates_cases, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=message):
        dates_cases.read("x.txt")


# Rules as data.


def test_every_rule_has_a_reader_and_a_name_of_its_own():
    rules = patterns.rules()
    assert len(rules) > 100
    assert {rule.reader for rule in rules} <= set(resolve.READERS)
    assert len({rule.name for rule in rules}) == len(rules)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x\tdigit\tyear", "expected a value for each"),
        ("x\tcolour\tyear\t\\d", "no classes of words"),
        ("x\tdigit\tyear\t(", "does not compile"),
        ("x\tdigit\tyear\t{nothing}", "does not compile"),
        ("x\tdigit\tyear\t\\d?", "matches the empty string"),
        ("x\tdigit\tyear\t\\d\nx\tdigit\tyear\t\\d", "stands twice"),
    ],
)
def test_a_broken_rule_is_refused_with_its_line(tmp_path, monkeypatch, row, message):
    path = tmp_path / "rules.tsv"
    path.write_text("name\tfirst\treader\tpattern\n" + row + "\n", encoding="utf-8")
    monkeypatch.setattr(patterns, "FILE", path)
    with pytest.raises(patterns.RuleError, match=message) as error:
        patterns.rules.__wrapped__()
    assert re.search(r"rules\.tsv:[23]", str(error.value))


def test_the_notation_of_patterns():
    assert compile_rule("a {unit1}").match("a\n  week")
    assert not compile_rule("a~b").match("a\n\nb")
    assert compile_rule("x[=]y").match("x\u2013y")
    assert compile_rule("{yy} or {yy}").match("'94 or '95").groupdict() == {"yy": "94", "yy_2": "95"}


# Values and bounds.


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("1994-02-11", "1994-02-11", "1994-02-11"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("1994", "1994-01-01", "1994-12-31"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("1994-Q4", "1994-10-01", "1994-12-31"),
        ("1994-H2", "1994-07-01", "1994-12-31"),
        ("1993-SU", "1993-06-01", "1993-08-31"),
        ("1995-WI", "1995-12-01", "1996-02-29"),
        ("2024-W21", "2024-05-20", "2024-05-26"),
        ("2024-W21-WE", "2024-05-25", "2024-05-26"),
        ("1994-02-11TMO", "1994-02-11", "1994-02-11"),
        ("2015-W53", "2015-12-28", "2016-01-03"),
    ],
)
def test_bounds_follow_the_calendar(value, first, last):
    assert bounds(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    ["XXXX-07-20", "XXXX", "1994-XX", "PRESENT_REF", "P10Y", "BC0490", "2014-W53", "1994-02-XX", "XX", "0000", ""],
)
def test_open_values_have_no_bounds(value):
    assert bounds(value) == (None, None)


def test_the_grammar_of_values():
    good = {
        "DATE": [
            "1994",
            "199",
            "19",
            "1994-02",
            "XXXX-02-11",
            "1994-W06",
            "1994-W06-WE",
            "XXXX-WXX-1",
            "1994-Q1",
            "BC0490",
        ],
        "TIME": ["1994-02-11T11:35", "XXXX-XX-XXTMO", "XXXX-WXX-1TMO", "1994-02-11T24:00", "1994-02-11T11:35:10"],
        "DURATION": ["P10Y", "PXM", "PT30M", "P2Y6M", "P1DT12H", "PXX", "P2.5D"],
        "SET": ["P1D", "XXXX-WXX-4", "XXXX-07", "PT1H"],
    }
    bad = {
        "DATE": ["1994-13", "1994-02-32", "P1Y", "1994-W54", "TODAY", "1994-2-3"],
        "TIME": ["T11:35", "1994-02-11", "1994-02-11T25:00", "1994-02T11:35"],
        "DURATION": ["P", "PT", "10Y", "P10", "P1YT"],
    }
    for type_, values in good.items():
        assert [v for v in values if not is_value(type_, v)] == []
    for type_, values in bad.items():
        assert [v for v in values if is_value(type_, v)] == []


# Arithmetic, numbers, eras, tense.


def test_months_have_their_own_lengths():
    assert arithmetic.add_months(dt.date(1996, 1, 31), 1) == dt.date(1996, 2, 29)
    assert arithmetic.add_months(dt.date(1995, 3, 31), -1) == dt.date(1995, 2, 28)
    assert arithmetic.shift(dt.date(9999, 12, 1), "M", 2) is None
    assert arithmetic.shift(dt.date(1, 1, 1), "D", -1) is None


def test_nearest_year_and_weekday():
    assert arithmetic.nearest_year(12, 24, dt.date(1995, 1, 10)) == 1994
    assert arithmetic.nearest_year(2, 29, dt.date(1995, 1, 10)) == 1996
    assert arithmetic.nearest_year(2, 30, dt.date(1995, 1, 10)) is None
    thursday = dt.date(1989, 10, 26)
    assert arithmetic.weekday_near(4, thursday, -1) == thursday
    assert arithmetic.weekday_near(4, thursday, -2) == dt.date(1989, 10, 19)
    assert arithmetic.weekday_near(4, thursday, 1) == dt.date(1989, 11, 2)


def test_feasts():
    assert arithmetic.easter(1994) == dt.date(1994, 4, 3)
    assert arithmetic.easter(2025) == dt.date(2025, 4, 20)
    assert arithmetic.holiday("thanksgiving", 1989) == dt.date(1989, 11, 23)
    assert arithmetic.holiday("labor", 1994) == dt.date(1994, 9, 5)
    assert arithmetic.holiday("memorial", 1994) == dt.date(1994, 5, 30)
    assert arithmetic.holiday("good friday", 1994) == dt.date(1994, 4, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3), ("forty-two", 42), ("two hundred and six", 206), ("a dozen", 12), ("2 1/2", Fraction(5, 2)),
        ("two and a half", Fraction(5, 2)), ("half a", Fraction(1, 2)), ("a couple of", 2), ("1,200", 1200),
        ("several", None), ("a few", None), ("green", None), ("2½", Fraction(5, 2)), ("", None),
    ],
)  # fmt: skip
def test_small_numbers(text, number):
    assert numbers.parse(text) == number


def test_ordinals():
    assert [numbers.ordinal(t) for t in ("21st", "twenty-first", "third", "31", "blue")] == [21, 21, 3, 31, None]


def test_eras_meet_the_calendar():
    assert japanese.era_year("平成", 6) == 1994
    assert japanese.era_year("昭和", 64) == 1989
    assert japanese.era_year("昭和", 70) is None
    assert japanese.era_year("Shōwa", 60) == 1985
    assert japanese.era_year("令和", 1) == 2019
    assert [japanese.number(t) for t in ("１１", "二十三", "一九九四", "元", "百五", "半")] == [
        11,
        23,
        1994,
        1,
        105,
        None,
    ]


@pytest.mark.parametrize(
    ("sentence", "ahead"),
    [
        ("The board will meet Monday in Pell.", True),
        ("The board met Monday in Pell.", False),
        ("Tolva said Monday that it will close a mill.", False),
        ("They agreed to resume talks Monday.", True),
        ("The sale is expected to be completed Monday.", True),
        ("The sale was completed Monday.", False),
        ("On Monday, the court will rule.", True),
        ("On Monday, the court ruled.", False),
        ("He flew to Halmar Monday.", False),
        ("Closed until Monday.", True),
        ("It extended the offer until Monday.", True),
        ("They did not act until Monday.", False),
    ],
)
def test_whether_a_clause_looks_ahead(sentence, ahead):
    start = sentence.index("Monday")
    assert tense.looks_ahead(sentence, start, start + 6) is ahead


# Anchoring.


def test_the_mode_follows_the_evidence_of_the_text():
    story = (
        "In 1701 war came. In May the fleet sailed. In 1702 it failed. By 1703 and 1704 all was lost; 1705 saw peace."
    )
    news = "He was born in 1921, fled in 1938, back in 1946, ruled from 1951 to 1960; he spoke Monday and yesterday."
    created = dt.date(1994, 2, 12)
    assert [e.value for e in find_expressions(story, created)][1] == "1701-05"
    assert [e.value for e in find_expressions(news, created)][-2:] == ["1994-02-07", "1994-02-11"]


def test_an_explicit_far_date_is_the_anchor_of_the_days_after_it():
    text = "On June 27, 1995, the two met. A joint statement followed on June 28. The file was opened on Dec. 24."
    found = find_expressions(text, dt.date(2025, 12, 24))
    assert [(e.value, e.anchor) for e in found] == [
        ("1995-06-27", "explicit"),
        ("1995-06-28", "text"),
        ("2025-12-24", "document"),
    ]


def test_another_document_in_the_text_forgets_the_dates_before_it():
    text = "On April 2, 2025 it rose. On April 5 it fell."
    assert find_expressions(text)[1].value == "2025-04-05"
    assert find_expressions(text, breaks=[text.index("On April 5")])[1].value == "XXXX-04-05"


def test_european_day_order_where_the_document_shows_it():
    assert [e.value for e in find_expressions("On 3/4/1994.")] == ["1994-03-04"]
    assert [e.value for e in find_expressions("On 3/4/1994 and 25/4/1994.")] == ["1994-04-03", "1994-04-25"]
    assert [e.value for e in find_expressions("On 3 May 1994, 5 May 1994; then 3/4/1994.")][-1] == "1994-04-03"


def test_impossible_dates_are_not_invented():
    for text in ("on 31/31/1994", "on February 30, 1994", "平成40年2月1日", "on 1994-13-45"):
        assert not any(e.start_date and len(e.value) == 10 for e in find_expressions(text, dt.date(1994, 2, 12))), text


def test_every_listed_sign_is_in_a_pattern_and_an_unknown_one_is_refused() -> None:
    rows = lexicons.load("en/date_signs", {"concept": "text", "word": "terms"}, key=("concept", "word"))
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(resolve.__file__).parent.glob("*.py"))
    assert not {row["concept"] for row in rows if f"{{{row['concept']}}}" not in sources}
    with pytest.raises(KeyError):
        words.sign("{no_such_concept}")
