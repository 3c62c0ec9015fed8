"""The flow ``extract-corpus``: plan, batches as tasks, publishing, artifacts. Tasks are thin: paths in, counts out."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from extract.flows.settings import prepare_environment

prepare_environment()

from prefect import flow, get_run_logger, task  # noqa: E402  (the environment comes first)
from prefect.artifacts import (  # noqa: E402
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.context import FlowRunContext  # noqa: E402
from prefect.futures import PrefectFuture, as_completed  # noqa: E402
from prefect.settings import PREFECT_API_URL  # noqa: E402
from prefect.states import Completed  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

from extract.errors import ExtractError, StorageError  # noqa: E402
from extract.flows import handover  # noqa: E402
from extract.flows.interrupt import ends_at_once  # noqa: E402
from extract.flows.progress import Progress  # noqa: E402
from extract.runs.session import Options, Session  # noqa: E402
from extract.store.records import RunRecord  # noqa: E402
from extract.work.batch import Batch, Setup  # noqa: E402
from extract.work.pool import InProcess, Runner, WorkerPool, cores, make_runner, run_here  # noqa: E402
from extract.work.prefetch import Ahead  # noqa: E402

PROGRESS_EVERY_S = 2.0
# comparing more would hold the run up; the command does it when somebody wants it
MAX_COMPARED_DOCUMENTS = 2_000
MAX_GROUPS = 100


def run_session(session: Session, batches: list[Batch], *, dask: str | None = None) -> RunRecord:
    """Run the flow for a session that has begun. Raises ``ExtractError`` if it cannot be done."""
    options = session.options
    runner: Runner | None = None if dask else make_runner(session.setup, options.workers)
    if isinstance(runner, WorkerPool):
        runner = Ahead(runner, batches, options.workers)
    driven = handover.Driven(session, batches, runner, time.perf_counter())
    handover.DRIVEN[session.record.run_id] = driven
    parameters = {"raw": options.raw, "out": options.out, "model": options.model, "workers": options.workers}
    parameters |= {"force": options.force, "dask": dask, "run_id": session.record.run_id}
    try:
        with ends_at_once(session):
            extract_corpus(**parameters, return_state=True)
    except RuntimeError as error:
        raise ExtractError(f"Prefect could not start the flow: {error}") from error
    finally:
        handover.DRIVEN.pop(session.record.run_id, None)
        if runner is not None:
            runner.close()
    if driven.record is None:
        raise driven.error or ExtractError("the flow ended before it ran; its state is in Prefect's log")
    return driven.record


def _can_retry_help(_task: Any, _task_run: Any, state: State[Any]) -> bool:
    """Storage and machines come back; a missing model does not."""
    error = state.data.exception if hasattr(state.data, "exception") else state.data
    return isinstance(error, StorageError) or not isinstance(error, ExtractError)


@task(
    name="extract-batch",
    task_run_name="batch-{number}",
    retries=1,
    retry_delay_seconds=1,
    retry_condition_fn=_can_retry_help,
    cache_policy=NO_CACHE,
)
def extract_batch(number: int, setup_json: str, batch_json: str) -> dict[str, Any]:
    """Do one batch: its parts are written below the run's folder. Returns counts and seconds.

    Doing a batch again writes the same parts, so a lost task can simply be repeated.
    """
    setup, batch = Setup(**json.loads(setup_json)), Batch.from_json(batch_json)
    if setup.run_id in handover.RUNNERS:
        runner, progress = handover.RUNNERS[setup.run_id]
        result = runner.run(batch, progress.on_event)
    else:
        result = run_here(setup, batch, lambda event, doc_id: None)
    return asdict(result)


@flow(name="extract-corpus", flow_run_name="extract {raw}", validate_parameters=False, persist_result=False)
def extract_corpus(
    raw: str = "data/raw",
    out: str = "data/processed",
    model: str | None = None,
    workers: int | None = None,
    force: bool = False,
    dask: str | None = None,
    run_id: str | None = None,
) -> State[Any]:
    """Process what is new or changed below ``raw`` and publish the tables in ``out``.

    ``run_id`` is given by the command only, for a run that it has planned already.
    """
    driven = handover.DRIVEN.get(run_id or "")
    if driven is not None:
        try:
            driven.record = _drive(driven, dask)
        except BaseException as error:
            driven.error = error
            raise
        return _state(driven.record, driven.session)
    trigger = "schedule" if _is_scheduled() else "flow"
    options = Options(raw, out, model, workers=_default(workers), force=force, trigger=trigger)
    with Session(options) as session:
        if session.is_nothing_to_do:
            session.keep_checks()
            return Completed(message=f"nothing to do: {session.plan.n_seen} documents unchanged")
        batches = session.begin()
        with ExitStack() as cleanup:
            runner = None if dask else make_runner(session.setup, session.options.workers)
            if runner is not None:
                cleanup.callback(runner.close)
            record = _drive(handover.Driven(session, batches, runner, time.perf_counter()), dask)
        return _state(record, session)


def _default(workers: int | None) -> int:
    return cores() if workers is None else workers


def _is_scheduled() -> bool:
    context = FlowRunContext.get()
    return bool(context and context.flow_run and context.flow_run.deployment_id)


def _drive(driven: handover.Driven, dask: str | None) -> RunRecord:
    """All batches as tasks, then publishing and artifacts."""
    session = driven.session
    started = time.perf_counter()
    n_documents = sum(len(batch.documents) for batch in driven.batches)
    with Progress(n_documents, len(driven.batches)) as progress:
        if driven.runner is not None:
            handover.RUNNERS[session.record.run_id] = (driven.runner, progress)
        try:
            pipeline_s = _do_batches(driven, dask, progress)
        finally:
            handover.RUNNERS.pop(session.record.run_id, None)
    batches_s = time.perf_counter() - started
    timing = {"prefect_start": started - driven.started, "batches": batches_s, "pipeline_all_workers": pipeline_s}
    record = session.finish(timing)
    _leave_artifacts(session, record)
    return record


def _do_batches(driven: handover.Driven, dask: str | None, progress: Progress) -> float:
    """Submit every batch, follow them to the end; the seconds that the pipeline took, over all workers."""
    session = driven.session
    setup_json = json.dumps(asdict(session.setup))
    in_process = isinstance(driven.runner, InProcess)
    if in_process:
        # in this very thread: signals, and with them the limits of a document, work in the main thread only
        results = (extract_batch(b.number, setup_json, b.to_json()) for b in driven.batches)
        return _follow(results, driven, progress)
    with _task_runner(dask, session.options.workers) as task_runner:
        futures: list[PrefectFuture[Any]] = [
            task_runner.submit(extract_batch, {"number": b.number, "setup_json": setup_json, "batch_json": b.to_json()})
            for b in driven.batches
        ]
        try:
            return _follow((future.result() for future in as_completed(futures)), driven, progress)
        except BaseException:
            # the others would go on for long: without workers they end at once
            if driven.runner is not None:
                driven.runner.close()
            raise


def _follow(results: Iterator[dict[str, Any]], driven: handover.Driven, progress: Progress) -> float:
    reporter = _ProgressArtifact(len(driven.batches))
    logger = get_run_logger()
    pipeline_s = 0.0
    for result in results:
        pipeline_s += result["pipeline_s"]
        progress.batch_done(result["n_done"] + result["n_failed"], by_events=driven.runner is not None)
        reporter.step()
        logger.info("batch %s: %s done, %s failed", result["number"], result["n_done"], result["n_failed"])
    reporter.end()
    return pipeline_s


def _task_runner(dask: str | None, workers: int) -> TaskRunner[Any]:
    if dask is None:
        return ThreadPoolTaskRunner(max_workers=max(1, workers))
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise ExtractError("--dask needs the extra: pip install 'trade-extract[dask]'") from error
    runner: TaskRunner[Any] = DaskTaskRunner(address=dask)
    return runner


class _ProgressArtifact:
    """The progress shown in Prefect's pages; told at most every two seconds, as each telling is a request."""

    def __init__(self, n_batches: int) -> None:
        self._n_batches = n_batches
        self._done = 0
        self._told_at = time.monotonic()
        self._lock = threading.Lock()
        made = create_progress_artifact(progress=0.0, key="extract-progress", description="documents processed")
        self._id = cast(UUID, made)

    def step(self) -> None:
        self._done += 1
        if time.monotonic() - self._told_at >= PROGRESS_EVERY_S:
            self._tell()

    def end(self) -> None:
        self._tell()

    def _tell(self) -> None:
        self._told_at = time.monotonic()
        update_progress_artifact(self._id, progress=100.0 * self._done / max(1, self._n_batches))


