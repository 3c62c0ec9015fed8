"""The desk: the rows of the tables as items, filtered, ordered, with the decisions on them; built for 100,000 rows."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from extract.compare.changes import MINOR
from extract.review.decisions import (
    BEFORE,
    FOUND_VERDICTS,
    MISSED,
    REMOVED_VERDICTS,
    VERDICTS,
    Decision,
    Decisions,
    Subject,
)
from extract.review.fields import KIND_COLUMNS, REVIEWED, fields_of, plain
from extract.review.filters import Filters
from extract.review.follow import follow
from extract.review.ledger import Key, Ledger, is_disputed
from extract.review.sampling import random_ranks, rank_in_stratum, strata
from extract.tables.schema import ID_COLUMNS

PAGE_ROWS = 50
# turns before and behind a row whose speakers are offered
_NEAR_TURNS = 20
Frames = Mapping[str, pd.DataFrame]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
# columns whose words the search looks into
_SEARCHED = ("text", "sentence", "speaker", "measure", "item", "canonical", "actor", "doc_id")
_FILTERED = ("table", "kind", "rule", "doc_id", "speaker", "change")


class Item(NamedTuple):
    """A row in the queue: the columns of ``Subject`` but its fields, and where it stands.

    ``change``: ``""``, ``added``, ``changed``, ``removed``; ``at``: its place in its table.
    """

    table: str
    row_id: str
    doc_id: str
    kind: str
    rule: str
    confidence: float
    start: int
    end: int
    text: str
    change: str
    at: int

    @property
    def is_lost(self) -> bool:
        """Whether it is an earlier run's row that the later one lost."""
        return self.row_id.startswith(BEFORE)


