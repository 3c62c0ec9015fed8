"""The progress bar on a terminal; silent where standard error is no terminal."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress


class Progress:
    """Documents done, of all. Events come from several threads."""

    def __init__(self, n_documents: int, n_batches: int) -> None:
        self._lock = threading.Lock()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = RichProgress(
            *columns,
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._bar.add_task(f"{n_documents} documents, {n_batches} batches", total=n_documents)
        self._done = 0

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def on_event(self, event: str, doc_id: str) -> None:
        """What a worker says of a document."""
        if event in ("done", "failed"):
            with self._lock:
                self._done += 1
                self._bar.update(self._task, completed=self._done)

    def batch_done(self, n_documents: int, *, by_events: bool) -> None:
        """A whole batch; counted only where its documents were not told one by one."""
        if not by_events:
            with self._lock:
                self._done += n_documents
                self._bar.update(self._task, completed=self._done)
