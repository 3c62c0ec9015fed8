"""``Doc`` → the rows of all tables: stable ids, links by id, the segment and the turn around each row.

Components count in the reading copy, tables in the raw text: every offset is led back first, and ``text`` and
``sentence`` are slices of the raw text.

A row's id is a hash of document, table, span and kind, never of its order: the same text gives the same ids, and an
edit elsewhere in the document changes ids only where offsets move.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extract.components.reading import raw_offsets, raw_text
from extract.components.rows import sentence_around
from extract.layout.copy import LINE_FURNITURE
from extract.layout.lines import stripped
from extract.normalize.dates.value import period_bounds
from extract.normalize.goods import goods_code
from extract.normalize.parties import party_country

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extract.layout.offsets import OffsetMap

Row = dict[str, Any]
# letters that start an id, so that one seen alone tells its table
_PREFIX = {"segments": "s", "turns": "t", "entities": "e", "dates": "d", "claims": "c", "cluster": "k"}
_ID_DIGITS = 16


@dataclass(frozen=True)
class Provenance:
    """What a document's row says of its making."""

    doc_id: str
    sha256: str
    run_id: str
    pipeline_version: str
    processed_at: datetime


class _Ids:
    """Ids of one document; rows alike in table, span and kind are told apart by counting."""

    def __init__(self, doc_id: str) -> None:
        self._doc_id = doc_id
        self._seen: dict[str, int] = {}

    def make(self, table: str, start: int, end: int, kind: str) -> str:
        key = f"{table}\0{start}\0{end}\0{kind}"
        count = self._seen[key] = self._seen.get(key, -1) + 1
        return row_id(self._doc_id, table, start, end, kind if not count else f"{kind}\0{count}")


def row_id(doc_id: str, table: str, start: int, end: int, kind: str) -> str:
    """The stable id of a row: a letter for its table and 16 hexadecimal digits."""
    key = "\0".join((doc_id, table, str(start), str(end), kind))
    return _PREFIX[table] + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_DIGITS]


def rows_of(doc: Doc, provenance: Provenance) -> dict[str, list[Row]]:
    """The rows of the six document tables. Raises ``ValueError`` where a component's row breaks its promises."""
    text, doc_id = raw_text(doc), provenance.doc_id
    found = _found_rows(doc)
    ids = _Ids(doc_id)
    segments = _segments(found["segments"], doc._.furniture, text, doc_id, ids)
    segment_ids = _SegmentFinder(segments)
    turns = _turns(found["turns"], text, doc_id, ids, segment_ids)
    _link_turns(turns, found["turns"])
    sides = {row["speaker"]: row["side"] for row in turns if row["speaker"] and row["side"]}
    turn_ids = _TurnFinder(turns)

    def base(table: str, row: Mapping[str, Any], kind: str) -> Row:
        start, end = row["start"], row["end"]
        return {
            f"{_singular(table)}_id": ids.make(table, start, end, kind),
            "doc_id": doc_id,
            "segment_id": segment_ids.at(start),
            "turn_id": turn_ids.around(start, end),
            "start": start,
            "end": end,
            "text": text[start:end],
        }

    entities = [base("entities", r, r["label"]) | _entity(doc_id, r) for r in found["entities"]]
    dates = [base("dates", r, r["type"]) | _date(r) for r in found["dates"]]
    claims = [base("claims", r, r["kind"]) | _claim(text, r, sides) for r in found["claims"]]
    _link(claims, found["claims"])
    tables = {"segments": segments, "turns": turns, "entities": entities, "dates": dates, "claims": claims}
    return {"documents": [_document(text, doc._.document, provenance, tables)], **tables}


# The offsets of components' rows, by the side of the map that they are led back on.
_STARTS = ("start", "sentence_start", "cluster", "linked_start")
_ENDS = ("end", "sentence_end")


def _found_rows(doc: Doc) -> dict[str, list[Row]]:
    """The rows of all components in text order, their offsets led back to the raw text."""
    offsets, length = raw_offsets(doc), len(doc.text)
    found: dict[str, list[Row]] = {}
    for table in ("segments", "turns", "entities", "dates", "claims"):
        rows = _ordered(doc._.get(table))
        for row in rows:
            _span(row, length, table)
        if table == "segments":
            _refuse_overlaps(rows)
        found[table] = [_in_raw(row, offsets) for row in rows]
    if not found["segments"] and length:
        # a pipeline without the segmenter: the whole text is read
        whole = {"kind": "body", "language": "en", "start": 0, "end": length}
        found["segments"] = [_in_raw(whole, offsets)]
    return found


