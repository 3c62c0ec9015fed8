"""The flow against real Prefect servers, worker pools and Dask clusters, all started and stopped here."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest

from tests.run_support import all_rows, stand_in_environment, texts, write_raw

ROOT = Path(__file__).parents[1]
EXTRACT = [sys.executable, "-c", "from extract.cli import main; main()"]
pytestmark = [pytest.mark.server, pytest.mark.slow]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """No Prefect profile of the user's, no server configured, the stand-in for the pipeline."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    return kept | stand_in_environment() | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}


@pytest.fixture(scope="module")
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


def post(url: str, path: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(f"{url}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def flow_runs(api: str, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = post(api, "flow_runs/filter", {"sort": "START_TIME_DESC", **filters})
    return found


def artifacts(api: str, flow_run: dict[str, Any]) -> dict[str, Any]:
    found = post(api, "artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [flow_run["id"]]}}})
    return {artifact["key"]: artifact for artifact in found}


def extract(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*EXTRACT, *(str(a) for a in arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT, timeout=180)


def test_without_a_server(environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(6) | {"bad.txt": "BOOM"})
    done = extract(environment, "run", raw, "--out", tmp_path / "out", "--json", "--workers", "2")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["counts"] == {"n_seen": 7, "n_new": 6, "n_changed": 0, "n_unchanged": 0, "n_removed": 0, "n_failed": 1}
    assert "failed: bad.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(all_rows(tmp_path / "out", "documents")) == 6
    again = extract(environment, "run", raw, "--out", tmp_path / "out2", "--model", "missing", "--json")
    assert again.returncode == 2


def test_with_a_server(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(6) | {"bad.txt": "BOOM"}), tmp_path / "out"
    done = extract(environment | {"PREFECT_API_URL": api}, "run", raw, "--out", out)
    assert done.returncode == 1, done.stderr
    latest = flow_runs(api)[0]
    assert (latest["state_name"], latest["state_type"]) == ("SomeFailed", "COMPLETED")
    assert latest["state"]["message"].startswith("1 of 7 documents failed")
    left = artifacts(api, latest)
    assert set(left) == {"extract-progress", "extract-summary", "extract-run", "extract-comparison"}
    assert left["extract-progress"]["data"] == 100.0
    assert {"what": "documents new", "count": 6} in json.loads(left["extract-summary"]["data"])
    write_raw(raw, {"d0/doc000.txt": "Bell: $98."})
    assert extract(environment | {"PREFECT_API_URL": api}, "run", raw, "--out", out).returncode == 1
    assert "| claims |" in artifacts(api, flow_runs(api)[0])["extract-comparison"]["data"]


def test_a_server_that_does_not_answer(environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(1))
    url = f"http://127.0.0.1:{free_port()}/api"
    done = extract(environment | {"PREFECT_API_URL": url}, "run", raw, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert url in done.stderr
    assert done.stderr.count("\n") <= 2, done.stderr


@pytest.mark.parametrize("victim", ["flow", "worker"])
def test_killed_in_the_midst(victim: str, api: str, environment: dict[str, str], tmp_path: Path) -> None:
    words = {f"doc{i}.txt": f"SLOW=0.4 Bell: ${i + 1} for Eastland." + " more" * 2000 for i in range(16)}
    raw, out = write_raw(tmp_path / "raw", words), tmp_path / "out"
    own = environment | {"PREFECT_API_URL": api}
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", "2"]
    running = subprocess.Popen(command, env=own, stderr=subprocess.PIPE, cwd=ROOT)
    until(lambda: next(out.glob("runs/*/batches/*.json"), None))
    if victim == "flow":
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        time.sleep(1.5)  # the orphaned workers notice
        before = {path.name for path in out.glob("runs/*/batches/*.json")}
        assert not (out / "claims").exists()
        done = extract(own, "run", raw, "--out", out, "--json")
        assert done.returncode == 0, done.stderr
        assert "ended without tidying up" in done.stderr
        assert len(before) >= 1
        record = json.loads(next(out.glob("runs/*/run.json")).read_text())
        assert record["resumed"] == 1
    else:
        workers = [p for p in psutil.Process(running.pid).children() if "extract.work.worker" in p.cmdline()]
        workers[0].kill()
        _, told = running.communicate(timeout=120)
        assert running.returncode == 0, told
    assert sorted(all_rows(out, "documents")["doc_id"]) == sorted(words)
    assert len(all_rows(out, "claims")) == 16


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted(number: int, api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", {"a.txt": "SLOW=30 Bell: $5.", "b.txt": "Moss: $6."}), tmp_path / "out"
    own = environment | {"PREFECT_API_URL": api}
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", "2"]
    running = subprocess.Popen(command, env=own, stderr=subprocess.PIPE, cwd=ROOT, text=True, start_new_session=True)
    until(lambda: any(r["name"] == f"extract {raw}" and r["state_name"] == "Running" for r in flow_runs(api)))
    started = time.monotonic()
    os.killpg(running.pid, number)
    _, told = running.communicate(timeout=20)
    assert time.monotonic() - started < 5
    assert running.returncode == 128 + number
    assert "interrupted; finished batches are kept" in told
    assert (out / ".extract/lock").read_bytes() == b""


def test_two_at_once(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", {"a.txt": "SLOW=3 Bell: $5."}), tmp_path / "out"
    own = environment | {"PREFECT_API_URL": api}
    first = subprocess.Popen([*EXTRACT, "run", str(raw), "--out", str(out)], env=own, stderr=subprocess.PIPE, cwd=ROOT)
    until(lambda: (out / ".extract/lock").stat().st_size)
    second = extract(own, "run", raw, "--out", out)
    assert second.returncode == 2
    assert f"process {first.pid} of" in second.stderr
    waiting = extract(own, "run", raw, "--out", out, "--wait", "60")
    assert waiting.returncode == 0
    assert "nothing to do" in waiting.stderr
    first.communicate()
    assert first.returncode == 0


def prefect(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_deployment_runs_on_a_process_pool(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    own = environment | {"PREFECT_API_URL": api}
    raw, out = write_raw(tmp_path / "raw", texts(3)), tmp_path / "out"
    prefect(own, "work-pool", "create", "extract", "--type", "process")
    prefect(own, "deploy", "--all")
    deployment = post(api, "deployments/filter", {"deployments": {"name": {"any_": ["nightly"]}}})[0]
    assert deployment["schedules"][0]["schedule"]["cron"] == "0 2 * * *"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    upcoming = until(lambda: flow_runs(api, deployments={"id": {"any_": [deployment["id"]]}}))
    assert upcoming[0]["state_type"] == "SCHEDULED"
    worker = subprocess.Popen(
        [sys.executable, "-m", "prefect", "worker", "start", "--pool", "extract", "--limit", "2"],
        env=own | {"PREFECT_WORKER_QUERY_SECONDS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        parameters = {"raw": str(raw), "out": str(out)}
        made = post(api, f"deployments/{deployment['id']}/create_flow_run", {"parameters": parameters})
        final = until(lambda: _final(api, made["id"]))
    finally:
        end(worker)
    assert final["state_type"] == "COMPLETED", final["state"]
    assert final["state"]["message"].endswith("3 documents, none failed")
    assert list(pd.read_parquet(out / "runs.parquet")["trigger"]) == ["schedule"]
    assert "extract-summary" in artifacts(api, final)


def _final(api: str, flow_run_id: str) -> dict[str, Any] | None:
    found = flow_runs(api, flow_runs={"id": {"any_": [flow_run_id]}})[0]
    return found if found["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None


def test_schedule_in_one_command(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(3)), tmp_path / "out"
    command = [*EXTRACT, "schedule", str(raw), "--out", str(out), "--every", "5", "--name", "often"]
    running = subprocess.Popen(command, env=environment | {"PREFECT_API_URL": api}, stderr=subprocess.PIPE, cwd=ROOT)
    try:
        until(lambda: (out / "runs.parquet").exists())
        write_raw(raw, {"new.txt": "Bell: $5."})
        until(lambda: "new.txt" in set(all_rows(out, "documents")["doc_id"]))
    finally:
        end(running)
    assert set(pd.read_parquet(out / "runs.parquet")["trigger"]) == {"schedule"}


def test_on_a_dask_cluster_that_loses_a_worker(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask")
    words = {f"doc{i}.txt": f"SLOW=0.4 Bell: ${i + 1}." + " more" * 2000 for i in range(16)}
    raw, out = write_raw(tmp_path / "raw", words), tmp_path / "out"
    own = environment | {"PREFECT_API_URL": api}
    port = free_port()
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    cluster = [subprocess.Popen([*module, "--no-dashboard"], env=own, stderr=subprocess.DEVNULL, cwd=ROOT)]
    address = f"tcp://127.0.0.1:{port}"
    worker = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--no-dashboard",
        "--no-nanny",
        "--nthreads",
        "1",
    ]
    try:
        until(lambda: socket.create_connection(("127.0.0.1", port), 1))
        for _ in range(2):
            cluster.append(subprocess.Popen(worker, env=own, stderr=subprocess.DEVNULL, cwd=tmp_path))
        command = [*EXTRACT, "run", str(raw), "--out", str(out), "--dask", address, "--workers", "2", "--json"]
        running = subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
        until(lambda: next(out.glob("runs/*/batches/*.json"), None))
        os.kill(cluster[1].pid, signal.SIGKILL)
        printed, told = running.communicate(timeout=120)
    finally:
        for process in cluster:
            end(process)
    assert running.returncode == 0, told.decode()
    assert json.loads(printed)["counts"]["n_new"] == 16
    assert sorted(all_rows(out, "documents")["doc_id"]) == sorted(words)
