"""The parent's side of the worker processes: who is idle, who hangs, who died, and what is tried again.

``WorkerPool.run`` blocks until its batch is done, so that a Prefect task (or any thread) can simply call it. Workers
are started when needed and kept. A worker that dies is replaced and its batch done again; a document in whose midst
workers died twice is recorded as failed. A worker that shows no life within a document's time limit is ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import IO, Any, Protocol

from extract.errors import StorageError, WorkerError
from extract.pipeline.documents import load_pipeline
from extract.work.batch import Batch, BatchResult, OnEvent, Setup, process_batch

# beyond a document's own time limit, before a worker is ended from outside: writing the batch's parts takes a while too
GRACE_S = 30.0
LOAD_LIMIT_S = 300.0
DEATHS_PER_DOCUMENT = 2
# deaths between documents (in loading, in writing) of one batch, after which something else is wrong
DEATHS_ELSEWHERE = 3
# a worker that has grown by this much is replaced after its batch: caches of rare words grow with what is read
GROWTH_LIMIT_BYTES = 1 << 30
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


class Runner(Protocol):
    """Whatever does batches."""

    def run(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        """Do one batch; blocks. Raises ``ExtractError`` if no batch can be done at all."""

    def close(self) -> None:
        """End what was started."""


class InProcess:
    """Does batches in this process: for notebooks, tests, and storages that other processes cannot see."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._nlp: Any = None
        self._lock = threading.Lock()

    def run(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        with self._lock:
            if self._nlp is None:
                self._nlp = load_pipeline(self._setup.model)
            return process_batch(self._setup, batch, self._nlp, on_event)

    def close(self) -> None:
        self._nlp = None


class _Died(Exception):
    """The worker process ended; ``doc_id`` is what it was at, ``hung`` that it was ended for showing no life."""

    def __init__(self, doc_id: str | None, message: str, *, hung: bool = False) -> None:
        super().__init__(message)
        self.doc_id = doc_id
        self.hung = hung


class WorkerPool:
    """Worker processes on this machine."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._lock = threading.Lock()
        self._closed = False

    def run(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        deaths: dict[str | None, int] = {}
        while True:
            worker = self._take()
            try:
                result = worker.do(batch, on_event)
            except _Died as death:
                self._drop(worker)
                batch = _after_death(batch, death, deaths)
            except BaseException:
                self._drop(worker)
                raise
            else:
                self._give(worker)
                return result

    def pids(self) -> list[int]:
        """The process ids of the workers that live."""
        return [worker.pid for worker in self._all if worker.is_alive]

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers, self._all, self._idle = self._all, [], []
        for worker in workers:
            worker.end()

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
        return self._start()

    def _start(self) -> _Worker:
        worker = _Worker(self._setup)
        with self._lock:
            if self._closed:
                worker.end()
                raise WorkerError("the run was stopped")
            self._all.append(worker)
        return worker

    def _give(self, worker: _Worker) -> None:
        if worker.grown_bytes > GROWTH_LIMIT_BYTES:
            self._drop(worker)
            return
        with self._lock:
            self._idle.append(worker)

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            if worker in self._all:
                self._all.remove(worker)
        worker.end()


def _after_death(batch: Batch, death: _Died, deaths: dict[str | None, int]) -> Batch:
    """The batch to try next: the document that ended its process too often is refused."""
    count = deaths[death.doc_id] = deaths.get(death.doc_id, 0) + 1
    if death.doc_id is None:
        if count >= DEATHS_ELSEWHERE:
            raise WorkerError(f"worker processes end before they can do anything: {death}")
        return batch
    if count < DEATHS_PER_DOCUMENT and not death.hung:
        return batch
    stage = "time limit" if death.hung else "process"
    documents = [replace(d, refused=(stage, str(death))) if d.doc_id == death.doc_id else d for d in batch.documents]
    return replace(batch, documents=documents)


class _Worker:
    """One process. Not shared between threads while it does a batch."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed in end)
        self._buffer = b""
        self._is_ready = False
        self._first_bytes = 0
        self.grown_bytes = 0
        environment = os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONHASHSEED": "0", "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "extract.work.worker", str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._pipe(self._process.stdout), selectors.EVENT_READ)
        self._send(json.dumps(asdict(setup)))

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def do(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        """Send a batch and follow it to its end. Raises ``_Died``."""
        self._become_ready()
        self._send(batch.to_json())
        current: str | None = None
        while True:
            message = self._next(self._setup.time_limit_s + GRACE_S, current)
            event = message["event"]
            if event == "batch":
                self._note_memory(message["resident_bytes"])
                return BatchResult(**message["result"])
            if event == "storage":
                raise StorageError(message["error"])
            current = message["doc_id"] if event == "start" else None
            on_event(event, message["doc_id"])

    def end(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._selector.close()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()

    def _become_ready(self) -> None:
        if self._is_ready:
            return
        message = self._next(LOAD_LIMIT_S, None)
        if message["event"] == "fatal":
            raise WorkerError(message["error"])
        self._is_ready = True

    def _note_memory(self, resident_bytes: int) -> None:
        self._first_bytes = self._first_bytes or resident_bytes
        self.grown_bytes = resident_bytes - self._first_bytes

    def _send(self, line: str) -> None:
        with contextlib.suppress(OSError):  # a dead worker: the next reading tells
            stream = self._pipe(self._process.stdin)
            stream.write(line.encode("ascii") + b"\n")
            stream.flush()

    def _next(self, limit_s: float, current: str | None) -> dict[str, Any]:
        """The next line that the worker says, within a time limit."""
        give_up = time.monotonic() + limit_s
        while b"\n" not in self._buffer:
            if not self._selector.select(max(0.0, give_up - time.monotonic())):
                raise _Died(current, f"no sign of life for {limit_s:g} s: the process was ended", hung=True)
            chunk = os.read(self._pipe(self._process.stdout).fileno(), 1 << 16)
            if not chunk:
                raise _Died(current, self._last_words())
            self._buffer += chunk
        line, self._buffer = self._buffer.split(b"\n", 1)
        message: dict[str, Any] = json.loads(line)
        return message

    def _last_words(self) -> str:
        code = self._process.wait()
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        self._errors.seek(0)
        lines = self._errors.read()[-2000:].decode("utf-8", "replace").strip().split("\n")
        return f"the worker process ended ({how})" + (f": {lines[-1]}" if lines[-1] else "")

    @staticmethod
    def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None
        return stream


def make_runner(setup: Setup, workers: int) -> Runner:
    """Worker processes, or (0) this process itself."""
    return WorkerPool(setup) if workers else InProcess(setup)


# for tasks that land in processes which know nothing but the setup (Dask workers): one pool for each setup
_HERE: dict[Setup, WorkerPool] = {}
_HERE_LOCK = threading.Lock()


def run_here(setup: Setup, batch: Batch, on_event: Callable[[str, str], None]) -> BatchResult:
    """Do a batch in a worker process of this machine, started when first asked and kept."""
    with _HERE_LOCK:
        pool = _HERE.setdefault(setup, WorkerPool(setup))
    return pool.run(batch, on_event)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