def _refuse_overlaps(segments: Sequence[Mapping[str, Any]]) -> None:
    for before, row in pairwise(segments):
        if row["start"] < before["end"]:
            raise ValueError(f"segments: the one at {row['start']} overlaps the one that ends at {before['end']}")


def _in_raw(row: Mapping[str, Any], offsets: OffsetMap) -> Row:
    starts = {name: offsets.raw_start(row[name]) for name in _STARTS if row.get(name) is not None}
    return {**row, **starts, **{name: offsets.raw_end(row[name]) for name in _ENDS if name in row}}


def _singular(table: str) -> str:
    return "entity" if table == "entities" else table.removesuffix("s")


def _ordered(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(rows, key=lambda r: (r["start"], r["end"], str(r.get("kind") or r.get("label") or r.get("type"))))


def _span(row: Mapping[str, Any], length: int, table: str) -> tuple[int, int]:
    start, end = int(row["start"]), int(row["end"])
    if not 0 <= start < end <= length:
        raise ValueError(f"{table}: a row has the span {start} to {end}; the text has {length} characters")
    return start, end


def _document(text: str, found: Mapping[str, Any], provenance: Provenance, tables: Mapping[str, Sequence[Row]]) -> Row:
    return {
        **vars(provenance),
        "text": text,
        "genre": found.get("genre", "other"),
        "date": _day(found.get("date")),
        "languages": list(found.get("languages", ["en"])),
        **{name: found.get(name) for name in ("title", "number", "sender", "recipient")},
        "n_chars": len(text),
        **{f"n_{table}": len(tables[table]) for table in ("turns", "entities", "dates", "claims")},
    }


def _segments(
    found: Sequence[Row], furniture: Sequence[Mapping[str, Any]], text: str, doc_id: str, ids: _Ids
) -> list[Row]:
    return [
        {"doc_id": doc_id, "segment_id": ids.make("segments", row["start"], row["end"], row["kind"])}
        | {name: row[name] for name in ("kind", "language", "start", "end")}
        for row in _with_furniture(found, furniture, text)
    ]


def _with_furniture(found: Sequence[Row], furniture: Sequence[Mapping[str, Any]], text: str) -> Iterator[Row]:
    """The segments, cut where a page's furniture stands in them: that is a ``header``, also between two segments."""
    spans = _furniture_spans(furniture, text)
    last: Row = {"language": "en"}
    at = reached = 0
    for row in found:
        start = max(row["start"], reached)  # a ligature that two segments share is the first one's
        end = reached = max(row["end"], start)
        while at < len(spans) and spans[at][0] < end:
            yield from _piece(row, start, spans[at][0], text)
            yield _header(row, *spans[at])
            start = max(start, spans[at][1])
            at += 1
        yield from _piece(row, start, end, text)
        last = row
    yield from (_header(last, *span) for span in spans[at:])


def _furniture_spans(furniture: Sequence[Mapping[str, Any]], text: str) -> list[tuple[int, int]]:
    """The spans of furniture that fills lines, those that follow upon each other as one."""
    spans: list[tuple[int, int]] = []
    for item in furniture:
        if item["kind"] not in LINE_FURNITURE:
            continue
        if spans and not text[spans[-1][1] : item["start"]].strip():
            spans[-1] = spans[-1][0], item["end"]
        else:
            spans.append((item["start"], item["end"]))
    return spans


def _header(row: Row, start: int, end: int) -> Row:
    return {**row, "kind": "header", "start": start, "end": end}


def _piece(row: Row, start: int, end: int, text: str) -> Iterator[Row]:
    first, last = stripped(text, start, end)
    if first < last:
        yield {**row, "start": first, "end": last}


class _SegmentFinder:
    """The segment at an offset; blank space between two counts to the one before."""

    def __init__(self, segments: Sequence[Row]) -> None:
        self._starts = [row["start"] for row in segments]
        self._ids = [row["segment_id"] for row in segments]

    def at(self, offset: int) -> str:
        if not self._ids:
            raise ValueError(f"segments: a row starts at {offset} in a text without segments")
        found: str = self._ids[max(0, bisect_right(self._starts, offset) - 1)]
        return found


def _turns(found: Sequence[Row], text: str, doc_id: str, ids: _Ids, segments: _SegmentFinder) -> list[Row]:
    return [
        {
            "turn_id": ids.make("turns", row["start"], row["end"], row["kind"]),
            "doc_id": doc_id,
            "segment_id": segments.at(row["start"]),
            "index": index,
            **{name: row[name] for name in ("kind", "start", "end", "label", "speaker", "role", "side", "cue")},
            "rule": row.get("rule") or "",
            "linked_turn_id": None,
            "text": text[row["start"] : row["end"]],
        }
        for index, row in enumerate(found)
    ]


def _link_turns(turns: list[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Fill ``linked_turn_id`` on both turns of a pair, from the start offset that the component left on either."""
    at = {turn["start"]: turn for turn in turns}
    for turn, row in zip(turns, rows, strict=True):
        other = at.get(row.get("linked_start", -1))
        if other is not None and other is not turn:
            turn["linked_turn_id"], other["linked_turn_id"] = other["turn_id"], turn["turn_id"]


class _TurnFinder:
    """The shortest turn around a span; asked in text order, it looks only at turns that are open there."""

    def __init__(self, turns: Sequence[Row]) -> None:
        self._turns = sorted(turns, key=lambda row: row["start"])
        self._next = 0
        self._last = 0
        self._open: list[Row] = []

    def around(self, start: int, end: int) -> str | None:
        if start < self._last:
            self._next, self._open = 0, []
        self._last = start
        while self._next < len(self._turns) and self._turns[self._next]["start"] <= start:
            self._open.append(self._turns[self._next])
            self._next += 1
        self._open = [turn for turn in self._open if turn["end"] > start]
        around = [turn for turn in self._open if turn["end"] >= end]
        if not around:
            return None
        found: str = min(around, key=lambda turn: turn["end"] - turn["start"])["turn_id"]
        return found


def _entity(doc_id: str, row: Mapping[str, Any]) -> Row:
    cluster = int(row["cluster"])
    found = {name: row[name] for name in ("label", "canonical", "country")}
    return found | {"cluster_id": row_id(doc_id, "cluster", cluster, cluster, row["label"])}


def _date(row: Mapping[str, Any]) -> Row:
    found = {name: row[name] for name in ("type", "value", "anchor")}
    return found | {name: _day(row[name]) for name in ("start_date", "end_date")}


_CLAIM_AS_IS = (
    *("kind", "unit", "qualifier", "measure", "item", "actor", "partner", "period"),
    *("is_target", "status", "speaker", "link", "rule"),
)


def _claim(text: str, row: Mapping[str, Any], sides: Mapping[str, str]) -> Row:
    first, last = period_bounds(row["period"])
    return {
        "change": row.get("change"),
        "actor_country": party_country(row["actor"], sides),
        "partner_country": party_country(row["partner"], sides),
        "period_start": _day(first),
        "period_end": _day(last),
        "item_hs": goods_code(row["item"]),
        "sentence": sentence_around(text, row),
        "value_min": _number(row["value_min"]),
        "value_max": _number(row["value_max"]),
        "confidence": float(row["confidence"]),
        "linked_claim_id": None,
        **{name: row[name] for name in _CLAIM_AS_IS},
    }


def _link(claims: list[Row], rows: Sequence[Mapping[str, Any]]) -> None:
    """Fill ``linked_claim_id`` from the start offset that the component left; a claim never links to itself."""
    at: dict[int, list[Row]] = {}
    for claim in claims:
        at.setdefault(claim["start"], []).append(claim)
    for claim, row in zip(claims, rows, strict=True):
        wanted = row["linked_start"]
        others = [c for c in at.get(wanted, []) if c is not claim] if wanted is not None else []
        if others:
            same_kind = [c for c in others if c["kind"] == claim["kind"]]
            claim["linked_claim_id"] = (same_kind or others)[0]["claim_id"]
        elif claim["link"] is not None:
            claim["link"] = None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
