"""How far a run is, told on standard error: a bar on a terminal, elsewhere a line now and then."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from extract.work.batch import Batch

LINE_EVERY_S = 10.0
LOADING, READING, PUBLISHING = "loading the model", "reading", "publishing"


class Progress:
    """Documents done, of all, with the rate since the first was begun. Events come from several threads.

    ``quiet`` says nothing: where nobody watches standard error, as in a deployment.
    """

    def __init__(self, batches: Iterable[Batch], *, quiet: bool = False) -> None:
        self._lock = threading.Lock()
        n_documents = self._n_documents = sum(len(batch.documents) for batch in batches)
        self._done: set[str] = set()
        self._n_by_batch = 0
        self._started = self._told_at = time.monotonic()
        self._phase = LOADING
        self._tells_lines = not quiet and not sys.stderr.isatty()
        self._bar = _bar(disable=quiet or not sys.stderr.isatty())
        self._task = self._bar.add_task(LOADING, total=n_documents, rate="")

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    @property
    def n_done(self) -> int:
        """Documents that are through, well or not."""
        return len(self._done) + self._n_by_batch

    def on_event(self, event: str, doc_id: str) -> None:
        """What a worker says of a document. One that is done twice, as its batch was tried again, counts once."""
        with self._lock:
            if self._phase == LOADING:
                self._begin(READING)
            if event in ("done", "failed"):
                self._done.add(doc_id)
                self._tell()

    def batch_done(self, n_documents: int) -> None:
        """A whole batch that was done where no events come from."""
        with self._lock:
            self._phase = READING
            self._n_by_batch += n_documents
            self._tell()

    def publishing(self) -> None:
        """All documents are through; what is left is to put the tables in place."""
        with self._lock:
            self._begin(PUBLISHING)
            self._tell(now=True)

    def _begin(self, phase: str) -> None:
        if self._phase == LOADING:
            self._started = time.monotonic()
        self._phase = phase

    def _tell(self, *, now: bool = False) -> None:
        at = time.monotonic()
        rate = self.n_done / max(at - self._started, 0.001)
        told = f"{rate:.1f} a second" if rate >= 0.1 else f"{60 * rate:.1f} a minute"
        speed = told if self.n_done else ""
        self._bar.update(self._task, description=self._phase, completed=self.n_done, rate=speed)
        if self._tells_lines and (now or at - self._told_at >= LINE_EVERY_S):
            self._told_at = at
            parts = (f"{self.n_done} of {self._n_documents} documents", speed, PUBLISHING if now else "")
            print(", ".join(filter(None, parts)), file=sys.stderr, flush=True)


def _bar(*, disable: bool) -> RichProgress:
    return RichProgress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=disable,
        transient=True,
    )
