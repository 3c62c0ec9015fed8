"""Where tables lie: the immutable parts of each run, and the current tables that readers see.

``runs/<run_id>/<table>/part-NNNN.parquet`` are written once, a set of parts a batch, with ``batches/NNNN.json`` last:
a batch without that record never happened. ``<table>/part-NN.parquet`` are the current tables: documents are spread
over a fixed number of parts by a hash of their id, so that a document's rows always lie in one file, which is replaced
as a whole. No part is ever deleted (a reader may have listed it): it becomes empty.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.errors import HistoryError
from extract.store.records import BASE, BatchRecord, DocumentRecord, FailureRecord, FileRecord, RunRecord
from extract.store.storage import Staged, Storage
from extract.tables.schema import DOCUMENT_TABLES, conform, empty, upgrade

# Fixed for all times: another number would move documents between files under the eyes of readers. With a million
# documents of 8,000 characters a part of `documents` holds 250 MB of text, which is what publishing holds in memory.
N_PARTS = 32
RUNS = "runs"
MANIFEST = ".extract/published.json"
_RECORD, _COPY = "run.json", "run.copy.json"
RUN_ID = re.compile(r"^\d{8}T\d{6}Z(-\d{2,})?$")
# The table `runs` is a file of its own: the folder of that name holds the runs' parts.
RUNS_FILE = "runs.parquet"


def part_of(doc_id: str) -> int:
    """The part that holds a document's rows: 0 to ``N_PARTS - 1``, the same for all times and machines."""
    return int.from_bytes(hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).digest()[:8], "big") % N_PARTS


def encode(table: pa.Table) -> bytes:
    """As Parquet; equal tables give equal bytes, whatever the chunks they were put together from."""
    sink = io.BytesIO()
    pq.write_table(table.combine_chunks(), sink, compression="zstd", version="2.6", row_group_size=1 << 18)
    return sink.getvalue()


def decode(table: str, data: bytes, columns: list[str] | None = None) -> pa.Table:
    """A part's rows, checked against the schema where all columns are read. Raises ``ValueError`` if it is damaged."""
    try:
        # without threads: a pool of them that has hardly begun aborts the process where it ends at once
        read = pq.ParquetFile(pa.BufferReader(data)).read(columns=columns, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"{table}: damaged Parquet file: {error}") from error
    return read if columns is not None else conform(table, upgrade(table, read))


