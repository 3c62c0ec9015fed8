"""The plain rows that components leave on a ``Doc``, and the extensions that hold them.

Every row is a dict of strings, numbers, booleans and ``None`` (dates as ISO 8601 strings), so that ``Doc.to_bytes``
works and any number of processes gives the same rows. All offsets are Unicode characters in ``doc.text``, the reading
copy; rows of tables count in the raw text (``extract.tables.rows``).
Ids are made when the rows become tables (``extract.tables.schema``), never here: links between rows are offsets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from spacy.tokens import Doc, Span

from extract.components.reading import register_reading


class DocumentData(TypedDict):
    """What the text (or its user's metadata) says of the document as a whole; ``date`` is ``YYYY-MM-DD``."""

    genre: str
    title: str | None
    date: str | None
    languages: list[str]
    number: str | None
    sender: str | None
    recipient: str | None


class SegmentRow(TypedDict):
    kind: str
    language: str
    start: int
    end: int


class TurnRow(TypedDict):
    """``label_start`` and ``label_end`` bound the label as written, -1 where there is none. ``linked_start`` is the
    start offset of the corresponding turn in the document's other language."""

    kind: str
    start: int
    end: int
    label: str | None
    label_start: int
    label_end: int
    speaker: str | None
    role: str | None
    side: str | None
    cue: str | None
    rule: str
    linked_start: NotRequired[int]


class EntityRow(TypedDict):
    """``cluster`` is the start offset of the cluster's first mention."""

    start: int
    end: int
    label: str
    canonical: str
    cluster: int
    country: str | None


class DateRow(TypedDict):
    start: int
    end: int
    type: str
    value: str
    start_date: str | None
    end_date: str | None
    anchor: str
    rule: str


class FigureRow(TypedDict):
    """A figure found in the text, before it is known what is claimed with it."""

    start: int
    end: int
    kind: str
    value_min: float
    value_max: float
    unit: str | None
    qualifier: str
    rule: str
    extra: NotRequired[dict[str, Any]]


class ClaimRow(TypedDict):
    """``linked_start`` is the start offset of the linked claim, with ``link`` saying how; ``text`` and ``sentence``
    are put in by ``with_texts``."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    kind: str
    value_min: float | None
    value_max: float | None
    unit: str | None
    qualifier: str
    measure: str | None
    item: str | None
    actor: str | None
    partner: str | None
    period: str | None
    is_target: bool
    status: str
    speaker: str | None
    change: NotRequired[str | None]
    link: str | None
    linked_start: int | None
    rule: str
    confidence: float
    text: NotRequired[str]
    sentence: NotRequired[str]


class GridRow(TypedDict):
    """A table of the text. Spans are [start, end]; ``unit`` and ``scale`` (1.0: none) are the whole table's, as its
    title says; a column's own stand in the figures of its cells. ``corner``: the heads over its labels."""

    start: int
    end: int
    title: list[int] | None
    unit: str | None
    scale: float
    corner: list[list[int]]
    cells: list[GridCell]


class GridCell(TypedDict):
    """A cell of a table's body, with the spans of what its row, its column and its section are called."""

    start: int
    end: int
    row: int
    column: int
    row_label: list[int] | None
    column_labels: list[list[int]]
    section: list[int] | None


# No sentence is longer, but a text without full stops is one "sentence": a million characters beside each of its claims
# would fill the memory. Beyond this, what is kept of it is this much on either side of the claim.
MAX_AROUND_CLAIM_CHARS = 2_000


def sentence_around(text: str, row: Mapping[str, Any]) -> str:
    """The sentence of a claim, by the claim's offsets in ``text``."""
    start = max(row["sentence_start"], row["start"] - MAX_AROUND_CLAIM_CHARS)
    end = min(row["sentence_end"], row["end"] + MAX_AROUND_CLAIM_CHARS)
    return text[start:end].strip()


def with_texts(text: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A claim with its words and its sentence, as the tables have them."""
    return {**row, "text": text[row["start"] : row["end"]], "sentence": sentence_around(text, row)}


class ByStart:
    """Rows in text order, looked up by where they begin: a document's rows are many, those of a sentence few."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = rows
        self._starts = [row["start"] for row in rows]

    def between(self, start: int, end: int) -> Sequence[Mapping[str, Any]]:
        """The rows that begin from ``start`` to before ``end``."""
        return self._rows[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, offset: int) -> Mapping[str, Any] | None:
        """Of rows without overlap the one that holds an offset."""
        number = bisect_right(self._starts, offset) - 1
        return self._rows[number] if number >= 0 and offset < self._rows[number]["end"] else None


LISTS = ("segments", "turns", "entities", "dates", "grids", "figures", "claims")


def register_extensions() -> None:
    """Declare ``doc._.given``, ``doc._.document``, the lists of rows and the raw text; safe to call again."""
    register_reading()
    for name in ("given", "document"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default={})
    for name in LISTS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])


def set_rows(doc: Doc, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put rows on ``doc._.<name>``, in text order, and the same as ``doc.spans[name]`` for display.

    A row that does not fall on token bounds is shown by the tokens around it; its own offsets stay exact.
    """
    ordered = sorted((dict(row) for row in rows), key=lambda row: (row["start"], row["end"], row.get("kind", "")))
    doc._.set(name, ordered)
    spans: list[Span] = []
    for row in ordered:
        label = str(row.get("kind") or row.get("label") or row.get("type") or name)
        span = doc.char_span(row["start"], row["end"], label=label, alignment_mode="expand")
        if span is not None:
            spans.append(span)
    doc.spans[name] = spans
