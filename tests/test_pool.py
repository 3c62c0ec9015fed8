"""Worker processes that die, hang, cannot start: what is tried again, and what becomes a failure."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from extract.errors import StorageError, WorkerError
from extract.store.parts import RunFolder
from extract.store.storage import open_storage
from extract.work import pool as pool_module
from extract.work import prefetch
from extract.work.batch import Batch, BatchDocument, BatchResult, OnEvent, Setup
from extract.work.pool import WorkerPool, run_here
from extract.work.prefetch import Ahead
from tests.run_support import stand_in_environment, write_raw

# real worker processes, of which each loads a pipeline
pytestmark = pytest.mark.server


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in stand_in_environment().items():
        monkeypatch.setenv(name, value)


def setup(tmp_path: Path, **more: object) -> Setup:
    told = {"out": str(tmp_path / "out"), "run_id": "20240101T000000Z", "started_at": "2024-01-01T00:00:00+00:00"}
    return Setup(**{**told, "pipeline_version": "1+x", "fingerprint": "x", **more})  # type: ignore[arg-type]


def batch(tmp_path: Path, **texts: str) -> Batch:
    raw = write_raw(tmp_path / "raw", {f"{name}.txt": text for name, text in texts.items()})
    documents = [BatchDocument(f"{name}.txt", str(raw / f"{name}.txt"), "", {}, "", "new") for name in texts]
    return Batch(0, documents)


def outcome(tmp_path: Path) -> dict[str, str]:
    """Each document's outcome: "done", or the stage and error of its failure."""
    record = RunFolder(open_storage(tmp_path / "out"), "20240101T000000Z").batches()[0]
    done = {d.doc_id: "done" for d in record.documents}
    return done | {f.doc_id: f"{f.stage}: {f.error}" for f in record.failures}


def run_one(pool: WorkerPool, work: Batch) -> tuple[BatchResult, list[tuple[str, str]]]:
    events: list[tuple[str, str]] = []
    try:
        return pool.run(work, lambda event, doc_id: events.append((event, doc_id))), events
    finally:
        pool.close()


def test_a_batch_is_done_and_told(tmp_path: Path) -> None:
    result, events = run_one(WorkerPool(setup(tmp_path)), batch(tmp_path, a="Bell: $5.", b="BOOM", c="Moss: $6."))
    assert (result.n_done, result.n_failed, result.failed) == (2, 1, ["b.txt"])
    assert events[:2] == [("start", "a.txt"), ("done", "a.txt")]
    assert ("failed", "b.txt") in events


@pytest.mark.parametrize(("model", "is_brought"), [(None, False), ("blank", False), ("second", True)])
def test_pytorch_is_left_to_pipelines_of_others(
    model: str | None, is_brought: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch.py").write_text(f"open({str(tmp_path / 'brought')!r}, 'w').close()\nraise ImportError")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    result, _ = run_one(WorkerPool(setup(tmp_path, model=model)), batch(tmp_path, a="Bell: $5."))
    assert result.n_done == 1
    assert (tmp_path / "brought").exists() is is_brought


def test_a_document_that_kills_its_process_fails_alone(tmp_path: Path) -> None:
    result, _ = run_one(WorkerPool(setup(tmp_path)), batch(tmp_path, a="Bell: $5.", b="DIE", c="Moss: $6."))
    assert result.n_done == 2
    told = outcome(tmp_path)
    assert (told["a.txt"], told["c.txt"]) == ("done", "done")
    assert told["b.txt"] == "process: the worker process ended (signal 9)"


def test_a_document_that_killed_its_process_once_is_done(tmp_path: Path) -> None:
    once = batch(tmp_path, a=f"ONCE={tmp_path}/once Bell: $5.")
    result, _ = run_one(WorkerPool(setup(tmp_path)), once)
    assert (result.n_done, result.n_failed) == (1, 0)


def test_a_worker_that_hangs_for_good_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "GRACE_S", 1.0)
    pool = WorkerPool(setup(tmp_path, time_limit_s=2.0))
    result, _ = run_one(pool, batch(tmp_path, a="BLOCK", b="Moss: $6."))
    assert (result.n_done, result.n_failed) == (1, 1)
    assert outcome(tmp_path)["a.txt"] == "time limit: no sign of life for 3 s: the process was ended"


