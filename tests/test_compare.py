"""Comparing two runs: rows matched by meaning, the ways of showing it, and safety against markup."""

from __future__ import annotations

import html
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract.compare import Change, Comparison, Filters, compare
from extract.compare import page as page_module
from extract.compare.changes import FieldChange, groups, plain, to_arrow, to_dict
from extract.compare.match import OffsetMap, differences, pair_rows
from extract.compare.page import render as render_page
from extract.compare.shown import Line, diff, in_reading_order, lines
from extract.compare.text import render as render_text
from extract.errors import HistoryError, UnknownNameError, UnknownRunError
from extract.store.parts import encode
from extract.tables import schema as tables
from tests.run_support import run, texts, write_raw


@pytest.fixture
def two_pipelines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pinned: None) -> Path:
    """The same texts through two pipelines: the second reads "million", and resolves speakers."""
    raw = write_raw(tmp_path / "raw", texts(3) | {"<script>alert(1)</script>.txt": "Bell: <b>$3 million</b> & more.\n"})
    run(raw, tmp_path / "out")
    monkeypatch.setattr(extract, "__version__", "9.9.9")
    run(raw, tmp_path / "out", generation=2)
    return tmp_path / "out"


def kinds(found: Comparison, table: str) -> dict[str, int]:
    counted: dict[str, int] = {}
    for change in found.changes:
        for kind in change.kinds:
            if change.table == table:
                counted[kind] = counted.get(kind, 0) + 1
    return counted


def test_two_pipelines_over_the_same_texts(two_pipelines: Path) -> None:
    found = compare(two_pipelines)
    assert found.pipeline_changes == ["package"]
    assert kinds(found, "turns") == {"speaker resolved": 7}
    assert kinds(found, "claims") == {"span grew": 4, "value changed": 4}
    assert found.by_table()["claims"] == {"changed": 4}
    assert set(found.by_table()) == {"turns", "claims"}
    claim = next(c for c in found.changes if c.table == "claims" and c.doc_id == "d0/doc000.txt")
    assert (claim.rule, claim.kind) == ("money", "money")
    fields = {f.name: (plain(f.old), plain(f.new)) for f in claim.fields}
    assert fields == {"span": ("$1", "$1 million"), "value_min": ("1", "1000000"), "value_max": ("1", "1000000")}
    assert claim.old is not None
    assert claim.old.before + claim.old.span + claim.old.after == texts(1)["d0/doc000.txt"]
    assert ("claims", "span grew", "money", 4) in groups(found.changes)
    assert lines(claim) == [
        Line("span", (("same", "$1"), ("new", " million"))),
        Line("value", (("old", "1"), ("new", "1 million"), ("same", " USD"))),
    ]


def test_a_run_against_itself_is_the_same(two_pipelines: Path) -> None:
    run_id = compare(two_pipelines).run_b["run_id"]
    assert compare(two_pipelines, run_id, run_id).is_same
    assert compare(two_pipelines, run_id).is_same


def test_filters(two_pipelines: Path) -> None:
    assert {c.table for c in compare(two_pipelines, filters=Filters(table="turns")).changes} == {"turns"}
    assert len(compare(two_pipelines, filters=Filters(kind="span grew")).changes) == 4
    assert len(compare(two_pipelines, filters=Filters(kind="money")).changes) == 4
    assert {c.doc_id for c in compare(two_pipelines, filters=Filters(doc="doc001")).changes} == {"d1/doc001.txt"}
    assert {c.table for c in compare(two_pipelines, filters=Filters(field="speaker")).changes} == {"turns"}
    with pytest.raises(UnknownNameError, match="no table 'claim'"):
        Filters(table="claim")


