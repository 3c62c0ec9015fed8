"""``trade_sentences``: where layout and labels say that a sentence begins, and where a wrapped line denies it.

Runs before the parser, which keeps to what is set here: ``True`` at starts of segments, labels, turns, paragraphs and
list items; ``False`` on line breaks and on a small letter behind a single line break. All else is left to the parser.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
from spacy.attrs import IDX, SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

# A paragraph break, an indented line, or a list item begins a sentence with its first word.
_PARAGRAPH = re.compile(r"\n[ \t\r\u00a0\u3000]*\n\s*|\n(?:[ \t]{2,}|\u3000)(?=[^\s])")
_ITEM = re.compile(r"(?:^|\n)[ \t]*(?=(?:[-*•·‣▪–—]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t]+\S)")
# Where a word in small letters follows a single line break, the sentence goes on.
_WRAPPED = re.compile(r"\n[ \t]*(?=[^\W\d_A-Z])")
_SENTENCE_END = re.compile(r"[.?!:;。！？…)\]）」』”\"’*_>|]$")
# From this share of blank lines inside sentences on, blank lines do not part paragraphs.
MAX_CUT_SHARE = 0.15
Array = npt.NDArray[np.int64]


class TradeSentences:
    """Sets ``token.is_sent_start`` from the layout; ``None`` stays where the layout says nothing."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        offsets = doc.to_array([IDX]).astype(np.int64).ravel()
        marks = doc.to_array([SENT_START]).astype(np.int64).ravel()
        blank = np.fromiter((token.is_space for token in doc), dtype=bool, count=len(doc))
        _mark(marks, offsets, blank, wrapped_lines(doc.text), -1, exact=True)
        starts = paragraph_starts(doc.text)
        starts += [segment["start"] for segment in doc._.segments]
        for turn in doc._.turns:
            starts += [turn["start"], *([turn["label_start"]] if turn["label_start"] >= 0 else [])]
        _mark(marks, offsets, blank, starts, 1, exact=False)
        marks[blank] = -1
        marks[0] = 1
        doc.from_array([SENT_START], marks.reshape(-1, 1).astype(np.uint64))  # type: ignore[arg-type]
        return doc


def paragraph_starts(text: str) -> list[int]:
    """Offsets of the first characters of paragraphs and list items.

    A small letter behind a blank line that ends no sentence goes on with the sentence: a page or column was cut there.
    Where many do, a blank line means nothing unless a sentence ends before it.
    """
    breaks = [(_ends_before(text, match.start()), match.end()) for match in _PARAGRAPH.finditer(text)]
    breaks = [(ended, at) for ended, at in breaks if at < len(text)]
    n_cut = sum(not ended and text[at].islower() for ended, at in breaks)
    broken = n_cut > MAX_CUT_SHARE * len(breaks)
    found = [at for ended, at in breaks if ended or not (broken or text[at].islower())]
    return found + [match.end() for match in _ITEM.finditer(text)]


def wrapped_lines(text: str) -> list[int]:
    """Offsets of words in small letters that go on with a sentence behind a line break."""
    return [
        match.end()
        for match in _WRAPPED.finditer(text)
        if text[match.end()].islower()
        and not (_is_blank_before(text, match.start()) and _ends_before(text, match.start()))
    ]


def _is_blank_before(text: str, at: int) -> bool:
    return at > 0 and text[at - 1] == "\n"


def _ends_before(text: str, at: int) -> bool:
    """Does a sentence end before an offset, blanks left out?"""
    return bool(_SENTENCE_END.search(text[max(0, at - 40) : at].rstrip()))


def _mark(marks: Array, offsets: Array, blank: Array, places: list[int], value: int, *, exact: bool) -> None:
    """Set a value at the tokens that begin at the places; with ``exact`` false, at the next word's if none does."""
    if not places:
        return
    wanted = np.array(sorted(set(places)), dtype=np.int64)
    index = np.searchsorted(offsets, wanted, side="left")
    for place, at in zip(wanted.tolist(), index.tolist(), strict=True):
        if at >= len(offsets) or (exact and offsets[at] != place):
            continue
        while at < len(offsets) - 1 and blank[at]:
            at += 1
        if not blank[at]:
            marks[at] = value
