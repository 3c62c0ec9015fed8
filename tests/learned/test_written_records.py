"""Records written to be learnt from: their form, their offsets, and what is said of a broken one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judgements.written_records import RECORDS, RecordError, read_records

GOOD = """\
== transcript; en; GB; 1947
title = Tin and Rubber
date = 1947-03-12
--
TIN  AND
RUBBER
12 March 1947

MR. VANE (Ceylon): ⟪turn Vane; role=Delegate; side=LK⟫We sell rubber.

And tin.⟪/⟫

Q. ⟪turn -⟫Why?⟪/⟫
The Chairman said that ⟪reported Chairman⟫it was late⟪/⟫.
"""


def write(folder: Path, text: str) -> Path:
    (folder / "a.txt").write_text(text, "utf-8")
    return folder


def test_a_record_has_its_text_its_speech_and_what_it_shows_of_itself(tmp_path: Path) -> None:
    first, second = read_records(write(tmp_path, GOOD + "\n" + GOOD.replace("; GB;", "; -;")))
    assert (first.genre, first.language, first.country, second.country) == ("transcript", "en", "GB", None)
    assert (first.line, second.line) == (1, 16)
    assert first.fields == {"title": "Tin and Rubber", "date": "1947-03-12"}
    assert first.text.endswith("The Chairman said that it was late.")
    assert [(s.kind, s.speaker, s.side, s.role, first.text[s.start : s.end]) for s in first.speech] == [
        ("turn", "Vane", "LK", "Delegate", "We sell rubber.\n\nAnd tin."),
        ("turn", None, None, None, "Why?"),
        ("reported", "Chairman", None, None, "it was late"),
    ]
    assert [turn.speaker for turn in first.turns] == ["Vane", None]
    assert first.source != second.source


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("== transcript", "== minutes", "is not '== GENRE"),
        ("--\n", "", "no line '--'"),
        ("title =", "heading =", "'heading = Tin and Rubber' is not 'KEY = VALUE'"),
        ("date = 1947-03-12", "date = 12.3.1947", "12.3.1947"),
        ("⟪turn Vane;", "⟪talk Vane;", "line 9: '⟪talk Vane.*is no mark"),
        ("side=LK", "seat=LK", "line 9: .*is no mark"),
        ("Why?⟪/⟫", "Why?", "line 14: .*stands inside turn -"),
        ("⟪turn -⟫Why", "Why", "line 13: '⟪/⟫' closes nothing"),
        ("Why?⟪/⟫", "Why? ⟪/⟫", "line 13: .*begin or end with a blank"),
        ("late⟪/⟫", "late", "not closed"),
        ("late⟪/⟫", "late⟫⟪/⟫", "not closed"),
    ],
)
def test_a_broken_record_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in GOOD
    with pytest.raises(RecordError, match=rf"(?s)a.txt, record of line 1: .*{said}|a.txt, record of {said}"):
        list(read_records(write(tmp_path, GOOD.replace(right, wrong, 1))))


@given(st.text())
def test_no_other_error_leaves_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = write(tmp_path_factory.mktemp("records"), "== news; en; FR; 1900\n--\n" + text)
    with suppress(RecordError):
        list(read_records(folder))


def test_the_records_that_ship_keep_the_form() -> None:
    records = list(read_records(RECORDS))
    texts = [record.text for record in records]
    assert len(texts) == len(set(texts)) > 0
    assert all(record.speech or record.fields for record in records)
