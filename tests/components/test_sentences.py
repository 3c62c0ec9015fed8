"""Sentence starts that layout and labels show."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import extract.components.factories  # noqa: F401
from extract.components.rows import register_extensions
from extract.components.sentences import paragraph_starts, wrapped_lines


@pytest.fixture(scope="module")
def sentences_nlp() -> Language:
    register_extensions()
    nlp = spacy.blank("en")
    for name in ("trade_turns", "trade_sentences"):
        nlp.add_pipe(name)
    nlp.add_pipe("sentencizer", config={"overwrite": False})
    return nlp


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("The duty\nfell. It rose", ["The", "It"]),
        ("A heading\n\nThe duty fell", ["A", "The"]),
        ("We list\n- one thing\n- two things", ["We", "-", "-"]),
        ("The quota\n  It was small", ["The", "It"]),
        ("The duty on\n\nwheat fell", ["The"]),
    ],
)
def test_sentences_begin_where_the_layout_says(sentences_nlp: Language, text: str, starts: list[str]) -> None:
    doc = sentences_nlp(text)
    assert [token.text for token in doc if token.is_sent_start] == starts


def test_turns_begin_sentences(sentences_nlp: Language) -> None:
    doc = sentences_nlp("MR. HALE: I agree. MS. BAIN: Do you? MR. HALE: We do.")
    starts = {token.idx for token in doc if token.is_sent_start}
    assert {row["start"] for row in doc._.turns} | {row["label_start"] for row in doc._.turns} <= starts


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aB.\n \t-1(", max_size=120))
def test_a_wrapped_line_is_no_paragraph(text: str) -> None:
    wrapped = set(wrapped_lines(text))
    assert all(text[at].islower() for at in wrapped)
    assert all(0 <= at < len(text) for at in paragraph_starts(text) if at < len(text))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    register_extensions()
    nlp = spacy.blank("en")
    nlp.add_pipe("trade_sentences")
    nlp(text)
