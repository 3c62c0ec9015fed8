"""The flow ``extract-corpus``: the run as Prefect sees it. Tasks are thin: paths in, counts out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import asdict
from typing import Any, cast

from extract.flows.settings import prepare_environment

prepare_environment()

from prefect import flow, get_run_logger, task  # noqa: E402  (the environment comes first)
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.context import FlowRunContext  # noqa: E402
from prefect.futures import PrefectFuture, as_completed  # noqa: E402
from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: E402
from prefect.states import Completed  # noqa: E402
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner  # noqa: E402

from extract.errors import ExtractError, StorageError  # noqa: E402
from extract.flows import artifacts, handover  # noqa: E402
from extract.runs.cluster import Cluster  # noqa: E402
from extract.runs.drive import drive  # noqa: E402
from extract.runs.plain import begin_work  # noqa: E402
from extract.runs.progress import Progress  # noqa: E402
from extract.runs.session import Options, Session  # noqa: E402
from extract.runs.telling import by_reason  # noqa: E402
from extract.store.records import RunRecord  # noqa: E402
from extract.work.batch import Batch, BatchResult, Setup  # noqa: E402
from extract.work.pool import InProcess, Runner, cores, run_here  # noqa: E402


def run_job(job: handover.Job, url: str, dask: str | None) -> RunRecord:
    """Run the flow on the server at ``url`` for a session that has begun. Raises ``ExtractError``."""
    options, run_id = job.session.options, job.session.record.run_id
    handover.JOBS[run_id] = job
    parameters = {"raw": options.raw, "out": options.out, "model": options.model, "workers": options.workers}
    parameters |= {"force": options.force, "dask": dask, "run_id": run_id}
    try:
        with temporary_settings({PREFECT_API_URL: url}):
            extract_corpus(**parameters, return_state=True)
    except RuntimeError as error:
        raise ExtractError(f"Prefect could not start the flow: {error}") from error
    finally:
        handover.JOBS.pop(run_id, None)
    if job.record is None:
        raise job.error or ExtractError("the flow ended before it ran; its state is in Prefect's log")
    return job.record


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
    job = handover.JOBS.get(run_id or "")
    if job is not None:
        try:
            job.record = _do(job, dask)
        except BaseException as error:
            job.error = error
            raise
        return _state(job.record)
    trigger = "schedule" if _is_scheduled() else "flow"
    options = Options(raw, out, model, workers=cores() if workers is None else workers, force=force, trigger=trigger)
    with Session(options) as session:
        if session.is_nothing_to_do:
            session.keep_checks()
            return Completed(message=f"nothing to do: {session.plan.n_seen} documents unchanged")
        batches = session.begin()
        with ExitStack() as cleanup:
            progress = cleanup.enter_context(Progress(batches, quiet=True))
            does = begin_work(session, batches, progress, dask, cleanup)
            record = _do(handover.Job(session, batches, does, progress), dask)
        return _state(record)


def _is_scheduled() -> bool:
    context = FlowRunContext.get()
    return bool(context and context.flow_run and context.flow_run.deployment_id)


def _do(job: handover.Job, dask: str | None) -> RunRecord:
    """The run itself, its batches done as tasks; and what it leaves in Prefect's pages."""
    session = job.session
    logger = get_run_logger()
    logger.info("%s documents: %s", session.plan.n_seen, session.plan.summary())
    for line in by_reason(session.plan.ignored):
        logger.info(line)
    if not isinstance(job.does, Cluster):
        handover.RUNNERS[session.record.run_id] = (job.does, job.progress)
    try:
        record = drive(session, _followed(_task_results(job, dask), len(job.batches)), job.progress)
    finally:
        handover.RUNNERS.pop(session.record.run_id, None)
    logger.info("run %s: %s in %s", record.run_id, record.status, session.storage.url)
    artifacts.leave(session, record, is_kept=job.is_server_kept)
    return record


def _task_results(job: handover.Job, dask: str | None) -> Iterator[BatchResult]:
    """Submit every batch; the results as they come."""
    session, does = job.session, job.does
    setup_json = json.dumps(asdict(session.setup))
    parameters = [{"number": b.number, "setup_json": setup_json, "batch_json": b.to_json()} for b in job.batches]
    if isinstance(does, InProcess):
        # in this very thread: signals, and with them the limits of a document, work in the main thread only
        yield from (BatchResult(**extract_batch(b.number, setup_json, b.to_json())) for b in job.batches)
        return
    with _task_runner(dask, session.options.workers) as task_runner, _only_able(does):
        futures: list[PrefectFuture[Any]] = [task_runner.submit(extract_batch, each) for each in parameters]
        try:
            for future in as_completed(futures):
                result = BatchResult(**future.result())
                if isinstance(does, Cluster):
                    job.progress.batch_done(result.n_done + result.n_failed)
                yield result
        except BaseException:
            does.close()  # the others would go on for long: without workers they end at once
            raise


def _followed(results: Iterator[BatchResult], n_batches: int) -> Iterator[BatchResult]:
    """The same results, each told to Prefect's log and progress."""
    shown, logger = artifacts.ProgressArtifact(n_batches), get_run_logger()
    for result in results:
        shown.step()
        logger.info("batch %s: %s done, %s failed", result.number, result.n_done, result.n_failed)
        yield result
    shown.tell()


def _task_runner(dask: str | None, workers: int) -> TaskRunner[Any]:
    if dask is None:
        return ThreadPoolTaskRunner(max_workers=max(1, workers))
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise ExtractError("--dask needs the extra: pip install 'trade-extract[dask]'") from error
    runner: TaskRunner[Any] = DaskTaskRunner(address=dask)
    return runner


def _only_able(does: Runner | Cluster) -> AbstractContextManager[Any]:
    """Inside, tasks go only to the workers of the cluster that can do them."""
    if not isinstance(does, Cluster):
        return nullcontext()
    from dask import annotate  # type: ignore[attr-defined]

    return cast(AbstractContextManager[Any], annotate(workers=does.able, allow_other_workers=False))


def _state(record: RunRecord) -> State[Any]:
    n_failed, n_seen = record.counts["n_failed"], record.counts["n_seen"]
    if n_failed:
        return Completed(name="SomeFailed", message=f"{n_failed} of {n_seen} documents failed; run {record.run_id}")
    return Completed(message=f"run {record.run_id}: {n_seen} documents, none failed")
