"""Pieces join to the text again; a sentence is shown around a span."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.review.transcript import Mark, page, pieces, sentence_around

SPANS = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=8)


@settings(max_examples=80)
@given(st.text(max_size=100), SPANS)
def test_pieces_join_to_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(a, a + n, "claims", str(i), "") for i, (a, n) in enumerate(spans)]
    found = pieces(text, 0, len(text), marks)
    assert "".join(p.text for p in found) == text


@settings(max_examples=80)
@given(st.text(alphabet="ab .\n", max_size=200), st.data())
def test_a_page_loses_no_letter(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    turns = [{"kind": "turn", "start": start, "end": len(text), "speaker": "Roe", "label": "MR. ROE"}]
    shown = "".join(p.text for paragraph in page(text, [], turns, around=None).paragraphs for p in paragraph.pieces)
    assert shown.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_a_long_document_is_shown_around_the_row() -> None:
    text = "word " * 10_000
    shown = page(text, [], [], around=25_000)
    assert shown.cut_before
    assert shown.cut_after


def test_a_sentence_is_shown_whole_or_from_a_word_on() -> None:
    text = "It rained. The duty on tin is 5 percent, he said. Nobody answered."
    start = text.index("5 percent")
    first, last = sentence_around(text, start, start + 9)
    assert text[first:last] == "The duty on tin is 5 percent, he said."
    long = "longish " * 100 + "5 percent"
    first, _ = sentence_around(long, len(long) - 9, len(long), reach=50)
    assert long[first:].startswith("longish")
