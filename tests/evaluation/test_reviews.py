"""Calibration, regressions and gold files from decisions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.evaluation.gold_export import export_gold
from extract.evaluation.reviews import calibration, regressions
from extract.review.decisions import Subject
from extract.review.queue import Desk
from tests.review.desk_data import TEXT, desk

DOCUMENT = {
    "doc_id": "talks/tin.txt", "sha256": "0" * 64, "genre": "transcript", "title": None, "date": None,
    "languages": ["en"], "number": None, "sender": None, "recipient": None,
}  # fmt: skip


def decide(some: Desk, row_id: str, verdict: str, table: str = "claims", **correction: object) -> None:
    index = some.index_of(table, row_id)
    assert index is not None
    subject = some.subject_in_full(index)
    some.decisions.record(subject, verdict, reviewer="ida", run_id=some.run_id, correction=correction)
    some.refresh()


def later(tmp_path: Path, **changes: object) -> Desk:
    """The same desk at a later run; ``changes`` are new values in the row c1 (``gone=True`` drops it)."""
    again = desk(tmp_path, run_id="run-2")
    claims = again.frames["claims"]
    if changes.pop("gone", False):
        again.frames["claims"] = claims[claims["claim_id"] != "c1"]
    for name, value in changes.items():
        claims.loc[claims["claim_id"] == "c1", name] = value
    again.__post_init__()
    return again


def test_calibration_by_tenths(tmp_path: Path) -> None:
    some = desk(tmp_path)
    decide(some, "c1", "right")
    decide(some, "c2", "wrong")
    found = [(b["low"], b["stated"], b["right"], b["rows"]) for b in calibration(some.decisions.standing())]
    assert found == [(0.4, 0.4, 1.0, 1.0), (0.9, 0.9, 0.0, 1.0)]


@pytest.mark.parametrize(
    ("verdict", "changes", "expected"),
    [
        ("right", {}, []),
        ("right", {"status": "rejected"}, ["changed"]),
        ("right", {"gone": True}, ["lost"]),
        ("wrong", {}, ["back"]),
        ("wrong", {"gone": True}, []),
        ("wrong", {"status": "rejected"}, []),
        ("fix", {}, ["unmended"]),
        ("fix", {"status": "rejected"}, []),
    ],
)
def test_a_later_run_is_held_to_decisions(tmp_path: Path, verdict: str, changes: dict, expected: list[str]) -> None:
    decide(desk(tmp_path), "c1", verdict, **({"status": "rejected"} if verdict == "fix" else {}))
    assert [r.what for r in regressions(later(tmp_path, **changes))] == expected


def test_a_regression_names_the_field(tmp_path: Path) -> None:
    decide(desk(tmp_path), "c1", "right")
    (found,) = regressions(later(tmp_path, value_min=13.0))
    assert found.detail == "value_min: 12.0 expected, 13.0 found"


def test_only_decided_tables_become_gold(tmp_path: Path) -> None:
    some = desk(tmp_path)
    decide(some, "c1", "fix", text="duty on tin to 12 percent", status="proposed")
    decide(some, "c2", "wrong")
    decide(some, "e1", "right", table="entities")
    assert [p.name for p in export_gold(some, [DOCUMENT], tmp_path / "gold").files] == ["talks--tin.txt.json"]
    gold = json.loads((tmp_path / "gold" / "talks--tin.txt.json").read_text(encoding="utf-8"))
    assert "claims" not in gold
    assert [e["text"] for e in gold["entities"]] == ["LIND"]
    decide(some, "c3", "right")
    export_gold(some, [DOCUMENT], tmp_path / "gold")
    gold = json.loads((tmp_path / "gold" / "talks--tin.txt.json").read_text(encoding="utf-8"))
    assert [(c["text"], c["status"]) for c in gold["claims"]] == [
        ("duty on tin to 12 percent", "proposed"),
        ("a third", "planned"),
    ]
    assert all(TEXT[c["start"] : c["end"]] == c["text"] for c in gold["claims"])


def test_added_rows_and_moved_spans_stand_in_the_gold_file(tmp_path: Path) -> None:
    some = desk(tmp_path)
    start = TEXT.index("to 12 percent")
    decide(some, "c1", "fix", start=start, end=start + 13, text="to 12 percent")
    decide(some, "c2", "right")
    decide(some, "c3", "right")
    values = some.subject_in_full(some.index_of("claims", "c2") or 0).fields | {"kind": "target", "n_chars": 8}
    values |= {"value_min": None, "value_max": None}
    added = Subject(
        "claims", "added:1", "talks/tin.txt", "target", "", None, TEXT.index("We asked"), "We asked", values
    )
    some.decisions.record(added, "missed", reviewer="ida", run_id="run-1")
    some.refresh()
    assert export_gold(some, [DOCUMENT], tmp_path / "gold").left_out == []
    gold = json.loads((tmp_path / "gold" / "talks--tin.txt.json").read_text(encoding="utf-8"))
    assert [c["text"] for c in gold["claims"]] == ["to 12 percent", "a third", "We asked", "4 percent"]
    assert all(TEXT[c["start"] : c["end"]] == c["text"] for c in gold["claims"])


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        ({"kind": "quotation!"}, "kind 'quotation!' is not one of"),
        ({"text": "words that are nowhere"}, "is not in the document"),
        ({"value_min": None, "value_max": None}, "needs value_min"),
        ({"start": 3, "end": 4}, "begins or ends with a blank"),
    ],
)
def test_what_no_gold_file_may_hold_is_left_out_and_named(tmp_path: Path, correction: dict, reason: str) -> None:
    some = desk(tmp_path)
    decide(some, "c1", "fix", **correction)
    decide(some, "c2", "right")
    decide(some, "c3", "right")
    exported = export_gold(some, [DOCUMENT], tmp_path / "gold")
    assert exported.files == []
    assert reason in exported.left_out[0]
