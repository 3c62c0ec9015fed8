"""Publishing: the rows of a run go into the current tables; and the repair of current tables from the history.

All parts are made ready beside the current ones first and then put in place in one go, so that tables disagree for
milliseconds only (on an object store: while they are written). Idempotent: done again after a crash at any point, it
ends in the same bytes. A current part that is not what the manifest says (a crash amid the swap, a truncated file, a
hand's doing) is made anew from the runs' parts.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from extract.store.history import History
from extract.store.parts import (
    N_PARTS,
    RUNS_FILE,
    Manifest,
    RunFolder,
    encode,
    in_order,
    merge,
    only,
    part_name,
    part_of,
    read_part,
)
from extract.store.records import RunRecord
from extract.store.storage import Storage
from extract.tables.groups import COLUMNS, groups_of
from extract.tables.schema import DOCUMENT_TABLES, empty, to_table

FAILURES_FILE = part_name("failures", 0)
# claims of different documents stand beside each other in it, so it is one file, made anew when any claim changes
GROUPS_FILE = part_name("claim_groups", 0)


class Publisher:
    """The current tables of one output folder."""

    def __init__(self, storage: Storage, manifest: Manifest) -> None:
        self._storage = storage
        self._manifest = manifest

    def publish(self, record: RunRecord, history: History) -> None:
        """Make the tables with a run's rows ready for the manifest's ``swap``; ``history`` holds the run already."""
        self._make_readable()
        done = self._done(record, history)
        drop: dict[int, list[str]] = {}
        batches: dict[int, dict[int, list[str]]] = {}
        for doc_id in dict.fromkeys((*done, *record.removed)):
            part = part_of(doc_id)
            drop.setdefault(part, []).append(doc_id)
            if doc_id in done:
                batches.setdefault(part, {}).setdefault(done[doc_id], []).append(doc_id)
        for part in sorted(drop):
            for table in DOCUMENT_TABLES:
                self._publish_part(record, history, table, part, drop[part], batches.get(part, {}))
        if drop or not self._manifest.is_intact(GROUPS_FILE):
            self._publish_groups()

    def _publish_groups(self) -> None:
        tables = (
            pa.concat_tables([read_part(self._manifest, table, part, list(columns)) for part in range(N_PARTS)])
            for table, columns in COLUMNS.items()
        )
        self._manifest.put(GROUPS_FILE, encode(groups_of(*tables)))

    def _done(self, record: RunRecord, history: History) -> dict[str, int]:
        """The batch that holds the rows of each document that the run leaves in the tables."""
        numbers = {d.doc_id: b.number for b in history.batches(record.run_id) for d in b.documents}
        for doc_id in record.removed:
            numbers.pop(doc_id, None)
        return numbers

    def _publish_part(
        self,
        record: RunRecord,
        history: History,
        table: str,
        part: int,
        drop: list[str],
        batches: dict[int, list[str]],
    ) -> None:
        name = part_name(table, part)
        if self._storage.stat(name) is None and name not in self._manifest.names():
            old = empty(table)
        elif self._manifest.is_intact(name):
            old = read_part(self._manifest, table, part)
        else:
            self._rebuild(history, table, part, record.run_id)
            return
        folder = RunFolder(self._storage, record.run_id)
        new = [only(folder.read(number, table), doc_ids) for number, doc_ids in sorted(batches.items())]
        self._manifest.put(name, encode(merge(table, old, drop, new)))

    def publish_records(self, history: History, record: RunRecord | None = None) -> None:
        """Make ``runs`` and ``failures`` ready too; ``record`` stands for its run as it is about to be recorded."""
        records = {known.run_id: known for known in history.all_records}
        if record is not None:
            records[record.run_id] = record
        rows = [records[run_id].row() for run_id in sorted(records)]
        self._manifest.put(RUNS_FILE, encode(to_table("runs", rows)))
        self._manifest.put(FAILURES_FILE, encode(to_table("failures", history.failure_rows())))

    def damaged(self, *, deep: bool) -> list[str]:
        """The current parts that are not what was published; ``deep``: every byte is looked at."""
        is_right = self._manifest.verify if deep else self._manifest.is_intact
        return [name for name in self._manifest.names() if not is_right(name)]

    def repair(self, history: History, names: Iterable[str]) -> None:
        """Make current parts anew from the history, as of the run that was published last."""
        damaged = set(names)
        for table in DOCUMENT_TABLES:
            for part in range(N_PARTS):
                if part_name(table, part) in damaged:
                    self._rebuild(history, table, part, self._manifest.run_id)
        if GROUPS_FILE in damaged:
            self._publish_groups()
        if damaged & {RUNS_FILE, FAILURES_FILE}:
            self.publish_records(history)
        self._manifest.swap(self._manifest.run_id)

    def repair_all(self, history: History) -> None:
        """Make everything anew: for a manifest that is lost."""
        readable = history.readable_ids()
        if not readable:
            return
        self._make_readable()
        for table in DOCUMENT_TABLES:
            for part in range(N_PARTS):
                self._rebuild(history, table, part, readable[-1])
        self._publish_groups()
        self.publish_records(history)
        self._manifest.swap(readable[-1])

    def _rebuild(self, history: History, table: str, part: int, run_id: str | None) -> None:
        rows = history.read(table, history.state(run_id, parts={part}))
        name = part_name(table, part)
        if rows.num_rows or part == 0 or self._storage.stat(name) is not None or name in self._manifest.names():
            self._manifest.put(name, encode(in_order(rows)))

    def _make_readable(self) -> None:
        """See that every table exists, if without rows, before the first rows of any come."""
        for table in DOCUMENT_TABLES:
            name = part_name(table, 0)
            if self._storage.stat(name) is None and name not in self._manifest.names():
                self._manifest.put(name, encode(empty(table)))
        self._manifest.swap(self._manifest.run_id)
        for name, table in ((FAILURES_FILE, "failures"), (GROUPS_FILE, "claim_groups")):
            if name not in self._manifest.names():
                self._manifest.put(name, encode(empty(table)))
        self._manifest.swap(self._manifest.run_id)
