"""The history of runs: where rows lay as of each of them, what can be read back, what parts and records hold."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import extract
from extract.errors import HistoryError, UnknownNameError, UnknownRunError
from extract.runs import session as runs_module
from extract.runs.prune import prune
from extract.store.history import History, last_words
from extract.store.parts import MANIFEST, N_PARTS, RunFolder, base_ids, failures_of, part_of, run_ids
from extract.store.read import last_run, read_arrow
from extract.store.records import BatchRecord, DocumentRecord, FailureRecord, RunRecord
from extract.store.storage import open_storage
from extract.tables.schema import DOCUMENT_TABLES, TABLES
from tests.run_support import run, texts, write_raw

FIRST, SECOND, THIRD = "20240501T020000Z", "20240502T020000Z", "20240503T020000Z"


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pinned: None) -> Path:
    """Three runs a day apart: four documents, one of which fails; one edited and one gone; one more."""
    raw, days = write_raw(tmp_path / "raw", texts(3) | {"bad.txt": "BOOM"}), iter((1, 2, 3))

    def next_run() -> None:
        moment = datetime(2024, 5, next(days), 2, tzinfo=UTC)
        monkeypatch.setattr(runs_module, "now", lambda: moment)
        assert run(raw, tmp_path / "out") is not None

    next_run()
    write_raw(raw, {"d0/doc000.txt": "Bell: $99 for Eastland in 1999."})
    (raw / "d1/doc001.txt").unlink()
    next_run()
    write_raw(raw, {"new.txt": "Moss: $7 for Westland in 1997.", "bad.txt": "Good now."})
    next_run()
    return tmp_path / "out"


def documents(out: Path, run_id: str | None = None) -> list[str]:
    ids: list[str] = read_arrow("documents", out, run=run_id)["doc_id"].to_pylist()
    return ids


def test_the_state_of_each_run(out: Path) -> None:
    history = History(open_storage(out))
    assert history.readable_ids() == [FIRST, SECOND, THIRD]
    assert sorted(history.state(FIRST)) == ["d0/doc000.txt", "d1/doc001.txt", "d2/doc002.txt"]
    assert sorted(history.state(SECOND)) == ["d0/doc000.txt", "d2/doc002.txt"]
    assert {doc_id: place.folder for doc_id, place in history.state().items()} == {
        "d0/doc000.txt": SECOND,
        "d2/doc002.txt": FIRST,
        "bad.txt": THIRD,
        "new.txt": THIRD,
    }
    parts = {part_of("new.txt")}
    assert history.state(parts=parts).keys() == {d for d in history.state() if part_of(d) in parts}
    assert history.state(FIRST, parts={part_of("d1/doc001.txt")}).keys() >= {"d1/doc001.txt"}


def test_rows_as_of_each_run(out: Path) -> None:
    for run_id, wanted in (
        (FIRST, ["d0/doc000.txt", "d1/doc001.txt", "d2/doc002.txt"]),
        (SECOND, ["d0/doc000.txt", "d2/doc002.txt"]),
        (THIRD, ["bad.txt", "d0/doc000.txt", "d2/doc002.txt", "new.txt"]),
    ):
        assert documents(out, run_id) == wanted
        counts = read_arrow("documents", out, run=run_id).to_pylist()
        for table in ("turns", "entities", "dates", "claims"):
            rows = read_arrow(table, out, run=run_id)["doc_id"].to_pylist()
            assert rows == sorted(rows)
            assert {d["doc_id"]: rows.count(d["doc_id"]) for d in counts} == {
                d["doc_id"]: d[f"n_{table}"] for d in counts
            }, f"{table} as of {run_id}"
        assert read_arrow("runs", out, run=run_id)["run_id"].to_pylist()[-1] == run_id
    assert documents(out) == documents(out, THIRD)
    failed = {run_id: read_arrow("failures", out, run=run_id)["run_id"].to_pylist() for run_id in (FIRST, THIRD)}
    assert failed == {FIRST: [FIRST], THIRD: [FIRST, SECOND]}
    assert set(read_arrow("claim_groups", out, run=FIRST)["claim_id"].to_pylist()) <= set(
        read_arrow("claims", out, run=FIRST)["claim_id"].to_pylist()
    )


def test_columns_of_rows_that_are_read_back(out: Path) -> None:
    history = History(open_storage(out))
    state = history.state(THIRD)
    years = history.read("dates", state, ["value"])
    assert years.column_names == ["value"]
    assert sorted(years["value"].to_pylist()) == sorted(read_arrow("dates", out)["value"].to_pylist())
    assert history.read("dates", {}, ["value"]).num_rows == 0
    assert history.read("dates", {}).column_names == history.read("dates", state).column_names
    (only,) = history.rows("claims", {"new.txt": state["new.txt"]})
    assert only["doc_id"].to_pylist() == ["new.txt"]


def test_a_run_is_found_by_how_its_id_begins(out: Path) -> None:
    history = History(open_storage(out))
    assert history.find(SECOND).run_id == SECOND
    assert history.find("20240502").run_id == SECOND
    for unknown in ("", "202405", "1999", f"{SECOND}-02"):
        with pytest.raises(UnknownRunError, match=f"no run '{unknown}'; the latest runs are: {FIRST}, {SECOND}"):
            history.find(unknown)


def test_records_of_batches_are_read_once(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(open_storage(out))
    first = history.batches(FIRST)
    monkeypatch.setattr(RunFolder, "batches", lambda self: pytest.fail("read again"))
    assert history.batches(FIRST) is first


def test_what_a_base_stands_for(out: Path) -> None:
    before = {run_id: documents(out, run_id) for run_id in (SECOND, THIRD)}
    rows = {table: read_arrow(table, out, run=SECOND) for table in DOCUMENT_TABLES}
    failures = read_arrow("failures", out).to_pylist()
    removed = prune(out, keep_runs=1, keep_days=0).removed
    assert removed == [FIRST, SECOND]
    history = History(open_storage(out))
    assert base_ids(open_storage(out)) == [SECOND]
    assert run_ids(open_storage(out)) == [THIRD]
    assert history.readable_ids() == [SECOND, THIRD]
    assert [record.run_id for record in history.all_records] == [FIRST, SECOND, THIRD]
    assert {run_id: documents(out, run_id) for run_id in before} == before
    assert {table: read_arrow(table, out, run=SECOND) for table in DOCUMENT_TABLES} == rows
    assert history.failure_rows() == failures
    with pytest.raises(UnknownRunError):
        read_arrow("documents", out, run=FIRST)
    with pytest.raises(HistoryError, match=f"run {FIRST} was pruned; the oldest that can be read back is {SECOND}"):
        history.state(FIRST)
    # a base that was being written when its process was killed stands for nothing
    shutil.copytree(out / "runs" / f"base-{SECOND}", out / "runs" / f"base-{THIRD}")
    for name in ("run.json", "run.copy.json"):
        (out / "runs" / f"base-{THIRD}" / name).unlink()
    assert base_ids(open_storage(out)) == [SECOND]


def test_pruning_goes_by_age_too(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.runs.prune.now", lambda: datetime(2024, 5, 4, 2, tzinfo=UTC))
    assert prune(out, keep_runs=1, keep_days=3).removed == []
    assert prune(out, keep_runs=3, keep_days=0).removed == []
    done = prune(out, keep_runs=1, keep_days=2.5)
    assert done.removed == [FIRST]
    assert prune(out, keep_runs=0, keep_days=0).removed == [SECOND], "one is kept"


def test_pruning_refuses_what_it_cannot_do(out: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(HistoryError, match="empty holds no runs; give the folder of the tables with --out"):
        prune(tmp_path / "empty", keep_runs=1, keep_days=0)
    folder = RunFolder(open_storage(out), SECOND)
    record = folder.read_record()
    assert record is not None
    record.status = "publishing"
    folder.write_record(record)
    with pytest.raises(HistoryError, match="holds a run whose publishing was cut off; `extract run` finishes it"):
        prune(out, keep_runs=1, keep_days=0)


def test_pruning_takes_away_runs_that_were_given_up(out: Path) -> None:
    folder = RunFolder(open_storage(out), "20240504T020000Z")
    record = RunFolder(open_storage(out), THIRD).read_record()
    assert record is not None
    record.run_id, record.status = "20240504T020000Z", "abandoned"
    folder.write_record(record)
    assert History(open_storage(out)).readable_ids() == [FIRST, SECOND, THIRD]
    assert prune(out, keep_runs=9, keep_days=99).removed == ["20240504T020000Z"]


def test_tables_are_read_as_of_the_last_finished_run(out: Path) -> None:
    assert last_run(out) == THIRD
    whole = read_arrow("claims", out)
    part = next(p for p in sorted((out / "claims").iterdir()) if pq.read_metadata(p).num_rows)
    held = part.read_bytes()
    part.write_bytes(held[:-1] + b"?")  # as a run that is publishing, or damage, leaves it
    assert read_arrow("claims", out).equals(whole)
    part.unlink()
    assert read_arrow("claims", out).equals(whole)
    assert read_arrow("claims", out, columns=["value_min", "doc_id"]).column_names == ["value_min", "doc_id"]


def test_tables_that_were_copied_without_their_history(out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for table in ("claims", "turns"):
        shutil.copytree(out / table, copy / table)
    assert read_arrow("claims", copy).num_rows == read_arrow("claims", out).num_rows
    with pytest.raises(HistoryError, match="no table 'dates' yet; `extract run` makes it"):
        read_arrow("dates", copy)
    with pytest.raises(HistoryError, match="copy has no tables yet; `extract run` makes them"):
        last_run(copy)
    next((copy / "turns").iterdir()).write_bytes(b"half")
    with pytest.raises(HistoryError, match=r"turns/part-\d\d\.parquet: turns: damaged .*; the next `extract run` rep"):
        read_arrow("turns", copy)


def test_columns_and_filters(out: Path) -> None:
    whole = read_arrow("claims", out)
    some = read_arrow("claims", out, columns=["value_min"], filters=[("doc_id", "==", "new.txt")])
    assert some.to_pylist() == [{"value_min": 7.0}]
    assert read_arrow("claims", out, columns=["text", "doc_id"]).equals(whole.select(["text", "doc_id"]))
    assert read_arrow("claims", out, columns=[]).column_names == []
    with pytest.raises(UnknownNameError, match=r"no column in claims 'worth'; allowed are: claim_id, doc_id"):
        read_arrow("claims", out, columns=["worth"])
    assert set(TABLES) >= {"claims"}


def test_parts_are_compressed_whole_files(out: Path) -> None:
    assert part_of("a") in range(N_PARTS)
    for path in (out / "documents").iterdir():
        told = pq.ParquetFile(path).metadata
        assert told.format_version == "2.6"
        assert told.num_row_groups <= 1
        if told.num_rows:
            assert told.row_group(0).column(0).compression == "ZSTD"
    assert json.loads((out / MANIFEST).read_text())["run_id"] == THIRD


def record_of(out: Path, run_id: str = THIRD) -> RunRecord:
    record = RunFolder(open_storage(out), run_id).read_record()
    assert record is not None
    return record


def test_the_record_of_a_run_has_a_copy(out: Path) -> None:
    folder, whole = out / "runs" / THIRD, record_of(out)
    assert (folder / "run.json").read_bytes() == (folder / "run.copy.json").read_bytes()
    for broken in (b"", b"{", b"{}", b"[]", b'{"run_id": 1}'):
        (folder / "run.json").write_bytes(broken)
        assert record_of(out) == whole
    (folder / "run.json").unlink()
    assert record_of(out) == whole
    (folder / "run.copy.json").unlink()
    assert RunFolder(open_storage(out), THIRD).read_record() is None


def test_a_record_of_a_later_version_is_read(out: Path) -> None:
    whole = record_of(out)
    later = json.loads(whole.to_json()) | {"n_dragons": 3}
    assert RunRecord.from_json(json.dumps(later).encode()) == whole
    lines = whole.to_json().decode().splitlines()
    assert lines[1].startswith(' "counts": {'), "by name, indented, so that a person can read it"
    row = whole.row()
    assert row["started_at"] == row["finished_at"] == datetime(2024, 5, 3, 2, tzinfo=UTC)
    whole.finished_at, whole.counts, whole.started_at = None, {"n_seen": 4}, "2024-05-03T04:00:00+02:00"
    row = whole.row()
    assert (row["finished_at"], row["n_seen"], row["n_new"]) == (None, 4, 0)
    assert row["started_at"] == datetime(2024, 5, 3, 2, tzinfo=UTC)
    assert row["started_at"].utcoffset() == timedelta(0)


def test_a_batch_is_whole_or_never_happened(out: Path) -> None:
    folder = RunFolder(open_storage(out), FIRST)
    (batch, *_) = folder.batches(deep=True)
    assert BatchRecord.from_json(batch.to_json()) == batch
    assert folder.next_number() == len(folder.batches())
    path = out / "runs" / FIRST / "claims" / f"part-{batch.number:04d}.parquet"
    held = path.read_bytes()
    path.write_bytes(held[:-1] + b"?")
    assert batch in folder.batches(), "the size is right"
    assert batch not in folder.batches(deep=True)
    path.write_bytes(held[:-1])
    assert batch not in folder.batches()
    with pytest.raises(HistoryError, match=r"is gone or damaged .*; `extract run --force` makes all rows anew"):
        folder.read(batch.number, "claims")
    path.unlink()
    assert batch not in folder.batches()
    path.write_bytes(held)
    told = out / "runs" / FIRST / "batches" / f"{batch.number:04d}.json"
    values = json.loads(told.read_text())
    del values["files"]["claims"]
    told.write_text(json.dumps(values))
    assert batch.number not in [b.number for b in folder.batches()]
    told.write_text("{}")
    assert batch.number not in [b.number for b in folder.batches()]
    (told.parent / "notes.txt").write_text("no record")
    folder.batches()


def made(number: int, documents: list[str], failures: list[str]) -> BatchRecord:
    done = [DocumentRecord(doc_id, "", "", "new") for doc_id in documents]
    failed = [FailureRecord(doc_id, "", "", "new", "rows", f"bad {number}", "trace") for doc_id in failures]
    return BatchRecord(number, "f", done, failed, {}, 1.5)


def outcome(batches: list[BatchRecord]) -> list[tuple[Any, ...]]:
    return [(b.number, [d.doc_id for d in b.documents], [f.doc_id for f in b.failures], b.seconds) for b in batches]


def test_the_last_word_on_a_document_counts() -> None:
    batches = [made(2, ["a"], ["b"]), made(0, ["b", "c"], ["a"]), made(1, ["b"], [])]
    assert outcome(last_words(batches)) == [(0, ["c"], [], 1.5), (1, [], [], 1.5), (2, ["a"], ["b"], 1.5)]


def test_failures_of_a_run_are_told_by_document() -> None:
    rows = failures_of("r", [made(1, [], ["b", "a"]), made(2, [], ["aa"])])
    assert [(row["run_id"], row["doc_id"], row["error"]) for row in rows] == [
        ("r", "a", "bad 1"),
        ("r", "aa", "bad 2"),
        ("r", "b", "bad 1"),
    ]
    assert set(rows[0]) == {"run_id", "doc_id", "stage", "error", "traceback"}


def test_the_frame_of_a_run_read_back(out: Path) -> None:
    frame = extract.read("documents", out, run="20240501")
    assert list(frame["doc_id"]) == documents(out, FIRST)
    assert extract.last_run(out) == THIRD
