"""Days, front matter, numbers, titles and parties from pieces of text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.document import (
    clean_title,
    find_date,
    from_to,
    is_date_line,
    own_number,
    read_front_matter,
    station_number,
    symbol_number,
    unquote,
)

FORMS = [
    "{d:%B} {d.day}, {d.year}",
    "{d.day} {d:%B} {d.year}",
    "{d:%b}. {d.day}, {d.year}",
    "{d:%A}, {d.day} {d:%B} {d.year}",
    "{d.year}-{d.month:02}-{d.day:02}",
    "{d.year}年{d.month}月{d.day}日",
    "the {d.day}th of {d:%B}, {d.year}",
]


@settings(max_examples=80, deadline=None)
@given(st.dates(datetime.date(1600, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(FORMS))
def test_a_written_day_is_read_back(day: datetime.date, form: str) -> None:
    written = form.format(d=day)
    found = find_date(f"Rome, {written} (late)")
    assert found is not None
    assert found.value == day.isoformat()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("031145Z MAR 61", "1961-03-03"),
        ("Berne, le 9 avril 1952", "1952-04-09"),
        ("3. März 1961", "1961-03-03"),
        ("3 de marzo de 1961", "1961-03-03"),
        ("昭和 36年 3月 3日", "1961-03-03"),
        ("令和元年5月1日", "2019-05-01"),
        ("AP-NR-03-13-91 0905EST", "1991-03-13"),
        ("25/12/1991", "1991-12-25"),
        ("December 3-4, 1998", "1998-12-03"),
    ],
)
def test_other_forms_of_days(text: str, value: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    ["March 1961", "3/4/1961", "30 February 1961", "March 3", "in 1961", "", "1.2.3", "13 May 09:00", "1961-13-40"],
)
def test_what_is_no_complete_day(text: str) -> None:
    assert find_date(text) is None


@pytest.mark.parametrize(
    "line", ["Rome, March 3, 1961", "Friday, 3 March 1961, 4.15 p.m.", "1961-03-03", "HOUSE OF COMMONS  3 March 1961"]
)
def test_date_lines(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "On March 3, 1961, the duty was halved.",
        "The Siege of 3 March 1861 and What It Taught",
        "Received word on March 3, 1961 that nothing had been sent from there",
        "March 1961",
    ],
)
def test_lines_that_only_hold_a_date(line: str) -> None:
    assert not is_date_line(line)


def test_front_matter_with_folded_and_escaped_values() -> None:
    text = "---\ntitle: \"Talks on\\_Figs \\u2013 and\\\n  \\ Dates\"\ndate: '2011-09-08'\nnote: it''s\n---\nText\n"
    front = read_front_matter(text)
    assert front is not None
    assert front.fields["title"].value == "Talks on\u00a0Figs – and Dates"
    assert front.fields["date"].value == "2011-09-08"
    assert text[front.fields["date"].start : front.fields["date"].end] == "'2011-09-08'"
    assert text[front.end :] == "\nText\n"


@pytest.mark.parametrize("text", ["Text", "---\nno keys here\n---\n", "---\na: b\n", "--- \n\n---", "a: b\n---\n"])
def test_what_is_no_front_matter(text: str) -> None:
    assert read_front_matter(text) is None


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    find_date(text)
    unquote(text)
    clean_title(text)
    from_to(text)
    own_number(text)
    symbol_number(text)
    station_number(text)
    read_front_matter("---\n" + text)


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("## Figs  and\n dates ##", "Figs and dates"),
        ("**Figs**", "Figs"),
        ("'Figs'", "Figs"),
        ("“Figs” and “dates”", "“Figs” and “dates”"),
        ("Figs:", "Figs"),
        (" * ", None),
    ],
)
def test_titles_are_cleaned(raw: str, title: str | None) -> None:
    assert clean_title(raw) == title


@pytest.mark.parametrize(
    ("line", "parties"),
    [
        ("Telegram From the Embassy in Peru to the Department of State", ("Embassy in Peru", "Department of State")),
        ("Cable No. 12, Ambassador Roe to the Foreign Minister, 'Figs'", ("Ambassador Roe", "Foreign Minister")),
        (
            "The Ambassador in Japan (Roe) to the Secretary of State",
            ("The Ambassador in Japan (Roe)", "Secretary of State"),
        ),
        ("Sir A. Roe to Mr. Doe.", ("Sir A. Roe", "Mr. Doe")),
        ("Ministers to meet in Rome", None),
        ("How the west went from corn to cotton", None),
    ],
)
def test_parties_of_a_headline(line: str, parties: tuple[str, str] | None) -> None:
    assert from_to(line) == parties


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("No. 512 Secret", "512"),
        ("Cable No. 12, Roe to the Minister", "12"),
        ("第88号 極秘", "88"),
        ("[No. 88]", "88"),
        ("N° 88. — Secret", "88"),
        ("NO.   : 88", "88"),
        ("CONSULAR TIN REPORTS. — No. 88.", "88"),
        ("SENT ● NUMBER 88 ● 2nd SESSION", "88"),
        ("SECRET Copy No. 88", None),
        ("No. 10 was silent", None),
        ("Now", None),
    ],
)
def test_numbers_of_documents(line: str, number: str | None) -> None:
    assert own_number(line) == number


def test_symbols_and_stations() -> None:
    assert symbol_number("Distr. GENERAL TN/AG/W/4/Rev.1") == "TN/AG/W/4/Rev.1"
    assert symbol_number("and/or") is None
    assert symbol_number("WORLD TRADE COUNCIL   E/TIN.4/C.2/SR.7") == "E/TIN.4/C.2/SR.7"
    assert symbol_number("TD/B/JUTE/SR.3") == "TD/B/JUTE/SR.3"
    assert symbol_number("EBS/71/208") == "EBS/71/208"
    assert symbol_number("A/59/PV.12") == "A/59/PV.12"
    assert symbol_number("Press/88") == "Press/88"
    assert [symbol_number(line) for line in ("PERU/CHILE talks", "USD/JPY 110", "12/03/99")] == [None] * 3
    assert station_number("C O N F I D E N T I A L LIMA 02345") == "02345"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("G.T. 6612.", "G.T. 6612"),
        ("[Cd. 6517.]", "Cd. 6517"),
        ("C.P. 11 (35).", "C.P. 11 (35)"),
        ("O.(B.)(32) 9th Minutes.", "O.(B.)(32) 9th Minutes"),
        ("CR 2014/6", "CR 2014/6"),
        ("Oral evidence: tin, HC 118", "HC 118"),
        ("PORT. — C.222.M.109.1930.II.", "C.222.M.109.1930.II"),
        ("P.O. 704", None),
        ("London, W.C. 2", None),
        ("Room 12", None),
    ],
)
def test_papers_of_cabinets_and_commands(line: str, number: str | None) -> None:
    assert symbol_number(line) == number


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("参議院 本会議 平成八年三月十四日", "1996-03-14"),
        ("昭和三十三年十月六日", "1958-10-06"),
        ("令和元年五月一日", "2019-05-01"),
        ("二〇一七年十二月二十日", "2017-12-20"),
    ],
)
def test_days_in_kanji(line: str, day: str) -> None:
    found = find_date(line)
    assert found is not None
    assert found.value == day
