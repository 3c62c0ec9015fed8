"""Schedules: the deployment of prefect.yaml as the docs say, work pools, and `extract schedule`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.run_support import all_rows, texts, write_raw
from tests.server.support import EXTRACT, ROOT, artifacts, end, final_state, flow_runs, post, prefect, until

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("prefect")]


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
        final = until(lambda: final_state(api, made["id"]))
    finally:
        end(worker)
    assert final["state_type"] == "COMPLETED", final["state"]
    assert final["state"]["message"].endswith("3 documents, none failed")
    assert list(pd.read_parquet(out / "runs.parquet")["trigger"]) == ["schedule"]
    assert "extract-summary" in artifacts(api, final)


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