class RunFolder:
    """The folder of one run."""

    def __init__(self, storage: Storage, run_id: str) -> None:
        self.run_id = run_id
        self._storage = storage
        self._folder = f"{RUNS}/{run_id}"

    def write_record(self, record: RunRecord) -> None:
        """Write ``run.json`` anew, and a copy before it: if either is cut off by a power cut, the other is whole."""
        data = record.to_json()
        self._storage.write(f"{self._folder}/{_COPY}", data)
        self._storage.write(f"{self._folder}/{_RECORD}", data)

    def read_record(self) -> RunRecord | None:
        """``run.json`` or its copy, or ``None`` where both are missing or damaged."""
        for name in (_RECORD, _COPY):
            try:
                return RunRecord.from_json(self._storage.read(f"{self._folder}/{name}"))
            except (FileNotFoundError, ValueError, TypeError, KeyError):
                continue
        return None

    def write_batch(
        self,
        number: int,
        tables: Mapping[str, pa.Table],
        documents: list[DocumentRecord],
        failures: list[FailureRecord],
        *,
        fingerprint: str,
        seconds: float = 0.0,
    ) -> BatchRecord:
        """Write the parts of a batch, then its record. Raises ``StorageError``."""
        files: dict[str, FileRecord] = {}
        for table in DOCUMENT_TABLES:
            data = encode(conform(table, tables[table]))
            self._storage.write(self._part(table, number), data)
            files[table] = FileRecord(len(data), hashlib.sha256(data).hexdigest(), tables[table].num_rows)
        record = BatchRecord(number, fingerprint, documents, failures, files, seconds)
        self._storage.write(self._batch(number), record.to_json())
        return record

    def batches(self, *, deep: bool = False) -> list[BatchRecord]:
        """The records of the whole batches, by number: all files there, of the recorded size (``deep``: hash)."""
        numbers = [int(name[:-5]) for name in self._storage.names(f"{self._folder}/batches") if name.endswith(".json")]
        records = (self._read_batch(number) for number in sorted(numbers))
        return [record for record in records if record is not None and self._is_whole(record, deep)]

    def next_number(self) -> int:
        """A batch number that no file of this run carries yet."""
        numbers = [-1]
        for table in DOCUMENT_TABLES:
            for name in self._storage.names(f"{self._folder}/{table}"):
                found = re.fullmatch(r"part-(\d+)\.parquet", name)
                numbers.append(int(found[1]) if found else -1)
        return max(numbers) + 1

    def read(self, number: int, table: str, columns: list[str] | None = None) -> pa.Table:
        """A batch's rows of a table. Raises ``HistoryError`` if the part is gone or damaged."""
        name = self._part(table, number)
        try:
            return decode(table, self._storage.read(name), columns)
        except (FileNotFoundError, ValueError) as error:
            raise HistoryError(
                f"{self._storage.url}/{name} is gone or damaged ({error}); `extract run --force` makes all rows anew"
            ) from error

    def _part(self, table: str, number: int) -> str:
        return f"{self._folder}/{table}/part-{number:04d}.parquet"

    def _batch(self, number: int) -> str:
        return f"{self._folder}/batches/{number:04d}.json"

    def _read_batch(self, number: int) -> BatchRecord | None:
        try:
            return BatchRecord.from_json(self._storage.read(self._batch(number)))
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None

    def _is_whole(self, record: BatchRecord, deep: bool) -> bool:
        for table in DOCUMENT_TABLES:
            name, recorded = self._part(table, record.number), record.files.get(table)
            found = self._storage.stat(name)
            if recorded is None or found is None or found.size_bytes != recorded.size_bytes:
                return False
            if deep and hashlib.sha256(self._storage.read(name)).hexdigest() != recorded.sha256:
                return False
        return True


def run_ids(storage: Storage) -> list[str]:
    """The ids of all run folders, oldest first."""
    return [name for name in storage.names(RUNS) if RUN_ID.match(name)]


def base_ids(storage: Storage) -> list[str]:
    """The run ids that a base stands for (see ``extract.runs.prune``), oldest first; only whole bases."""
    found = []
    for name in storage.names(RUNS):
        if name.startswith("base-") and RUN_ID.match(name.removeprefix("base-")):
            record = RunFolder(storage, name).read_record()
            if record is not None and record.status == BASE:
                found.append(name.removeprefix("base-"))
    return found