def test_documents_that_came_went_and_were_edited(tmp_path: Path, pinned: None) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(3)), tmp_path / "out"
    run(raw, out)
    edited = "A line put in above.\n" + texts(1)["d0/doc000.txt"].replace("$5 since", "$6 since")
    write_raw(raw, {"d0/doc000.txt": edited, "new.txt": "Bell: $4.\n"})
    (raw / "d1/doc001.txt").unlink()
    run(raw, out)
    found = compare(out)
    assert (found.n_documents, found.n_documents_compared) == (4, 3)
    by_doc = {d: [c for c in found.changes if c.doc_id == d] for d in ("d0/doc000.txt", "d1/doc001.txt", "new.txt")}
    assert {(c.table, *c.kinds) for c in by_doc["d0/doc000.txt"] if c.table != "turns"} == {
        ("documents", "text changed"),
        ("segments", "span grew"),
        ("claims", "value changed"),
    }
    assert {kind for c in by_doc["d1/doc001.txt"] for kind in c.kinds} == {"removed with its document"}
    assert {kind for c in by_doc["new.txt"] for kind in c.kinds} == {"added with its document"}
    shown = in_reading_order(found.changes)
    assert shown[0].table == "claims"
    assert [(c.doc_id, c.change, c.note) for c in shown if c.with_document] == [
        ("d1/doc001.txt", "removed", "claims 2, turns 2, dates 2, entities 2, segments 1"),
        ("new.txt", "added", "claims 1, turns 1, segments 1"),
    ]


def test_which_runs(two_pipelines: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownRunError):
        compare(two_pipelines, "1999")
    with pytest.raises(HistoryError, match="there are 0 runs to compare"):
        compare(tmp_path)


def test_as_json_and_parquet(two_pipelines: Path, tmp_path: Path) -> None:
    found = compare(two_pipelines)
    told = json.loads(json.dumps(to_dict(found)))
    assert len(told["changes"]) == len(found.changes)
    assert told["tables"]["claims"] == {"changed": 4}
    (tmp_path / "c.parquet").write_bytes(encode(to_arrow(found)))
    rows = pq.read_table(tmp_path / "c.parquet").to_pylist()
    assert len(rows) == 7 + 3 * 4
    assert {row["field_change"] for row in rows} >= {"span grew", "speaker resolved"}


def test_as_text(two_pipelines: Path) -> None:
    told = render_text(compare(two_pipelines), limit=3, width=160)
    assert "speaker resolved" in told
    assert "the first 3 of 11 changes" in told
    assert "<b>" not in render_text(compare(two_pipelines), limit=0, width=160)
    run_id = compare(two_pipelines).run_b["run_id"]
    assert "no difference" in render_text(compare(two_pipelines, run_id, run_id), limit=3, width=160)


def test_the_page_stands_alone_and_markup_in_documents_stays_text(two_pipelines: Path) -> None:
    page = render_page(compare(two_pipelines))
    assert "<script>alert(1)" not in page
    assert "<b>$3" not in page
    assert not re.search(r"(src|href)\s*=", page)
    assert not re.search(r"https?://", page)
    assert len(re.findall(r"<script", page)) == 2
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert any(change["doc_id"] == "<script>alert(1)</script>.txt" for change in data["changes"])
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'")
    script = (Path(page_module.__file__).parent / "assets" / "compare.js").read_text()
    assert "innerHTML" not in script


def test_the_page_s_script_is_well_formed() -> None:
    script = Path(page_module.__file__).parent / "assets" / "compare.js"
    try:
        checked = subprocess.run(["node", "--check", str(script)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("node is not installed")
    assert checked.returncode == 0, checked.stderr


def claim(start: int, end: int, **more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "start": start,
        "end": end,
        "kind": "money",
        "value_min": 1.0,
        "unit": "USD",
        "speaker": None,
    }
    return told | more


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([claim(0, 5)], [claim(0, 9)], [(0, 0)]),
        ([claim(0, 5)], [claim(6, 9)], []),
        ([claim(0, 5), claim(6, 9)], [claim(0, 9, value_min=1.0)], [(0, 0)]),
        ([claim(0, 5)], [claim(0, 5, kind="percent")], [(0, 0)]),
        ([claim(0, 5)], [claim(0, 5, kind="percent"), claim(1, 6)], [(0, 1)]),
        ([claim(0, 5), claim(0, 5, value_min=2.0)], [claim(0, 6, value_min=2.0), claim(0, 6)], [(0, 1), (1, 0)]),
        ([claim(0, 100)], [claim(98, 300)], []),
    ],
)
def test_rows_are_matched_by_meaning(old: list[Any], new: list[Any], pairs: list[tuple[int, int]]) -> None:
    found = pair_rows("claims", old, new, OffsetMap("", ""))
    assert sorted((old.index(a), new.index(b)) for a, b in found) == pairs


