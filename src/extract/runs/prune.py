"""Removing old run folders without losing the state of the runs that are kept.

The rows as of the newest pruned run are first written together as a base (``runs/base-<run_id>``), whose record comes
last; then the folders go. Killed in between, the base stands already and the next pruning removes the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import groupby, islice
from pathlib import Path

from extract.errors import HistoryError
from extract.runs.session import MAX_BATCH_DOCUMENTS, now
from extract.store.history import History, Place
from extract.store.lock import RunLock
from extract.store.parts import RUNS, RunFolder, base_ids, in_order, part_of, run_ids
from extract.store.records import ABANDONED, BASE, PUBLISHING, FailureRecord, RunRecord
from extract.store.storage import Storage, existing_storage
from extract.tables.schema import DOCUMENT_TABLES, empty


@dataclass(frozen=True)
class Pruned:
    """``freed_bytes`` counts what was removed, less the base that was written."""

    removed: list[str]
    freed_bytes: int


def prune(out: str | Path, *, keep_runs: int, keep_days: float) -> Pruned:
    """Remove the runs that are neither among the last ``keep_runs`` nor younger than ``keep_days``.

    At least one run is kept. Raises ``LockedError``, ``HistoryError``.
    """
    storage = existing_storage(out)
    if not storage.names(RUNS):
        raise HistoryError(f"{storage.url} holds no runs; give the folder of the tables with --out")
    with RunLock(storage):
        history = History(storage)
        if any(record.status == PUBLISHING for record in history.folders):
            raise HistoryError(f"{storage.url} holds a run whose publishing was cut off; `extract run` finishes it")
        before = _size_bytes(storage)
        old = _old_runs(history.published, max(1, keep_runs), keep_days)
        if old:
            _write_base(storage, history, old)
        removed = _remove_covered(storage)
        return Pruned(removed, before - _size_bytes(storage))


def _old_runs(published: list[RunRecord], keep_runs: int, keep_days: float) -> list[RunRecord]:
    """The oldest runs up to the first that is kept: a run in the midst cannot go without those before it."""
    since = now() - timedelta(days=keep_days)
    old = []
    for record in published[:-keep_runs]:
        if record.started >= since:
            break
        old.append(record)
    return old


def _write_base(storage: Storage, history: History, old: list[RunRecord]) -> None:
    newest = old[-1]
    folder = RunFolder(storage, f"base-{newest.run_id}")
    storage.remove(f"{RUNS}/base-{newest.run_id}")
    number = _write_failures(folder, history, newest.run_id)
    for fingerprint, places in _groups(history.state(newest.run_id)):
        tables = {table: in_order(history.read(table, places)) for table in DOCUMENT_TABLES}
        documents = [places[doc_id].document for doc_id in sorted(places)]
        folder.write_batch(number, tables, documents, [], fingerprint=fingerprint)
        number += 1
    pruned = [*(history.base.pruned if history.base else []), *(asdict(record) for record in old)]
    folder.write_record(RunRecord(**{**asdict(newest), "status": BASE, "pruned": pruned}))


def _groups(state: dict[str, Place]) -> Iterator[tuple[str, dict[str, Place]]]:
    """The documents in batches of one pipeline, those of one published part together."""
    ordered = sorted(state.items(), key=lambda item: (item[1].fingerprint, part_of(item[0]), item[0]))
    for fingerprint, items in groupby(ordered, key=lambda item: item[1].fingerprint):
        while chunk := dict(islice(items, MAX_BATCH_DOCUMENTS)):
            yield fingerprint, chunk


def _write_failures(folder: RunFolder, history: History, up_to: str) -> int:
    """The pruned runs' failures, as a batch without documents; ``why`` holds the run. The next free batch number."""
    rows = [row for row in history.failure_rows() if row["run_id"] <= up_to]
    failures = [FailureRecord(r["doc_id"], "", "", r["run_id"], r["stage"], r["error"], r["traceback"]) for r in rows]
    blank = {table: empty(table) for table in DOCUMENT_TABLES}
    folder.write_batch(0, blank, [], failures, fingerprint="")
    return 1


def _remove_covered(storage: Storage) -> list[str]:
    """Remove the folders that the newest base stands for, and those of runs that were given up."""
    bases = base_ids(storage)
    covered = [run_id for run_id in run_ids(storage) if bases and run_id <= bases[-1]]
    abandoned = [r.run_id for r in History(storage).folders if r.status == ABANDONED]
    removed = sorted({*covered, *abandoned})
    for name in (*removed, *(f"base-{base}" for base in bases[:-1])):
        storage.remove(f"{RUNS}/{name}")
    return removed


def _size_bytes(storage: Storage) -> int:
    return sum(_folder_bytes(storage, f"{RUNS}/{name}") for name in storage.names(RUNS))


def _folder_bytes(storage: Storage, folder: str) -> int:
    names: Iterable[str] = (f"{folder}/{table}" for table in DOCUMENT_TABLES)
    stats = (storage.stat(f"{name}/{part}") for name in names for part in storage.names(name))
    return sum(found.size_bytes for found in stats if found is not None)
