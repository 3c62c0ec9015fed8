"""The typed result of a comparison, apart from any way of showing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# columns that tell of the pipeline, not of the text
MINOR = ("rule", "confidence")


@dataclass(frozen=True)
class FieldChange:
    """One field of a row; ``kind`` says how: "span grew", "value changed", "speaker found", "unit lost"."""

    name: str
    old: Any
    new: Any
    kind: str


@dataclass(frozen=True)
class Shown:
    """A row's place in its text: what stands before, the span, what stands after."""

    before: str
    span: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that was added, removed or changed.

    ``with_document``: its whole document came or went. ``kind`` is the row's kind or label, ``rule`` what found it
    (the new one where both have one). ``old`` and ``new`` show the row in its text, ``amounts`` a claim's value and
    unit for readers, ``note`` what else there is to say.
    """

    table: str
    doc_id: str
    change: str
    kind: str
    rule: str
    start: int
    fields: tuple[FieldChange, ...] = ()
    old_id: str | None = None
    new_id: str | None = None
    old: Shown | None = None
    new: Shown | None = None
    with_document: bool = False
    amounts: tuple[str, str] | None = None
    note: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of change that it counts under."""
        if self.change != CHANGED:
            return (f"{self.change} with its document" if self.with_document else self.change,)
        return tuple(dict.fromkeys(f.kind for f in self.fields))

    @property
    def is_minor(self) -> bool:
        """Whether only the rule or the confidence changed, not what the row says."""
        return bool(self.fields) and all(f.name in MINOR for f in self.fields)


@dataclass
class Comparison:
    """Run A against run B; the runs as rows of the table ``runs``."""

    run_a: dict[str, Any]
    run_b: dict[str, Any]
    pipeline_changes: list[str]
    n_documents: int = 0
    n_documents_compared: int = 0
    changes: list[Change] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return not self.changes

    def by_table(self) -> dict[str, Counter[str]]:
        """Added, removed and changed rows of each table."""
        counts: dict[str, Counter[str]] = {}
        for change in self.changes:
            counts.setdefault(change.table, Counter())[change.change] += 1
        return counts


def groups(changes: Iterable[Change]) -> list[tuple[str, str, str, int]]:
    """(table, kind of change, rule or kind of row, number of rows): claims first, then the most frequent.

    Changes of the rule or the confidence alone come last of their table.
    """
    counts = Counter((c.table, kind, c.rule or c.kind) for c in changes for kind in c.kinds)
    ordered = sorted(
        counts.items(), key=lambda item: (item[0][0] != "claims", item[0][1].startswith(MINOR), -item[1], item[0])
    )
    return [(*key, count) for key, count in ordered]


_CHANGE_SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("run_a", "run_b", "table", "doc_id", "change", "kind", "rule")],
        ("start", pa.int32()),
        *[(name, pa.string()) for name in ("old_id", "new_id", "field", "field_change", "old", "new")],
        *[(name, pa.string()) for name in ("old_text", "new_text")],
        ("with_document", pa.bool_()),
    ]
)


def to_arrow(comparison: Comparison) -> pa.Table:
    """One row a changed field; one row, without field, for a row that was added or removed."""
    rows = []
    for change in comparison.changes:
        base = {
            "run_a": comparison.run_a["run_id"],
            "run_b": comparison.run_b["run_id"],
            "old_text": change.old.span if change.old else None,
            "new_text": change.new.span if change.new else None,
            **{
                name: getattr(change, name)
                for name in ("table", "doc_id", "change", "kind", "rule", "start", "old_id", "new_id", "with_document")
            },
        }
        for f in change.fields or (None,):
            field: dict[str, str | None] = {"field": None, "field_change": None, "old": None, "new": None}
            if f is not None:
                field = {"field": f.name, "field_change": f.kind, "old": plain(f.old), "new": plain(f.new)}
            rows.append(base | field)
    return pa.Table.from_pylist(rows, schema=_CHANGE_SCHEMA)


def plain(value: Any) -> str | None:
    """A value as text: numbers without needless zeros, lists with commas, dates as ISO 8601."""
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return str(value)


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """As plain values for JSON."""
    return {
        "run_a": _run(comparison.run_a),
        "run_b": _run(comparison.run_b),
        "pipeline_changes": comparison.pipeline_changes,
        "n_documents": comparison.n_documents,
        "n_documents_compared": comparison.n_documents_compared,
        "tables": {table: dict(counts) for table, counts in comparison.by_table().items()},
        "groups": [
            {"table": table, "change": kind, "rule": rule, "rows": count}
            for table, kind, rule, count in groups(comparison.changes)
        ],
        "changes": [change_dict(change) for change in comparison.changes],
    }


def change_dict(change: Change) -> dict[str, Any]:
    """One change as plain values."""
    data: dict[str, Any] = {
        name: getattr(change, name)
        for name in ("table", "doc_id", "change", "kind", "rule", "start", "old_id", "new_id", "with_document")
    }
    data["kinds"] = list(change.kinds)
    data["fields"] = [
        {"field": f.name, "kind": f.kind, "old": plain(f.old), "new": plain(f.new)} for f in change.fields
    ]
    for side in ("old", "new"):
        shown: Shown | None = getattr(change, side)
        data[side] = [shown.before, shown.span, shown.after] if shown else None
    return data


def _run(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, (int, float, type(None))) else str(value) for name, value in row.items()}
