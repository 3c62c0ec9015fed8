"""Decided documents as gold files that can be scored against: only rows that a careful reader could have written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.review.decisions import Decision
from extract.review.fields import REVIEWED, plain, problems
from extract.review.queue import Desk
from extract.review.view import shifted

_DOCUMENT_KEYS = ("genre", "title", "date", "languages", "number", "sender", "recipient")
_TURN_CHARACTERS = 40


@dataclass
class Exported:
    """The files written, and why a table of a document that was decided stands in none of them."""

    files: list[Path] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def export_gold(desk: Desk, documents: Sequence[Mapping[str, Any]], folder: Path) -> Exported:
    """Write a gold file for every document with a table all of whose rows are decided; that table stands in it.

    Right rows stand as they are, fixed ones corrected, wrong ones are left out, added ones stand too. A table with a
    row that no gold file may hold is left out, and said to be.
    """
    exported = Exported()
    folder.mkdir(parents=True, exist_ok=True)
    for document in documents:
        doc_id, tables = str(document["doc_id"]), {}
        for table in REVIEWED:
            rows = _decided_rows(desk, table, doc_id)
            wrong = [
                f"{doc_id}: {table} left out: {p}" for row in rows or () for p in _problems(desk, table, row, doc_id)
            ]
            exported.left_out += wrong
            if rows is not None and not wrong:
                tables[table] = [_written(table, row, desk.texts[doc_id]) for row in rows]
        if tables:
            data = {key: _json_value(document[key]) for key in _DOCUMENT_KEYS}
            record = {"doc": doc_id, "sha256": document["sha256"], "document": data} | tables
            path = folder / (doc_id.replace("/", "--") + ".json")
            path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            exported.files.append(path)
    return exported


def _json_value(value: Any) -> Any:
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        return list(value)
    return None if value is None or value != value else plain(value)


def _decided_rows(desk: Desk, table: str, doc_id: str) -> list[dict[str, Any]] | None:
    """The document's gold rows of one table, or ``None`` while some (or all, there being none) are undecided."""
    places = [int(i) for i in desk.places_in(doc_id)]
    own = [i for i in places if desk.items[i].table == table and not desk.items[i].is_lost]
    added = [d for d in desk.missed if (d.table, d.doc_id) == (table, doc_id)]
    gold = [d.fields | {"start": d.start} for d in added]
    for index in own:
        decision = desk.decision(index)
        if decision is None or decision.verdict == "skip":
            return None
        if decision.verdict != "wrong":
            gold.append(_gold_row(desk, index, decision))
    is_read = (table, doc_id) in desk.decisions.readings()
    return sorted(gold, key=lambda row: int(row["start"])) if own or added or is_read else None


def _gold_row(desk: Desk, index: int, decision: Decision) -> dict[str, Any]:
    subject = desk.subject_in_full(index)
    fixed = {name: value for name, value in shifted(decision, subject.start).items() if name != "text"}
    row: dict[str, Any] = {"start": subject.start} | subject.fields | fixed
    if "text" in decision.correction and "start" not in decision.correction:
        # an earlier version of the desk kept the right words alone
        row["start"] = desk.texts[subject.doc_id].find(str(decision.correction["text"]), max(0, subject.start - 200))
        row["n_chars"] = len(str(decision.correction["text"]))
    return row


def _ends(row: Mapping[str, Any]) -> tuple[int, int]:
    return int(row["start"]), int(row.get("end", row["start"] + row["n_chars"]))


def _problems(desk: Desk, table: str, row: Mapping[str, Any], doc_id: str) -> list[str]:
    start, end = _ends(row)
    return problems(table, dict(row) | {"start": start, "end": end}, desk.texts[doc_id])


def _written(table: str, row: Mapping[str, Any], text: str) -> dict[str, Any]:
    start, end = _ends(row)
    words = text[start:end]
    kept = {name: plain(value) for name, value in row.items() if name not in ("start", "end", "n_chars")}
    out = {"start": start, "end": end} | kept | {"text": words[:_TURN_CHARACTERS] if table == "turns" else words}
    return out | ({"link": None, "linked_start": None} if table == "claims" else {})
