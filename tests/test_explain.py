"""``extract run --explain``: where turns are cut, and by which rule; nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli import app
from tests.published import TEXT


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "tin.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "raw" / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path / "raw"


def test_every_cut_is_told_with_its_rule_and_nothing_is_written(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["run", str(raw), "--out", str(out), "--model", "blank", "--explain", "--json"])
    assert done.exit_code == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    cuts = [row for row in rows if "rule" in row]
    assert [(row["label"], row["kind"]) for row in cuts] == [("MS. ABARA", "turn"), ("MR. LIND", "turn")]
    assert all(row["rule"] and TEXT[row["start"] :].startswith(row["words"][:20]) for row in cuts)
    assert [row["doc_id"] for row in rows if "error" in row] == ["empty.txt"]
    assert not out.exists()


def test_for_reading(raw: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["run", str(raw), "--out", str(tmp_path / "out"), "--model", "blank", "--explain"])
    assert "tin.txt:11-" in done.stdout
    assert "MS. ABARA = Abara" in done.stdout
    assert "empty.txt: " in done.stderr


def test_places_that_came_near_to_a_label_are_told_as_refused(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    text = "THE MINISTRY OF SALT\n\nGoal One: We want to sell salt, you know.\n\nGoal Two: I ask you for a licence."
    (tmp_path / "raw" / "goals.txt").write_text(text, encoding="utf-8")
    command = ["run", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--model", "blank", "--explain", "--json"]
    rows = [json.loads(line) for line in CliRunner().invoke(app, command).stdout.splitlines()]
    refused = [row for row in rows if row["rule"].startswith("refused: ")]
    assert refused
    assert all(float(row["rule"].rsplit(" ", 1)[1]) < 0.6 for row in refused)
