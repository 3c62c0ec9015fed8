"""What holds for any text: values parse, bounds are in order, a day of four centuries survives every written form."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.dates import find_expressions, is_value
from extract.normalize.dates.japanese import ERAS

FIRST, LAST = dt.date(1700, 1, 1), dt.date(2099, 12, 31)
DAYS = [FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 1)]
MONTH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SHORT = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
KANJI = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
ORDINAL = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]


def suffix(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else ("十" if tens == 1 else KANJI[tens] + "十")) + (KANJI[ones] if ones else "")


def era(day: dt.date) -> str | None:
    names = [(first, name) for name, first in ERAS.items() if first < day.year]
    return f"{max(names)[1]}{day.year - max(names)[0] + 1}年{day.month}月{day.day}日" if names else None


FORMS = {
    "February 12, 1994": lambda d: f"{MONTH[d.month - 1]} {d.day}, {d.year}",
    "Feb. 12, 1994": lambda d: f"{SHORT[d.month - 1]} {d.day}, {d.year}",
    "FEBRUARY 12, 1994": lambda d: f"{MONTH[d.month - 1].upper()} {d.day}, {d.year}",
    "February 12th, 1994": lambda d: f"{MONTH[d.month - 1]} {d.day}{suffix(d.day)}, {d.year}",
    "February 12 1994": lambda d: f"{MONTH[d.month - 1]} {d.day} {d.year}",
    "Saturday, February 12, 1994": lambda d: f"{d:%A}, {MONTH[d.month - 1]} {d.day}, {d.year}",
    "12 February 1994": lambda d: f"{d.day} {MONTH[d.month - 1]} {d.year}",
    "12 Feb 1994": lambda d: f"{d.day} {MONTH[d.month - 1][:3]} {d.year}",
    "the 12th of February, 1994": lambda d: f"the {d.day}{suffix(d.day)} of {MONTH[d.month - 1]}, {d.year}",
    "the twelfth of February 1994": lambda d: f"the {ORDINAL[d.day - 1]} of {MONTH[d.month - 1]} {d.year}",
    "February\n12,\n1994": lambda d: f"{MONTH[d.month - 1]}\n{d.day},\n{d.year}",
    "12-Feb-1994": lambda d: f"{d.day:02d}-{MONTH[d.month - 1][:3]}-{d.year}",
    "1994-02-12": lambda d: d.isoformat(),
    "1994/02/12": lambda d: f"{d:%Y/%m/%d}",
    "2/12/1994": lambda d: f"{d.month}/{d.day}/{d.year}",
    "12.2.1994": lambda d: f"{d.day}.{d.month}.{d.year}",
    "1994年2月12日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "１９９４年２月１２日": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(WIDE),
    "一九九四年二月十二日": lambda d: (
        "".join(KANJI[int(c)] for c in str(d.year)) + f"年{kanji(d.month)}月{kanji(d.day)}日"
    ),
    "平成6年2月12日": era,
}


@pytest.mark.parametrize("every", [29, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("form", FORMS)
def test_every_day_of_four_centuries_survives_being_written(form, every):
    days = DAYS[::every]
    for start in range(0, len(days), 2000):
        written = [(day, text) for day in days[start : start + 2000] if (text := FORMS[form](day))]
        text = "".join(f"Then {words} came.\n\n" for _, words in written)
        found = [(e.value, e.start_date, e.end_date, e.anchor) for e in find_expressions(text)]
        iso = [day.isoformat() for day, _ in written]
        assert found == [(value, value, value, "explicit") for value in iso]


WORDS = st.sampled_from(
    [
        "the",
        "a",
        "an",
        "last",
        "next",
        "this",
        "past",
        "three",
        "1994",
        "12",
        "31",
        "'94",
        "Monday",
        "May",
        "March",
        "January",
        "of",
        "in",
        "on",
        "by",
        "since",
        "year",
        "years",
        "month",
        "weeks",
        "ago",
        "later",
        "earlier",
        "quarter",
        "third",
        "first",
        "nine",
        "summer",
        "morning",
        "night",
        "p.m.",
        "5:30",
        "11:35",
        "noon",
        "FY1993",
        "Q2",
        "fiscal",
        "1957/58",
        "now",
        "soon",
        "recently",
        "future",
        "decade",
        "century",
        "1980s",
        "BC",
        "every",
        "each",
        "other",
        "day",
        "half",
        "few",
        "several",
        "and",
        "to",
        "-",
        ",",
        ".",
        ";",
        "\n",
        "\n\n",
        "will",
        "met",
        "said",
        "the-year-ago",
        "about",
        "more",
        "than",
        "until",
        "end",
        "early",
        "mid-1990s",
        "平成",
        "6年",
        "2月",
        "13日",
        "昨年",
        "午前",
        "11時",
        "今後",
        "９",
        "十二月",
        "Christmas",
        "February",
        "30",
        "99",
        "0000",
        "9999",
        "10000",
        "99999999999",
        "twenty-one",
        "dozen",
        "couple",
    ]
)
DATES = st.one_of(st.none(), st.dates())


def check(text: str, created: dt.date | None, **options: object) -> None:
    end = 0
    for e in find_expressions(text, created, **options):  # type: ignore[arg-type]
        assert end <= e.start < e.end <= len(text)
        assert text[e.start : e.end] == text[e.start : e.end].strip()
        assert is_value(e.type, e.value), (e, text[e.start : e.end])
        assert e.anchor in ("explicit", "document", "text", "none")
        assert created is not None or e.anchor != "document"
        if e.start_date and e.end_date:
            assert dt.date.fromisoformat(e.start_date) <= dt.date.fromisoformat(e.end_date)
        if (e.value.endswith("_REF") or "X" in e.value.split("T")[0]) and e.type in ("DATE", "TIME"):
            assert (e.start_date, e.end_date) == (None, None)
        end = e.end


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=60), DATES, st.sampled_from([None, "document", "narrative"]), st.booleans())
def test_any_heap_of_time_words_gives_values_that_parse(words, created, mode, whole):
    check(" ".join(words), created, mode=mode, later_inside=whole, occasion=whole)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), DATES)
def test_no_text_raises(text, created):
    check(text, created)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="0123456789/-:.年月日 ,'JanMy", max_size=80), DATES)
def test_no_heap_of_digits_raises(text, created):
    check(text, created)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_without_a_date_nothing_is_resolved_against_today(words):
    text = " ".join(words)
    assert find_expressions(text) == find_expressions(text)
    assert not any(e.anchor == "document" for e in find_expressions(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a ", "1 ", "the end of the ", "May 1, ", "Monday ", "\x00", "平成6年", "'94", "in 1994-"]
)
def test_time_grows_with_length_alone(unit):
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        start = time.perf_counter()
        find_expressions(text, dt.date(1994, 2, 12))
        return time.perf_counter() - start

    seconds(1000)
    short = max(seconds(4_000), 0.02)
    # Ten times as much in at most thirty times the time: linear, with room for a busy machine.
    assert seconds(40_000) < 30 * short


def test_a_line_of_a_million_characters():
    text = "no time words here " * 52_632
    start = time.perf_counter()
    assert find_expressions(text, dt.date(1994, 2, 12)) == []
    assert time.perf_counter() - start < 20
