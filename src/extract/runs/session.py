"""A run, from the lock to the published tables. Knows nothing of spaCy or Prefect.

``Session`` takes the lock, repairs what a killed run left, makes the plan, and hands out batches; whoever drives it
(the Prefect flow, a test) has each batch done and then calls ``finish``. A run that was killed is gone on with under
its own id: its whole batches are used.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from extract.errors import OutputFolderError
from extract.ingest.files import Source
from extract.ingest.places import is_url
from extract.ingest.sources import find_sources, given_hash, local_path
from extract.runs.fingerprint import Fingerprint, HashCache, changed_parts, fingerprint
from extract.runs.plan import (
    TEXT,
    Known,
    Plan,
    Todo,
    after_batches,
    load_index,
    make_plan,
    rebuild_index,
    save_index,
)
from extract.store.history import History, last_words
from extract.store.lock import RunLock
from extract.store.parts import Manifest, RunFolder, part_of
from extract.store.publish import Publisher
from extract.store.records import (
    ABANDONED,
    COMPLETE,
    FAILURES,
    PUBLISHING,
    RUNNING,
    BatchRecord,
    FailureRecord,
    RunRecord,
)
from extract.store.storage import Storage, open_storage
from extract.tables.schema import DOCUMENT_TABLES, TABLES
from extract.work.batch import MEMORY_LIMIT_MB, TIME_LIMIT_S, Batch, BatchDocument, Setup

HASHES = ".extract/hashes.json"
# A batch is a task: big enough that starting it weighs little, small enough that a kill loses little (10 s of work).
MAX_BATCH_BYTES = 500_000
MIN_BATCH_BYTES = 20_000
MAX_BATCH_DOCUMENTS = 250
BATCHES_A_WORKER = 4


@dataclass(frozen=True)
class Options:
    """What a run is asked for; times in seconds, memory in megabytes. ``workers`` 0: in this process."""

    raw: str
    out: str
    model: str | None = None
    workers: int = 1
    force: bool = False
    retry: bool = False
    trigger: str = "library"
    time_limit_s: float = TIME_LIMIT_S
    memory_limit_mb: float = MEMORY_LIMIT_MB
    wait_s: float = 0.0


@dataclass
class Repair:
    """What was put right before the plan was made."""

    stale_owner: str | None = None
    finished_run: str | None = None
    parts: list[str] = field(default_factory=list)


class Session:
    """One run on one output folder. Use as a context manager: the lock is held inside.

    ``plan`` is there from the start; ``begin`` gives the batches to do; ``finish`` publishes. A ``dry`` session only
    plans: it takes no lock and writes nothing.
    """

    def __init__(self, options: Options, *, dry: bool = False) -> None:
        self.options = options
        self._dry = dry
        self.started = time.perf_counter()
        self.repair = Repair()
        self.timing_s: dict[str, float] = {}
        self._started_at = now()
        self._record: RunRecord | None = None
        self._adopted: list[BatchRecord] = []
        _check_places(options)
        self.storage: Storage = open_storage(options.out)
        self._lock = RunLock(self.storage, wait_s=options.wait_s)

    def __enter__(self) -> Session:
        # what makes no sense is refused before anything is written: not even the lock's folder
        self._sources = find_sources(self.options.raw)
        if self._dry:
            self._look()
            self.plan = self._make_plan()
            return self
        self._lock.acquire()
        try:
            self._look()
            self._repair()
            self.plan = self._make_plan()
        except BaseException:
            self._lock.release()
            raise
        self.timing_s["plan"] = time.perf_counter() - self.started
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """The pipeline's, with the hashes of big files kept from run to run."""
        cache = self._read_hashes()
        before = json.dumps(cache, sort_keys=True)
        made = fingerprint(self.options.model, cache)
        after = json.dumps(cache, sort_keys=True)
        if after != before and not self._dry:
            self.storage.write(HASHES, after.encode())
        return made

    def _read_hashes(self) -> HashCache:
        try:
            hashes = json.loads(self.storage.read(HASHES))
        except (FileNotFoundError, ValueError):
            return {}
        return hashes if isinstance(hashes, dict) else {}

    def _look(self) -> None:
        self.manifest = Manifest.load(self.storage)
        self.history = History(self.storage)
        self._was_damaged = False

    def _repair(self) -> None:
        """Put right what a killed run, a full disk or a damaged file left."""
        for folder in (*TABLES, ".extract", ""):
            self.storage.clean(folder)
        stale = self._lock.stale_owner
        self.repair.stale_owner = stale.described() if stale else None
        publisher = Publisher(self.storage, self.manifest)
        if not self.manifest.names():
            publisher.repair_all(self.history)
        for record in [r for r in self.history.folders if r.status == PUBLISHING]:
            self._publish(record)
            self.repair.finished_run = record.run_id
        damaged = publisher.damaged(deep=stale is not None)
        if damaged:
            publisher.repair(self.history, damaged)
            self.repair.parts = damaged
        self._was_damaged = bool(damaged) or stale is not None

    def _make_plan(self) -> Plan:
        readable = self.history.readable_ids()
        index = None if self._was_damaged else load_index(self.storage, readable[-1] if readable else None)
        self._is_index_saved = index is not None
        self.known = rebuild_index(self.history) if index is None else index
        asked = self.options
        plan = make_plan(self._sources, self.known, self.fingerprint.value, force=asked.force, retry=asked.retry)
        self._broken = self._find_broken()
        if self._broken is not None and not plan.is_empty:
            self._adopt(self._broken, plan)
        return plan

    def _find_broken(self) -> RunRecord | None:
        """The run that was killed and can be gone on with; older ones, and those of another pipeline, are given up."""
        broken = [record for record in self.history.folders if record.status == RUNNING]
        usable = [r for r in broken if r.fingerprint == self.fingerprint.value and r.raw == self._raw()]
        latest = usable[-1] if usable and usable[-1].run_id > (self.manifest.run_id or "") else None
        self._given_up = [record for record in broken if record is not latest]
        return latest

    def _adopt(self, broken: RunRecord, plan: Plan) -> None:
        """Take what the broken run did off the list; what it did from other bytes goes (back) on the list."""
        folder = RunFolder(self.storage, broken.run_id)
        self.storage.clean(f"runs/{broken.run_id}")
        self._adopted = last_words(folder.batches(deep=True))
        current = {doc_id: (known.sha256, self._given_hash(doc_id)) for doc_id, known in plan.known.items()}
        done = {d.doc_id: (d.sha256, d.given) for batch in self._adopted for d in batch.documents}
        done |= {f.doc_id: (f.sha256, f.given) for batch in self._adopted for f in batch.failures}
        plan.todo = [todo for todo in plan.todo if done.get(todo.source.doc_id) != current[todo.source.doc_id]]
        waiting = {todo.source.doc_id for todo in plan.todo}
        by_id = {source.doc_id: source for source in self._sources.documents}
        for doc_id, made_from in done.items():
            if doc_id in current and made_from != current[doc_id] and doc_id not in waiting:
                plan.todo.append(self._todo_again(by_id[doc_id]))
                plan.n_unchanged -= 1

    def _todo_again(self, source: Source) -> Todo:
        known = self.plan_known(source.doc_id)
        return Todo(source, known.sha256, self._sources.given.get(source.doc_id, {}), TEXT)

    def plan_known(self, doc_id: str) -> Known:
        """What is known of a document."""
        return self.known.get(doc_id, Known(doc_id))

    def _given_hash(self, doc_id: str) -> str:
        return given_hash(self._sources.given.get(doc_id))

    def _raw(self) -> str:
        raw = self.options.raw
        return raw if is_url(raw) else str(Path(raw).resolve())

    @property
    def is_nothing_to_do(self) -> bool:
        """No document to process, none to remove, nothing of a broken run to publish."""
        return self.plan.is_empty and not self._adopted

    @property
    def goes_on(self) -> tuple[str, int] | None:
        """The interrupted run that this one is the rest of, and how many documents it was through with."""
        if self._broken is None:
            return None
        return self._broken.run_id, sum(len(batch.documents) + len(batch.failures) for batch in self._adopted)

    def keep_checks(self) -> None:
        """With nothing to do: remember what was looked at, so that it need not be read again. Tables stay untouched."""
        self._give_up()
        if self.plan.known_changed or not self._is_index_saved:
            save_index(self.storage, self.plan.known.values(), self.manifest.run_id)

    def _give_up(self) -> None:
        broken = [self._broken] if self._broken is not None and self.is_nothing_to_do else []
        for record in (*self._given_up, *broken):
            record.status = ABANDONED
            RunFolder(self.storage, record.run_id).write_record(record)

    def begin(self) -> list[Batch]:
        """Record that the run has begun; the batches to do."""
        self._give_up()
        self._record = self._continued() if self._broken is not None else self._new_record()
        folder = RunFolder(self.storage, self._record.run_id)
        folder.write_record(self._record)
        return make_batches(self.plan.todo, folder.next_number(), max(1, self.options.workers))

    @property
    def record(self) -> RunRecord:
        """The run's record; there after ``begin``."""
        assert self._record is not None
        return self._record

    @property
    def setup(self) -> Setup:
        """What the workers need to know; there after ``begin``."""
        record, options = self.record, self.options
        return Setup(
            out=self.storage.url,
            run_id=record.run_id,
            started_at=record.started_at,
            pipeline_version=record.pipeline_version,
            fingerprint=record.fingerprint,
            model=_absolute_model(options.model),
            time_limit_s=options.time_limit_s,
            memory_limit_mb=options.memory_limit_mb,
        )

    def _continued(self) -> RunRecord:
        assert self._broken is not None
        self._broken.resumed += 1
        return self._broken

    def _new_record(self) -> RunRecord:
        options = {k: v for k, v in asdict(self.options).items() if k not in ("raw", "out", "trigger")}
        known = [record.run_id for record in self.history.folders]
        run_id = new_run_id(self._started_at, [*known, *self.history.readable_ids()])
        # a folder without a record is what a run left that was killed before its first word
        self.storage.remove(f"runs/{run_id}")
        return RunRecord(
            run_id=run_id,
            status=RUNNING,
            started_at=self._started_at.isoformat(),
            trigger=self.options.trigger,
            pipeline_version=self.fingerprint.pipeline_version,
            fingerprint=self.fingerprint.value,
            fingerprint_parts=self.fingerprint.parts,
            raw=self._raw(),
            options=options,
        )

    def finish(self, timing_s: dict[str, float] | None = None) -> RunRecord:
        """All batches are done: count, publish, record. Raises ``StorageError``; the next run then finishes."""
        started = time.perf_counter()
        record = self.record
        batches = last_words(RunFolder(self.storage, record.run_id).batches())
        self._count(record, batches)
        record.status = PUBLISHING
        record.timing_s = {k: round(v, 3) for k, v in {**self.timing_s, **(timing_s or {})}.items()}
        RunFolder(self.storage, record.run_id).write_record(record)
        self.history = History(self.storage)
        self._publish(record, publish_started=started)
        return record

    def _count(self, record: RunRecord, batches: list[BatchRecord]) -> None:
        seen = self.plan.known.keys()
        done = {d.doc_id for batch in batches for d in batch.documents if d.doc_id in seen}
        failed = {f.doc_id for batch in batches for f in batch.failures if f.doc_id in seen}
        gone = {d.doc_id for batch in batches for d in batch.documents} - seen
        n_new = sum(not self.plan_known(doc_id).rows_sha256 for doc_id in done)
        counts = {
            "n_seen": self.plan.n_seen,
            "n_new": n_new,
            "n_changed": len(done) - n_new,
            "n_unchanged": self.plan.n_unchanged + len(self.plan.set_aside),
            "n_removed": len(self.plan.removed),
            "n_failed": len(failed),
            "n_unread": len(self.plan.ignored),
        }
        accounted = sum(counts[name] for name in ("n_new", "n_changed", "n_unchanged", "n_failed"))
        if accounted != counts["n_seen"]:
            raise AssertionError(f"{counts['n_seen']} documents went in, {accounted} are accounted for: {counts}")
        record.counts = counts
        record.removed = sorted({*self.plan.removed, *gone})
        record.failed = sorted(failed)
        record.set_aside = sorted(known.doc_id for known in self.plan.set_aside)

    def _publish(self, record: RunRecord, publish_started: float | None = None) -> None:
        started = publish_started if publish_started is not None else time.perf_counter()
        publisher = Publisher(self.storage, self.manifest)
        try:
            publisher.publish(record, self.history)
            record.status = FAILURES if record.counts.get("n_failed") else COMPLETE
            finished = now()
            record.finished_at = finished.isoformat()
            record.seconds = round(max(0.0, (finished - record.started).total_seconds()), 3)
            publisher.publish_records(self.history, record)
            self.manifest.swap(record.run_id)
        except BaseException:
            self.manifest.drop()
            raise
        if publish_started is not None:
            gone = set(record.removed)
            known = {doc_id: k for doc_id, k in self.plan.known.items() if doc_id not in gone}
            batches = last_words(self.history.batches(record.run_id))
            save_index(self.storage, after_batches(known, batches).values(), record.run_id)
        record.timing_s["publish"] = round(time.perf_counter() - started, 3)
        RunFolder(self.storage, record.run_id).write_record(record)

    @property
    def elapsed_s(self) -> float:
        """Wall-clock seconds since the session was made."""
        return time.perf_counter() - self.started

    def documents(self) -> list[BatchDocument]:
        """The documents to be done, in the order of the plan."""
        return [_batch_document(todo) for todo in self.plan.todo]

    def changed_pipeline_parts(self) -> list[str]:
        """Which parts of the pipeline differ from the last run's: code, lexicons, model, versions."""
        published = self.history.published
        return changed_parts(published[-1].fingerprint_parts, self.fingerprint.parts) if published else []

    def failures(self) -> list[FailureRecord]:
        """What could not be processed in this run, by ``doc_id``."""
        batches = last_words(RunFolder(self.storage, self.record.run_id).batches())
        return sorted((f for batch in batches for f in batch.failures), key=lambda failure: failure.doc_id)

    def languages(self) -> set[str]:
        """BCP 47 tags of the languages found in the documents of this run."""
        folder = RunFolder(self.storage, self.record.run_id)
        parts = (folder.read(batch.number, "documents", ["languages"]) for batch in last_words(folder.batches()))
        return {tag for part in parts for tags in part["languages"].to_pylist() for tag in tags}

    def table_rows(self) -> dict[str, int]:
        """Rows that this run made, by table."""
        batches = last_words(RunFolder(self.storage, self.record.run_id).batches())
        return {table: sum(batch.files[table].rows for batch in batches) for table in DOCUMENT_TABLES}


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def new_run_id(started_at: datetime, known: list[str]) -> str:
    """An id that sorts after all known ones: the time to the second, and a number where that is taken."""
    wanted = started_at.strftime("%Y%m%dT%H%M%SZ")
    latest = max(known, default="")
    if wanted > latest:
        return wanted
    stem, _, count = latest.partition("-")
    return f"{stem}-{int(count or 1) + 1:02d}"


