"""The plain run: the batches are done by this machine's processes or a Dask cluster, without Prefect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from extract.runs.cluster import Cluster
from extract.runs.drive import drive
from extract.runs.progress import Progress
from extract.runs.session import Session
from extract.store.records import RunRecord
from extract.work.batch import Batch, BatchResult
from extract.work.pool import Runner, make_runner
from extract.work.prefetch import Ahead, with_second_try


def run_plain(session: Session, batches: list[Batch], *, dask: str | None = None) -> RunRecord:
    """Do the batches of a session that has begun, and publish. Raises ``ExtractError`` if it cannot be done."""
    with ExitStack() as cleanup:
        progress = cleanup.enter_context(Progress(batches))
        does = begin_work(session, batches, progress, dask, cleanup)
        return drive(session, _results(does, batches, progress), progress)


def begin_work(
    session: Session, batches: list[Batch], progress: Progress, dask: str | None, cleanup: ExitStack
) -> Runner | Cluster:
    """What does the batches, begun already where it can: a cluster, worker processes, or this process itself.

    It ends with ``cleanup``.
    """
    if dask is not None:
        return cleanup.enter_context(Cluster(dask, session.setup, session.record.fingerprint_parts))
    workers = session.options.workers
    runner = make_runner(session.setup, workers)
    if workers:
        runner = Ahead(runner, batches, workers, progress.on_event)
    cleanup.callback(runner.close)
    return runner


def _results(does: Runner | Cluster, batches: list[Batch], progress: Progress) -> Iterator[BatchResult]:
    if isinstance(does, Cluster):
        return does.results(batches, progress.batch_done)
    if isinstance(does, Ahead):
        return does.results()
    # in this very thread: signals, and with them the limits of a document, work in the main thread only
    return (with_second_try(does, batch, progress.on_event) for batch in batches)
