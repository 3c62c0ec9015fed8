"""Serving the flow on a schedule from one process, with a server of its own where none is configured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from extract.errors import ExtractError
from extract.flows.settings import prepare_environment

START_LIMIT_S = 180.0


@contextmanager
def server() -> Iterator[str]:
    """The address of the configured server, or of one that is started here and ends with the block."""
    prepare_environment()
    configured = _configured()
    if configured:
        yield configured
        return
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/api"
        _wait(url, process)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _configured() -> str | None:
    from prefect.settings import PREFECT_API_URL

    url: str | None = PREFECT_API_URL.value()
    return url


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_LIMIT_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise ExtractError("Prefect's server ended while starting; `prefect server start` tells why")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise ExtractError(f"Prefect's server did not start within {START_LIMIT_S:g} s")


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