def test_a_worker_killed_from_outside_loses_nothing(tmp_path: Path) -> None:
    pool = WorkerPool(setup(tmp_path))
    started = threading.Event()

    def kill() -> None:
        started.wait(30)
        os.kill(pool.pids()[0], signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    events = []

    def on_event(event: str, doc_id: str) -> None:
        events.append(event)
        if event == "start":
            started.set()

    result = pool.run(batch(tmp_path, a="SLOW=0.6 Bell: $5.", b="Moss: $6."), on_event)
    thread.join()
    pool.close()
    assert (result.n_done, result.n_failed) == (2, 0)
    assert events.count("start") == 3


def test_a_missing_model_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="cannot load the model 'missing'"):
        run_one(WorkerPool(setup(tmp_path, model="missing")), batch(tmp_path, a="x"))


def test_workers_that_cannot_start_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "extract.py").write_text("raise SystemExit('no package here')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("EXTRACT_TEST_STAND_IN")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkerError, match="worker processes end before they can do anything"):
        run_one(WorkerPool(setup(tmp_path)), batch(tmp_path, a="x"))


def test_a_worker_ends_with_its_parent(tmp_path: Path) -> None:
    pid = os.fork()
    if pid == 0:
        pool = WorkerPool(setup(tmp_path))
        threading.Thread(target=pool.run, args=(batch(tmp_path, a="SLOW=30"), lambda *_: None), daemon=True).start()
        while not pool.pids():
            time.sleep(0.05)
        (tmp_path / "pid").write_text(str(pool.pids()[0]))
        time.sleep(2.5)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    worker = int((tmp_path / "pid").read_text())
    for _ in range(100):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            break
        state = Path(f"/proc/{worker}/stat")
        if state.exists() and state.read_text().split()[2] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("the worker outlives its parent")


def test_a_pool_is_kept_for_tasks_that_know_only_the_setup(tmp_path: Path) -> None:
    told = setup(tmp_path)
    try:
        assert run_here(told, batch(tmp_path, a="Bell: $5."), lambda *_: None).n_done == 1
        pids = pool_module._HERE[told].pids()
        run_here(told, batch(tmp_path, a="Bell: $5."), lambda *_: None)
        assert pool_module._HERE[told].pids() == pids
    finally:
        pool_module._HERE.pop(told).close()


def test_workers_that_grew_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "GROWTH_LIMIT_BYTES", -1)
    pool = WorkerPool(setup(tmp_path))
    pool.run(batch(tmp_path, a="Bell: $5."), lambda *_: None)
    assert pool.pids() == []
    pool.close()


class Recorder:
    """A runner that says what it was asked for; the first attempts at batch 1 fail."""

    def __init__(self, failing: int = 1) -> None:
        self.failing = failing
        self.asked: list[int] = []
        self.closed = False

    def run(self, batch: Batch, on_event: OnEvent) -> BatchResult:
        self.asked.append(batch.number)
        on_event("done", f"{batch.number}.txt")
        if batch.number == 1 and self.asked.count(1) <= self.failing:
            raise StorageError("full")
        return BatchResult(batch.number, 1, 0, 0.0, 0.0)

    def close(self) -> None:
        self.closed = True


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "RETRY_AFTER_S", 0.0)


def test_batches_are_begun_before_they_are_asked_for() -> None:
    recorder, batches = Recorder(), [Batch(number, []) for number in range(3)]
    told: list[str] = []
    ahead = Ahead(recorder, batches, 1, lambda event, doc_id: told.append(doc_id))
    assert [ahead.run(batch, lambda *_: None).number for batch in batches] == [0, 1, 2]
    assert told == ["0.txt", "1.txt", "1.txt", "2.txt"]
    assert ahead.run(batches[2], lambda *_: None).number == 2, "a batch that is asked for again is done again"
    assert recorder.asked == [0, 1, 1, 2, 2]
    ahead.close()
    assert recorder.closed


def test_a_storage_that_refuses_twice_ends_the_run() -> None:
    ahead = Ahead(Recorder(failing=2), [Batch(1, [])], 1, lambda *_: None)
    with pytest.raises(StorageError):
        list(ahead.results())
    ahead.close()
