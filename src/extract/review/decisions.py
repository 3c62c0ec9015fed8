"""A reviewer's decisions: kept in SQLite at once, found again for the same row in later runs.

One file, ``<out>/reviews/decisions.sqlite``, in write-ahead mode with full synchronisation: a decision that was
answered is on the disk. Nothing is ever deleted; an undo marks the decision it takes back. A decision remembers its row
by meaning (document, table, kind, text, place), so that it follows the row when ids change.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERDICTS = ("right", "wrong", "fix", "skip")
# How far a row may have moved in the text and still be the same row, in characters: an edited paragraph above it.
MAX_SHIFT_CHARACTERS = 2000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY, made_at TEXT NOT NULL, reviewer TEXT NOT NULL, run_id TEXT NOT NULL,
    table_name TEXT NOT NULL, row_id TEXT NOT NULL, doc_id TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
    confidence REAL, start INTEGER NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL, verdict TEXT NOT NULL,
    correction TEXT NOT NULL DEFAULT '{}', note TEXT NOT NULL DEFAULT '', undone_at TEXT);
CREATE INDEX IF NOT EXISTS by_document ON decisions (doc_id, table_name);
"""


class DecisionError(ValueError):
    """A decision cannot be recorded; the message says what is allowed."""


@dataclass(frozen=True)
class Decision:
    """What one reviewer said of one row. ``correction`` holds the right values of the fields that were wrong."""

    id: int
    made_at: str
    reviewer: str
    run_id: str
    table: str
    row_id: str
    doc_id: str
    kind: str
    rule: str
    confidence: float | None
    start: int
    text: str
    fields: dict[str, Any]
    verdict: str
    correction: dict[str, Any]
    note: str


@dataclass(frozen=True)
class Subject:
    """The row that a decision is about, as it stood when decided; ``fields`` are those a reviewer may correct."""

    table: str
    row_id: str
    doc_id: str
    kind: str
    rule: str
    confidence: float | None
    start: int
    text: str
    fields: dict[str, Any] = field(default_factory=dict)


class Decisions:
    """The store of decisions below an output folder; made on the first decision, readable by many at once."""

    def __init__(self, out: Path) -> None:
        self.path = out / "reviews" / "decisions.sqlite"

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.executescript(_SCHEMA)
            with connection:
                yield connection
        finally:
            connection.close()

    def record(
        self,
        subject: Subject,
        verdict: str,
        *,
        reviewer: str,
        run_id: str,
        correction: dict[str, Any] | None = None,
        note: str = "",
    ) -> int:
        """Keep one decision and return its number; a later one on the same row stands in its place."""
        if verdict not in VERDICTS:
            raise DecisionError(f"verdict {verdict!r} is not one of {', '.join(VERDICTS)}")
        if verdict == "fix" and not correction and not note:
            raise DecisionError("a fix needs the right value of at least one field, or a note")
        row = {
            **{name: value for name, value in vars(subject).items() if name not in ("table", "fields")},
            "made_at": _now(),
            "reviewer": reviewer,
            "run_id": run_id,
            "table_name": subject.table,
            "fields": _json(subject.fields),
            "verdict": verdict,
            "correction": _json(correction or {}),
            "note": note,
        }
        with self._connect() as connection:
            cursor = connection.execute(
                f"INSERT INTO decisions ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row
            )
            return int(cursor.lastrowid or 0)

    def undo(self, reviewer: str) -> Decision | None:
        """Take back the reviewer's latest decision that still stands, and return it."""
        with self._connect() as connection:
            found = connection.execute(
                f"SELECT {_COLUMNS} FROM decisions WHERE reviewer = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
                (reviewer,),
            ).fetchone()
            if found is None:
                return None
            connection.execute("UPDATE decisions SET undone_at = ? WHERE id = ?", (_now(), found[0]))
            return _decision(found)

    def standing(self) -> list[Decision]:
        """The decisions in force, in order: not undone, and the latest for its row."""
        if not self.path.exists():
            return []
        with self._connect() as connection:
            query = f"SELECT {_COLUMNS} FROM decisions WHERE undone_at IS NULL ORDER BY id"
            rows = connection.execute(query).fetchall()
        latest = {(d.table, d.row_id): d for d in map(_decision, rows)}
        return sorted(latest.values(), key=lambda d: d.id)


_COLUMNS = (
    "id, made_at, reviewer, run_id, table_name, row_id, doc_id, kind, rule, confidence, start, text, fields,"
    " verdict, correction, note"
)


def _decision(row: Sequence[Any]) -> Decision:
    values = dict(zip(Decision.__dataclass_fields__, row, strict=True))
    return Decision(**values | {name: json.loads(values[name]) for name in ("fields", "correction")})


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)


@dataclass(frozen=True)
class Followed:
    """A decision and the row of the current tables that it speaks of: ``how`` is ``same``, ``moved`` or ``gone``."""

    decision: Decision
    row_id: str | None
    how: str


def follow(decisions: Iterable[Decision], subjects: Iterable[Subject]) -> list[Followed]:
    """Find each decision's row among the current rows.

    The same id is the same row. Otherwise a row of the same document, table, kind and text, within
    ``MAX_SHIFT_CHARACTERS``, that no other decision claims: in text order if there are as many rows as decisions
    (a paragraph came in above them all), else the nearest. What is found by neither is gone.
    """
    current = list(subjects)
    ids = {(s.table, s.row_id) for s in current}
    ordered = list(decisions)
    followed = [Followed(d, d.row_id, "same") for d in ordered if (d.table, d.row_id) in ids]
    taken = {(f.decision.table, f.row_id) for f in followed}
    free: dict[tuple[str, str, str, str], list[Subject]] = defaultdict(list)
    for subject in sorted(current, key=lambda s: s.start):
        if (subject.table, subject.row_id) not in taken:
            free[_meaning(subject)].append(subject)
    waiting: dict[tuple[str, str, str, str], list[Decision]] = defaultdict(list)
    for decision in sorted(ordered, key=lambda d: d.start):
        if (decision.table, decision.row_id) not in ids:
            waiting[_meaning(decision)].append(decision)
    for meaning, some in waiting.items():
        followed += _follow_alike(some, free[meaning])
    return sorted(followed, key=lambda f: f.decision.id)


def _follow_alike(decisions: list[Decision], rows: list[Subject]) -> list[Followed]:
    """Pair decisions and rows of one meaning, both in text order."""
    if len(decisions) == len(rows):
        pairs = list(zip(decisions, rows, strict=True))
        if all(abs(d.start - s.start) <= MAX_SHIFT_CHARACTERS for d, s in pairs):
            return [Followed(d, s.row_id, "moved") for d, s in pairs]
    free, followed = list(rows), []
    for decision in decisions:
        near = [s for s in free if abs(s.start - decision.start) <= MAX_SHIFT_CHARACTERS]
        if not near:
            followed.append(Followed(decision, None, "gone"))
            continue
        best = min(near, key=lambda s: (abs(s.start - decision.start), s.start))
        free.remove(best)
        followed.append(Followed(decision, best.row_id, "moved"))
    return followed


def _meaning(row: Subject | Decision) -> tuple[str, str, str, str]:
    return row.doc_id, row.table, row.kind, " ".join(row.text.split()).casefold()