def test_a_reference_to_a_matched_row_is_no_change() -> None:
    row = dict.fromkeys(tables.schema("dates").names) | {
        "start": 0,
        "end": 4,
        "text": "1994",
        "turn_id": "t1",
    }
    same = {"turns": {"t1": "t2"}}
    assert differences("dates", row, row | {"turn_id": "t2"}, OffsetMap("", ""), same) == ()
    assert [f.kind for f in differences("dates", row, row | {"turn_id": "t3"}, OffsetMap("", ""), same)] == [
        "turn_id changed"
    ]
    assert [f.kind for f in differences("dates", row, row | {"turn_id": None}, OffsetMap("", ""), same)] == [
        "turn_id lost"
    ]


@pytest.mark.parametrize(
    ("start", "end", "other", "pairs"),
    [
        (0, 10, claim(7, 30), 1),  # three of ten characters are enough
        (0, 10, claim(8, 30), 0),
        (50, 60, claim(0, 500), 1),  # a long row that begins far before
        (50, 60, claim(60, 70), 0),
        (50, 60, claim(40, 50), 0),
    ],
)
def test_rows_match_from_an_overlap_on(start: int, end: int, other: dict[str, Any], pairs: int) -> None:
    assert len(pair_rows("claims", [claim(start, end)], [other], OffsetMap("", ""))) == pairs


@pytest.mark.parametrize(
    ("best", "other"),
    [
        (claim(0, 6), claim(0, 9)),  # more overlap
        (claim(0, 9), claim(0, 6, kind="percent")),  # the kind before the overlap
        (claim(0, 7), claim(0, 6, value_min=9.0)),  # the value beside the overlap
        (claim(0, 6, speaker="Ada"), claim(0, 6, speaker="Bob")),
    ],
)
def test_of_several_rows_the_best_matches(best: dict[str, Any], other: dict[str, Any]) -> None:
    old = claim(0, 5, speaker="Ada")
    for new in ([best, other], [other, best]):
        assert pair_rows("claims", [old], new, OffsetMap("", "")) == [(old, best)]


ROW = dict.fromkeys(tables.schema("claims").names) | {"start": 5, "end": 9, "text": "$5 m", "value_min": 5.0}


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({"value_min": 5.0 + 1e-12}, []),
        ({"value_min": 5.1}, ["value changed"]),
        ({"value_min": None}, ["value lost"]),
        ({"unit": "USD"}, ["unit found"]),
        ({"speaker": "Ada"}, ["speaker resolved"]),
        ({"is_target": True}, ["is_target found"]),
        ({"start": 4, "text": "a $5 m"}, ["span grew"]),
        ({"end": 11, "text": "$5 m a"}, ["span grew"]),
        ({"start": 6, "text": "5 m"}, ["span shrank"]),
        ({"end": 7, "text": "$5"}, ["span shrank"]),
        ({"start": 6, "end": 10, "text": "5 mn"}, ["span moved"]),
        ({"start": 6, "end": 10}, []),  # the same words stand elsewhere
        ({"run_id": "2", "sentence": "Other.", "n_chars": 3}, []),
    ],
)
def test_what_differs_between_two_rows(more: dict[str, Any], kinds: list[str]) -> None:
    found = differences("claims", ROW, ROW | more, OffsetMap("", ""), {})
    assert [change.kind for change in found] == kinds


