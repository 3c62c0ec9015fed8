"""Crashes: processes are really killed, at every point where a file is put in place; the next run repairs.

A child is forked from the test, so that hundreds of points cost seconds. What must hold after each: the current tables
are readable at every moment, and after the next run their bytes are those of an undisturbed run.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

import extract.store.storage
from extract.errors import HistoryError, StorageError
from extract.runs import session as runs_module
from extract.runs.session import Options, Session
from extract.store.read import last_run, read_arrow
from extract.tables.schema import DOCUMENT_TABLES
from tests.run_support import StandIn, all_rows, contents, run, table_bytes, texts, write_raw

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="crashes are made by forking")

FIXED = datetime(2024, 5, 1, 2, 0, tzinfo=UTC)
LATER = datetime(2024, 5, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_batches_and_fixed_times(monkeypatch: pytest.MonkeyPatch, pinned: None) -> None:
    StandIn()  # imported once here, not in each child
    monkeypatch.setattr(runs_module, "MIN_BATCH_BYTES", 150)
    monkeypatch.setattr(runs_module, "now", lambda: FIXED)
    # what a power cut leaves is tested by truncating files; waiting for the disk here would only cost time
    monkeypatch.setattr(os, "fsync", lambda handle: None)


def in_child(work: Callable[[], object]) -> int:
    """Run in a forked child; its exit status, or minus the signal that ended it."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_at(point: int, work: Callable[[], object], *, after: bool) -> bool:
    """Do the work in a child that kills itself as its nth file is put in place; False if it got through."""
    real = os.replace

    def work_and_die() -> None:
        count = 0

        def replace(source: str, target: str) -> None:
            nonlocal count
            count += 1
            if count == point and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            real(source, target)
            if count == point:
                os.kill(os.getpid(), signal.SIGKILL)

        os.replace = replace  # type: ignore[assignment]
        work()

    code = in_child(work_and_die)
    assert code in (0, -signal.SIGKILL)
    return code != 0


def whole_documents(out: Path) -> None:
    """Every table that is there can be read, and holds all rows of a document or none."""
    if not (out / "documents").exists():
        return
    for table in DOCUMENT_TABLES:
        if (out / table).exists() and any((out / table).glob("*.parquet")):
            frame = all_rows(out, table)
            sizes = frame.groupby("doc_id").size()
            assert set(sizes) <= ({1} if table in ("documents", "segments") else {2, 1})


def tables_agree(out: Path) -> None:
    """What ``extract.read`` gives of different tables is of one run."""
    try:
        run_id = last_run(out)
    except HistoryError:
        return
    documents = read_arrow("documents", out).to_pylist()
    assert set(read_arrow("runs", out)["run_id"].to_pylist()) >= {row["run_id"] for row in documents}
    assert read_arrow("runs", out)["run_id"].to_pylist()[-1] == run_id
    for table in ("turns", "entities", "dates", "claims"):
        rows = Counter(read_arrow(table, out)["doc_id"].to_pylist())
        assert rows == Counter({row["doc_id"]: row[f"n_{table}"] for row in documents}), table


@pytest.mark.slow
def test_killed_at_any_point_of_a_first_run(tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(2))
    run(raw, tmp_path / "undisturbed")
    wanted, records = table_bytes(tmp_path / "undisturbed"), (tmp_path / "undisturbed/runs.parquet").read_bytes()
    point = 0
    while True:
        point += 1
        out = tmp_path / f"out{point}"
        if not killed_at(point, lambda out=out: run(raw, out), after=point % 2 == 0):  # type: ignore[misc]
            break
        whole_documents(out)
        tables_agree(out)
        run(raw, out)
        assert table_bytes(out) == wanted, f"killed at file {point}"
        assert (out / "runs.parquet").read_bytes() == records
    assert point > 30


@pytest.mark.slow
def test_killed_at_any_point_of_an_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, before = write_raw(tmp_path / "raw", texts(2)), tmp_path / "before"
    run(raw, before)
    write_raw(raw, {"d0/doc000.txt": "Bell: $7 in 1999.\nMoss: Westland $8 in 1998.\n", "new.txt": "Bell: Eastland.\n"})
    (raw / "d1/doc001.txt").unlink()
    monkeypatch.setattr(runs_module, "now", lambda: LATER)
    shutil.copytree(before, tmp_path / "undisturbed")
    run(raw, tmp_path / "undisturbed")
    wanted = table_bytes(tmp_path / "undisturbed")
    point = 0
    while True:
        point += 1
        out = tmp_path / f"out{point}"
        shutil.copytree(before, out)
        if not killed_at(point, lambda out=out: run(raw, out), after=point % 2 == 0):  # type: ignore[misc]
            break
        tables_agree(out)
        run(raw, out)
        assert table_bytes(out) == wanted, f"killed at file {point}"
    assert point > 20


def test_finished_batches_of_a_killed_run_are_used(tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(6)), tmp_path / "out"

    def die(number: int) -> None:
        if number == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(lambda: run(raw, out, on_batch=die)) == -signal.SIGKILL
    with Session(Options(str(raw), str(out), workers=2)) as session:
        adopted = {d.doc_id for batch in session._adopted for d in batch.documents}
        assert len(adopted) >= 3
        assert adopted.isdisjoint(todo.source.doc_id for todo in session.plan.todo)
        assert session.repair.stale_owner
    record = run(raw, out)
    assert record is not None
    assert record.resumed == 1
    assert record.counts["n_new"] == 6


