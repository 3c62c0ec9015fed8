"""A reviewer's decisions: kept in SQLite at once, found again for the same row in later runs.

One file, ``<out>/reviews/decisions.sqlite``, in write-ahead mode with full synchronisation: a decision that was
answered is on the disk. Nothing is ever deleted but drafts; an undo marks the decisions that it takes back. A decision
remembers its row by meaning (document, table, kind, text, place), so that it follows the row when ids change.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# of rows that a run found; of rows that a later run lost (rightly gone, wrongly lost); of rows that no run found
FOUND_VERDICTS = ("right", "wrong", "fix", "skip")
REMOVED_VERDICTS = ("gone", "lost", "skip")
MISSED = "missed"
VERDICTS = ("right", "wrong", "fix", "skip", "gone", "lost", MISSED)
# what the ids of rows begin with that stand in no table of the run under review
BEFORE, ADDED = "before:", "added:"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY, made_at TEXT NOT NULL, reviewer TEXT NOT NULL, run_id TEXT NOT NULL,
    table_name TEXT NOT NULL, row_id TEXT NOT NULL, doc_id TEXT NOT NULL, kind TEXT NOT NULL, rule TEXT NOT NULL,
    confidence REAL, start INTEGER NOT NULL, text TEXT NOT NULL, fields TEXT NOT NULL, verdict TEXT NOT NULL,
    correction TEXT NOT NULL DEFAULT '{}', note TEXT NOT NULL DEFAULT '', undone_at TEXT);
CREATE INDEX IF NOT EXISTS by_document ON decisions (doc_id, table_name);
CREATE INDEX IF NOT EXISTS undone ON decisions (undone_at) WHERE undone_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS drafts (
    reviewer TEXT NOT NULL, place TEXT NOT NULL, form TEXT NOT NULL, kept_at TEXT NOT NULL,
    PRIMARY KEY (reviewer, place));
CREATE TABLE IF NOT EXISTS readings (
    reviewer TEXT NOT NULL, doc_id TEXT NOT NULL, table_name TEXT NOT NULL, run_id TEXT NOT NULL, made_at TEXT NOT NULL,
    PRIMARY KEY (doc_id, table_name));
CREATE TABLE IF NOT EXISTS session (token TEXT NOT NULL);
"""
# columns that came later: an older file gets them when it is opened
_LATER = {
    "batch": "TEXT NOT NULL DEFAULT ''",
    "queue": "TEXT NOT NULL DEFAULT ''",
    "settles": "INTEGER NOT NULL DEFAULT 0",
}


class DecisionError(ValueError):
    """A decision cannot be recorded; the message says what is allowed."""