def test_a_text_is_told_by_what_stands_about_its_first_change() -> None:
    old = dict.fromkeys(tables.schema("documents").names) | {"sha256": "1", "text": "a" * 60 + "b" + "c" * 60}
    new = old | {"sha256": "2", "text": "a" * 60 + "X" + "c" * 60}
    (found,) = differences("documents", old, new, OffsetMap("", ""), {})
    assert (found.old, found.new) == ("a" * 40 + "b" + "c" * 39, "a" * 40 + "X" + "c" * 39)
    (found,) = differences("documents", old, old | {"sha256": "2", "text": "X"}, OffsetMap("", ""), {})
    assert (found.old, found.new) == ("a" * 40, "X")
    assert differences("documents", old, old | {"sha256": "2"}, OffsetMap("", ""), {}) == ()


def test_offsets_in_a_changed_line() -> None:
    offsets = OffsetMap("same\nold words end\nsame\n", "new line\nsame\nold further words end\nsame\n")
    assert [offsets.at(n) for n in (0, 5, 9, 15, 19)] == [9, 14, 26, 32, 36]
    assert offsets.span({"start": 5, "end": 8}) == (14, 17)
    long, twice = "a" * 3000, "b" * 6000
    assert [OffsetMap(long, twice).at(n) for n in (0, 1500, 3000)] == [0, 3000, 6000]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, None), (True, "true"), (False, "false"), (2.50, "2.5"), (1e12, "1e+12"), ([1, "a"], "1, a"), (7, "7")],
)
def test_a_value_as_text(value: Any, text: str | None) -> None:
    assert plain(value) == text


def test_changes_of_rule_or_confidence_alone_are_minor_and_come_last() -> None:
    rule, value = FieldChange("rule", "a", "b", "rule changed"), FieldChange("value_min", 1.0, 2.0, "value changed")
    minor = [Change("claims", "d", "changed", "money", "r", n, fields=(rule,)) for n in range(2)]
    major = Change("claims", "d", "changed", "money", "r", 9, fields=(value, rule))
    turn = Change("turns", "d", "added", "turn", "r", 0)
    assert [change.is_minor for change in (*minor, major, turn)] == [True, True, False, False]
    assert groups([turn, *minor, major]) == [
        ("claims", "value changed", "r", 1),
        ("claims", "rule changed", "r", 3),
        ("turns", "added", "r", 1),
    ]
    assert in_reading_order([turn, *minor, major]) == [major, *minor, turn]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("1 million USD", "2 million USD", (("old", "1"), ("new", "2"), ("same", " million USD"))),
        ("5", "6", (("old", "5"), ("new", "6"))),
        ("USD", "5 USD", (("old", "USD"), ("new", "5 USD"))),
        ("", "5", (("new", "5"),)),
    ],
)
def test_what_both_amounts_end_in_stands_once(old: str, new: str, words: Any) -> None:
    change = Change("claims", "d", "changed", "money", "r", 0, amounts=(old, new))
    value = FieldChange("value_min", 1.0, 2.0, "value changed")
    assert [line.words for line in lines(replace(change, fields=(value,)))] == [words]


@settings(max_examples=60, deadline=None)
@given(st.text("ab\n", max_size=40), st.text("ab\n", max_size=15), st.integers(0, 40))
def test_offsets_are_carried_over_an_insertion(text: str, inserted: str, at: int) -> None:
    marked = f"{text}\nTHE MARK\n{text}"
    new = marked[:at] + inserted + marked[at:] if at <= len(text) else marked + inserted
    start = OffsetMap(marked, new).at(marked.index("THE MARK"))
    assert new[start : start + 8] == "THE MARK"


def test_an_empty_change_counts_under_its_own_kind() -> None:
    assert Change("claims", "d", "added", "money", "r", 0).kinds == ("added",)


def test_words_are_told_from_words() -> None:
    found = diff("a duty of 38.37 percent", "a new duty of 38.73 percent")
    assert [text.strip() for kind, text in found if kind == "new"] == ["new", "38.73"]
    assert [text for kind, text in found if kind == "old"] == ["38.37"]
    assert diff("", "x") == (("new", "x"),)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    found = diff(old, new)
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "old") == new