def _leave_artifacts(session: Session, record: RunRecord) -> None:
    """A table of what was done, and what changed against the run before. Their failing does not fail the run."""
    rows: list[dict[str, Any]] = [{"what": f"documents {k[2:]}", "count": v} for k, v in record.counts.items()]
    rows += [{"what": f"rows in {table}", "count": count} for table, count in session.table_rows().items()]
    create_table_artifact(key="extract-summary", table=rows, description=f"run {record.run_id}: {record.status}")
    told = [
        f"# Run {record.run_id}: {record.status}",
        "",
        f"{record.seconds:.1f} s, pipeline {record.pipeline_version}",
    ]
    told += ["", *(f"- failed: `{doc_id}`" for doc_id in record.failed[:100])]
    create_markdown_artifact(key="extract-run", markdown="\n".join(told))
    if PREFECT_API_URL.value():  # on a temporary server nobody would read it
        create_markdown_artifact(key="extract-comparison", markdown=_comparison(session, record))


def _comparison(session: Session, record: RunRecord) -> str:
    """What changed against the run before, by kind of change."""
    from extract.compare import compare

    before = [run_id for run_id in session.history.readable_ids() if run_id < record.run_id]
    command = f"`extract compare {before[-1] if before else ''} {record.run_id} --html changes.html`"
    n_done = record.counts["n_new"] + record.counts["n_changed"]
    if not before or n_done > MAX_COMPARED_DOCUMENTS:
        return "The first run: nothing to compare.\n" if not before else f"{n_done} documents done: see {command}\n"
    found = compare(session.storage.url, before[-1], record.run_id)
    lines = [f"# {before[-1]} → {record.run_id}", "", f"{len(found.changes)} rows differ. In full: {command}", ""]
    lines += ["| table | change | rule or kind | rows |", "| --- | --- | --- | --- |"]
    lines += [f"| {table} | {kind} | {rule} | {count} |" for table, kind, rule, count in found.groups()[:MAX_GROUPS]]
    return "\n".join(lines) + "\n"


def _state(record: RunRecord, session: Session) -> State[Any]:
    n_failed, n_seen = record.counts["n_failed"], record.counts["n_seen"]
    if n_failed:
        return Completed(name="SomeFailed", message=f"{n_failed} of {n_seen} documents failed; run {record.run_id}")
    return Completed(message=f"run {record.run_id}: {n_seen} documents, none failed")


if __name__ == "__main__":
    extract_corpus()
