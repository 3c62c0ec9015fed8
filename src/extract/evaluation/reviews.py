"""What reviewers' decisions say of the tables: precision, calibration, regressions, gold files.

A row is right if its verdict is ``right``; ``wrong`` and ``fix`` count against it; ``skip`` does not count. Intervals
are Wilson's (1927) at 95 %, which hold for small numbers and for shares near 0 and 1.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.evaluation.matching import same
from extract.review.decisions import Decision, follow
from extract.review.queue import REVIEWED, Desk, plain

Z_95 = 1.959964
BINS = 10


@dataclass(frozen=True)
class Precision:
    """``right`` of ``decided`` rows of a group, with the bounds of its 95 % interval."""

    table: str
    kind: str
    rule: str
    right: int
    decided: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.decided


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's score interval of a share at 95 %; (0, 1) where nothing was decided."""
    if of == 0:
        return 0.0, 1.0
    share, z2 = right / of, Z_95**2
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z_95 * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return max(0.0, centre - half), min(1.0, centre + half)


def precision(decisions: Iterable[Decision]) -> list[Precision]:
    """Precision by table, by table and kind, and by table, kind and rule; an empty name stands for all of them."""
    counts: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for decision in decisions:
        if decision.verdict == "skip":
            continue
        groups = {(decision.table, kind, rule) for kind, rule in _levels(decision)}
        for group in groups:
            counts[group][0] += decision.verdict == "right"
            counts[group][1] += 1
    return [Precision(*group, right, of, *wilson(right, of)) for group, (right, of) in sorted(counts.items())]


def _levels(decision: Decision) -> list[tuple[str, str]]:
    return [("", ""), (decision.kind, ""), (decision.kind, decision.rule)]


def calibration(decisions: Iterable[Decision]) -> list[dict[str, float]]:
    """Stated confidence against the share that was right, in tenths: ``low, high, stated, right, decided``."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for decision in decisions:
        if decision.confidence is not None and decision.verdict != "skip":
            place = min(BINS - 1, int(decision.confidence * BINS))
            bins[place].append((decision.confidence, decision.verdict == "right"))
    return [
        {
            "low": place / BINS,
            "high": (place + 1) / BINS,
            "stated": sum(c for c, _ in some) / len(some),
            "right": sum(right for _, right in some) / len(some),
            "decided": float(len(some)),
        }
        for place, some in sorted(bins.items())
    ]


@dataclass(frozen=True)
class Regression:
    """A decided row that the tables do not treat as decided: ``lost``, ``changed``, ``back`` or ``unmended``."""

    decision: Decision
    what: str
    detail: str


def regressions(desk: Desk) -> list[Regression]:
    """Hold the desk's tables to its decisions.

    A right row that is gone is ``lost``, one with another value in a field that was seen is ``changed``; a wrong row
    that stands with the same values is ``back`` once it comes from a later run than the verdict's; a fix whose values
    have not arrived is ``unmended``.
    """
    found: list[Regression] = []
    subjects = [desk.subject(int(i)) for i in desk.rows.index]
    for followed in follow(desk.decisions.standing(), subjects):
        decision = followed.decision
        if followed.row_id is None:
            if decision.verdict == "right":
                found.append(Regression(decision, "lost", "no such row any more"))
            continue
        index = desk.index_of(decision.table, followed.row_id)
        assert index is not None
        found += _compare(decision, desk.subject_in_full(index).fields, desk.run_id)
    return found


def _compare(decision: Decision, now: Mapping[str, Any], run_id: str) -> list[Regression]:
    wanted = decision.fields | {k: v for k, v in decision.correction.items() if k != "text"}
    skipped = {"n_chars"} if decision.verdict == "fix" else set()
    differing = [k for k, v in wanted.items() if k in now and k not in skipped and not same(v, now[k])]
    detail = ", ".join(f"{k}: {wanted[k]!r} expected, {now[k]!r} found" for k in differing)
    if decision.verdict == "right" and differing:
        return [Regression(decision, "changed", detail)]
    if decision.verdict == "fix" and differing:
        return [Regression(decision, "unmended", detail)]
    if decision.verdict == "wrong" and not differing and decision.run_id != run_id:
        return [Regression(decision, "back", "the row stands as it was")]
    return []


def export_gold(desk: Desk, documents: Sequence[Mapping[str, Any]], folder: Path) -> list[Path]:
    """Write a gold file for every document with a table all of whose rows are decided; that table stands in it.

    Right rows stand as they are, fixed ones corrected, wrong ones are left out. Rows that nobody found are missing: a
    document's file is complete only in what the pipeline found. Returns the files written.
    """
    written: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        tables = {table: _decided_rows(desk, table, str(document["doc_id"])) for table in REVIEWED}
        complete = {table: rows for table, rows in tables.items() if rows is not None}
        if not complete:
            continue
        keys = ("genre", "title", "date", "languages", "number", "sender", "recipient")
        data = {key: _json_value(document[key]) for key in keys}
        record = {"doc": document["doc_id"], "sha256": document["sha256"], "document": data} | complete
        path = folder / (str(document["doc_id"]).replace("/", "--") + ".json")
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        written.append(path)
    return written


def _json_value(value: Any) -> Any:
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        return list(value)
    return None if value is None or value != value else plain(value)


def _decided_rows(desk: Desk, table: str, doc_id: str) -> list[dict[str, Any]] | None:
    """The document's gold rows of one table, or ``None`` while some (or all, there being none) are undecided."""
    rows = desk.rows[(desk.rows["table"] == table) & (desk.rows["doc_id"] == doc_id)]
    gold: list[dict[str, Any]] = []
    for index in rows.index:
        subject = desk.subject_in_full(int(index))
        decision = desk.decided.get((table, subject.row_id))
        if decision is None or decision.verdict == "skip":
            return None
        if decision.verdict != "wrong":
            gold.append(_gold_row(desk, subject.doc_id, subject.start, subject.fields, decision))
    return sorted(gold, key=lambda row: row["start"]) if len(rows) else None


def _gold_row(desk: Desk, doc_id: str, start: int, fields: Mapping[str, Any], decision: Decision) -> dict[str, Any]:
    end = start + fields["n_chars"]
    kept = {name: value for name, value in fields.items() if name != "n_chars"}
    row = {"start": start, "end": end} | kept | decision.correction
    words = decision.correction.get("text")
    if words:
        text = desk.texts[doc_id]
        near = text.find(words, max(0, start - len(words)))
        row["start"], row["end"] = (near, near + len(words)) if near >= 0 else (start, end)
    row["text"] = desk.texts[doc_id][row["start"] : row["end"]]
    if decision.table == "turns":
        row["text"] = row["text"][:40]
    if decision.table == "claims":
        row |= {"link": None, "linked_start": None}
    return {key: value if key not in ("start_date", "end_date") else plain(value) for key, value in row.items()}
