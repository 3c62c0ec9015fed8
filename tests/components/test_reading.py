"""The Doc on the reading copy of its text, and rows that count in the raw text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.tables.rows import Provenance, rows_of

RAW = (
    "TALKS IN OSLO, 3 May 2011\n\nMr. Rene\u0301 Brule\u0301 said that the du\u00adty on co\ufb00ee would be thirty-\n"
    "five percent.[4] The quota was 65,-\n000 tons.\n"
)
MADE = Provenance("a.txt", "0" * 64, "run", "1", datetime(2020, 1, 1, tzinfo=UTC))


def test_components_read_the_copy_and_rows_count_in_the_raw_text(nlp: Language) -> None:
    doc = nlp(RAW)
    assert doc._.raw == RAW
    assert "duty on coffee would be thirty-five\npercent. The quota was 65,000\ntons" in doc.text
    rows = rows_of(doc, MADE)
    assert rows["documents"][0]["text"] == RAW
    claims = {row["text"]: (row["value_min"], row["measure"], row["item"]) for row in rows["claims"]}
    assert claims["thirty-\nfive percent"][:2] in ((35.0, "duty"), (35.0, "duty on coffee"))
    assert claims["65,-\n000 tons"][0] == 65_000.0
    assert {row["speaker"] for row in rows["turns"]} == {"René Brulé"}
    assert next("co\ufb00ee" in row["sentence"] for row in rows["claims"] if row["text"] == "thirty-\nfive percent")


def test_tokens_and_spans_lead_back(nlp: Language) -> None:
    doc = nlp(RAW)
    token = next(token for token in doc if token.text == "coffee")
    assert RAW[token._.raw_start : token._.raw_end] == "co\ufb00ee"
    span = doc[token.i - 2 : token.i + 1]
    assert RAW[span._.raw_start : span._.raw_end] == "du\u00adty on co\ufb00ee"
    assert [(item["kind"], item["text"]) for item in doc._.furniture] == [("footnote_mark", "[4]")]


def test_a_clean_text_leads_back_to_itself(nlp: Language) -> None:
    doc = nlp("The duty is 5 percent.")
    assert (doc._.raw, doc._.furniture) == (doc.text, [])
    assert [(token._.raw_start, token._.raw_end) for token in doc[:2]] == [(0, 3), (4, 8)]


def test_bytes_disk_and_processes_keep_the_way_back(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(RAW)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    nlp.to_disk(tmp_path / "saved")
    saved = spacy.load(tmp_path / "saved")(RAW)
    side_by_side = next(iter(nlp.pipe([RAW, "Nothing here."], n_process=2)))
    expected = rows_of(doc, MADE)
    for other in (again, saved, side_by_side):
        assert other.text == doc.text
        assert other._.furniture == doc._.furniture
        assert rows_of(other, MADE) == expected


def test_speakers_that_the_form_of_a_file_marks_give_the_turns(nlp: Language) -> None:
    raw = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Ann Lind>The duty on\n\n"
        "2\n00:00:03.000 --> 00:00:05.000\n<v Ann Lind>rice is 5 percent.\n\n"
        "3\n00:00:05.000 --> 00:00:08.000\n<v Bo Roe>No.\n"
    )
    doc = nlp(raw)
    assert [(label["text"], doc.text[label["start"] : label["end"]]) for label in doc._.labels] == [
        ("Ann Lind", "Ann Lind"),
        ("Bo Roe", "Bo Roe"),
    ]
    tables = rows_of(doc, MADE)
    assert [(row["speaker"], row["text"][-11:]) for row in tables["turns"]] == [
        ("Ann Lind", " 5 percent."),
        ("Bo Roe", "No."),
    ]
    assert [(row["speaker"], row["value_min"]) for row in tables["claims"]] == [("Ann Lind", 5.0)]
    assert [row["kind"] for row in tables["segments"]] == ["header", "body"] * 3


PIECES = (
    "MR. ROE. |Q. |“|”| said that |5 per-\ncent|$5 bil\u00adlion|$1,-\n000|3 May 1994|Ann Lind|\n\n[[Page 3]]\n\n|\n|"
    " duty on co\ufb00ee |percent3 |. |[2] |\u0301|\x93|\u00a0|The quota was 40 tons|\r\n|\f12\n"
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map("".join)))
def test_every_row_is_a_slice_of_the_raw_text(nlp: Language, raw: str) -> None:
    tables = rows_of(nlp(raw), MADE)
    text = tables["documents"][0]["text"]
    assert text == raw
    for table in ("turns", "entities", "dates", "claims"):
        for row in tables[table]:
            assert text[row["start"] : row["end"]] == row["text"] != ""
            assert row.get("sentence", "") in text
    ends = [0, *(bound for row in tables["segments"] for bound in (row["start"], row["end"]))]
    assert ends == sorted(ends)


def test_names_in_the_heads_of_pages_tell_who_asks_and_who_answers(nlp: Language) -> None:
    asked = (
        "Q.  Did you read the paper on rice?\nA.  Yes, I did read all of it.\nQ.  When was that?\nA.  It was in May.\n"
    )
    pages = [f"ROE - CROSS-EXAMINATION BY MR. LIND     {number}\n\n{asked * 3}" for number in range(40, 44)]
    doc = nlp("\f".join(pages))
    assert sum(item["kind"] == "page_head" for item in doc._.furniture) == 3
    turns = [row for row in doc._.turns if row["kind"] == "turn"]
    assert len(turns) > 20
    assert {(row["label"][0], row["speaker"]) for row in turns} == {("Q", "Lind"), ("A", "Roe")}
