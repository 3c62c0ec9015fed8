"""The component for quotations and reported speech: what it reads, what it leaves alone, what it links."""

from __future__ import annotations

import time
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.components.quotes import TradeQuotes
from extract.components.quotes.layout import paragraphs, reading_view
from extract.components.rows import register_extensions

register_extensions()
BLANK = spacy.blank("en")


def read(text: str, *, genre: str = "news", **extensions: Any) -> Doc:
    doc = BLANK.make_doc(text)
    doc._.document = {"genre": genre}
    for name, value in extensions.items():
        doc._.set(name, value)
    return TradeQuotes("trade_quotes")(doc)


def words(doc: Doc, kind: str) -> list[str]:
    return [doc.text[row["start"] : row["end"]] for row in doc._.turns if row["kind"] == kind]


def test_rows_have_offsets_label_and_rule() -> None:
    text = "“We go,” said Ana Roe, head of the league. “We must.”"
    first, second = read(text)._.turns
    assert first["label"] == text[first["label_start"] : first["label_end"]] == "Ana Roe"
    assert first["role"] == "head of the league"
    assert (first["cue"], first["rule"], first["speaker"]) == ("said", "after", None)
    assert second["rule"] == "follow-on"
    assert second["source_of"] == first["start"]
    assert second["label_start"] == first["label_start"]


def test_labelled_turns_stay_and_hold_no_rows() -> None:
    text = "(Roe) He said that the duty was dead.\n\nMr. Doe said that the talks were over."
    turn = {"kind": "turn", "start": 6, "end": 37, "label": "Roe", "rule": "bracket"}
    doc = read(text, turns=[turn])
    assert doc._.turns[0]["label"] == "Roe"
    assert words(doc, "reported") == ["the talks were over"]


def test_chrome_is_not_read() -> None:
    text = "Mr. Roe said that it rained.\n\nMr. Doe said that it snowed."
    segments = [
        {"kind": "body", "language": "en", "start": 0, "end": 29},
        {"kind": "footer", "language": "en", "start": 30, "end": len(text)},
    ]
    assert words(read(text, segments=segments), "reported") == ["it rained"]


def test_link_targets_and_emphasis_are_not_read() -> None:
    text = "Acme\n[announced](https://a.example/said-that-x)\nit will build a mill. The *Post* wrote: “It is big.”"
    doc = read(text)
    assert words(doc, "reported") == ["it will build a mill"]
    assert words(doc, "quote") == ["It is big."]
    assert len(reading_view(text)) == len(text)


def test_wrapped_lines_are_one_paragraph_and_short_lines_are_their_own() -> None:
    wrapped = (
        "The minister for trade said on Tuesday\nthat the treaty with the northern states\n"
        "had lapsed and that no\ntalks were planned."
    )
    assert len(paragraphs(wrapped, 0, len(wrapped))) == 1
    news = "The minister left. " * 12 + "\nHe said nothing.\nThe talks ended."
    assert len(paragraphs(news, 0, len(news))) == 3


def test_news_keeps_clauses_apart_and_records_join_them() -> None:
    text = "Mr Osei said that the levy had failed. He added that the ports were idle."
    assert len(words(read(text), "reported")) == 2
    assert len(words(read(text, genre="cable"), "reported")) == 1


def test_a_speaker_is_not_inherited_over_many_paragraphs() -> None:
    filler = "\n\n".join(["The hall was full of people that day."] * 5)
    text = f"“We go,” said Ana Roe.\n\n{filler}\n\n“Nobody knows who wrote these words on the wall.”"
    assert words(read(text), "quote") == ["We go,"]


def test_no_annotation_is_needed() -> None:
    doc = read("Mr. Roe said that the treaty was dead. “Nobody will mourn it,” he added.")
    assert words(doc, "reported") == ["the treaty was dead"]
    assert words(doc, "quote") == ["Nobody will mourn it,"]


@pytest.mark.parametrize(
    ("text", "label", "said", "cue"),
    [
        ("田中社長は「工場は閉めない」と述べた。", "田中社長", "工場は閉めない", "述べた"),
        ("外相が記者団に「交渉は続く」と語った。", "外相", "交渉は続く", "語った"),
        ("「もう遅い」などと説明した。", None, "もう遅い", "説明した"),
    ],
)
def test_japanese_quotations(text: str, label: str | None, said: str, cue: str) -> None:
    (row,) = read(text)._.turns
    assert (row["label"], text[row["start"] : row["end"]], row["cue"]) == (label, said, cue)


def test_a_japanese_name_in_marks_is_no_quotation() -> None:
    assert read("新しい店「みどり」が開いた。")._.turns == []


PIECES = st.lists(
    st.sampled_from(
        ["He said", " that ", "“", "”", '"', "'", ", ", ". ", "\n", "\n\n", "according to", " Roe ", "(", ")", "who ",
         " was quoted as saying ", "A. B. ", "—", "made it clear ", "told ", " the words of ", "\x00", "「",
         "」と述べた。"]
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(PIECES, st.sampled_from(["news", "cable", "other"]))
def test_no_text_raises_and_offsets_point_at_words(pieces: list[str], genre: str) -> None:
    text = "".join(pieces)
    for row in read(text, genre=genre)._.turns:
        span = text[row["start"] : row["end"]]
        assert span
        assert span == span.strip()
        if row["label"] is not None:
            assert text[row["label_start"] : row["label_end"]].split()[0] == row["label"].split()[0]


@pytest.mark.parametrize("unit", ["he said that ", 'He said, "x" and ', "“He said. ", "After Roe said that a, b, "])
def test_time_is_linear(unit: str) -> None:
    started = time.process_time()
    read(unit * (60_000 // len(unit)))
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Packers' Union President Ana Roe: “We have waited nine years for this duty.”",
            "Packers' Union President Ana Roe",
        ),
        ("**Harbour Chair Omar Lind:** “The quays were empty before the quota came.”", "Harbour Chair Omar Lind"),
        ("“Nobody will pay more for bread this year.” — Minister Eva Quill", "Minister Eva Quill"),
        ("Price of a loaf in Lima: “a bun and a half”.", None),
    ],
)
def test_a_name_beside_a_quotation_says_it_without_a_verb(text: str, label: str | None) -> None:
    assert [row["label"] for row in read(text)._.turns] == ([label] if label else [])


def test_words_in_marks_within_reported_ones_are_a_row_only_if_they_are_a_clause() -> None:
    said = "Mr. Roe said that the fee was “a bad joke” and that “we will not pay it any more”."
    assert words(read(said), "quote") == ["we will not pay it any more"]
