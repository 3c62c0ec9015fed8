"""Quotations and reported speech in running text: who says what, without labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc

from extract.components.quotes.french import LANGUAGE, retold_rows
from extract.components.quotes.layout import paragraphs, reading_view
from extract.components.quotes.records import read_runs
from extract.components.quotes.speech import Limits, SpeechReader
from extract.components.rows import set_rows
from extract.normalize.quotemarks import Quotation, outermost, pair_marks

# Zones in which nobody is quoted: site chrome, headlines, routing, lists of names and of sources.
SKIPPED_SEGMENTS = ("header", "title", "attendees", "references", "footer")


class TradeQuotes:
    """Adds rows of kind ``quote`` and ``reported`` to ``doc._.turns``; labelled turns and chrome are left alone."""

    def __init__(
        self,
        name: str,
        *,
        skipped_segments: Sequence[str] = SKIPPED_SEGMENTS,
        follow_on_words: int = 3,
        inherit_paragraphs: int = 3,
    ) -> None:
        self.name = name
        self.skipped_segments = frozenset(skipped_segments)
        self.limits = Limits(follow_on_words, inherit_paragraphs)

    def __call__(self, doc: Doc) -> Doc:
        turns = [row for row in doc._.turns if row["kind"] == "turn"]
        view = reading_view(doc.text)
        reader = SpeechReader(doc.text, view, _tags(doc), doc._.document.get("genre"), self.limits)
        for start, end in self._regions(doc, turns):
            bounds = paragraphs(view, start, end)
            marks = outermost(pair_marks(view, bounds))
            for (a, b), quotations in zip(bounds, _by_paragraph(bounds, marks), strict=True):
                reader.read(a, b, quotations)
        set_rows(doc, "turns", [*turns, *self._rows(doc, reader), *self._french(doc, turns)])
        return doc

    def _rows(self, doc: Doc, reader: SpeechReader) -> list[dict[str, Any]]:
        """The rows as read, or, in a record that retells a talk, one for each speaker's run of sentences."""
        quotes = [row for row in reader.rows if row["kind"] == "quote"]
        runs = read_runs(doc.text, reader.retold, doc._.document.get("genre"))
        return reader.rows if runs is None else [*quotes, *runs]

    def _french(self, doc: Doc, turns: Sequence[Mapping[str, int]]) -> list[dict[str, Any]]:
        zones = [(s["start"], s["end"]) for s in doc._.segments if s["language"] == LANGUAGE and s["kind"] == "body"]
        regions = self._regions(doc, turns) if zones else []
        inside = [(a, b) for a, b in regions if any(start <= a < end for start, end in zones)]
        return [row for start, end in inside for row in retold_rows(doc.text, start, end)]

    def _regions(self, doc: Doc, turns: Sequence[Mapping[str, int]]) -> list[tuple[int, int]]:
        """The stretches to read: segments with running text, less the labelled turns."""
        segments = [(s["start"], s["end"]) for s in doc._.segments if s["kind"] not in self.skipped_segments]
        if not doc._.segments:
            segments = [(0, len(doc.text))]
        taken = sorted((row["start"], row["end"]) for row in turns)
        found: list[tuple[int, int]] = []
        for start, end in segments:
            at = start
            for turn_start, turn_end in taken:
                if turn_end <= at or turn_start >= end:
                    continue
                if turn_start > at:
                    found.append((at, turn_start))
                at = max(at, turn_end)
            if at < end:
                found.append((at, end))
        return found


def _tags(doc: Doc) -> dict[int, tuple[str, int]]:
    """Penn tag and length of the tokens by character offset; empty where no tagger has been."""
    if not len(doc) or not doc.has_annotation("TAG"):
        return {}
    array = doc.to_array(["IDX", "TAG", "LENGTH"])
    names = {int(key): doc.vocab.strings[int(key)] for key in np.unique(array[:, 1])}
    return {at: (names[tag], length) for at, tag, length in array.tolist()}


def _by_paragraph(bounds: Sequence[tuple[int, int]], marks: Sequence[Quotation]) -> list[list[Quotation]]:
    found: list[list[Quotation]] = [[] for _ in bounds]
    number = 0
    for mark in marks:
        while number < len(bounds) and mark.start >= bounds[number][1]:
            number += 1
        if number < len(bounds):
            found[number].append(mark)
    return found
