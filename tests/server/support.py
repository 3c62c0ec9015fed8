"""Real servers and processes for tests: started here, on the loopback address, and ended here."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

ROOT = Path(__file__).parents[2]
EXTRACT = [sys.executable, "-c", "from extract.cli import main; main()"]


def end(process: subprocess.Popen[Any]) -> None:
    """End a process and its children."""
    with contextlib.suppress(psutil.NoSuchProcess):
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
    process.wait()


def until(true: Callable[[], Any], limit_s: float = 90.0) -> Any:
    give_up = time.monotonic() + limit_s
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError, ValueError, IndexError):
            found = true()
            if found:
                return found
        time.sleep(0.2)
    pytest.fail("it did not come about in time")


def start_server(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """A Prefect server, not yet ready; its data lie in the environment's ``PREFECT_HOME``."""
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    own = environment | {
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    return subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)


def await_server(port: int) -> str:
    """The address of a server's API, once it answers."""
    url = f"http://127.0.0.1:{port}/api"
    until(lambda: urllib.request.urlopen(f"{url}/health", timeout=2).status == 200)
    return url


def post(url: str, path: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(f"{url}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    for waits in range(20, -1, -1):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            # the server says so while its SQLite database is busy with another write
            if error.code != 503 or not waits:
                raise
            time.sleep(1)
    raise AssertionError("not reached")


def flow_runs(api: str, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = post(api, "flow_runs/filter", {"sort": "START_TIME_DESC", **filters})
    return found


def artifacts(api: str, flow_run: dict[str, Any]) -> dict[str, Any]:
    found = post(api, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [flow_run["id"]]}}})
    return {artifact["key"]: artifact for artifact in found}


def extract(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*EXTRACT, *(str(a) for a in arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT, timeout=180)


def final_state(api: str, flow_run_id: str) -> dict[str, Any] | None:
    found = flow_runs(api, flow_runs={"id": {"any_": [flow_run_id]}})[0]
    return found if found["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None
