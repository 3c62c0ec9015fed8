"""Serving the flow on a schedule from one process, with a server of its own where none is configured."""

from __future__ import annotations

import os

from extract.errors import ExtractError
from extract.flows.api import check_answers, configured_api
from extract.flows.settings import prepare_environment
from extract.flows.temporary_server import TemporaryServer


def server() -> str:
    """The address of the configured server, or of one that is started here and ends with this process.

    Raises ``PrefectApiError`` where the configured one does not answer.
    """
    prepare_environment()
    configured = configured_api()
    if configured is not None:
        check_answers(configured)
        return configured
    return TemporaryServer(for_many_runs=True).url


def check_cron(cron: str) -> None:
    """Raise ``ExtractError`` for what is no cron line."""
    prepare_environment()
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=cron)
    except ValueError as error:
        raise ExtractError(f"no cron line: {cron!r}; it has five fields, as in '0 2 * * *'") from error


def serve(*, name: str, cron: str | None, every_s: float | None, parameters: dict[str, object], url: str) -> None:
    """Run the flow on the schedule until interrupted. One run at a time: a run that is due meanwhile is left out."""
    os.environ["PREFECT_API_URL"] = url  # for the processes that run the flow
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.settings import PREFECT_API_URL, temporary_settings

    from extract.flows.extract_corpus import extract_corpus

    with temporary_settings({PREFECT_API_URL: url}):
        extract_corpus.serve(
            name=name,
            cron=cron,
            interval=every_s,
            parameters=parameters,
            limit=1,
            global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
            print_starting_message=False,
        )
