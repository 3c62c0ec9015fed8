"""Batches begun before they are asked for: workers wait neither for each other nor for Prefect and its server."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from extract.errors import StorageError
from extract.work.batch import Batch, BatchResult, OnEvent
from extract.work.pool import Runner

RETRY_AFTER_S = 1.0


class Ahead:
    """A runner that starts on all batches at once, ``workers`` at a time, and tells ``on_event`` of every document.

    A batch that failed is done again when it is asked for again, so that a task's retry is one.
    """

    def __init__(self, runner: Runner, batches: Sequence[Batch], workers: int, on_event: OnEvent) -> None:
        self._runner = runner
        self._on_event = on_event
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="ahead")
        self._futures: dict[int, Future[BatchResult]] = {batch.number: self._submit(batch) for batch in batches}

    def run(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        """The result of a batch; blocks until it is there. Events go to the listener given at the start."""
        with self._lock:
            future = self._futures.pop(batch.number, None) or self._submit(batch)
        return future.result()

    def results(self) -> Iterator[BatchResult]:
        """The results of all batches as they come."""
        yield from (future.result() for future in as_completed(list(self._futures.values())))

    def close(self) -> None:
        """Begin nothing more, and end the runner."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._runner.close()

    def _submit(self, batch: Batch) -> Future[BatchResult]:
        return self._threads.submit(with_second_try, self._runner, batch, self._on_event)


def with_second_try(runner: Runner, batch: Batch, on_event: OnEvent) -> BatchResult:
    """Do a batch; once more after a moment if the storage refused: a share or an object store may come back."""
    try:
        return runner.run(batch, on_event)
    except StorageError:
        time.sleep(RETRY_AFTER_S)
        return runner.run(batch, on_event)
