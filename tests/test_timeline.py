"""``extract timeline`` and ``extract groups`` over two documents that speak of one duty."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import extract
from extract.cli import app
from tests.published import publish

FIRST = "Report of 3 May 1994\n\nGhana imposed a duty of 20 percent on cocoa butter in 1993.\n"
SECOND = "Report of 9 June 1996\n\nGhana imposed a duty of 12 percent on cocoa butter in 1995.\n"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("timeline")
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text(FIRST, encoding="utf-8")
    (folder / "raw" / "b.txt").write_text(SECOND, encoding="utf-8")
    publish(folder / "raw", folder / "out", model=None)
    return folder / "out"


def test_the_history_of_a_rate(out: Path) -> None:
    rows = json.loads(
        call("timeline", "--item", "cocoa butter", "--kind", "tariff_rate", "--out", out, "--json").stdout
    )
    assert [(row["value"], row["doc_id"]) for row in rows] == [("20 %", "a.txt"), ("12 %", "b.txt")]
    shown = CliRunner().invoke(app, ["timeline", "--item", "cocoa", "--out", str(out)], env={"COLUMNS": "200"})
    assert "20 %" in shown.stdout


def test_nothing_found_and_nothing_known(out: Path, tmp_path: Path) -> None:
    assert "no claims of that kind" in call("timeline", "--item", "zinc", "--out", out).stderr
    done = call("timeline", "--kind", "tarif", "--out", out)
    assert done.exit_code == 2
    assert "tariff_rate" in done.stderr
    assert call("timeline", "--out", tmp_path).exit_code == 2


def test_groups_are_written_by_every_run_and_printed(out: Path) -> None:
    groups = pd.read_parquet(out / "claim_groups")
    assert set(groups["claim_id"]) <= set(pd.read_parquet(out / "claims")["claim_id"])
    assert list(groups["relation"]) == ["first", "updates"]
    assert extract.read("claim_groups", out, run=extract.read("runs", out)["run_id"].iloc[-1]).equals(
        extract.read("claim_groups", out)
    )
    shown = json.loads(call("groups", "--out", out, "--relation", "updates", "--json").stdout)
    assert [row["value"] for row in shown] == ["20 %", "12 %"]
    assert "no two documents" in call("groups", "--out", out, "--relation", "contradicts").stderr
    assert call("groups", "--out", out, "--relation", "denies").exit_code == 2