def test_a_file_that_changed_after_the_kill_is_done_again(tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(6)), tmp_path / "out"
    assert in_child(lambda: run(raw, out, on_batch=lambda n: n == 3 and os.kill(os.getpid(), 9))) == -9
    write_raw(raw, dict.fromkeys(texts(3), "Bell: $12345 for Eastland."))
    (raw / "d0/doc003.txt").unlink()
    record = run(raw, out)
    assert record is not None
    run(raw, tmp_path / "fresh")
    assert contents(out) == contents(tmp_path / "fresh")
    assert run(raw, out) is None


def test_another_pipeline_gives_up_the_killed_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(6)), tmp_path / "out"
    assert in_child(lambda: run(raw, out, on_batch=lambda n: n == 2 and os.kill(os.getpid(), 9))) == -9
    monkeypatch.setattr("extract.__version__", "9.9.9")
    record = run(raw, out)
    assert record is not None
    assert record.resumed == 0
    assert set(all_rows(out, "documents")["pipeline_version"]) == {record.pipeline_version}
    assert list(pd.read_parquet(out / "runs.parquet")["run_id"]) == [record.run_id]


@pytest.mark.slow
def test_a_truncated_file_is_repaired(tmp_path: Path) -> None:
    """A power cut: the file written last, whichever it was, ends in its middle."""
    raw, out = write_raw(tmp_path / "raw", texts(4)), tmp_path / "out"
    run(raw, out)
    wanted = table_bytes(out)
    others = {name: (out / name).read_bytes() for name in ("runs.parquet", "failures/part-00.parquet")}
    run_folder = next((out / "runs").iterdir())
    broken = [out / name for name in (*wanted, *others, ".extract/published.json", ".extract/index.parquet")]
    broken += [run_folder / "run.json", run_folder / "run.copy.json"]
    for path in broken:
        whole = path.read_bytes()
        for length in (0, len(whole) // 2):
            path.write_bytes(whole[:length])
            run(raw, out)
            assert table_bytes(out) == wanted, path
            assert {name: (out / name).read_bytes() for name in others} == others, path
    for name in wanted:
        (out / name).unlink()
    run(raw, out)
    assert table_bytes(out) == wanted


def test_a_truncated_part_of_a_killed_run_is_done_again(tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(6))
    run(raw, tmp_path / "undisturbed")
    for victim in ("claims/part-0001.parquet", "batches/0001.json", "documents/part-0000.parquet"):
        out = tmp_path / victim.replace("/", "-")
        assert in_child(lambda out=out: run(raw, out, on_batch=lambda n: n == 2 and os.kill(os.getpid(), 9))) == -9  # type: ignore[misc]
        path = next((out / "runs").iterdir()) / victim
        path.write_bytes(path.read_bytes()[:-7])
        run(raw, out)
        assert table_bytes(out) == table_bytes(tmp_path / "undisturbed")


@pytest.mark.parametrize("writes", [3, 12, 25, 40])
def test_a_full_disk(writes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(4)), tmp_path / "out"
    run(raw, tmp_path / "undisturbed")
    real = extract.store.storage._write_durably
    left = writes

    def write(path: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            path.write_bytes(data[: len(data) // 2])
            raise OSError(28, os.strerror(28))
        real(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(extract.store.storage, "_write_durably", write)
        with pytest.raises(StorageError, match="No space left on device; make room or give another --out"):
            run(raw, out)
    assert not list(out.rglob(".*.tmp"))
    whole_documents(out)
    run(raw, out)
    assert table_bytes(out) == table_bytes(tmp_path / "undisturbed")


@pytest.mark.slow
def test_readers_never_see_half_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader reads in a loop while runs go on, each changing every document: rows always come from one version."""
    raw, out = tmp_path / "raw", tmp_path / "out"

    def write(version: int) -> None:
        write_raw(raw, {f"doc{i}.txt": "".join(f"Bell: ${version} now.\n" for _ in range(30)) for i in range(6)})

    write(1)
    run(raw, out)
    problems: list[str] = []
    done = threading.Event()
    reads = 0

    def read() -> None:
        nonlocal reads
        while not done.is_set():
            try:
                claims = pd.read_parquet(out / "claims")
                if len(claims) != 180 or (claims.groupby("doc_id")["value_min"].nunique() != 1).any():
                    problems.append(f"{len(claims)} rows")
            except Exception as error:
                problems.append(repr(error))
            reads += 1

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    monkeypatch.setattr(runs_module, "now", lambda: datetime.now(UTC))
    for version in range(2, 8):
        write(version)
        assert run(raw, out) is not None
    done.set()
    for reader in readers:
        reader.join()
    assert reads > 10
    assert problems == []


@pytest.mark.slow
def test_tables_of_one_run_agree_while_others_publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader asks for the last run and reads two tables as of it, in a loop, while runs replace every row."""
    raw, out = write_raw(tmp_path / "raw", texts(6)), tmp_path / "out"
    run(raw, out)
    reads: list[bool] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            run_id = last_run(out)
            documents, claims = (read_arrow(table, out, run=run_id) for table in ("documents", "claims"))
            counted = Counter(claims["doc_id"].to_pylist())
            reads.append(counted == Counter({d["doc_id"]: d["n_claims"] for d in documents.to_pylist()}))

    reader = threading.Thread(target=read)
    reader.start()
    monkeypatch.setattr(runs_module, "now", lambda: datetime.now(UTC))
    for version in range(2, 8):
        write_raw(raw, dict.fromkeys(texts(6), "Bell: $5 now.\n" * version))
        assert run(raw, out) is not None
    done.set()
    reader.join()
    assert len(reads) > 3
    assert all(reads)
