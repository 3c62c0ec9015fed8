"""Runs: what is done again and why, what is skipped, removed, failed, set aside; and reading back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import extract
from extract.errors import (
    HistoryError,
    LockedError,
    OutputFolderError,
    RawFolderError,
    UnknownNameError,
    UnknownRunError,
)
from extract.runs import session as runs_module
from extract.runs.failures import current_failures, past_failures
from extract.runs.plan import INDEX
from extract.runs.prune import prune
from extract.runs.session import Options, Session, make_batches, new_run_id, now
from extract.store.storage import open_storage
from tests.run_support import all_rows, contents, run, table_bytes, texts, write_raw

pytestmark = pytest.mark.usefixtures("pinned")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return write_raw(tmp_path / "raw", texts(8))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def counts(record: Any) -> tuple[int, ...]:
    names = ("n_seen", "n_new", "n_changed", "n_unchanged", "n_removed", "n_failed")
    return tuple(record.counts[name] for name in names)


def files_of(out: Path) -> dict[str, tuple[int, bytes]]:
    paths = (p for p in out.rglob("*") if p.is_file() and ".extract" not in p.parts)
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in paths}


def test_first_run_fills_all_tables(raw: Path, out: Path) -> None:
    record = run(raw, out)
    assert record is not None
    assert counts(record) == (8, 8, 0, 0, 0, 0)
    assert sorted(all_rows(out, "documents")["doc_id"]) == sorted(texts(8))
    assert {len(all_rows(out, table)) for table in ("turns", "entities", "dates", "claims")} == {16}
    runs = pd.read_parquet(out / "runs.parquet")
    assert list(runs["run_id"]) == [record.run_id]
    assert list(runs["status"]) == ["complete"]
    assert len(pd.read_parquet(out / "failures")) == 0
    told = json.loads((out / "runs" / record.run_id / "run.json").read_text())
    assert told["counts"]["n_seen"] == 8


def test_nothing_to_do_leaves_every_byte(raw: Path, out: Path) -> None:
    run(raw, out)
    before = files_of(out)
    assert run(raw, out) is None
    assert files_of(out) == before


def test_unchanged_files_are_not_even_read(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, out)
    monkeypatch.setattr("extract.ingest.sources.read_bytes", lambda *_: pytest.fail("a file was read"))
    assert run(raw, out) is None


def test_a_touched_file_is_read_once_and_not_done_again(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(raw, out)
    stamp = time.time_ns() - 30_000_000_000
    os.utime(raw / "d0/doc000.txt", ns=(stamp, stamp))
    assert run(raw, out) is None
    monkeypatch.setattr("extract.ingest.sources.read_bytes", lambda *_: pytest.fail("a file was read"))
    assert run(raw, out) is None


def test_an_edit_within_the_clock_s_grain_is_seen(raw: Path, out: Path) -> None:
    write_raw(raw, {"d0/doc000.txt": "Bell: It cost $1."}, old=False)
    run(raw, out)
    path = raw / "d0/doc000.txt"
    stamp = path.stat().st_mtime_ns
    path.write_text("Bell: It cost $2.")
    os.utime(path, ns=(stamp, stamp))
    record = run(raw, out)
    assert record is not None
    assert counts(record) == (8, 0, 1, 7, 0, 0)


def test_new_changed_and_removed_are_told_apart(raw: Path, out: Path) -> None:
    run(raw, out)
    write_raw(raw, {"d0/doc000.txt": "Bell: It cost $99 in 1999.", "new/a.txt": "Moss: $3 for Eastland."})
    (raw / "d1/doc001.txt").unlink()
    record = run(raw, out)
    assert record is not None
    assert counts(record) == (8, 1, 1, 6, 1, 0)
    documents = all_rows(out, "documents").set_index("doc_id")
    assert "d1/doc001.txt" not in documents.index
    assert set(documents[documents["run_id"] == record.run_id].index) == {"d0/doc000.txt", "new/a.txt"}
    assert "d1/doc001.txt" not in set(all_rows(out, "claims")["doc_id"])


def test_reasons(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reasons(**options: Any) -> dict[str, int]:
        with Session(Options(str(raw), str(out), **options), dry=True) as session:
            return session.plan.reasons()

    assert reasons() == {"new": 8}
    assert not out.exists()
    run(raw, out)
    assert reasons() == {"unchanged": 8}
    assert reasons(force=True) == {"forced": 8}
    (raw / "metadata.csv").write_text("doc_id,title\nd0/doc000.txt,On rice\n")
    write_raw(raw, {"d1/doc001.txt": "Other."})
    (raw / "d2/doc002.txt").unlink()
    assert reasons() == {"metadata changed": 1, "text changed": 1, "removed": 1, "unchanged": 5}
    monkeypatch.setattr("extract.__version__", "9.9.9")
    assert reasons() == {"pipeline changed": 5, "metadata changed": 1, "text changed": 1, "removed": 1}


def test_metadata_wins_and_its_change_is_seen(raw: Path, out: Path) -> None:
    (raw / "metadata.csv").write_text("doc_id,title,date\nd0/doc000.txt,On rice,1994-02-11\n")
    run(raw, out)
    row = all_rows(out, "documents").set_index("doc_id").loc["d0/doc000.txt"]
    assert (row["title"], str(row["date"])) == ("On rice", "1994-02-11")
    (raw / "metadata.csv").write_text("doc_id,title\nd0/doc000.txt,On wheat\n")
    record = run(raw, out)
    assert record is not None
    assert counts(record) == (8, 0, 1, 7, 0, 0)
    (raw / "metadata.csv").write_text("doc_id,colour\nd0/doc000.txt,red\n")
    with pytest.raises(RawFolderError, match="unknown column 'colour'"):
        run(raw, out)


def test_order_batches_and_workers_change_no_byte(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixed = now()
    monkeypatch.setattr(runs_module, "now", lambda: fixed)
    run(raw, tmp_path / "a", workers=1)
    monkeypatch.setattr(runs_module, "MIN_BATCH_BYTES", 1)
    run(raw, tmp_path / "b", workers=8)
    assert len(list((tmp_path / "b/runs").glob("*/claims/*"))) > len(list((tmp_path / "a/runs").glob("*/claims/*")))
    assert table_bytes(tmp_path / "a") == table_bytes(tmp_path / "b")


def test_piecemeal_and_at_once_give_the_same_rows(tmp_path: Path) -> None:
    wanted = texts(8)
    for i in range(0, 8, 3):
        run(write_raw(tmp_path / "raw", dict(list(wanted.items())[: i + 3])), tmp_path / "a")
    run(tmp_path / "raw", tmp_path / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_failing_document_costs_only_itself_and_keeps_its_last_rows(raw: Path, out: Path) -> None:
    run(raw, out)
    before = contents(out)
    write_raw(raw, {"d0/doc000.txt": "BOOM", "d1/doc001.txt": "Moss: $3."})
    record = run(raw, out)
    assert record is not None
    assert record.status == "failures"
    assert counts(record) == (8, 0, 1, 6, 0, 1)
    rows = {row["doc_id"]: row for row in contents(out)["documents"]}
    assert rows["d0/doc000.txt"] == next(r for r in before["documents"] if r["doc_id"] == "d0/doc000.txt")
    assert rows["d1/doc001.txt"]["text"] == "Moss: $3."
    failure = pd.read_parquet(out / "failures").iloc[0]
    assert (failure["run_id"], failure["doc_id"], failure["stage"]) == (record.run_id, "d0/doc000.txt", "pipeline")
    assert failure["error"] == "ValueError: boom <b>&</b> in a component"
    assert "run_support.py" in failure["traceback"]


def test_three_failures_in_a_row_set_a_document_aside(raw: Path, out: Path) -> None:
    write_raw(raw, {"bad.txt": "BOOM"})
    for fails in (1, 2, 3):
        record = run(raw, out)
        assert record is not None
        assert record.counts["n_failed"] == 1
        assert [row["fails"] for row in current_failures(open_storage(out))] == [fails]
    assert run(raw, out) is None
    told = current_failures(open_storage(out))[0]
    assert (told["set_aside"], told["stage"]) == (True, "pipeline")
    (out / INDEX).unlink()
    assert run(raw, out) is None, "the history remembers it without the index"
    again = run(raw, out, retry=True)
    assert again is not None
    assert again.counts["n_failed"] == 1
    write_raw(raw, {"bad.txt": "Good now."})
    record = run(raw, out)
    assert record is not None
    assert counts(record)[1:] == (1, 0, 8, 0, 0)
    assert current_failures(open_storage(out)) == []
    assert len(past_failures(open_storage(out))) == 4


@pytest.mark.parametrize(
    ("word", "limits", "stage"),
    [("HANG", {"time_limit_s": 0.3}, "time limit"), ("GROW", {"memory_limit_mb": 50}, "memory limit")],
)
def test_limits_of_a_document(word: str, limits: dict[str, float], stage: str, raw: Path, out: Path) -> None:
    write_raw(raw, {"bad.txt": word})
    record = run(raw, out, **limits)
    assert record is not None
    assert counts(record) == (9, 8, 0, 0, 0, 1)
    failure = pd.read_parquet(out / "failures").iloc[0]
    assert failure["stage"] == stage
    assert "--time-limit" in failure["error"] or "--memory-limit" in failure["error"]


def test_bad_files(tmp_path: Path, out: Path) -> None:
    raw = write_raw(
        tmp_path / "raw", {"good.txt": "Bell: $5.", "empty.txt": "", "..odd.txt": "Moss: $6.", "日本 é.md": "Moss: $7."}
    )
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (raw / "broken.txt").write_bytes("Café prices rose in Genève and Zürich.".encode() * 3 + b"\xff\xfe bad")
    (raw / "long.txt").write_text("Bell: " + "$5 and so on " + "so on " * 170_000)
    (raw / "nul.txt").write_text("Bell: the tariff \0 cost $5 and was \0 paid in full.")
    (raw / "quotes.txt").write_text("He said “it cost $5 and never closed. “Again.")
    (raw / "loop.txt").symlink_to(raw / "loop.txt")
    (raw / "loop").symlink_to(raw)
    (raw / "gone.txt").write_text("x")
    if os.geteuid():
        (raw / "secret.txt").write_text("x")
        (raw / "secret.txt").chmod(0)

    record = run_while_vanishing(raw, out)
    failed = dict(pd.read_parquet(out / "failures")[["doc_id", "error"]].itertuples(index=False))
    assert {"empty.txt", "binary.txt", "broken.txt", "gone.txt", "loop.txt"} <= failed.keys()
    assert all(error and "\n" not in error for error in failed.values())
    assert "gone since the folder was listed" in failed["gone.txt"]
    assert record.counts["n_seen"] == record.counts["n_new"] + record.counts["n_failed"]
    done = set(all_rows(out, "documents")["doc_id"])
    assert done == {"good.txt", "..odd.txt", "日本 é.md", "long.txt", "nul.txt", "quotes.txt"}


def run_while_vanishing(raw: Path, out: Path) -> Any:
    from extract.work.pool import InProcess
    from tests.run_support import StandIn

    with Session(Options(str(raw), str(out), workers=1)) as session:
        batches = session.begin()
        (raw / "gone.txt").unlink()
        runner = InProcess(session.setup)
        runner._nlp = StandIn()
        for batch in batches:
            runner.run(batch, lambda event, doc_id: None)
        return session.finish()


@pytest.mark.parametrize("place", ["missing", "file.txt"])
def test_a_raw_folder_that_is_none_is_an_error_and_nothing_is_written(place: str, tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(RawFolderError, match=place):
        run(tmp_path / place, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("inside", ["", "tables"])
def test_tables_do_not_go_among_the_documents(inside: str, raw: Path) -> None:
    with pytest.raises(OutputFolderError, match="lies in the raw folder"):
        run(raw, raw / inside)


def test_an_empty_folder_gives_nothing_to_do(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    assert run(tmp_path / "raw", tmp_path / "out") is None


def test_a_second_writer_stops_with_the_owner_s_name(raw: Path, out: Path) -> None:
    with Session(Options(str(raw), str(out))):
        started = time.monotonic()
        with pytest.raises(LockedError, match=rf"process {os.getpid()} of .* on host .*, started .* \(\d+ s ago\)"):
            run(raw, out)
        with pytest.raises(LockedError):
            run(raw, out, wait_s=0.6)
        assert time.monotonic() - started >= 0.6


def test_a_second_writer_waits(raw: Path, out: Path) -> None:
    with Session(Options(str(raw), str(out))) as first:
        threading.Timer(0.4, first._lock.release).start()
        assert run(raw, out, wait_s=10) is not None


def test_a_killed_owner_s_lock_is_recognised(raw: Path, out: Path) -> None:
    code = (
        "import os, signal, sys\nfrom extract.store.lock import RunLock\n"
        "from extract.store.storage import open_storage\n"
        "RunLock(open_storage(sys.argv[1])).acquire()\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(out)], check=False)
    assert killed.returncode == -9
    with Session(Options(str(raw), str(out))) as session:
        assert session.repair.stale_owner is not None
        assert "ago" in session.repair.stale_owner


def test_all_in_an_object_store(raw: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for path in raw.rglob("*.txt"):
        memory.pipe_file(f"/bucket/raw/{path.relative_to(raw).as_posix()}", path.read_bytes())
    memory.pipe_file("/bucket/raw/metadata.csv", b"doc_id,title\nd0/doc000.txt,On rice\n")
    memory.pipe_file("/bucket/raw/notes.xyz", b"no document")
    record = run("memory://bucket/raw", "memory://bucket/out")
    assert record is not None
    assert counts(record) == (8, 8, 0, 0, 0, 0)
    documents = extract.read("documents", "memory://bucket/out").set_index("doc_id")
    assert documents.loc["d0/doc000.txt", "title"] == "On rice"
    memory.pipe_file("/bucket/raw/d1/doc001.txt", b"Bell: $77.")
    again = run("memory://bucket/raw", "memory://bucket/out")
    assert again is not None
    assert counts(again) == (8, 0, 1, 7, 0, 0)
    with pytest.raises(RawFolderError, match="does not exist"):
        run("memory://bucket/nothing", "memory://bucket/out2")


def test_reading_back_as_of_any_run(raw: Path, out: Path) -> None:
    first = run(raw, out)
    before = contents(out)["claims"]
    write_raw(raw, {"d0/doc000.txt": "Bell: $99."})
    (raw / "d1/doc001.txt").unlink()
    second = run(raw, out)
    assert first is not None
    assert second is not None
    assert extract.read("claims", out, run=first.run_id).to_dict("records") is not None
    old = extract.read("claims", out, run=first.run_id, columns=["claim_id", "doc_id"])
    assert sorted(old["claim_id"]) == sorted(row["claim_id"] for row in before)
    new = extract.read("claims", out, run=second.run_id)
    assert sorted(new["claim_id"]) == sorted(extract.read("claims", out)["claim_id"])
    assert "d1/doc001.txt" not in set(new["doc_id"])
    filtered = extract.read("claims", out, columns=["doc_id"], filters=[("value_min", ">", 90)])
    assert list(filtered["doc_id"]) == ["d0/doc000.txt"]
    assert len(extract.read("runs", out, run=first.run_id)) == 1
    assert len(extract.read("runs", out)) == 2


def test_reading_what_is_not_there(raw: Path, out: Path) -> None:
    with pytest.raises(HistoryError, match="no table 'claims' yet"):
        extract.read("claims", out)
    run(raw, out)
    with pytest.raises(UnknownRunError, match=r"no run '1999'; the latest runs are: 2"):
        extract.read("claims", out, run="1999")
    with pytest.raises(UnknownRunError):
        extract.read("claims", out, run="../../etc")
    with pytest.raises(UnknownNameError, match="no column in claims 'worth'"):
        extract.read("claims", out, columns=["worth"])
    with pytest.raises(UnknownNameError, match="no table 'claim'"):
        extract.read("claim", out)


def test_a_pruned_run_is_not_taken_for_one_whose_id_begins_alike(
    raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids: list[str] = []
    for i, second in enumerate((0, 0, 9)):
        moment = datetime(2024, 5, 1, 2, 0, second, tzinfo=UTC)
        monkeypatch.setattr("extract.runs.session.now", lambda moment=moment: moment)
        write_raw(raw, {"d0/doc000.txt": f"Bell: ${i + 1000}."})
        record = run(raw, out)
        assert record is not None
        ids.append(record.run_id)
    assert ids[1].startswith(ids[0])
    prune(out, keep_runs=1, keep_days=0)
    with pytest.raises(UnknownRunError):
        extract.read("claims", out, run=ids[0])


def test_pruning_keeps_what_is_kept_readable(raw: Path, out: Path) -> None:
    ids, states = [], []
    write_raw(raw, {"bad.txt": "BOOM"})
    for i in range(5):
        write_raw(raw, {f"d0/doc00{3 * (i % 3)}.txt": f"Bell: ${i + 1000}."})
        record = run(raw, out)
        assert record is not None
        ids.append(record.run_id)
        states.append(sorted(extract.read("claims", out)["claim_id"]))
    failures = len(pd.read_parquet(out / "failures"))
    assert prune(out, keep_runs=1, keep_days=1).removed == []
    current = files_of(out / "claims")
    done = prune(out, keep_runs=2, keep_days=0)
    assert done.removed == ids[:3]
    assert done.freed_bytes > 0
    assert files_of(out / "claims") == current
    for run_id, state in list(zip(ids, states, strict=True))[2:]:
        assert sorted(extract.read("claims", out, run=run_id)["claim_id"]) == state
    with pytest.raises(UnknownRunError):
        extract.read("claims", out, run=ids[0])
    assert prune(out, keep_runs=1, keep_days=0).removed == [ids[3]]
    assert sorted(extract.read("claims", out, run=ids[4])["claim_id"]) == states[4]
    assert len(past_failures(open_storage(out))) == failures
    for path in (out / "claims").iterdir():
        path.write_bytes(b"spoiled")
    run(raw, out)
    assert sorted(extract.read("claims", out)["claim_id"]) == states[4]
    assert list(pd.read_parquet(out / "runs.parquet")["run_id"])[:5] == ids


def test_run_ids_sort_by_time() -> None:
    fixed = now()
    first = new_run_id(fixed, [])
    second = new_run_id(fixed, [first])
    third = new_run_id(fixed, [first, second])
    assert [second, third] == [f"{first}-02", f"{first}-03"]
    assert sorted([third, first, second]) == [first, second, third]
    assert new_run_id(fixed, ["99990101T000000Z"]) == "99990101T000000Z-02"


def test_batches_hold_every_document_once(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "MIN_BATCH_BYTES", 200)
    with Session(Options(str(raw), str(out)), dry=True) as session:
        batches = make_batches(session.plan.todo, 5, 2)
    assert [batch.number for batch in batches] == list(range(5, 5 + len(batches)))
    assert sorted(d.doc_id for batch in batches for d in batch.documents) == sorted(texts(8))


def test_rows_that_break_the_schema_fail_their_document_alone(raw: Path, out: Path) -> None:
    write_raw(raw, {"bad.txt": "WRONG $5."})
    record = run(raw, out)
    assert record is not None
    assert counts(record) == (9, 8, 0, 0, 0, 1)
    failure = pd.read_parquet(out / "failures").iloc[0]
    assert (failure["doc_id"], failure["stage"]) == ("bad.txt", "rows")
    assert "claims.status: 1 nulls in a column that allows none" in failure["error"]
