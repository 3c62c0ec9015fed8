"""What a run has to do, and why: made from file checks, hashes and the index, before spaCy or Prefect is imported.

The index (``.extract/index.parquet``) is a cache of what the runs' own records say, with the size and time of each
file beside it, so that an unchanged file is not read again. Lost or damaged, it is made anew from the history.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.ingest.files import Source
from extract.ingest.sources import Sources, given_hash, hash_source
from extract.store.history import History, last_words
from extract.store.storage import Storage

INDEX = ".extract/index.parquet"
SET_ASIDE_AFTER = 3
# A file changed within this time before it was looked at may change again without its time stamp showing it.
RACY_NS = 2_000_000_000
_HASH_THREADS = 8

NEW, TEXT, GIVEN, PIPELINE, FORCED, RETRY = (
    "new",
    "text changed",
    "metadata changed",
    "pipeline changed",
    "forced",
    "failed before",
)
UNCHANGED, SET_ASIDE, REMOVED = "unchanged", "set aside", "removed"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document: the file as last seen, what its rows were made from, how it failed since."""

    doc_id: str
    size_bytes: int = -1
    token: str = ""
    checked_ns: int = 0
    sha256: str = ""
    rows_sha256: str = ""
    rows_given: str = ""
    rows_fingerprint: str = ""
    fails: int = 0
    fail_sha256: str = ""
    fail_given: str = ""
    fail_fingerprint: str = ""
    fail_error: str = ""


_INDEX_SCHEMA = pa.schema(
    [(f.name, pa.int64() if f.name in ("size_bytes", "checked_ns", "fails") else pa.string()) for f in fields(Known)]
)

_VALUES = attrgetter(*_INDEX_SCHEMA.names)


@dataclass(frozen=True, slots=True)
class Todo:
    """A document to be processed. ``given`` is its line in metadata.csv, ``why`` one of the reasons above."""

    source: Source
    sha256: str
    given: dict[str, Any]
    why: str


@dataclass
class Plan:
    """What is to be done; ``known`` is the index as it is to be saved when there is nothing to do."""

    todo: list[Todo] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    set_aside: list[Known] = field(default_factory=list)
    n_seen: int = 0
    n_unchanged: int = 0
    ignored: list[tuple[str, str]] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    known_changed: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.todo and not self.removed

    def reasons(self) -> dict[str, int]:
        """How many documents for each reason, those without any left out."""
        counts: dict[str, int] = {}
        for todo in self.todo:
            counts[todo.why] = counts.get(todo.why, 0) + 1
        more = {REMOVED: len(self.removed), SET_ASIDE: len(self.set_aside), UNCHANGED: self.n_unchanged}
        return counts | {reason: count for reason, count in more.items() if count}

    def summary(self) -> str:
        """The same in words: ``37 new, 3 text changed``."""
        return ", ".join(f"{count} {reason}" for reason, count in self.reasons().items())


def make_plan(
    sources: Sources,
    known: Mapping[str, Known],
    fingerprint: str,
    *,
    force: bool = False,
    retry: bool = False,
    hasher: Callable[[Source], str] = hash_source,
) -> Plan:
    """Compare what is there with what is known. Files whose size and time are as before are not read."""
    plan = Plan(n_seen=len(sources.documents), ignored=sources.ignored)
    now_ns = time.time_ns()
    to_hash = [s for s in sources.documents if not _is_same_file(s, known.get(s.doc_id))]
    with ThreadPoolExecutor(_HASH_THREADS) as threads:
        hashes = dict(zip((s.doc_id for s in to_hash), threads.map(hasher, to_hash), strict=True))
    for source in sources.documents:
        before = known.get(source.doc_id, Known(source.doc_id))
        if source.doc_id in hashes:
            digest = hashes[source.doc_id]
            seen = replace(before, size_bytes=source.size_bytes, token=source.token, checked_ns=now_ns, sha256=digest)
            plan.known_changed = True
        else:
            seen = before
        plan.known[source.doc_id] = seen
        todo = Todo(source, seen.sha256, sources.given.get(source.doc_id) or {}, "")
        _judge(plan, todo, seen, fingerprint, force=force, retry=retry)
    gone = known.keys() - plan.known.keys()
    plan.removed = sorted(doc_id for doc_id in gone if known[doc_id].rows_sha256)
    plan.known_changed |= bool(gone)
    return plan


