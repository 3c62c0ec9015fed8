"""A Prefect server for all tests of this folder, and an environment in which none of the user's is configured."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.run_support import free_port, stand_in_environment
from tests.server.support import await_server, end, start_server


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """No Prefect profile of the user's, no server configured, the stand-in for the pipeline."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return kept | stand_in_environment() | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}


@pytest.fixture(scope="session")
def api(environment: dict[str, str]) -> Iterator[str]:
    """A Prefect server; its API's address."""
    port = free_port()
    server = start_server(environment, port)
    try:
        yield await_server(port)
    finally:
        end(server)
