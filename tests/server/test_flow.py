"""The run as the Prefect flow: on a server, on a temporary one, and with one that does not answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.run_support import contents, free_port, texts, write_raw
from tests.server.support import (
    EXTRACT,
    ROOT,
    artifacts,
    await_server,
    end,
    extract,
    flow_runs,
    start_server,
    until,
)

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("prefect")]


def record(out: Path) -> dict[str, object]:
    """What a run's record tells, without what no two runs share."""
    told = json.loads(next(out.glob("runs/*/run.json")).read_text())
    different = ("run_id", "started_at", "finished_at", "seconds", "timing_s")
    return {name: value for name, value in told.items() if name not in different}


def test_the_flow_makes_what_the_plain_run_makes(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(6) | {"b`d.txt": "BOOM", "x.json": "{}"}), tmp_path / "out"
    done = extract(environment | {"PREFECT_API_URL": api}, "run", raw, "--out", out)
    assert done.returncode == 1, done.stderr
    latest = flow_runs(api)[0]
    assert (latest["state_name"], latest["state_type"]) == ("SomeFailed", "COMPLETED")
    assert latest["state"]["message"].startswith("1 of 7 documents failed")
    left = artifacts(api, latest)
    assert set(left) == {"extract-progress", "extract-summary", "extract-run", "extract-comparison"}
    assert left["extract-progress"]["data"] == 100.0
    assert {"what": "documents new", "count": 6} in json.loads(left["extract-summary"]["data"])
    assert "- failed: ``b`d.txt``\n- not read: `x.json`: " in left["extract-run"]["data"]
    page = f"{api.removesuffix('/api')}/artifacts/artifact/{left['extract-comparison']['id']}"
    assert f"[What changed against the run before]({page})\n\n- failed: " in left["extract-run"]["data"]
    assert extract(environment, "run", raw, "--out", tmp_path / "plain").returncode == 1
    assert contents(tmp_path / "plain") == contents(out)
    assert record(tmp_path / "plain") == record(out)
    write_raw(raw, {"d0/doc000.txt": "Bell: $98."})
    assert extract(environment | {"PREFECT_API_URL": api}, "run", raw, "--out", out).returncode == 1
    assert "| claims |" in artifacts(api, flow_runs(api)[0])["extract-comparison"]["data"]


def test_a_run_that_only_removes_is_told_to_the_server(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(2)), tmp_path / "out"
    assert extract(environment, "run", raw, "--out", out).returncode == 0
    (raw / "d0/doc000.txt").unlink()
    assert extract(environment | {"PREFECT_API_URL": api}, "run", raw, "--out", out).returncode == 0
    latest = flow_runs(api)[0]
    assert latest["state"]["message"].endswith("1 documents, none failed")
    assert {"what": "documents removed", "count": 1} in json.loads(artifacts(api, latest)["extract-summary"]["data"])


def test_a_server_that_does_not_answer(environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(1))
    url = f"http://127.0.0.1:{free_port()}/api"
    done = extract(environment | {"PREFECT_API_URL": url}, "run", raw, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert f"the Prefect API at {url} does not answer" in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert not (tmp_path / "out/runs").exists()


def test_a_server_that_is_restarted_in_the_midst(environment: dict[str, str], tmp_path: Path) -> None:
    words = {f"doc{i}.txt": f"SLOW=1 Bell: ${i + 1}." + " more" * 2000 for i in range(16)}
    raw, out, port = write_raw(tmp_path / "raw", words), tmp_path / "out", free_port()
    own = environment | {"PREFECT_HOME": str(tmp_path / "prefect")}
    server = start_server(own, port)
    started = [server]
    try:
        own["PREFECT_API_URL"] = await_server(port)
        command = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", "1"]
        running = subprocess.Popen(command, env=own, stderr=subprocess.PIPE, cwd=ROOT, text=True)
        started.append(running)
        until(lambda: any(r["state_name"] == "Running" for r in flow_runs(own["PREFECT_API_URL"])))
        end(server)
        started.append(start_server(own, port))
        _, told = running.communicate(timeout=150)
    finally:
        for process in started:
            end(process)
    assert running.returncode == 0, told
    assert len(contents(out)["documents"]) == 16


def test_interrupted(api: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", {"a.txt": "SLOW=60 Bell: $5.", "b.txt": "Moss: $6."}), tmp_path / "out"
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", "2"]
    own = environment | {"PREFECT_API_URL": api}
    running = subprocess.Popen(command, env=own, stderr=subprocess.PIPE, cwd=ROOT, text=True, start_new_session=True)
    until(lambda: any(r["name"] == f"extract {raw}" and r["state_name"] == "Running" for r in flow_runs(api)))
    started = time.monotonic()
    os.killpg(running.pid, signal.SIGTERM)
    _, told = running.communicate(timeout=20)
    assert time.monotonic() - started < 5
    assert running.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in told


def servers() -> list[psutil.Process]:
    """The temporary servers that run now."""
    return [
        p for p in psutil.process_iter(["cmdline"]) if "extract.flows.temporary_server" in (p.info["cmdline"] or ())
    ]


def test_a_temporary_server_ends_with_its_run(environment: dict[str, str], tmp_path: Path) -> None:
    before = {p.pid for p in servers()}
    raw, out = write_raw(tmp_path / "raw", texts(2)), tmp_path / "out"
    done = extract(environment, "run", raw, "--out", out, "--prefect")
    assert done.returncode == 0, done.stderr
    assert "Prefect: a temporary" in done.stderr
    assert "Traceback" not in done.stderr
    assert {p.pid for p in servers()} <= before
    write_raw(raw, {"new.txt": "SLOW=60 Bell: $5."})
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--prefect"]
    killed = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, cwd=ROOT)
    until(lambda: {p.pid for p in servers()} - before)
    killed.kill()
    killed.wait()
    until(lambda: {p.pid for p in servers()} <= before, 20)