def _is_same_file(source: Source, known: Known | None) -> bool:
    if known is None or not known.sha256 or not source.token:
        return False
    if (source.size_bytes, source.token) != (known.size_bytes, known.token):
        return False
    return not source.token.isdecimal() or int(source.token) < known.checked_ns - RACY_NS


def _judge(plan: Plan, todo: Todo, known: Known, fingerprint: str, *, force: bool, retry: bool) -> None:
    made_from = (known.sha256, given_hash(todo.given), fingerprint)
    why = _reason(known, made_from, force)
    if why == UNCHANGED:
        plan.n_unchanged += 1
    elif why == SET_ASIDE and not retry:
        plan.set_aside.append(known)
    else:
        plan.todo.append(replace(todo, why=RETRY if why == SET_ASIDE else why))


def _reason(known: Known, made_from: tuple[str, str, str], force: bool) -> str:
    has_failed = known.fails and (known.fail_sha256, known.fail_given, known.fail_fingerprint) == made_from
    if force:
        return FORCED if known.rows_sha256 else NEW
    if has_failed:
        return SET_ASIDE if known.fails >= SET_ASIDE_AFTER else RETRY
    if not known.rows_sha256:
        return NEW
    before = (known.rows_sha256, known.rows_given, known.rows_fingerprint)
    reasons = (TEXT, GIVEN, PIPELINE)
    return next((why for why, a, b in zip(reasons, before, made_from, strict=True) if a != b), UNCHANGED)


def save_index(storage: Storage, known: Iterable[Known], run_id: str | None) -> None:
    """Write the index, saying the state of which run it is."""
    rows = sorted(known, key=lambda k: k.doc_id)
    columns = zip(*map(_VALUES, rows), strict=True) if rows else [[] for _ in _INDEX_SCHEMA]
    arrays = [pa.array(list(values), type=f.type) for values, f in zip(columns, _INDEX_SCHEMA, strict=True)]
    table = pa.Table.from_arrays(arrays, schema=_INDEX_SCHEMA.with_metadata({"run_id": run_id or ""}))
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    storage.write(INDEX, sink.getvalue())


def load_index(storage: Storage, run_id: str | None) -> dict[str, Known] | None:
    """The index, or ``None`` where it is missing, damaged, or the state of another run than ``run_id``."""
    try:
        # without threads, as in ``store.parts.decode``
        table = pq.ParquetFile(pa.BufferReader(storage.read(INDEX))).read(use_threads=False)
    except (FileNotFoundError, pa.ArrowException, OSError):
        return None
    if (
        table.schema.names != _INDEX_SCHEMA.names
        or (table.schema.metadata or {}).get(b"run_id") != (run_id or "").encode()
    ):
        return None
    columns = [column.to_pylist() for column in table.columns]
    return {values[0]: Known(*values) for values in zip(*columns, strict=True)}


def rebuild_index(history: History) -> dict[str, Known]:
    """The index from the runs' records alone: no file times, so every file is read once again."""
    known: dict[str, Known] = {}
    for doc_id, place in history.state().items():
        made = place.document
        known[doc_id] = Known(
            doc_id, rows_sha256=made.sha256, rows_given=made.given, rows_fingerprint=place.fingerprint
        )
    for record in history.published:
        known = after_batches(known, last_words(history.batches(record.run_id)), rows_too=False)
    return known


def after_batches(known: Mapping[str, Known], batches: Iterable[Any], *, rows_too: bool = True) -> dict[str, Known]:
    """The index after the batches of a run: rows where a document was done, one more failure where it failed."""
    result = dict(known)
    for batch in batches:
        for done in batch.documents:
            before = result.get(done.doc_id)
            if before is None and not rows_too:
                continue
            after = replace(before or Known(done.doc_id), fails=0, fail_sha256="", fail_error="")
            if rows_too:
                after = replace(
                    after, rows_sha256=done.sha256, rows_given=done.given, rows_fingerprint=batch.fingerprint
                )
            result[done.doc_id] = after
        for failed in batch.failures:
            before = result.get(failed.doc_id, Known(failed.doc_id))
            made_from = (failed.sha256, failed.given, batch.fingerprint)
            again = before.fails and (before.fail_sha256, before.fail_given, before.fail_fingerprint) == made_from
            result[failed.doc_id] = replace(
                before,
                fails=before.fails + 1 if again else 1,
                fail_sha256=failed.sha256,
                fail_given=failed.given,
                fail_fingerprint=batch.fingerprint,
                fail_error=f"{failed.stage}: {failed.error}",
            )
    return result
