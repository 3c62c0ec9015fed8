"""The command's way into the flow: workers and, where none is configured, a server start while Prefect is imported."""

from __future__ import annotations

from contextlib import ExitStack

from extract.errors import ExtractError
from extract.flows.api import check_answers, configured_api
from extract.flows.settings import prepare_environment
from extract.flows.temporary_server import TemporaryServer
from extract.runs.plain import begin_work
from extract.runs.progress import Progress
from extract.runs.session import Session
from extract.store.records import RunRecord
from extract.work.batch import Batch


def chosen_api(wanted: bool, dask: str | None) -> str | None:
    """The API that a run is to be told to: the configured one, "" for a temporary one, ``None`` for a plain run.

    Raises ``PrefectApiError`` where the configured one does not answer, and ``ExtractError`` where a temporary server
    was asked for that the workers of a cluster could not reach.
    """
    url = configured_api()
    if url is not None:
        check_answers(url)
        return url
    if wanted and dask is not None:
        raise ExtractError("--prefect with --dask needs a Prefect server that all workers reach: set PREFECT_API_URL")
    return "" if wanted else None


def run_as_flow(session: Session, batches: list[Batch], api: str, *, dask: str | None = None) -> RunRecord:
    """Run the flow for a session that has begun; ``api`` as from ``chosen_api``. Raises ``ExtractError``."""
    prepare_environment(one_run=True)
    with ExitStack() as cleanup:
        server = None if api else TemporaryServer()
        progress = cleanup.enter_context(Progress(batches))
        does = begin_work(session, batches, progress, dask, cleanup)
        from extract.flows.extract_corpus import run_job
        from extract.flows.handover import Job

        job = Job(session, batches, does, progress, is_server_kept=server is None)
        return run_job(job, server.url if server else api, dask)