@dataclass
class Desk:
    """All that a review shows: texts, rows, the changes between two runs if it is one of two, and decisions.

    ``rows`` has one row an item, with the columns of ``Subject``, ``end``, ``genre``, ``speaker``, ``change`` (``""``,
    ``added``, ``changed``, ``removed``) and ``at``, its place in its table. ``removed`` are the earlier run's rows that
    the later one lost, of documents with the texts ``texts_before``.
    """

    out: Path
    run_id: str
    texts: dict[str, str]
    frames: dict[str, pd.DataFrame]
    changes: dict[Key, dict[str, Any]] = field(default_factory=dict)
    removed: dict[str, pd.DataFrame] = field(default_factory=dict)
    texts_before: dict[str, str] = field(default_factory=dict)
    genres: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.decisions = Decisions(self.out)
        self.rows = self._rows()
        columns = (self.rows[name].tolist() for name in Item._fields)
        self.items = [Item(*values) for values in zip(*columns, strict=True)]
        self._place = {(item.table, item.row_id): i for i, item in enumerate(self.items)}
        self._codes = {name: pd.Categorical(self.rows[name]) for name in _FILTERED}
        self.is_lost = self.rows["change"].to_numpy() == "removed"
        self.likeness = self._likeness()
        self._orders = self._all_orders()
        self._documents = {str(k): np.asarray(v) for k, v in self.rows.groupby("doc_id", sort=False).indices.items()}
        self.search = lru_cache(maxsize=32)(self._search)
        self._haystack: list[str] | None = None
        self._choices: dict[str, list[str]] = {}
        self._tables_of: dict[str, dict[str, list[str]]] = {}
        self._start_ledger()

    def _rows(self) -> pd.DataFrame:
        found = [self._part(table, self.frames[table], "") for table in REVIEWED]
        found += [self._part(table, frame, BEFORE) for table, frame in self.removed.items() if len(frame)]
        rows = pd.concat(found, ignore_index=True)
        keys = zip(rows["table"], rows["row_id"], strict=True)
        rows["change"] = [
            "removed" if key[1].startswith(BEFORE) else self.changes.get(key, {}).get("how", "") for key in keys
        ]
        rows["unchanged"] = rows["change"] == ""
        rows["genre"] = rows["doc_id"].map(self.genres).fillna("")
        order = ["unchanged", "confidence", "doc_id", "start", "table"]
        return rows.sort_values(order, na_position="last", kind="stable").reset_index(drop=True)

    @staticmethod
    def _part(table: str, frame: pd.DataFrame, prefix: str) -> pd.DataFrame:
        part = pd.DataFrame({"table": table, "row_id": prefix + frame[ID_COLUMNS[table]], "doc_id": frame["doc_id"]})
        part["kind"] = frame[KIND_COLUMNS[table]]
        part["start"], part["end"] = frame["start"], frame["end"]
        part["text"] = frame["text"].astype(str)
        for name in ("rule", "speaker"):
            part[name] = frame[name].fillna("") if name in frame else ""
        part["confidence"] = frame["confidence"].astype(float) if "confidence" in frame else float("nan")
        part["at"] = np.arange(len(frame))
        return part

    def _all_orders(self) -> dict[str, tuple[Places, Places]]:
        """For each order the rows' places in it, and each row's position there."""
        rows, number = self.rows, len(self.rows)
        self.rank = random_ranks(rows["table"].tolist(), rows["row_id"].tolist())
        self.stratum = strata(rows)
        in_stratum = rank_in_stratum(self.stratum, self.rank)
        documents = pd.Categorical(rows["doc_id"]).codes
        orders = {
            "doubtful": np.arange(number),
            "random": np.argsort(self.rank, kind="stable"),
            "stratified": np.lexsort((self.stratum, in_stratum)),
            "text": np.lexsort((rows["start"].to_numpy(), documents)),
            "alike": np.lexsort(
                (self.likeness, -np.bincount(self.likeness, minlength=1)[self.likeness], self.likeness == 0)
            ),
        }
        out = {}
        for name, order in orders.items():
            positions = np.empty(number, dtype=np.int64)
            positions[order] = np.arange(number)
            out[name] = (order.astype(np.int64), positions)
        return out

    def _likeness(self) -> Places:
        """For each row the number of its change, equal for rows of one kind with the same change; 0 for none."""
        numbers: dict[tuple[str, ...], int] = {}
        found = np.zeros(len(self.items), dtype=np.int64)
        for key, change in self.changes.items():
            place = self._place.get(key)
            if place is not None and change["fields"]:
                told = tuple(sorted(map(repr, (f for f in change["fields"] if f[0] not in MINOR))))
                found[place] = numbers.setdefault((key[0], self.items[place].kind, *told), len(numbers) + 1)
        return found

    def alike(self, index: int) -> int:
        """How many other rows changed in the same way."""
        return int((self.likeness == self.likeness[index]).sum()) - 1 if self.likeness[index] else 0

    @cached_property
    def _speakers(self) -> dict[str, tuple[list[int], list[str]]]:
        turns = self.frames["turns"]
        named = turns[turns["speaker"].notna()].sort_values(["doc_id", "start"])
        return {str(k): (some["start"].tolist(), some["speaker"].tolist()) for k, some in named.groupby("doc_id")}

    def speakers_near(self, index: int) -> list[str]:
        """Who speaks in the row's document, the nearest turns first, each once."""
        item = self.items[index]
        starts, names = self._speakers.get(item.doc_id, ([], []))
        here = bisect_right(starts, item.start)
        around = range(max(0, here - _NEAR_TURNS), min(len(starts), here + _NEAR_TURNS))
        nearest = sorted(around, key=lambda i: (abs(starts[i] - item.start), i))
        return list(dict.fromkeys(names[i] for i in nearest))

    def _start_ledger(self) -> None:
        self.ledger = Ledger(self.decisions)
        self.gone: list[Decision] = []
        self.missed: list[Decision] = []
        self.lost: list[Decision] = []
        self._moved: dict[Key, Key] = {}
        self._source: dict[int, Key] = {}
        self._verdicts = np.zeros(len(self.rows), dtype=np.int8)
        self._disputed = np.zeros(len(self.rows), dtype=bool)
        self._by_reviewer: dict[str, Mask] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read what was decided or taken back since (another tab may have done it) and find the rows."""
        touched = self.ledger.update()
        if any(key not in self._place for key in touched):
            touched |= self._follow_unknown()
        if any(row_id.startswith(BEFORE) for _, row_id in touched):
            lost = [key for key in self.ledger.decided_rows() if key[1].startswith(BEFORE)]
            said = [list(self.ledger.opinions(key).values())[-1] for key in lost]
            self.lost = [d for d in said if d.verdict == "lost"]
        for key in touched:
            place = self._place.get(self._moved.get(key, key))
            if place is not None:
                self._settle(place, key)

    def _follow_unknown(self) -> set[Key]:
        """Find the rows of decisions of other runs; what is in no table of this run is missed or gone."""
        unknown = self.ledger.decided_rows() - self._place.keys()
        latest = [list(self.ledger.opinions(key).values())[-1] for key in unknown]
        self.missed = [d for d in latest if d.verdict == MISSED]
        found = [d for d in latest if d.is_of_a_found_row]
        wanted = {(d.table, d.doc_id) for d in found}
        near = [int(i) for doc_id in {d for _, d in wanted} for i in self.places_in(doc_id)]
        near = [i for i in near if self.items[i][0:3:2] in wanted and not self.items[i].is_lost]
        followed = follow(found, map(self.subject, near))
        self.gone = [f.decision for f in followed if f.row_id is None]
        self._moved = {f.decision.key: (f.decision.table, f.row_id) for f in followed if f.row_id is not None}
        return set(self._moved)

    def _settle(self, place: int, key: Key) -> None:
        """Note what stands on a row; ``key`` is the row that the decisions were made on, its own unless it moved."""
        own = self.items[place][:2]
        if key != own and self.ledger.opinions(own):
            return
        self._source[place] = key
        opinions = self.ledger.opinions(key)
        latest = list(opinions.values())[-1:]
        self._verdicts[place] = VERDICTS.index(latest[0].verdict) + 1 if latest else 0
        self._disputed[place] = is_disputed(opinions)
        for reviewer in {*opinions, *self._by_reviewer}:
            mask = self._by_reviewer.setdefault(reviewer, np.zeros(len(self.rows), dtype=bool))
            mask[place] = reviewer in opinions

    def opinions(self, index: int) -> dict[str, Decision]:
        """The latest decision of each reviewer on a row, the one in force last."""
        return self.ledger.opinions(self._source[index]) if index in self._source else {}

    def decision(self, index: int) -> Decision | None:
        """The decision in force on a row."""
        return next(reversed(self.opinions(index).values()), None)

    @property
    def decided(self) -> dict[Key, Decision]:
        """The decision in force on each decided row, by the row's table and id in this run."""
        decisions = {place: self.decision(place) for place in np.flatnonzero(self._verdicts).tolist()}
        return {self.items[place][:2]: decision for place, decision in decisions.items() if decision is not None}

    @property
    def verdicts(self) -> npt.NDArray[np.int8]:
        """For each row 0 if nobody has decided it, else 1 plus the place of its verdict in ``VERDICTS``."""
        return self._verdicts

    def progress(self) -> Counter[str]:
        """How many rows of this run each reviewer has decided."""
        return Counter({name: int(mask.sum()) for name, mask in self._by_reviewer.items()})

    def subject(self, index: int) -> Subject:
        """The row as a decision keeps it, without the values of its fields."""
        item = self.items[index]
        confidence = None if np.isnan(item.confidence) else item.confidence
        return Subject(item.table, item.row_id, item.doc_id, item.kind, item.rule, confidence, item.start, item.text)

    def subject_in_full(self, index: int) -> Subject:
        """The row with the values of its fields, as a decision keeps it."""
        return self.subjects_in_full(np.array([index]))[0]

    def index_of(self, table: str, row_id: str) -> int | None:
        return self._place.get((table, row_id))

    def record(self, index: int) -> dict[str, Any]:
        """All columns of an item's own table row."""
        item = self.items[index]
        found = self._frames(is_lost=item.is_lost)[item.table].iloc[item.at]
        return {str(k): (None if _missing(v) else v) for k, v in found.to_dict().items()}

    def _frames(self, *, is_lost: bool) -> Frames:
        return self.removed if is_lost else self.frames

    def text_of(self, index: int) -> str:
        """The text that a row's offsets count in: of the earlier run for a row that the later one lost."""
        item = self.items[index]
        text = self.texts.get(item.doc_id, "")
        return self.texts_before.get(item.doc_id, text) if item.is_lost else text

    def in_document(self, doc_id: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The places and records of a document's rows in this run, by table."""
        for index in self._documents.get(doc_id, ()):
            if not self.items[int(index)].is_lost:
                yield int(index), self.record(int(index))

    def places_in(self, doc_id: str) -> Places:
        """The places of a document's rows, lost ones too."""
        return self._documents.get(doc_id, np.zeros(0, dtype=np.int64))

    def select(self, filters: Filters, reviewer: str = "") -> Places:
        """The places of the rows that the filters let through, in their order; ``reviewer``: who asks."""
        order, _ = self._orders[filters.order]
        found: Places = order[self._mask(filters, reviewer)[order]]
        return found

    def position(self, filters: Filters, index: int) -> int:
        """Where a row stands in the order of the filters, among all rows."""
        return int(self._orders[filters.order][1][index])

    def positions(self, filters: Filters, found: Places) -> Places:
        """The same for many rows."""
        return self._orders[filters.order][1][found]

    def _mask(self, filters: Filters, reviewer: str) -> Mask:
        keep = np.ones(len(self.rows), dtype=bool)
        wanted = {name: getattr(filters, name) for name in ("table", "kind", "rule", "speaker")} | {
            "doc_id": filters.doc
        }
        if filters.changed and filters.changed != "any":
            wanted["change"] = filters.changed
        for name, value in wanted.items():
            if value:
                codes = self._codes[name]
                keep &= codes.codes == (codes.categories.get_loc(value) if value in codes.categories else -2)
        if filters.changed == "any":
            keep &= ~self.rows["unchanged"].to_numpy()
        if filters.confidence < 1.0:
            keep &= (self.rows["confidence"] <= filters.confidence).to_numpy()
        if filters.alike:
            place = self._place.get((filters.alike.partition("/")[0], filters.alike.partition("/")[2]))
            keep &= (self.likeness == self.likeness[place]) & (self.likeness > 0) if place is not None else False
        if filters.q:
            keep &= self.search(filters.q.casefold())
        if filters.reviewer:
            keep &= self._decided_by(filters.reviewer)
        keep &= self._standing(filters.verdict, reviewer)
        return keep

    def _standing(self, verdict: str, reviewer: str) -> Mask:
        if verdict == "undecided":
            return np.asarray(self._verdicts == 0)
        if verdict == "decided":
            return np.asarray(self._verdicts > 0)
        if verdict == "not-mine":
            return np.asarray(~self._decided_by(reviewer))
        if verdict == "disputed":
            return self._disputed
        if verdict not in VERDICTS:
            return np.ones(len(self.rows), dtype=bool)
        return np.asarray(self._verdicts == VERDICTS.index(verdict) + 1)

    def _decided_by(self, reviewer: str) -> Mask:
        return self._by_reviewer.get(reviewer, np.zeros(len(self.rows), dtype=bool))

    def _search(self, words: str) -> Mask:
        """The rows whose words hold all of the words."""
        if self._haystack is None:
            self._haystack = self._all_words()
        return np.array([all(word in text for word in words.split()) for text in self._haystack], dtype=bool)

    def _all_words(self) -> list[str]:
        words: dict[tuple[str, bool], list[str]] = {}
        for is_lost in (False, True):
            for table, frame in self._frames(is_lost=is_lost).items():
                columns = [frame[name].fillna("").astype(str) for name in _SEARCHED if name in frame]
                words[table, is_lost] = ["\n".join(cells).casefold() for cells in zip(*columns, strict=True)]
        return [words[item.table, item.is_lost][item.at] for item in self.items]

    def choices(self, column: str) -> list[str]:
        """The values that a filter offers, without the empty one."""
        if column not in self._choices:
            self._choices[column] = sorted(v for v in self.rows[column].dropna().unique() if v)
        return self._choices[column]

    def tables_of(self, column: str) -> dict[str, list[str]]:
        """The same, each value with the tables that have it."""
        if column not in self._tables_of:
            pairs = self.rows[["table", column]].drop_duplicates()
            some = pairs[pairs[column] != ""].groupby(column)["table"].agg(list)
            self._tables_of[column] = {str(value): sorted(tables) for value, tables in some.items()}
        return self._tables_of[column]

    def subjects_in_full(self, places: Places) -> list[Subject]:
        """The same as ``subject_in_full`` for many rows at once."""
        # the length, not the end: a paragraph that comes in above moves the row without changing it
        found: list[Subject] = []
        groups: dict[tuple[str, bool], list[int]] = {}
        for place in places.tolist():
            groups.setdefault((self.items[place].table, self.items[place].is_lost), []).append(place)
        for (table, is_lost), some in groups.items():
            names = [f.name for f in fields_of(table)]
            frame = self._frames(is_lost=is_lost)[table].iloc[[self.items[place].at for place in some]]
            for place, record in zip(some, frame.to_dict("records"), strict=True):
                values = {name: None if _missing(record.get(name)) else plain(record[name]) for name in names}
                length = {"n_chars": self.items[place].end - self.items[place].start}
                found.append(replace(self.subject(place), fields=values | length))
        return found

    def verdicts_of(self, index: int) -> tuple[str, ...]:
        """The verdicts that a row can have: a lost one is rightly gone or lost."""
        return REMOVED_VERDICTS if self.items[index].is_lost else FOUND_VERDICTS


def _missing(value: Any) -> bool:
    return bool(pd.api.types.is_scalar(value) and pd.isna(value))