class Manifest:
    """Size, token and hash of every current part: what damage and half-done publishing are told by."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._parts: dict[str, dict[str, str | int]] = {}
        self._staged: dict[str, tuple[Staged, str]] = {}
        self.run_id: str | None = None

    @classmethod
    def load(cls, storage: Storage) -> Manifest:
        """The manifest as it is; empty where it is missing or damaged (then every part is looked at)."""
        manifest = cls(storage)
        try:
            recorded = json.loads(storage.read(MANIFEST))
            manifest._parts, manifest.run_id = dict(recorded["parts"]), recorded["run_id"]
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            pass
        return manifest

    def save(self, run_id: str | None) -> None:
        """Write it, saying which run the parts are the state of."""
        self.run_id = run_id
        recorded = {"run_id": run_id, "parts": self._parts}
        self._storage.write(MANIFEST, (json.dumps(recorded, sort_keys=True, indent=1) + "\n").encode())

    def names(self) -> list[str]:
        return sorted(self._parts)

    def put(self, name: str, data: bytes) -> None:
        """Make a part ready to be put in place by ``swap``, unless it has these bytes already."""
        digest = hashlib.sha256(data).hexdigest()
        if not (self.is_intact(name) and self._parts[name]["sha256"] == digest):
            self._staged[name] = (self._storage.stage(name, data), digest)

    def read(self, name: str) -> bytes:
        """A part as it will be after the swap; ``FileNotFoundError`` if there is none."""
        staged = self._staged[name][0] if name in self._staged else None
        if staged is None or staged.ready == name:
            return self._storage.read(name)
        return Path(staged.ready).read_bytes()

    def swap(self, run_id: str | None) -> None:
        """Put all parts that are ready in place, one right after the other; then save which run they are the state of.

        The saving is the moment at which a run counts as finished for ``extract.read``.
        """
        staged, self._staged = self._staged, {}
        self._storage.put_staged([each for each, _ in staged.values()])
        for name, (_, digest) in staged.items():
            self._note(name, digest)
        self.save(run_id)

    def drop(self) -> None:
        """Leave the parts that are ready: the current ones stay."""
        for staged, _ in self._staged.values():
            staged.drop()
        self._staged.clear()

    def is_intact(self, name: str) -> bool:
        """Whether the part is what the manifest says: by size and token, or by hash where the token differs."""
        recorded, found = self._parts.get(name), self._storage.stat(name)
        if recorded is None or found is None or recorded["size_bytes"] != found.size_bytes:
            return False
        if recorded["token"] == found.token:
            return True
        if hashlib.sha256(self._storage.read(name)).hexdigest() != recorded["sha256"]:
            return False
        self._note(name, str(recorded["sha256"]))
        return True

    def verify(self, name: str) -> bool:
        """Whether the part's bytes have the recorded hash: what to ask after a crash."""
        try:
            return self.holds(name, self._storage.read(name))
        except FileNotFoundError:
            return False

    def holds(self, name: str, data: bytes) -> bool:
        """Whether these are the recorded bytes of a part."""
        recorded = self._parts.get(name)
        return recorded is not None and hashlib.sha256(data).hexdigest() == recorded["sha256"]

    def _note(self, name: str, digest: str) -> None:
        found = self._storage.stat(name)
        if found is not None:
            self._parts[name] = {"size_bytes": found.size_bytes, "token": found.token, "sha256": digest}


def part_name(table: str, part: int) -> str:
    """Where a current part lies."""
    return f"{table}/part-{part:02d}.parquet"


def read_part(manifest: Manifest, table: str, part: int, columns: list[str] | None = None) -> pa.Table:
    """A part as it will be after the swap; without rows where there is none. Raises ``ValueError`` if it is damaged."""
    try:
        return decode(table, manifest.read(part_name(table, part)), columns)
    except FileNotFoundError:
        return empty(table) if columns is None else empty(table).select(columns)


def merge(table: str, old: pa.Table, drop: Iterable[str], new: Iterable[pa.Table]) -> pa.Table:
    """The rows of a part after a run: without the dropped documents, with the new rows, ordered by document.

    Rows of one document keep their order.
    """
    gone = pa.array(sorted(drop), type=pa.string())
    kept = old.filter(pc.invert(pc.is_in(old["doc_id"], value_set=gone))) if len(gone) else old
    return in_order(pa.concat_tables([kept, *new]))


def in_order(data: pa.Table) -> pa.Table:
    """Sorted by document; rows of one document keep their order."""
    position = pa.array(range(data.num_rows), type=pa.int64())
    keys = pa.table({"doc_id": data["doc_id"], "position": position})
    return data.take(pc.sort_indices(keys, sort_keys=[("doc_id", "ascending"), ("position", "ascending")]))


def only(data: pa.Table, doc_ids: Iterable[str]) -> pa.Table:
    """The rows of some documents."""
    return data.filter(pc.is_in(data["doc_id"], value_set=pa.array(sorted(doc_ids), type=pa.string())))


def failures_of(run_id: str, batches: Iterable[BatchRecord]) -> list[dict[str, str]]:
    """The rows of the table ``failures`` that a run gives."""
    rows = [
        {"run_id": run_id, **{k: v for k, v in asdict(f).items() if k in ("doc_id", "stage", "error", "traceback")}}
        for batch in batches
        for f in batch.failures
    ]
    return sorted(rows, key=lambda row: row["doc_id"])
