"""One batch of documents: read, run through the pipeline, written as parts of the run.

A document that fails costs only itself: its error is recorded, the others go on. What is returned is small (counts);
the rows are in the files.
"""

from __future__ import annotations

import gc
import json
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from extract.errors import StorageError
from extract.ingest.errors import IngestError
from extract.ingest.read import read_document
from extract.pipeline.documents import to_doc
from extract.store.parts import RunFolder
from extract.store.records import DocumentRecord, FailureRecord, parse_time
from extract.store.storage import open_storage
from extract.tables.schema import DOCUMENT_TABLES, to_table
from extract.work.limits import Guard, MemoryLimitReached, TimeLimitReached

if TYPE_CHECKING:
    from spacy.language import Language

TIME_LIMIT_S = 600.0
MEMORY_LIMIT_MB = 4096.0
# of a traceback, what is kept: the last lines say most
_TRACEBACK_CHARS = 20_000
# called with the event's name and the doc_id: "start", "done", "failed"
OnEvent = Callable[[str, str], None]


@dataclass(frozen=True)
class Setup:
    """What all batches of a run share; plain values, so that it crosses to other processes and machines."""

    out: str
    run_id: str
    started_at: str
    pipeline_version: str
    fingerprint: str
    model: str | None = None
    time_limit_s: float = TIME_LIMIT_S
    memory_limit_mb: float = MEMORY_LIMIT_MB

    @property
    def processed_at(self) -> datetime:
        return parse_time(self.started_at)


@dataclass(frozen=True)
class BatchDocument:
    """A document to do. ``refused`` (stage and error) says that it is not to be tried: it ended its process before."""

    doc_id: str
    place: str
    sha256: str
    given: dict[str, Any]
    given_hash: str
    why: str
    problem: str = ""
    refused: tuple[str, str] | None = None


@dataclass(frozen=True)
class Batch:
    """Some documents of a run; ``number`` names the parts that their rows go to."""

    number: int
    documents: list[BatchDocument]

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Batch:
        data = json.loads(text)
        documents = [
            BatchDocument(**{**d, "refused": tuple(d["refused"]) if d["refused"] else None}) for d in data["documents"]
        ]
        return cls(data["number"], documents)


@dataclass(frozen=True)
class BatchResult:
    """What a batch did: counts and seconds, no rows."""

    number: int
    n_done: int
    n_failed: int
    seconds: float
    pipeline_s: float
    failed: list[str] = field(default_factory=list)


def process_batch(setup: Setup, batch: Batch, nlp: Language, on_event: OnEvent) -> BatchResult:
    """Do a batch and write its parts. Raises ``StorageError`` if they cannot be written."""
    started = time.perf_counter()
    done: list[_Done] = []
    failures: list[FailureRecord] = []
    for document in batch.documents:
        on_event("start", document.doc_id)
        outcome = _Attempt(setup, document, nlp).run()
        if isinstance(outcome, FailureRecord):
            failures.append(outcome)
        else:
            done.append(outcome)
        on_event("failed" if isinstance(outcome, FailureRecord) else "done", document.doc_id)
    pipeline_s = time.perf_counter() - started
    tables, done = _checked_tables(done, failures)
    RunFolder(open_storage(setup.out), setup.run_id).write_batch(
        batch.number,
        tables,
        [each.record for each in done],
        failures,
        fingerprint=setup.fingerprint,
        seconds=round(pipeline_s, 3),
    )
    seconds = time.perf_counter() - started
    return BatchResult(batch.number, len(done), len(failures), seconds, pipeline_s, [f.doc_id for f in failures])


@dataclass(frozen=True)
class _Done:
    """A document's rows, by table."""

    record: DocumentRecord
    rows: dict[str, list[dict[str, Any]]]


def _checked_tables(done: list[_Done], failures: list[FailureRecord]) -> tuple[dict[str, pa.Table], list[_Done]]:
    """All rows as tables of the declared schemas; a document whose rows break them becomes a failure.

    The batch is checked as a whole, as that is ten times quicker, and document by document only if it does not pass.
    """
    try:
        return _tables(done), done
    except ValueError:
        passed = []
        for each in done:
            try:
                _tables([each])
                passed.append(each)
            except ValueError as error:
                record = each.record
                problem = f"ValueError: {_one_line(str(error))}"
                made_from = (record.doc_id, record.sha256, record.given, record.why)
                failures.append(FailureRecord(*made_from, "rows", problem, _trace(error)))
        return _tables(passed), passed


def _tables(done: list[_Done]) -> dict[str, pa.Table]:
    return {table: to_table(table, (row for each in done for row in each.rows[table])) for table in DOCUMENT_TABLES}


class _Attempt:
    """One document through reading, pipeline and rows; ``stage`` tells how far it came."""

    def __init__(self, setup: Setup, document: BatchDocument, nlp: Language) -> None:
        self._setup = setup
        self._document = document
        self._nlp = nlp
        self._stage = "read"
        self._sha256 = document.sha256

    def run(self) -> _Done | FailureRecord:
        if self._document.refused:
            return self._failure(*self._document.refused, "")
        limits = self._setup
        try:
            with Guard(time_limit_s=limits.time_limit_s, memory_limit_mb=limits.memory_limit_mb):
                return self._try()
        except TimeLimitReached as error:
            return self._failure("time limit", f"{error}, in the stage {self._stage!r}", _trace(error))
        except (MemoryLimitReached, MemoryError) as error:
            problem = str(error) or "out of memory"
            trace = _trace(error)
            del error
            gc.collect()
            return self._failure("memory limit", f"{problem}, in the stage {self._stage!r}", trace)
        except IngestError as error:
            return self._failure(self._stage, str(error), _trace(error))
        except StorageError:
            raise
        except Exception as error:
            return self._failure(self._stage, f"{type(error).__name__}: {error}", _trace(error))

    def _try(self) -> _Done:
        from extract.tables.rows import Provenance, rows_of

        document, setup = self._document, self._setup
        read = read_document(document.doc_id, document.place, document.given, document.problem)
        self._sha256 = read.sha256
        self._stage = "pipeline"
        doc = to_doc(self._nlp, read)
        self._stage = "rows"
        made = Provenance(document.doc_id, read.sha256, setup.run_id, setup.pipeline_version, setup.processed_at)
        record = DocumentRecord(document.doc_id, read.sha256, document.given_hash, document.why)
        return _Done(record, rows_of(doc, made))

    def _failure(self, stage: str, error: str, trace: str) -> FailureRecord:
        document = self._document
        made_from = (document.doc_id, self._sha256, document.given_hash, document.why)
        return FailureRecord(*made_from, stage, _one_line(error), trace)


def _one_line(text: str) -> str:
    return " ".join(text.encode("utf-8", "backslashreplace").decode().split())


def _trace(error: BaseException) -> str:
    text = "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace").decode()
    return text[-_TRACEBACK_CHARS:]
