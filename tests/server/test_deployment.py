"""Schedules: the deployment of prefect.yaml as the docs say, work pools, and `extract schedule`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.run_support import all_rows, free_port, texts, write_raw
from tests.server.support import EXTRACT, ROOT, artifacts, end, final_state, flow_runs, post, until

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("prefect")]


PAGE = ROOT / "docs" / "how-to" / "schedule.md"
PREFECT = str(Path(sys.executable).parent)


@pytest.fixture(scope="module")
def page(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What the lines of the page make, another port given: a server, the deployment, and two workers on the pool."""
    port = str(free_port())
    block = re.search(r"```sh\n(export PREFECT_API_URL.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    *lines, worker = block[1].replace("4200", port).strip().splitlines()
    lines = [line + (f" --port {port}" if "server start" in line else "") for line in lines]
    own = environment | {
        "PREFECT_HOME": str(tmp_path_factory.mktemp("page")),
        "PATH": f"{PREFECT}:{os.environ['PATH']}",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    api = f"http://127.0.0.1:{port}/api"
    own["PREFECT_API_URL"] = api  # what the first line exports
    workers: list[subprocess.Popen[bytes]] = []
    try:
        for line in lines:
            done = subprocess.run(
                ["bash", "-c", line], env=own, cwd=ROOT, capture_output=True, text=True, check=False, timeout=180
            )
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        for _ in range(2):
            nowhere = subprocess.DEVNULL
            workers.append(subprocess.Popen(["bash", "-c", worker], env=own, cwd=ROOT, stdout=nowhere, stderr=nowhere))
        found = post(api, "deployments/filter", {"deployments": {"name": {"any_": ["nightly"]}}})
        yield {"api": api, "deployment": found[0]}
    finally:
        for process in workers:
            end(process)
        subprocess.run(["bash", "-c", "prefect server stop"], env=own, cwd=ROOT, capture_output=True, check=False)


def start(page: dict[str, Any], raw: Path, out: Path) -> str:
    """Have the deployment run once; the id of the flow run."""
    body = {"parameters": {"raw": str(raw), "out": str(out)}, "state": {"type": "SCHEDULED"}}
    made = post(page["api"], f"deployments/{page['deployment']['id']}/create_flow_run", body)
    return str(made["id"])


def test_the_deployment_is_due_every_night(page: dict[str, Any]) -> None:
    deployment = page["deployment"]
    assert deployment["schedules"][0]["schedule"]["cron"] == "0 2 * * *"
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    upcoming = until(lambda: flow_runs(page["api"], deployments={"id": {"any_": [deployment["id"]]}}))
    assert upcoming[0]["state_type"] == "SCHEDULED"


def test_a_run_of_the_deployment(page: dict[str, Any], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(3) | {"bad.txt": "BOOM"}), tmp_path / "out"
    run_id = start(page, raw, out)
    final = until(lambda: final_state(page["api"], run_id))
    assert (final["state_type"], final["state_name"]) == ("COMPLETED", "SomeFailed"), final["state"]
    assert final["state"]["message"].startswith("1 of 4 documents failed")
    assert list(pd.read_parquet(out / "runs.parquet")["trigger"]) == ["schedule"]
    assert {"extract-summary", "extract-run", "extract-comparison"} <= artifacts(page["api"], final).keys()


def test_a_run_that_is_due_while_another_goes_on_is_left_out(page: dict[str, Any], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", {"slow.txt": "SLOW=15 Bell: $5."}), tmp_path / "out"
    first = start(page, raw, out)
    until(lambda: next(out.glob("runs/*/run.json"), None))
    second = start(page, raw, out)
    assert until(lambda: final_state(page["api"], second))["state_type"] == "CANCELLED"
    assert until(lambda: final_state(page["api"], first))["state_type"] == "COMPLETED"
    assert len(pd.read_parquet(out / "runs.parquet")) == 1


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
