"""The component ``trade_dates``: which parts of a document are read, against which date, in which manner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from extract.components.rows import DateRow, set_rows
from extract.normalize.dates import TimeExpression, find_expressions

# Bibliographies and site chrome are full of dates that are nobody's words.
READ_SEGMENTS = ("header", "title", "summary", "attendees", "body", "related")
# A segment of another document: dates of the text before it are no anchors in it.
FRESH_SEGMENTS = frozenset({"related"})
# Where "three days later" is split ("[three days] later"): newswire, as TimeBank marks it. Records of talks, essays and
# cables are marked whole.
NEWS_GENRES = frozenset({"news", "other", ""})
# Written from day to day: twice the usual evidence must show that such a text counts from its own dates.
DAILY_GENRES = frozenset({"news", "cable", "transcript"})
DAILY_EVIDENCE = 2.0
# Speech counts from its own day, however far back it reaches.
SPOKEN_EVIDENCE = 5.0


class TradeDates:
    """Finds time expressions and leaves them as rows on ``doc._.dates``.

    ``segments``: the kinds of segment that are read (all text where a document has none).
    ``mode``: ``auto`` (by the text's evidence), ``document`` or ``narrative``: what relative expressions count from.
    """

    def __init__(self, name: str, *, segments: Sequence[str] = READ_SEGMENTS, mode: str = "auto") -> None:
        if mode not in ("auto", "document", "narrative"):
            raise ValueError(f"{name}: mode {mode!r} is not allowed; allowed are auto, document, narrative")
        self.name = name
        self.segments = frozenset(segments)
        self.mode = mode

    def __call__(self, doc: Doc) -> Doc:
        """The same document, with its time expressions."""
        data: dict[str, Any] = doc._.document or {}
        given: dict[str, Any] = doc._.given or {}
        genre = str(data.get("genre") or given.get("genre") or "")
        created = _date(data.get("date") or given.get("date"))
        text, breaks = _readable(doc, self.segments)
        split = genre in NEWS_GENRES
        evidence = SPOKEN_EVIDENCE if genre == "transcript" else DAILY_EVIDENCE if genre in DAILY_GENRES else 1.0
        found = find_expressions(
            text,
            created,
            mode=None if self.mode == "auto" else self.mode,  # type: ignore[arg-type]
            later_inside=not (split and created is not None),
            spoken=genre == "transcript",
            head=_head_end(doc),
            occasion=genre == "cable",
            breaks=breaks,
            evidence=evidence,
        )
        set_rows(doc, "dates", [_row(expression) for expression in found])
        return doc


def _date(value: object) -> dt.date | None:
    """A date from ISO 8601 text or from a date; ``None`` for anything else."""
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _readable(doc: Doc, kinds: frozenset[str]) -> tuple[str, list[int]]:
    """The text with unread segments blanked (offsets stay), and where another document's text begins."""
    text: str = doc.text
    segments = doc._.segments or []
    parts, end = [], 0
    for segment in sorted(segments, key=lambda s: int(s["start"])):
        if segment["kind"] not in kinds and segment["start"] >= end:
            parts += [text[end : segment["start"]], " " * (segment["end"] - segment["start"])]
            end = segment["end"]
    parts.append(text[end:])
    return "".join(parts), [s["start"] for s in segments if s["kind"] in FRESH_SEGMENTS]


def _head_end(doc: Doc) -> int:
    """Where the header and title that a document opens with end."""
    end = 0
    for segment in sorted(doc._.segments or [], key=lambda s: int(s["start"])):
        if segment["kind"] not in ("header", "title"):
            break
        end = int(segment["end"])
    return end


def _row(expression: TimeExpression) -> DateRow:
    return DateRow(
        start=expression.start,
        end=expression.end,
        type=expression.type,
        value=expression.value,
        start_date=expression.start_date,
        end_date=expression.end_date,
        anchor=expression.anchor,
        rule=expression.rule,
    )