@dataclass(frozen=True)
class Decision:
    """What one reviewer said of one row. ``correction`` holds the right values of the columns that were wrong.

    ``batch`` is shared by the decisions that were made, and are taken back, together; ``queue`` tells in which queue it
    was made; ``settles``: it was made to settle a disagreement of reviewers.
    """

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
    batch: str = ""
    queue: str = ""
    settles: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """Table and row id."""
        return self.table, self.row_id

    @property
    def is_of_a_found_row(self) -> bool:
        """Whether it speaks of a row of the tables, not of one that was lost or that nobody found."""
        return not self.row_id.startswith((BEFORE, ADDED))

    def agrees_with(self, other: Decision) -> bool:
        return (self.verdict, self.correction) == (other.verdict, other.correction)


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
        self._is_made = False

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._is_made = self._is_made and self.path.exists()
        connection = sqlite3.connect(self.path, timeout=10)
        try:
            connection.execute("PRAGMA synchronous=FULL")
            if not self._is_made:
                self._make(connection)
            with connection:
                yield connection
        finally:
            connection.close()

    def _make(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(_SCHEMA)
        known = {row[1] for row in connection.execute("PRAGMA table_info(decisions)")}
        for name, kind in _LATER.items():
            if name not in known:
                connection.execute(f"ALTER TABLE decisions ADD COLUMN {name} {kind}")
        self._is_made = True

    def record(
        self,
        subject: Subject,
        verdict: str,
        *,
        reviewer: str,
        run_id: str,
        correction: dict[str, Any] | None = None,
        note: str = "",
        queue: str = "",
        settles: bool = False,
    ) -> int:
        """Keep one decision and return its number; a later one on the same row stands in its place.

        The reviewer's draft of the row goes with it.
        """
        if verdict not in VERDICTS:
            raise DecisionError(f"verdict {verdict!r} is not one of {', '.join(VERDICTS)}")
        if verdict == "fix" and not correction and not note:
            raise DecisionError("a fix needs the right value of at least one field, or a note")
        row = _row(subject, verdict, reviewer, run_id) | {
            "correction": _json(correction or {}),
            "note": note,
            "queue": queue,
            "settles": int(settles),
        }
        with self._connect() as connection:
            cursor = connection.execute(_INSERT, row)
            place = draft_place(subject.table, subject.row_id)
            connection.execute("DELETE FROM drafts WHERE reviewer = ? AND place = ?", (reviewer, place))
            return int(cursor.lastrowid or 0)

    def record_all(self, decided: Iterable[tuple[Subject, str]], *, reviewer: str, run_id: str, queue: str) -> str:
        """Keep verdicts on many rows as one batch, which one undo takes back; returns the batch's name."""
        batch = secrets.token_hex(8)
        with self._connect() as connection:
            rows = (
                _row(subject, verdict, reviewer, run_id)
                | {"correction": "{}", "note": "", "queue": queue, "settles": 0, "batch": batch}
                for subject, verdict in decided
            )
            connection.executemany(_INSERT, rows)
        return batch

    def undo(self, reviewer: str) -> list[Decision]:
        """Take back the reviewer's latest decision that still stands, with its batch; returns what was taken back."""
        with self._connect() as connection:
            last = connection.execute(
                f"SELECT {_COLUMNS} FROM decisions WHERE reviewer = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1",
                (reviewer,),
            ).fetchone()
            if last is None:
                return []
            decision = _decision(last)
            found = [decision]
            if decision.batch:
                query = f"SELECT {_COLUMNS} FROM decisions WHERE batch = ? AND undone_at IS NULL ORDER BY id"
                found = [_decision(row) for row in connection.execute(query, (decision.batch,))]
            now = _now()
            connection.executemany("UPDATE decisions SET undone_at = ? WHERE id = ?", [(now, d.id) for d in found])
            return found

    def take_back(self, number: int, reviewer: str) -> bool:
        """Take back one decision of the reviewer's own by its number."""
        with self._connect() as connection:
            query = "UPDATE decisions SET undone_at = ? WHERE id = ? AND reviewer = ? AND undone_at IS NULL"
            return connection.execute(query, (_now(), number, reviewer)).rowcount > 0

    def news(self, last: int, n_undone: int) -> tuple[list[Decision], set[int] | None]:
        """What was decided after number ``last``, and the numbers of all decisions that were taken back.

        The second is ``None`` where they are still ``n_undone``.
        """
        if not self.path.exists():
            return [], None
        with self._connect() as connection:
            query = f"SELECT {_COLUMNS} FROM decisions WHERE id > ? AND undone_at IS NULL ORDER BY id"
            made = [_decision(row) for row in connection.execute(query, (last,))]
            undone = "FROM decisions WHERE undone_at IS NOT NULL"
            if connection.execute(f"SELECT count(*) {undone}").fetchone()[0] == n_undone:
                return made, None
            return made, {row[0] for row in connection.execute(f"SELECT id {undone}")}

    def standing(self) -> list[Decision]:
        """The decisions in force, in order: not undone, and the latest for its row, whoever made it."""
        latest = {d.key: d for d in self.news(0, 0)[0]}
        return sorted(latest.values(), key=lambda d: d.id)

    def keep_draft(self, reviewer: str, place: str, form: Mapping[str, str]) -> str:
        """Keep what is written into a form but not decided yet; an empty form forgets it. Returns when."""
        kept_at = _now()
        with self._connect() as connection:
            connection.execute("DELETE FROM drafts WHERE reviewer = ? AND place = ?", (reviewer, place))
            if form:
                values = (reviewer, place, _json(dict(form)), kept_at)
                connection.execute("INSERT INTO drafts VALUES (?, ?, ?, ?)", values)
        return kept_at

    def draft(self, reviewer: str, place: str) -> dict[str, str]:
        """What the reviewer had written there; empty if nothing."""
        if not self.path.exists():
            return {}
        with self._connect() as connection:
            query = "SELECT form FROM drafts WHERE reviewer = ? AND place = ?"
            row = connection.execute(query, (reviewer, place)).fetchone()
        return {str(name): str(value) for name, value in json.loads(row[0]).items()} if row else {}

    def mark_read(self, reviewer: str, doc_id: str, table: str, run_id: str, *, is_read: bool = True) -> None:
        """Say that a document was read through for a table, so that rows which nobody found have been added."""
        with self._connect() as connection:
            connection.execute("DELETE FROM readings WHERE doc_id = ? AND table_name = ?", (doc_id, table))
            if is_read:
                connection.execute(
                    "INSERT INTO readings VALUES (?, ?, ?, ?, ?)", (reviewer, doc_id, table, run_id, _now())
                )

    def readings(self) -> dict[tuple[str, str], str]:
        """``(table, doc_id) -> reviewer`` of the documents that were read through."""
        if not self.path.exists():
            return {}
        with self._connect() as connection:
            rows = connection.execute("SELECT table_name, doc_id, reviewer FROM readings").fetchall()
        return {(table, doc_id): reviewer for table, doc_id, reviewer in rows}

    def token(self) -> str:
        """The secret of the pages' forms: the same after a restart, so that a page left open can still be sent."""
        with self._connect() as connection:
            row = connection.execute("SELECT token FROM session").fetchone()
            if row is None:
                row = (secrets.token_urlsafe(24),)
                connection.execute("INSERT INTO session VALUES (?)", row)
            return str(row[0])


_COLUMNS = (
    "id, made_at, reviewer, run_id, table_name, row_id, doc_id, kind, rule, confidence, start, text, fields,"
    " verdict, correction, note, batch, queue, settles"
)
_INSERTED = _COLUMNS.split(", ")[1:]
_INSERT = f"INSERT INTO decisions ({', '.join(_INSERTED)}) VALUES ({', '.join(f':{name}' for name in _INSERTED)})"


def draft_place(table: str, row_id: str) -> str:
    """Where a draft belongs: a row of a table."""
    return f"{table}/{row_id}"


def _row(subject: Subject, verdict: str, reviewer: str, run_id: str) -> dict[str, Any]:
    return {
        **{name: value for name, value in vars(subject).items() if name not in ("table", "fields")},
        "made_at": _now(),
        "reviewer": reviewer,
        "run_id": run_id,
        "table_name": subject.table,
        "fields": _json(subject.fields),
        "verdict": verdict,
        "batch": "",
    }


def _decision(row: Sequence[Any]) -> Decision:
    values = dict(zip(Decision.__dataclass_fields__, row, strict=True))
    return Decision(**values | {name: json.loads(values[name]) for name in ("fields", "correction")})


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
