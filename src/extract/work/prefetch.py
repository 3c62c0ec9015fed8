"""Batches begun before they are asked for: workers do not wait while Prefect and its server start."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from extract.work.batch import Batch, BatchResult, OnEvent
from extract.work.pool import Runner


class Ahead:
    """A runner that starts on all batches at once, ``workers`` at a time; ``run`` then waits for the one asked for.

    A batch that failed is done again when it is asked for again, so that a task's retry is one.
    """

    def __init__(self, runner: Runner, batches: Sequence[Batch], workers: int) -> None:
        self._runner = runner
        self._lock = threading.Lock()
        self._listener: OnEvent | None = None
        self._waiting_events: list[tuple[str, str]] = []
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="ahead")
        self._futures: dict[int, Future[BatchResult]] = {batch.number: self._submit(batch) for batch in batches}

    def run(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        """The result of a batch; events so far are told first."""
        self._listen(on_event)
        with self._lock:
            future = self._futures.pop(batch.number, None) or self._submit(batch)
        return future.result()

    def close(self) -> None:
        """Begin nothing more, and end the runner."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._runner.close()

    def _submit(self, batch: Batch) -> Future[BatchResult]:
        return self._threads.submit(self._runner.run, batch, self._on_event)

    def _on_event(self, event: str, doc_id: str) -> None:
        with self._lock:
            listener = self._listener
            if listener is None:
                self._waiting_events.append((event, doc_id))
        if listener is not None:
            listener(event, doc_id)

    def _listen(self, on_event: OnEvent) -> None:
        with self._lock:
            self._listener = on_event
            events, self._waiting_events = self._waiting_events, []
        for event, doc_id in events:
            on_event(event, doc_id)
