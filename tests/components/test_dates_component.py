"""The component ``trade_dates``: segments, the document's date, genres, rows that survive ``to_bytes``."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from extract.components.dates import TradeDates
from extract.components.rows import register_extensions

register_extensions()
NLP = spacy.blank("en")


def read(text: str, *, document: dict | None = None, segments: list[dict] | None = None, **options) -> Doc:
    doc = NLP.make_doc(text)
    doc._.document = document or {}
    doc._.segments = segments or []
    return TradeDates("trade_dates", **options)(doc)


def values(doc: Doc) -> list[str]:
    return [row["value"] for row in doc._.dates]


def segment(kind: str, start: int, end: int) -> dict:
    return {"kind": kind, "language": "en", "start": start, "end": end}


def test_rows_have_offsets_bounds_anchor_and_the_rule_that_found_them():
    doc = read("They met on Monday.", document={"date": "1994-02-12", "genre": "cable"})
    (row,) = doc._.dates
    assert doc.text[row["start"] : row["end"]] == "Monday"
    assert row == {
        "start": 12,
        "end": 18,
        "type": "DATE",
        "value": "1994-02-07",
        "start_date": "1994-02-07",
        "end_date": "1994-02-07",
        "anchor": "document",
        "rule": "weekday",
    }
    assert [span.text for span in doc.spans["dates"]] == ["Monday"]


def test_references_and_footers_are_not_read():
    text = "Seen in 1994. Roe (1991). Printed 1995."
    segments = [segment("body", 0, 13), segment("references", 14, 25), segment("footer", 26, 39)]
    assert values(read(text, segments=segments)) == ["1994"]
    assert values(read(text)) == ["1994", "1991", "1995"]


def test_the_kinds_of_segment_are_an_option():
    text = "Seen in 1994. Printed 1995."
    doc = NLP.make_doc(text)
    doc._.segments = [segment("body", 0, 13), segment("footer", 14, 27)]
    assert values(TradeDates("trade_dates", segments=("footer",))(doc)) == ["1995"]


def test_a_related_document_has_no_anchor_in_the_one_before_it():
    text = "On April 2, 2025 it rose. On April 5 it fell."
    at = text.index("On April 5")
    segments = [segment("body", 0, at), segment("related", at, len(text))]
    assert values(read(text, segments=segments)) == ["2025-04-02", "XXXX-04-05"]


@pytest.mark.parametrize("document", [{}, {"date": None}, {"date": "no date"}])
def test_a_document_without_a_date_resolves_nothing(document):
    assert values(read("He came yesterday, on July 20.", document=document)) == ["XXXX-XX-XX", "XXXX-07-20"]


def test_what_the_user_knows_stands_in_for_a_date_that_was_not_read():
    doc = NLP.make_doc("He came yesterday.")
    doc._.given = {"date": "1994-02-12"}
    assert values(TradeDates("trade_dates")(doc)) == ["1994-02-11"]


def test_newswire_and_records_of_talks_are_marked_differently():
    text = "Three days later he earned $200 a year."
    news = read(text, document={"date": "1994-02-12", "genre": "news"})
    talks = read(text, document={"date": "1994-02-12", "genre": "transcript"})
    assert [(news.text[r["start"] : r["end"]], r["value"]) for r in news._.dates] == [
        ("Three days", "P3D"),
        ("a year", "P1Y"),
    ]
    assert [(talks.text[r["start"] : r["end"]], r["value"]) for r in talks._.dates] == [
        ("Three days later", "XXXX-XX-XX"),
        ("a year", "P1Y"),
    ]


def test_in_a_cable_the_day_of_the_talks_is_the_anchor():
    text = "On the 11th the ministers met. This morning they had dined."
    assert values(read(text, document={"date": "1994-02-12", "genre": "cable"})) == ["1994-02-11", "1994-02-11TMO"]
    assert values(read(text, document={"date": "1994-02-12", "genre": "news"})) == ["1994-02-11", "1994-02-12TMO"]


def test_the_mode_is_an_option():
    text = "The war began on 4 May 1701. In June it ended."
    document = {"date": "2009-12-19", "genre": "essay"}
    assert values(read(text, document=document, mode="narrative"))[1] == "1701-06"
    assert values(read("In June it ended.", document=document, mode="document")) == ["2009-06"]
    with pytest.raises(ValueError, match="allowed are auto, document, narrative"):
        TradeDates("trade_dates", mode="story")


@pytest.mark.parametrize("text", ["", " ", "\x00", "\n\n\n", "a" * 10_000, "“unclosed", "😀 😀"])
def test_no_text_raises(text):
    assert read(text)._.dates == []


def test_rows_survive_bytes():
    doc = read("In the past 10 years.", document={"date": "1994-02-12", "genre": "cable"})
    again = Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert again._.dates == doc._.dates
    assert again._.dates[0]["start_date"] == "1984-02-12"
