"""`extract run` as a process among others, without Prefect: killed, interrupted, two at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.run_support import all_rows, texts, write_raw
from tests.server.support import EXTRACT, ROOT, extract, until

pytestmark = [pytest.mark.server, pytest.mark.slow]


def test_a_plain_run(environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(6) | {"bad.txt": "BOOM"})
    done = extract(environment, "run", raw, "--out", tmp_path / "out", "--json", "--workers", "2")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["counts"] | {"n_seen": 7, "n_new": 6, "n_unchanged": 0, "n_failed": 1} == told["counts"]
    assert "failed: bad.txt" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(all_rows(tmp_path / "out", "documents")) == 6
    assert not list(Path(environment["PREFECT_HOME"]).glob("*.db")), "Prefect was started"


def test_a_model_that_does_not_load(environment: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(6))
    done = extract(environment, "run", raw, "--out", tmp_path / "out", "--model", "missing", "--json")
    assert done.returncode == 2
    assert "cannot load the model 'missing'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("victim", ["command", "worker"])
def test_killed_in_the_midst(victim: str, environment: dict[str, str], tmp_path: Path) -> None:
    words = {f"doc{i}.txt": f"SLOW=0.4 Bell: ${i + 1} for Eastland." + " more" * 2000 for i in range(16)}
    raw, out = write_raw(tmp_path / "raw", words), tmp_path / "out"
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", "2"]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, cwd=ROOT)
    until(lambda: next(out.glob("runs/*/batches/*.json"), None))
    if victim == "command":
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
        time.sleep(1.5)  # the orphaned workers notice
        before = {path.name for path in out.glob("runs/*/batches/*.json")}
        assert not (out / "claims").exists()
        done = extract(environment, "run", raw, "--out", out, "--json")
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
@pytest.mark.parametrize("workers", ["2", "0"])
def test_interrupted(number: int, workers: str, environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", {"a.txt": "SLOW=30 Bell: $5.", "b.txt": "Moss: $6."}), tmp_path / "out"
    command = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", workers]
    running = subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, cwd=ROOT, text=True, start_new_session=True
    )
    until(lambda: next(out.glob("runs/*/run.json"), None))
    started = time.monotonic()
    os.killpg(running.pid, number)
    _, told = running.communicate(timeout=20)
    assert time.monotonic() - started < 5
    assert running.returncode == 128 + number
    assert "interrupted; finished batches are kept" in told
    assert "Traceback" not in told
    assert (out / ".extract/lock").read_bytes() == b""


def test_two_at_once(environment: dict[str, str], tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", {"a.txt": "SLOW=3 Bell: $5."}), tmp_path / "out"
    command = [*EXTRACT, "run", str(raw), "--out", str(out)]
    first = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, cwd=ROOT)
    until(lambda: (out / ".extract/lock").stat().st_size)
    second = extract(environment, "run", raw, "--out", out)
    assert second.returncode == 2
    assert f"process {first.pid} of" in second.stderr
    waiting = extract(environment, "run", raw, "--out", out, "--wait", "60")
    assert waiting.returncode == 0
    assert "nothing to do" in waiting.stderr
    first.communicate()
    assert first.returncode == 0
