"""The history of runs: which run and batch holds the rows of each document, as of any run; and their reading.

The state of a document at run B is its rows in the latest run up to B that processed it. Where old runs were pruned,
a base (all rows as of the newest pruned run) stands for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from extract.errors import HistoryError, UnknownRunError
from extract.store.parts import RunFolder, base_ids, failures_of, only, part_of, run_ids
from extract.store.records import FINISHED, PUBLISHING, BatchRecord, DocumentRecord, FailureRecord, RunRecord
from extract.store.storage import Storage
from extract.tables.schema import empty


@dataclass(frozen=True)
class Place:
    """Where a document's rows lie: a folder below ``runs/`` and a batch of it; and what they were made from."""

    folder: str
    number: int
    document: DocumentRecord
    fingerprint: str


class History:
    """All runs of one output folder, as they are now. Records and batch lists are read once and kept."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._batches: dict[str, list[BatchRecord]] = {}

    @cached_property
    def base(self) -> RunRecord | None:
        """The newest base, if runs were pruned."""
        ids = base_ids(self._storage)
        return RunFolder(self._storage, f"base-{ids[-1]}").read_record() if ids else None

    @cached_property
    def folders(self) -> list[RunRecord]:
        """The records of all runs that have a folder, oldest first; those that a base stands for left out."""
        base_id = self.base.run_id if self.base else ""
        records = (RunFolder(self._storage, run_id).read_record() for run_id in run_ids(self._storage))
        return [r for r in records if r is not None and r.run_id > base_id]

    @property
    def published(self) -> list[RunRecord]:
        """The runs whose rows are, or are being, published, oldest first, without the pruned ones."""
        return [record for record in self.folders if record.status in (*FINISHED, PUBLISHING)]

    @property
    def all_records(self) -> list[RunRecord]:
        """Every run that ever published, oldest first, the pruned ones too."""
        pruned = [RunRecord(**row) for row in self.base.pruned] if self.base else []
        return [*pruned, *self.published]

    def find(self, run_id: str) -> RunRecord:
        """A run that can be read back, by its id or the beginning of one. Raises ``UnknownRunError``."""
        readable = self.readable_ids()
        # the whole id of a pruned run may begin a later one's (two runs within a second): it is not that one
        is_whole = any(record.run_id == run_id for record in self.all_records)
        matching = [known for known in readable if (known == run_id if is_whole else known.startswith(run_id))]
        if len(matching) != 1 or not run_id:
            raise UnknownRunError(run_id, readable)
        return next(record for record in self.all_records if record.run_id == matching[0])

    def readable_ids(self) -> list[str]:
        """The ids of the runs whose state can be read back, oldest first."""
        return ([self.base.run_id] if self.base else []) + [record.run_id for record in self.published]

    def batches(self, folder: str) -> list[BatchRecord]:
        """The whole batches of a folder below ``runs/``."""
        if folder not in self._batches:
            self._batches[folder] = RunFolder(self._storage, folder).batches()
        return self._batches[folder]

    def state(self, run_id: str | None = None, *, parts: Collection[int] | None = None) -> dict[str, Place]:
        """Where each document's rows lay as of a run (default: the latest), by ``doc_id``; of some parts only."""
        places: dict[str, Place] = {}
        if self.base is not None:
            self._apply(f"base-{self.base.run_id}", places, parts)
        if self.base is not None and run_id is not None and run_id < self.base.run_id:
            raise HistoryError(f"run {run_id} was pruned; the oldest that can be read back is {self.base.run_id}")
        for record in self.published:
            if run_id is not None and record.run_id > run_id:
                break
            self._apply(record.run_id, places, parts)
            for doc_id in record.removed:
                places.pop(doc_id, None)
        return places

    def _apply(self, folder: str, places: dict[str, Place], parts: Collection[int] | None) -> None:
        for batch in self.batches(folder):
            for document in batch.documents:
                if parts is None or part_of(document.doc_id) in parts:
                    places[document.doc_id] = Place(folder, batch.number, document, batch.fingerprint)

    def rows(self, table: str, places: Mapping[str, Place], columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The rows of the documents at those places, one Arrow table a batch file."""
        for (folder, number), doc_ids in by_file(places).items():
            wanted = columns if columns is None or "doc_id" in columns else [*columns, "doc_id"]
            read = only(RunFolder(self._storage, folder).read(number, table, wanted), doc_ids)
            yield read.select(columns) if columns is not None else read

    def read(self, table: str, places: Mapping[str, Place], columns: list[str] | None = None) -> pa.Table:
        """The same as one table."""
        blank = empty(table) if columns is None else empty(table).select(columns)
        return pa.concat_tables([blank, *self.rows(table, places, columns)])

    def failure_rows(self) -> list[dict[str, Any]]:
        """The rows of the table ``failures``: every failure of every run that published, oldest run first."""
        rows: list[dict[str, Any]] = []
        if self.base is not None:
            for batch in self.batches(f"base-{self.base.run_id}"):
                rows += [{"run_id": f.why, **_failure(f)} for f in batch.failures]
        for record in self.published:
            rows += failures_of(record.run_id, last_words(self.batches(record.run_id)))
        return rows


def _failure(record: FailureRecord) -> dict[str, str]:
    return {name: getattr(record, name) for name in ("doc_id", "stage", "error", "traceback")}


def by_file(places: Mapping[str, Place]) -> dict[tuple[str, int], list[str]]:
    """The documents of each batch file, files in order."""
    files: dict[tuple[str, int], list[str]] = {}
    for doc_id, place in places.items():
        files.setdefault((place.folder, place.number), []).append(doc_id)
    return dict(sorted(files.items()))


def last_words(batches: Iterable[BatchRecord]) -> list[BatchRecord]:
    """The batches of one run with, for each document, only its last outcome (a resumed run may meet one twice)."""
    ordered = sorted(batches, key=lambda batch: batch.number)
    last: dict[str, int] = {}
    for batch in ordered:
        last |= {document.doc_id: batch.number for document in batch.documents}
        last |= {failure.doc_id: batch.number for failure in batch.failures}
    return [
        BatchRecord(
            batch.number,
            batch.fingerprint,
            [d for d in batch.documents if last[d.doc_id] == batch.number],
            [f for f in batch.failures if last[f.doc_id] == batch.number],
            batch.files,
            batch.seconds,
        )
        for batch in ordered
    ]
