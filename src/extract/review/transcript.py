"""A document as a page of readable text: paragraphs, its turns set apart, spans marked by table.

The text goes through Jinja's escaping piece by piece; nothing here makes markup from what a document says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from extract.layout.lines import stripped

# Longest stretch of a document around the row in question that a page shows, in characters on either side.
CONTEXT_CHARACTERS = 6000
_PARAGRAPH = re.compile(r"\n[ \t\u3000]*\n\s*")


@dataclass(frozen=True)
class Mark:
    """A span to be highlighted: ``table`` names its colour; ``current`` is the row under review."""

    start: int
    end: int
    table: str
    row_id: str
    title: str
    current: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of text within which the same marks hold; ``start`` is its offset in the document."""

    text: str
    marks: tuple[Mark, ...] = ()
    start: int = 0

    @property
    def classes(self) -> str:
        names = {m.table for m in self.marks} | {"current" for m in self.marks if m.current}
        return " ".join(sorted(f"m-{name}" for name in names))

    @property
    def title(self) -> str:
        return " · ".join(dict.fromkeys(m.title for m in self.marks))


@dataclass
class Paragraph:
    """``speaker`` and ``label`` stand above the first paragraph of a turn."""

    start: int
    pieces: list[Piece]
    speaker: str = ""
    label: str = ""
    in_turn: bool = False


@dataclass
class Page:
    paragraphs: list[Paragraph] = field(default_factory=list)
    cut_before: bool = False
    cut_after: bool = False


def page(text: str, marks: Sequence[Mark], turns: Sequence[dict[str, Any]], *, around: int | None) -> Page:
    """The document, or the stretch around an offset if it is long, as paragraphs of pieces."""
    first, last = 0, len(text)
    if around is not None and len(text) > 2 * CONTEXT_CHARACTERS:
        first, last = max(0, around - CONTEXT_CHARACTERS), min(len(text), around + CONTEXT_CHARACTERS)
    out = Page(cut_before=first > 0, cut_after=last < len(text))
    labelled = sorted((t for t in turns if t["kind"] == "turn"), key=lambda t: t["start"])
    cuts = sorted({t["start"] for t in labelled} | {t["end"] for t in labelled})
    shown = sorted((m for m in marks if m.start < last and m.end > first), key=lambda m: m.start)
    starts, longest = [m.start for m in shown], max((m.end - m.start for m in shown), default=0)
    for start, end in _paragraphs(text, first, last, cuts):
        turn = next((t for t in labelled if t["start"] <= start < t["end"]), None)
        near = shown[bisect_left(starts, start - longest) : bisect_left(starts, end)]
        paragraph = Paragraph(start, pieces(text, start, end, near), in_turn=turn is not None)
        if turn and turn["start"] == start:
            paragraph.speaker, paragraph.label = turn["speaker"] or "", turn["label"] or ""
        out.paragraphs.append(paragraph)
    return out


def _paragraphs(text: str, first: int, last: int, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Bounds of the paragraphs between two offsets; the given offsets are bounds too. None is blank."""
    bounds = {first, last, *(c for c in cuts if first < c < last)}
    for match in _PARAGRAPH.finditer(text, first, last):
        bounds.update(match.span())
    ordered = sorted(bounds)
    return [(a, b) for a, b in pairwise(ordered) if text[a:b].strip()]


def pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Piece]:
    """Cut a stretch at every bound of a mark; joined again, the pieces are the stretch."""
    here = [m for m in marks if m.start < end and m.end > start]
    bounds = sorted({start, end, *(max(start, m.start) for m in here), *(min(end, m.end) for m in here)})
    return [Piece(text[a:b], tuple(m for m in here if m.start <= a and m.end >= b), a) for a, b in pairwise(bounds)]


def sentence_around(text: str, start: int, end: int, *, reach: int = 400) -> tuple[int, int]:
    """Bounds of the sentence around a span, found by its punctuation, at most ``reach`` characters away."""
    low, high = max(0, start - reach), min(len(text), end + reach)
    before = [m.end() for m in re.finditer(r"[.!?。！？][\"”’)\]]*\s+|\n\s*\n", text[low:start])]
    after = re.search(r"[.!?。！？][\"”’)\]]*(?=\s|$)|\n\s*\n", text[end:high])
    first = low + before[-1] if before else _word_start(text, low, start)
    last = end + after.end() if after else high
    first, last = stripped(text, first, last)
    return min(first, start), max(last, end)


def _word_start(text: str, low: int, start: int) -> int:
    """Where a sentence too long to be shown whole may be cut: behind the next blank."""
    blank = text.find(" ", low, start)
    return blank + 1 if low > 0 and blank >= 0 else low
