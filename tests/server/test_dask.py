"""Batches on an existing Dask cluster: scheduler and workers as processes on the loopback address."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.run_support import contents, free_port, write_raw
from tests.server.support import EXTRACT, ROOT, end, extract, flow_runs, until

pytest.importorskip("distributed", reason="needs the extra [dask]")
pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("prefect")]
StartWorker = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def cluster(environment: dict[str, str], tmp_path: Path) -> Iterator[tuple[str, StartWorker]]:
    """A scheduler's address, and what starts a worker of it."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    processes: list[subprocess.Popen[bytes]] = []

    def start(module: str, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"]
        own = environment | variables
        processes.append(subprocess.Popen(command, env=own, stderr=subprocess.DEVNULL, cwd=tmp_path))
        return processes[-1]

    def worker(**variables: str) -> subprocess.Popen[bytes]:
        return start("dask_worker", address, "--no-nanny", "--nthreads", "1", **variables)

    start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port))
    until(lambda: socket.create_connection(("127.0.0.1", port), 1))
    yield address, worker
    for process in processes:
        end(process)


def is_own_server(process: psutil.Process) -> bool:
    """Whether it is what Prefect starts where no server is configured; its port is between 8000 and 9000."""
    command = " ".join(process.info["cmdline"] or ())
    return "prefect.server.api.server:create_app" in command and re.search(r"--port 8\d\d\d ", command) is not None


def words(count: int) -> dict[str, str]:
    return {f"doc{i}.txt": f"SLOW=0.3 Bell: ${i + 1}." + " more" * 2000 for i in range(count)}


@pytest.mark.parametrize("how", ["plain", "flow"])
def test_a_cluster_that_loses_a_worker(
    how: str,
    cluster: tuple[str, StartWorker],
    request: pytest.FixtureRequest,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    address, worker = cluster
    raw, out = write_raw(tmp_path / "raw", words(12)), tmp_path / "out"
    own = environment
    if how == "flow":
        pytest.importorskip("prefect_dask", reason="needs the extra [dask]")
        own = environment | {"PREFECT_API_URL": request.getfixturevalue("api")}
    victim, _ = worker(), worker()
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--dask", address, "--workers", "2", "--json"]
    running = subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    until(lambda: next(out.glob("runs/*/batches/*.json"), None))
    os.kill(victim.pid, signal.SIGKILL)
    printed, told = running.communicate(timeout=150)
    assert running.returncode == 0, told.decode()
    assert json.loads(printed)["counts"]["n_new"] == 12
    assert extract(environment, "run", raw, "--out", tmp_path / "plain").returncode == 0
    assert contents(out) == contents(tmp_path / "plain")
    if how == "flow":
        assert flow_runs(own["PREFECT_API_URL"])[0]["state_type"] == "COMPLETED"
    assert not [p for p in psutil.process_iter(["cmdline"]) if is_own_server(p)], "a worker started a server"


def test_a_worker_that_cannot_do_the_work_gets_none(
    cluster: tuple[str, StartWorker], environment: dict[str, str], tmp_path: Path
) -> None:
    address, worker = cluster
    raw, out = write_raw(tmp_path / "raw", words(4)), tmp_path / "out"
    worker(EXTRACT_TEST_VERSION="another")
    done = extract(environment, "run", raw, "--out", out, "--dask", address)
    assert done.returncode == 2
    assert f"no worker of the Dask cluster at {address} can do this run" in done.stderr
    assert "its pipeline is another: package differ" in done.stderr
    assert "Traceback" not in done.stderr
    worker()
    until(lambda: extract(environment, "run", raw, "--out", out, "--dask", address).returncode == 0)
    assert len(contents(out)["documents"]) == 4


def test_no_scheduler(environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", words(1))
    address = f"tcp://127.0.0.1:{free_port()}"
    done = extract(environment, "run", raw, "--out", tmp_path / "out", "--dask", address)
    assert done.returncode == 2
    assert f"no Dask scheduler answers at '{address}'" in done.stderr
    assert done.stderr.count("\n") == 2, done.stderr


def test_no_workers(cluster: tuple[str, StartWorker], environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", words(1))
    own = environment | {"EXTRACT_TEST_WAIT_S": "2"}
    done = extract(own, "run", raw, "--out", tmp_path / "out", "--dask", cluster[0])
    assert done.returncode == 2
    assert "has no workers, nor got one in 2 s; start some: dask worker tcp://" in done.stderr
    assert "Traceback" not in done.stderr