def make_batches(todo: list[Todo], first_number: int, workers: int) -> list[Batch]:
    """Batches of about equal size; documents of one published part together, so that publishing reads each once."""
    ordered = sorted(todo, key=lambda t: (part_of(t.source.doc_id), t.source.doc_id))
    total = sum(t.source.size_bytes for t in ordered)
    target = min(MAX_BATCH_BYTES, max(MIN_BATCH_BYTES, total // (workers * BATCHES_A_WORKER)))
    groups: list[list[Todo]] = []
    size = 0
    for item in ordered:
        is_full = not groups or size + item.source.size_bytes > target or len(groups[-1]) >= MAX_BATCH_DOCUMENTS
        if is_full:
            groups.append([])
            size = 0
        groups[-1].append(item)
        size += item.source.size_bytes
    return [Batch(first_number + i, [_batch_document(t) for t in group]) for i, group in enumerate(groups)]


def _batch_document(todo: Todo) -> BatchDocument:
    source = todo.source
    return BatchDocument(
        doc_id=source.doc_id,
        place=source.place,
        sha256=todo.sha256,
        given=todo.given,
        given_hash=given_hash(todo.given),
        why=todo.why,
        problem=source.problem,
    )


def _absolute_model(model: str | None) -> str | None:
    """A model's folder as workers elsewhere on the machine find it; a name stays a name."""
    return str(Path(model).resolve()) if model and Path(model).is_dir() else model


def _check_places(options: Options) -> None:
    """The tables must not land among the raw documents."""
    if any(is_url(place) and not place.startswith("file://") for place in (options.raw, options.out)):
        return
    raw, out = local_path(options.raw).resolve(), local_path(options.out).resolve()
    if out == raw or out.is_relative_to(raw):
        raise OutputFolderError(f"output folder {str(out)!r} lies in the raw folder {str(raw)!r}; give another --out")
