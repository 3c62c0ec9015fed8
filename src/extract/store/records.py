"""The small records that runs leave as JSON: what a batch did, what a run did."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any

RUNNING, PUBLISHING = "running", "publishing"
COMPLETE, FAILURES = "complete", "failures"
ABANDONED, BASE = "abandoned", "base"
# a run with one of these has published rows; the others never did
FINISHED = (COMPLETE, FAILURES)


@dataclass(frozen=True)
class DocumentRecord:
    """A document that a batch processed. ``given`` is a hash of its line in metadata.csv."""

    doc_id: str
    sha256: str
    given: str
    why: str


@dataclass(frozen=True)
class FailureRecord:
    """A document that a batch could not process. ``sha256`` is empty where it could not be read."""

    doc_id: str
    sha256: str
    given: str
    why: str
    stage: str
    error: str
    traceback: str


@dataclass(frozen=True)
class FileRecord:
    """A Parquet file: size in bytes, SHA-256, rows."""

    size_bytes: int
    sha256: str
    rows: int


@dataclass(frozen=True)
class BatchRecord:
    """Written last, after the batch's files: a batch without it never happened."""

    number: int
    fingerprint: str
    documents: list[DocumentRecord]
    failures: list[FailureRecord]
    files: dict[str, FileRecord]
    seconds: float = 0.0

    def to_json(self) -> bytes:
        return _dump(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> BatchRecord:
        """``ValueError`` or ``TypeError`` if it is damaged."""
        values = json.loads(data)
        return cls(
            number=values["number"],
            fingerprint=values["fingerprint"],
            documents=[DocumentRecord(**d) for d in values["documents"]],
            failures=[FailureRecord(**f) for f in values["failures"]],
            files={name: FileRecord(**f) for name, f in values["files"].items()},
            seconds=values["seconds"],
        )


@dataclass
class RunRecord:
    """``run.json``: what was seen, skipped, done, failed. Times are ISO 8601 in UTC, ``seconds`` wall-clock."""

    run_id: str
    status: str
    started_at: str
    trigger: str
    pipeline_version: str
    fingerprint: str
    fingerprint_parts: dict[str, str]
    raw: str
    finished_at: str | None = None
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)
    timing_s: dict[str, float] = field(default_factory=dict)
    resumed: int = 0
    # of a base only: the runs that were pruned into it, oldest first
    pruned: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> bytes:
        return _dump(asdict(self))

    @classmethod
    def from_json(cls, data: bytes) -> RunRecord:
        """``ValueError`` or ``TypeError`` if it is damaged; unknown keys of a later version are left out."""
        values = dict(json.loads(data))
        known = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    @property
    def started(self) -> datetime:
        return parse_time(self.started_at)

    def row(self) -> dict[str, Any]:
        """Its row in the table ``runs``."""
        counts = ("n_seen", "n_new", "n_changed", "n_unchanged", "n_removed", "n_failed", "n_unread")
        return {
            "run_id": self.run_id,
            "started_at": self.started,
            "finished_at": parse_time(self.finished_at) if self.finished_at else None,
            "status": self.status,
            "trigger": self.trigger,
            "pipeline_version": self.pipeline_version,
            **{name: self.counts.get(name, 0) for name in counts},
            "seconds": self.seconds,
        }


def parse_time(text: str) -> datetime:
    """An ISO 8601 time with its zone, as UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _dump(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode()
