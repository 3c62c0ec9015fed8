"""Decisions are kept at once, can be taken back, and follow their rows by meaning."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.review.decisions import Decision, DecisionError, Decisions, Subject
from extract.review.follow import follow

SUBJECT = Subject("claims", "c1", "a.txt", "money", "amount", 0.7, 120, "$5 billion")


def test_a_decision_is_read_back(tmp_path: Path) -> None:
    store = Decisions(tmp_path)
    store.record(SUBJECT, "fix", reviewer="ida", run_id="r1", correction={"value_min": 5e9}, note="scale")
    (found,) = Decisions(tmp_path).standing()
    assert (found.verdict, found.correction, found.note) == ("fix", {"value_min": 5e9}, "scale")
    assert (found.reviewer, found.run_id, found.row_id) == ("ida", "r1", "c1")


def test_the_latest_decision_on_a_row_stands_and_undo_brings_back_the_earlier(tmp_path: Path) -> None:
    store = Decisions(tmp_path)
    store.record(SUBJECT, "right", reviewer="ida", run_id="r1")
    store.record(SUBJECT, "wrong", reviewer="ida", run_id="r1")
    assert [d.verdict for d in store.standing()] == ["wrong"]
    assert [d.verdict for d in store.undo("ida")] == ["wrong"]
    assert [d.verdict for d in store.standing()] == ["right"]


def test_undo_takes_back_only_ones_own(tmp_path: Path) -> None:
    store = Decisions(tmp_path)
    store.record(SUBJECT, "right", reviewer="ida", run_id="r1")
    assert store.undo("otto") == []
    assert len(store.standing()) == 1


@pytest.mark.parametrize(
    ("verdict", "reason"), [("maybe", "is not one of right, wrong, fix, skip, gone, lost, missed"), ("fix", "needs")]
)
def test_what_cannot_be_recorded_is_refused(tmp_path: Path, verdict: str, reason: str) -> None:
    with pytest.raises(DecisionError, match=reason):
        Decisions(tmp_path).record(SUBJECT, verdict, reviewer="ida", run_id="r1")
    assert Decisions(tmp_path).standing() == []


def test_a_draft_and_the_pages_secret_outlive_the_process(tmp_path: Path) -> None:
    store = Decisions(tmp_path)
    store.keep_draft("ida", "claims/c1", {"note": "half a"})
    assert Decisions(tmp_path).draft("ida", "claims/c1") == {"note": "half a"}
    assert Decisions(tmp_path).draft("otto", "claims/c1") == {}
    assert Decisions(tmp_path).token() == store.token()
    store.record(SUBJECT, "right", reviewer="ida", run_id="r1")
    assert Decisions(tmp_path).draft("ida", "claims/c1") == {}


def test_an_older_file_gets_the_later_columns(tmp_path: Path) -> None:
    Decisions(tmp_path).record(SUBJECT, "right", reviewer="ida", run_id="r1")
    with sqlite3.connect(tmp_path / "reviews" / "decisions.sqlite") as connection:
        for column in ("batch", "queue", "settles"):
            connection.execute(f"ALTER TABLE decisions DROP COLUMN {column}")
    store = Decisions(tmp_path)
    store.record(replace(SUBJECT, row_id="c2"), "wrong", reviewer="ida", run_id="r1", queue="order=random")
    assert [(d.row_id, d.queue) for d in store.standing()] == [("c1", ""), ("c2", "order=random")]


def test_a_row_is_found_by_the_words_that_a_correction_gave_it(tmp_path: Path) -> None:
    store = Decisions(tmp_path)
    fixed = {"start": 117, "end": 130, "text": "to $5 billion"}
    store.record(SUBJECT, "fix", reviewer="ida", run_id="r1", correction=fixed)
    (found,) = follow(store.standing(), [replace(SUBJECT, row_id="c9", start=117, text="to $5 billion")])
    assert (found.row_id, found.how) == ("c9", "moved")


def _record_and_die(out: Path) -> None:
    Decisions(out).record(SUBJECT, "right", reviewer="ida", run_id="r1")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_decision_survives_a_kill(tmp_path: Path) -> None:
    process = multiprocessing.get_context("fork").Process(target=_record_and_die, args=(tmp_path,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert [d.verdict for d in Decisions(tmp_path).standing()] == ["right"]


def _decided(tmp_path: Path, *subjects: Subject) -> list:
    store = Decisions(tmp_path)
    for subject in subjects:
        store.record(subject, "right", reviewer="ida", run_id="r1")
    return store.standing()


def test_a_row_with_another_id_is_found_by_its_meaning(tmp_path: Path) -> None:
    moved = replace(SUBJECT, row_id="c9", start=160, text="$5\nbillion")
    (found,) = follow(_decided(tmp_path, SUBJECT), [moved])
    assert (found.row_id, found.how) == ("c9", "moved")


def test_a_row_whose_kind_changed_is_gone(tmp_path: Path) -> None:
    (found,) = follow(_decided(tmp_path, SUBJECT), [replace(SUBJECT, row_id="c9", kind="quantity")])
    assert (found.row_id, found.how) == (None, "gone")


def test_two_decisions_never_claim_one_row(tmp_path: Path) -> None:
    twin = replace(SUBJECT, row_id="c2", start=300)
    found = follow(_decided(tmp_path, SUBJECT, twin), [replace(SUBJECT, row_id="c9", start=290)])
    assert sorted(f.how for f in found) == ["gone", "moved"]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 5000), max_size=8, unique=True), st.integers(-500, 500))
def test_rows_that_all_shift_alike_are_all_found(starts: list[int], shift: int) -> None:
    rows = [replace(SUBJECT, row_id=f"c{i}", start=start) for i, start in enumerate(starts)]
    decisions = [
        Decision(id=i, made_at="", reviewer="ida", run_id="r1", verdict="right", correction={}, note="", **vars(row))
        for i, row in enumerate(rows)
    ]
    found = follow(decisions, [replace(s, row_id=f"n{s.row_id}", start=s.start + shift) for s in rows])
    assert len(found) == len(decisions)
    assert all(f.how == "moved" for f in found)
    assert len({f.row_id for f in found}) == len(decisions)
