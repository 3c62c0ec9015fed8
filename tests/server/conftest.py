"""A Prefect server for all tests of this folder, and an environment in which none of the user's is configured."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from tests.run_support import stand_in_environment
from tests.server.support import ROOT, end, free_port, until


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """No Prefect profile of the user's, no server configured, the stand-in for the pipeline."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return kept | stand_in_environment() | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}


@pytest.fixture(scope="session")
def api(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server; its API's address."""
    port = free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log = open(tmp_path_factory.mktemp("log") / "server", "wb")  # noqa: SIM115
    own = environment | {
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    server = subprocess.Popen(command, env=own, stdout=log, stderr=log, cwd=ROOT)
    url = f"http://127.0.0.1:{port}/api"
    try:
        until(lambda: urllib.request.urlopen(f"{url}/health", timeout=2).status == 200)
        yield url
    finally:
        end(server)
