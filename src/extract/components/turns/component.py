"""``trade_turns``: labelled turns of a record of talks, in the style that the document itself shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from extract.components.rows import TurnRow, set_rows
from extract.components.turns.extents import turn_end, zone_end
from extract.components.turns.given import given_turns
from extract.components.turns.judge import BY_FORM, choose_labels, doubtful
from extract.components.turns.openers import find_openers
from extract.components.turns.scanner import Opener
from extract.normalize.labels import shown_label

_CAPTION_TIME = re.compile(r"\d[.,]\d{1,3}[ \t]*-->[ \t]*\d")
# Genres that a text written of talks may be taken for; turns that fill it show that it is a record of them.
_TOLD = frozenset({"news", "essay", "other"})
_TALK_SHARE = 0.5
# Zones where nobody speaks: what looks like a label there is a list, a source or chrome.
SILENT_SEGMENTS = ("footer", "references", "related", "attendees", "summary")


class TradeTurns:
    """Adds rows of kind ``turn`` to ``doc._.turns``; ``label`` as written, ``speaker`` left to ``trade_speakers``.

    ``silent_segments``: kinds of segments in which no label is looked for.
    """

    def __init__(self, name: str, silent_segments: Sequence[str] = SILENT_SEGMENTS) -> None:
        self.name = name
        self.silent_segments = frozenset(silent_segments)

    def __call__(self, doc: Doc) -> Doc:
        rows = given_turns(doc.text, doc._.labels) or find_turns(doc.text, doc._.segments, self.silent_segments)
        set_rows(doc, "turns", rows)
        if _is_talk(doc.text, rows) and doc._.document.get("genre") in _TOLD and "genre" not in doc._.given:
            doc._.document = {**doc._.document, "genre": "transcript"}
        return doc


def _is_talk(text: str, rows: Sequence[TurnRow]) -> bool:
    """Whether labelled turns of several speakers fill a text, or the form of its labels is that of a record."""
    if rows and all(row["rule"].endswith(BY_FORM) for row in rows):
        return True
    return len({row["label"] for row in rows}) > 1 and sum(r["end"] - r["start"] for r in rows) > _TALK_SHARE * len(
        text
    )


def find_turns(
    text: str,
    segments: Sequence[Mapping[str, Any]] = (),
    silent: frozenset[str] = frozenset(SILENT_SEGMENTS),
) -> list[TurnRow]:
    """The labelled turns of a text, in order, without overlap."""
    openers = _outside(find_openers(text), [s for s in segments if s["kind"] in silent])
    labels = _with_words(choose_labels(text, openers))
    rows: list[TurnRow] = []
    for number, opener in enumerate(labels):
        following = labels[number + 1].start if number + 1 < len(labels) else len(text)
        limit, cut = zone_end(opener, following, segments)
        end = turn_end(text, opener, limit, last=cut or number + 1 == len(labels))
        if end > opener.text_start:
            row = _row(opener, end)
            if rows and _goes_on(text, rows[-1], row):
                rows[-1]["end"] = end
            else:
                rows.append(row)
    return rows


def refused(text: str, segments: Sequence[Mapping[str, Any]], labels: Sequence[Mapping[str, Any]]) -> list[TurnRow]:
    """Openers that were taken for no labels though something speaks for them; none where the form gives the labels."""
    if labels:
        return []
    openers = _outside(find_openers(text), [s for s in segments if s["kind"] in SILENT_SEGMENTS])
    return [_row(opener, opener.text_start) for opener in doubtful(text, openers)]


def _goes_on(text: str, before: TurnRow, row: TurnRow) -> bool:
    """Is it the next caption of the same speaker? Captions are cut by time, not by speech."""
    between = text[before["end"] : row["label_start"]]
    return before["label"] == row["label"] and bool(_CAPTION_TIME.search(between))


def _outside(openers: list[Opener], silent: Sequence[Mapping[str, Any]]) -> list[Opener]:
    """The openers outside the silent segments; both lists are in order."""
    kept, at = [], 0
    for opener in openers:
        while at < len(silent) and silent[at]["end"] <= opener.start:
            at += 1
        if at == len(silent) or opener.start < silent[at]["start"]:
            kept.append(opener)
    return kept


def _with_words(labels: list[Opener]) -> list[Opener]:
    """The labels that words follow before the next label begins."""
    return [
        opener
        for number, opener in enumerate(labels)
        if number + 1 == len(labels) or opener.text_start < labels[number + 1].start
    ]


def _row(opener: Opener, end: int) -> TurnRow:
    return TurnRow(
        kind="turn", start=opener.text_start, end=end, label=shown_label(opener.label), label_start=opener.start,
        label_end=opener.end, speaker=None, role=None, side=None, cue=None, rule=opener.extra["rule"],
    )  # fmt: skip
