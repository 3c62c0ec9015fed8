"""The queue of a review: the rows of the tables as items, filtered, ordered by doubt, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from extract.review.decisions import Decision, Decisions, Subject, follow

_CLAIM_FIELDS = (
    *("kind", "value_min", "value_max", "unit", "qualifier", "measure", "item"),
    *("actor", "partner", "period", "is_target", "status", "speaker"),
)
# table -> (column of ids, column of kinds, fields a reviewer may correct)
REVIEWED: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "claims": ("claim_id", "kind", _CLAIM_FIELDS),
    "turns": ("turn_id", "kind", ("kind", "speaker", "role", "side", "cue")),
    "dates": ("date_id", "type", ("type", "value", "start_date", "end_date", "anchor")),
    "entities": ("entity_id", "label", ("label", "canonical", "country")),
}
PAGE_ROWS = 50


@dataclass(frozen=True)
class Filters:
    """What a reviewer wants to see; an empty value does not filter. ``confidence`` is the highest to be shown."""

    table: str = ""
    kind: str = ""
    rule: str = ""
    doc: str = ""
    confidence: float = 1.0
    undecided: bool = False
    changed: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """Read filters from a page's address; what cannot be read does not filter."""
        try:
            confidence = min(1.0, max(0.0, float(query.get("confidence") or 1.0)))
        except ValueError:
            confidence = 1.0
        texts = {name: query.get(name, "") for name in ("table", "kind", "rule", "doc", "changed")}
        return cls(**texts, confidence=confidence, undecided=query.get("undecided") == "1")

    def to_query(self) -> dict[str, str]:
        out = {name: getattr(self, name) for name in ("table", "kind", "rule", "doc", "changed") if getattr(self, name)}
        if self.confidence < 1.0:
            out["confidence"] = f"{self.confidence:g}"
        return out | ({"undecided": "1"} if self.undecided else {})


@dataclass
class Desk:
    """All that a review shows: texts, rows, the changes between two runs if it is one of two, and decisions.

    ``rows`` has one row an item, with the columns of ``Subject`` and ``change`` (``""``, ``added``, ``changed``,
    ``removed``), in the order of the queue: changed rows first, then by confidence, the most doubtful first.
    """

    out: Path
    run_id: str
    texts: dict[str, str]
    frames: dict[str, pd.DataFrame]
    changes: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.decisions = Decisions(self.out)
        self.rows = self._rows()
        self._place = {key: i for i, key in enumerate(zip(self.rows["table"], self.rows["row_id"], strict=True))}
        self.gone: list[Decision] = []
        self.decided: dict[tuple[str, str], Decision] = {}
        self.refresh()

    def _rows(self) -> pd.DataFrame:
        parts = []
        for table, (id_column, kind_column, _) in REVIEWED.items():
            frame = self.frames[table]
            part = pd.DataFrame({"table": table, "row_id": frame[id_column], "doc_id": frame["doc_id"]})
            part["kind"], part["start"], part["text"] = frame[kind_column], frame["start"], frame["text"].astype(str)
            part["rule"] = frame.get("rule", "")
            part["confidence"] = frame.get("confidence", float("nan"))
            parts.append(part)
        rows = pd.concat(parts, ignore_index=True)
        keys = zip(rows["table"], rows["row_id"], strict=True)
        rows["change"] = [self.changes.get(key, {}).get("how", "") for key in keys]
        rows["unchanged"] = rows["change"] == ""
        order = ["unchanged", "confidence", "doc_id", "start", "table"]
        return rows.sort_values(order, na_position="last", kind="stable").reset_index(drop=True)

    def refresh(self) -> None:
        """Read the decisions again (another tab may have made some) and find their rows."""
        standing = self.decisions.standing()
        unknown = [d for d in standing if (d.table, d.row_id) not in self._place]
        self.decided = {(d.table, d.row_id): d for d in standing if (d.table, d.row_id) in self._place}
        self.gone = []
        if not unknown:
            return
        wanted = {(d.table, d.doc_id) for d in unknown}
        near = self.rows[[key in wanted for key in zip(self.rows["table"], self.rows["doc_id"], strict=True)]]
        for found in follow(unknown, [self.subject(i) for i in near.index]):
            if found.row_id is None:
                self.gone.append(found.decision)
            else:
                self.decided.setdefault((found.decision.table, found.row_id), found.decision)

    def subject(self, index: int) -> Subject:
        row = self._item(index)
        confidence = None if pd.isna(row["confidence"]) else float(row["confidence"])
        return Subject(
            table=row["table"],
            row_id=row["row_id"],
            doc_id=row["doc_id"],
            kind=row["kind"],
            rule=row["rule"],
            confidence=confidence,
            start=int(row["start"]),
            text=row["text"],
        )

    def _item(self, index: int) -> dict[str, Any]:
        return {str(name): value for name, value in self.rows.loc[index].to_dict().items()}

    def subject_in_full(self, index: int) -> Subject:
        """The row with the values of its fields, as a decision keeps it."""
        subject, record = self.subject(index), self.record(index)
        fields = {name: plain(record[name]) for name in REVIEWED[subject.table][2]}
        # the length, not the end: a paragraph that comes in above moves the row without changing it
        return replace(subject, fields=fields | {"n_chars": int(record["end"]) - subject.start})

    def index_of(self, table: str, row_id: str) -> int | None:
        return self._place.get((table, row_id))

    def record(self, index: int) -> dict[str, Any]:
        """All columns of an item's own table row."""
        row = self._item(index)
        frame = self.frames[row["table"]]
        found = frame[frame[REVIEWED[row["table"]][0]] == row["row_id"]].iloc[0]
        return {str(k): (None if _missing(v) else v) for k, v in found.to_dict().items()}

    def select(self, filters: Filters) -> pd.Index[int]:
        """The places of the rows that a filter lets through, in the queue's order."""
        rows, keep = self.rows, pd.Series(True, index=self.rows.index)
        for column, value in (("table", filters.table), ("kind", filters.kind), ("rule", filters.rule)):
            if value:
                keep &= rows[column] == value
        if filters.doc:
            keep &= rows["doc_id"] == filters.doc
        if filters.changed:
            keep &= rows["change"] == filters.changed if filters.changed != "any" else ~rows["unchanged"]
        if filters.confidence < 1.0:
            keep &= rows["confidence"] <= filters.confidence
        if filters.undecided:
            keys = zip(rows["table"], rows["row_id"], strict=True)
            keep &= pd.Series([key not in self.decided for key in keys], index=rows.index)
        return rows.index[keep]

    def choices(self, column: str) -> list[str]:
        """The values that a filter offers, without the empty one."""
        return sorted(v for v in self.rows[column].dropna().unique() if v)


def plain(value: Any) -> Any:
    """A table's value as JSON can hold it: dates as ISO 8601 text, numbers and booleans as Python's own."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
