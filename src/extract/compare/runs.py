"""Comparing two runs of one output folder, part by part: only documents whose rows were made anew are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from extract.compare.changes import ADDED, CHANGED, REMOVED, Change, Comparison, FieldChange, Shown
from extract.compare.match import OffsetMap, Row, differences, kind_of, pair_rows
from extract.errors import HistoryError, UnknownNameError
from extract.normalize.written import written_amount
from extract.runs.fingerprint import changed_parts
from extract.store.history import History, Place
from extract.store.parts import in_order, part_of
from extract.store.records import RunRecord
from extract.store.storage import existing_storage
from extract.tables.schema import (
    CLAIM_KINDS,
    DATE_TYPES,
    DOCUMENT_TABLES,
    ENTITY_LABELS,
    GENRES,
    ID_COLUMNS,
    SEGMENT_KINDS,
    TURN_KINDS,
    schema,
)

ROW_KINDS = {*GENRES, *SEGMENT_KINDS, *TURN_KINDS, *ENTITY_LABELS, *DATE_TYPES, *CLAIM_KINDS}
# of the kinds of change, those that are told: of columns there are many
_SHOWN_KINDS = (ADDED, REMOVED, "span grew", "span shrank", "span moved", "text changed", "value_min changed", "…")
# claims and turns first: their ids are what other tables refer to
_ORDER = ("documents", "segments", "turns", "claims", "entities", "dates")
_AROUND_CHARS = 160


def change_kinds(columns: Iterable[str]) -> set[str]:
    """Every kind that a change can be of: of a row, of its span, of one of its columns."""
    whole = {f"{change}{how}" for change in (ADDED, REMOVED) for how in ("", " with its document")}
    by_column = {f"{column} {how}" for column in columns for how in ("found", "lost", "changed")}
    return whole | {CHANGED, "span grew", "span shrank", "span moved", "speaker resolved"} | by_column


@dataclass(frozen=True)
class Filters:
    """What is to be shown; ``None``: all. ``kind``: of change ("added", "span grew") or of row ("money", "quote")."""

    table: str | None = None
    kind: str | None = None
    doc: str | None = None
    field: str | None = None

    def __post_init__(self) -> None:
        """Raise ``UnknownNameError`` for what no change can have."""
        if self.table is not None:
            schema(self.table)
        columns = sorted({name for table in DOCUMENT_TABLES for name in schema(table).names} | {"span"})
        if self.field is not None and self.field not in columns:
            raise UnknownNameError("column", self.field, columns)
        if self.kind is not None and self.kind not in ROW_KINDS and self.kind not in change_kinds(columns):
            raise UnknownNameError("kind of change or row", self.kind, (*_SHOWN_KINDS, *sorted(ROW_KINDS)))

    def fits(self, change: Change) -> bool:
        """Whether a change is to be shown."""
        return (
            (self.table is None or change.table == self.table)
            and (self.doc is None or self.doc in change.doc_id)
            and (self.kind is None or self.kind in (change.change, change.kind, *change.kinds))
            and (self.field is None or any(f.name == self.field for f in change.fields))
        )


def compare(
    out: str | Path, run_a: str | None = None, run_b: str | None = None, filters: Filters | None = None
) -> Comparison:
    """Run A against run B (default: the last two; with A alone: A against the last).

    Raises ``UnknownRunError``, and ``HistoryError`` where there are not two runs.
    """
    history = History(existing_storage(out))
    first, second = _pick(history, run_a, run_b)
    comparison = Comparison(first.row(), second.row(), changed_parts(first.fingerprint_parts, second.fingerprint_parts))
    wanted = filters or Filters()
    before, after = history.state(first.run_id), history.state(second.run_id)
    both = before.keys() | after.keys()
    parts: dict[int, set[str]] = {}
    for doc_id in both:
        if not _is_same_place(before.get(doc_id), after.get(doc_id)):
            parts.setdefault(part_of(doc_id), set()).add(doc_id)
    comparison.n_documents, comparison.n_documents_compared = len(both), sum(map(len, parts.values()))
    for _, moved in sorted(parts.items()):
        changes = _compare_part(history, _only(before, moved), _only(after, moved), wanted.table)
        comparison.changes += [change for change in changes if wanted.fits(change)]
    comparison.changes.sort(key=lambda c: (c.doc_id, _ORDER.index(c.table), c.start))
    return comparison


def _pick(history: History, run_a: str | None, run_b: str | None) -> tuple[RunRecord, RunRecord]:
    readable = history.readable_ids()
    if len(readable) < 2 and (run_a is None or run_b is None):
        raise HistoryError(f"there are {len(readable)} runs to compare, two are needed; `extract runs` lists them")
    if run_a is None:
        return history.find(readable[-2]), history.find(readable[-1])
    return history.find(run_a), history.find(run_b or readable[-1])


def _is_same_place(a: Place | None, b: Place | None) -> bool:
    return a is not None and b is not None and (a.folder, a.number) == (b.folder, b.number)


def _only(places: Mapping[str, Place], doc_ids: set[str]) -> dict[str, Place]:
    return {doc_id: places[doc_id] for doc_id in doc_ids if doc_id in places}


def _compare_part(
    history: History, before: Mapping[str, Place], after: Mapping[str, Place], only_table: str | None
) -> Iterator[Change]:
    old = {table: _ByDocument(history.read(table, before)) for table in DOCUMENT_TABLES}
    new = {table: _ByDocument(history.read(table, after)) for table in DOCUMENT_TABLES}
    for doc_id in sorted(before.keys() | after.keys()):
        if doc_id in before and doc_id in after:
            yield from _compare_document(doc_id, old, new, only_table)
        else:
            side, change = (new, ADDED) if doc_id in after else (old, REMOVED)
            yield from _whole_document(doc_id, side, change, only_table)


class _ByDocument:
    """A table's rows by document; each document's are one slice."""

    def __init__(self, data: pa.Table) -> None:
        self._data = in_order(data)
        self._slices: dict[str, tuple[int, int]] = {}
        for position, doc_id in enumerate(self._data["doc_id"].to_pylist()):
            start, _ = self._slices.get(doc_id, (position, 0))
            self._slices[doc_id] = (start, position - start + 1)

    def slice(self, doc_id: str) -> pa.Table:
        return self._data.slice(*self._slices.get(doc_id, (0, 0)))

    def rows(self, doc_id: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.slice(doc_id).to_pylist()
        return rows


_Side = Mapping[str, _ByDocument]


def _compare_document(doc_id: str, old: _Side, new: _Side, only_table: str | None) -> Iterator[Change]:
    texts = [side["documents"].rows(doc_id)[0]["text"] for side in (old, new)]
    offsets = OffsetMap(texts[0], texts[1])
    same_ids: dict[str, dict[str, str]] = {}
    for table in _ORDER:
        is_equal = table != "documents" and old[table].slice(doc_id).equals(new[table].slice(doc_id))
        before, after = old[table].rows(doc_id), new[table].rows(doc_id)
        pairs: list[tuple[Row, Row]] = []
        if is_equal:
            pairs += zip(before, after, strict=True)
        else:
            pairs = pair_rows(table, before, after, offsets)
        id_column = ID_COLUMNS[table]
        same_ids[table] = {a[id_column]: b[id_column] for a, b in pairs}
        if only_table is None or only_table == table:
            yield from _changes(table, doc_id, (before, after), pairs, texts, offsets, same_ids)


def _changes(
    table: str,
    doc_id: str,
    rows: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    pairs: list[tuple[Row, Row]],
    texts: list[str],
    offsets: OffsetMap,
    same_ids: Mapping[str, Mapping[str, str]],
) -> Iterator[Change]:
    for a, b in pairs:
        fields = differences(table, a, b, offsets, same_ids)
        if fields:
            yield _change(table, doc_id, CHANGED, (a, b), texts, fields)
    for number, change in enumerate((REMOVED, ADDED)):
        paired = {id(pair[number]) for pair in pairs}
        for row in rows[number]:
            if id(row) not in paired:
                yield _change(table, doc_id, change, (row, None) if change == REMOVED else (None, row), texts)


def _whole_document(doc_id: str, side: _Side, change: str, only_table: str | None) -> Iterator[Change]:
    text = side["documents"].rows(doc_id)[0]["text"]
    for table in _ORDER:
        if only_table is None or only_table == table:
            for row in side[table].rows(doc_id):
                rows = (row, None) if change == REMOVED else (None, row)
                yield _change(table, doc_id, change, rows, (text, text), with_document=True)


def _change(
    table: str,
    doc_id: str,
    change: str,
    rows: tuple[Row | None, Row | None],
    texts: Sequence[str],
    fields: tuple[FieldChange, ...] = (),
    *,
    with_document: bool = False,
) -> Change:
    """A change of a row; ``rows``: as the earlier and the later run have it, ``None`` where one has it not."""
    row = rows[1] or rows[0] or {}
    old_id, new_id = (side[ID_COLUMNS[table]] if side else None for side in rows)
    old, new = (_shown(side, text) if side else None for side, text in zip(rows, texts, strict=True))
    place = kind_of(table, row), str(row.get("rule") or ""), int(row.get("start", 0))
    amounts = (_amount(rows[0]), _amount(rows[1])) if rows[0] and rows[1] and table == "claims" else None
    return Change(table, doc_id, change, *place, fields, old_id, new_id, old, new, with_document, amounts)


def _amount(claim: Row) -> str:
    return written_amount(claim["value_min"], claim["value_max"], claim["unit"])


def _shown(row: Row, text: str) -> Shown:
    """The row in its paragraph, cut to whole words around it; long spans are cut in their middle."""
    start, end = (row["start"], row["end"]) if "start" in row else (0, min(len(text), _AROUND_CHARS))
    before = text[max(0, start - _AROUND_CHARS) : start].rpartition("\n\n")[2]
    if len(before) == _AROUND_CHARS:
        before = "… " + before.partition(" ")[2]
    after = text[end : end + _AROUND_CHARS].partition("\n\n")[0]
    if len(after) == _AROUND_CHARS:
        after = after.rpartition(" ")[0] + " …"
    span = text[start:end]
    if len(span) > 4 * _AROUND_CHARS:
        span = f"{span[: 2 * _AROUND_CHARS]} […] {span[-2 * _AROUND_CHARS :]}"
    return Shown(before, span, after)
