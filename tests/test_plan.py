"""The plan of a run from what is there and what is known: which files are read, what is done again, and why."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.ingest.files import Source
from extract.ingest.sources import Sources, given_hash
from extract.runs.plan import (
    FORCED,
    GIVEN,
    INDEX,
    NEW,
    PIPELINE,
    RACY_NS,
    RETRY,
    SET_ASIDE_AFTER,
    TEXT,
    Known,
    Plan,
    after_batches,
    load_index,
    make_plan,
    save_index,
)
from extract.store.records import BatchRecord, DocumentRecord, FailureRecord
from extract.store.storage import open_storage

LONG_AGO = "1000000000"
DONE = Known("a.txt", 5, LONG_AGO, time.time_ns(), "h1", "h1", "", "f1")
FAILED = replace(DONE, rows_sha256="", fails=1, fail_sha256="h1", fail_fingerprint="f1", fail_error="rows: bad")


def source(token: str = LONG_AGO, size_bytes: int = 5, doc_id: str = "a.txt") -> Source:
    return Source(doc_id, f"/raw/{doc_id}", size_bytes, token)


def plan(known: Known | None, found: Source | None = None, *, digest: str = "h1", **more: Any) -> Plan:
    """A plan for one document; ``digest`` is what its bytes hash to, if they are read."""
    given = more.pop("given", {})
    sources = Sources([found or source()], given, [("x.json", "no kind that is read")])
    return make_plan(sources, {known.doc_id: known} if known else {}, "f1", hasher=lambda _: digest, **more)


def why(made: Plan) -> str:
    (todo,) = made.todo
    return todo.why


def test_what_is_unchanged_is_neither_read_nor_done() -> None:
    made = plan(DONE, digest="another, if it were read")
    assert made.is_empty
    assert (made.n_seen, made.n_unchanged, made.known_changed) == (1, 1, False)
    assert made.known == {"a.txt": DONE}
    assert made.ignored == [("x.json", "no kind that is read")]
    assert made.summary() == "1 unchanged"


@pytest.mark.parametrize(
    "found",
    [
        source(token="1000000001"),
        source(size_bytes=6),
        source(token=""),
        source(token=str(DONE.checked_ns - RACY_NS)),
        source(token=str(DONE.checked_ns)),
    ],
)
def test_a_file_that_may_have_changed_is_read(found: Source) -> None:
    known = replace(DONE, token=found.token) if found.size_bytes == 5 and found.token != "1000000001" else DONE
    started = time.time_ns()
    assert why(plan(known, found, digest="h2")) == TEXT
    made = plan(known, found)
    assert made.is_empty, "its bytes are the same"
    assert made.known_changed
    seen = made.known["a.txt"]
    assert (seen.size_bytes, seen.token, seen.sha256, seen.rows_sha256) == (found.size_bytes, found.token, "h1", "h1")
    assert started <= seen.checked_ns <= time.time_ns()


def test_a_file_just_old_enough_is_not_read() -> None:
    stamp = str(DONE.checked_ns - RACY_NS - 1)
    assert plan(replace(DONE, token=stamp), source(token=stamp), digest="another").is_empty


def test_the_tag_of_an_object_is_no_time() -> None:
    known = replace(DONE, token='"tag"', checked_ns=0)
    assert plan(known, source(token='"tag"'), digest="another").is_empty


def test_a_file_that_was_never_hashed_is_read() -> None:
    assert why(plan(replace(DONE, sha256=""), digest="h2")) == TEXT


def test_why_a_document_is_done() -> None:
    assert why(plan(None)) == NEW
    assert why(plan(DONE, given={"a.txt": {"title": "T"}})) == GIVEN
    assert why(plan(replace(DONE, rows_given="gone"))) == GIVEN
    assert why(plan(replace(DONE, rows_fingerprint="f0"))) == PIPELINE
    assert why(plan(replace(DONE, rows_fingerprint="f0", rows_given="gone"))) == GIVEN, "the nearer reason is told"
    assert why(plan(DONE, force=True)) == FORCED
    assert why(plan(None, force=True)) == NEW


def test_what_a_todo_holds() -> None:
    (todo,) = plan(None, digest="h9", given={"a.txt": {"title": "T"}}).todo
    assert (todo.source, todo.sha256, todo.given) == (source(), "h9", {"title": "T"})


def test_what_failed_is_tried_again_and_then_set_aside() -> None:
    for fails in range(1, SET_ASIDE_AFTER):
        assert why(plan(replace(FAILED, fails=fails))) == RETRY
    aside = replace(FAILED, fails=SET_ASIDE_AFTER)
    made = plan(aside)
    assert (made.is_empty, made.set_aside, made.n_unchanged) == (True, [aside], 0)
    assert made.reasons() == {"set aside": 1}
    again = plan(aside, retry=True)
    assert (why(again), again.set_aside) == (RETRY, [])
    assert why(plan(aside, force=True)) == NEW


@pytest.mark.parametrize("change", [{"fail_sha256": "h0"}, {"fail_given": "g0"}, {"fail_fingerprint": "f0"}])
def test_a_failure_on_something_else_does_not_count(change: dict[str, str]) -> None:
    aside = replace(FAILED, fails=SET_ASIDE_AFTER)
    assert why(plan(replace(aside, **change))) == NEW  # type: ignore[arg-type]
    with_rows = replace(aside, rows_sha256="h1", rows_fingerprint="f1", **change)  # type: ignore[arg-type]
    assert plan(with_rows).n_unchanged == 1


def test_only_documents_with_rows_are_removed() -> None:
    known = {name: replace(DONE, doc_id=name) for name in ("c.txt", "b.txt", "a.txt")}
    known["d.txt"] = replace(FAILED, doc_id="d.txt")
    made = make_plan(Sources([source()], {}, []), known, "f1")
    assert made.removed == ["b.txt", "c.txt"]
    assert made.known.keys() == {"a.txt"}
    assert made.known_changed
    assert not made.is_empty
    assert made.summary() == "2 removed, 1 unchanged"


def test_the_index_comes_back_for_its_run_only(tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    assert load_index(storage, "r1") is None
    rows = [replace(FAILED, doc_id="日本.txt"), DONE]
    save_index(storage, rows, "r1")
    assert load_index(storage, "r1") == {known.doc_id: known for known in rows}
    assert load_index(storage, "r2") is None
    assert load_index(storage, None) is None
    save_index(storage, [], None)
    assert load_index(storage, None) == {}
    (tmp_path / INDEX).write_bytes((tmp_path / INDEX).read_bytes()[:-9])
    assert load_index(storage, None) is None


def batch(documents: list[DocumentRecord], failures: list[FailureRecord]) -> BatchRecord:
    return BatchRecord(0, "f1", documents, failures, {})


def test_the_index_after_a_batch() -> None:
    done = batch([DocumentRecord("a.txt", "h2", "g2", NEW)], [])
    (after,) = after_batches({"a.txt": FAILED}, [done]).values()
    assert after == replace(DONE, rows_sha256="h2", rows_given="g2", rows_fingerprint="f1", fail_fingerprint="f1")
    (fresh,) = after_batches({}, [done]).values()
    assert (fresh.doc_id, fresh.rows_sha256, fresh.size_bytes, fresh.fails) == ("a.txt", "h2", -1, 0)


def test_failures_in_a_row_are_counted_for_the_same_bytes_alone() -> None:
    known: dict[str, Known] = {"a.txt": DONE}
    for n, (digest, fails) in enumerate((("h1", 1), ("h1", 2), ("h2", 1), ("h2", 2))):
        failed = batch([], [FailureRecord("a.txt", digest, "", NEW, "rows", f"bad {n}", "")])
        known = after_batches(known, [failed])
        assert (known["a.txt"].fails, known["a.txt"].fail_error) == (fails, f"rows: bad {n}")
    assert known["a.txt"].rows_sha256 == "h1", "the rows that were there stay"


def test_without_rows_a_document_that_is_gone_stays_unknown() -> None:
    done = batch([DocumentRecord("gone.txt", "h1", "", NEW), DocumentRecord("a.txt", "h9", "", NEW)], [])
    after = after_batches({"a.txt": FAILED}, [done], rows_too=False)
    assert after.keys() == {"a.txt"}
    assert (after["a.txt"].fails, after["a.txt"].rows_sha256) == (0, "")


def test_what_is_given_is_hashed_whatever_its_order() -> None:
    assert given_hash(None) == given_hash({}) == ""
    assert given_hash({"a": 1, "b": 2}) == given_hash({"b": 2, "a": 1}) != given_hash({"a": 1, "b": 3})
