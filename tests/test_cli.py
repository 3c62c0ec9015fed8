"""The command line as a contract: help with an example for every command, data on stdout, exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from extract import __version__
from extract.cli import app
from extract.commands._report import tell_start
from extract.runs.session import Options, Session
from extract.tables.describe import as_markdown
from extract.tables.schema import SCHEMA_VERSION, TABLES
from tests.run_support import run, texts, write_raw

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


pytestmark = pytest.mark.usefixtures("pinned")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return write_raw(tmp_path / "raw", texts(4) | {"bad.txt": "BOOM"})


@pytest.fixture
def out(tmp_path: Path, raw: Path) -> Path:
    """Tables after two runs."""
    run(raw, tmp_path / "out")
    write_raw(raw, {"d0/doc000.txt": "Bell: $99 [bold]for[/bold] <b>Eastland</b>."})
    run(raw, tmp_path / "out")
    return tmp_path / "out"


def call(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result.stdout, result.stderr


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.help, name
    assert command.epilog, f"{name} has no example"
    assert command.epilog.startswith("Example: extract "), name
    assert all(p.help for p in command.params if hasattr(p, "help")), f"an option of {name} has no help"
    assert name in call(name, "--help")[0]


def test_the_commands() -> None:
    wanted = {"run", "schema", "runs", "failures", "compare", "prune", "schedule"}
    assert wanted <= set(COMMANDS)
    assert call("--version")[0] == f"extract {__version__}\n"


def test_the_command_is_quick_to_start() -> None:
    code = "import sys, extract.cli; print([m for m in ('spacy', 'prefect', 'pandas') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_schema() -> None:
    assert call("schema")[0].startswith(f"schema version {SCHEMA_VERSION}\n")
    assert call("schema", "--markdown")[0] == as_markdown()
    assert [table["table"] for table in json.loads(call("schema", "--json")[0])["tables"]] == list(TABLES)
    assert "turn_id" in call("schema", "claims")[0]
    assert "no table 'claim'" in call("schema", "claim", code=2)[1]


def test_dry_run_prints_the_plan_with_reasons(raw: Path, tmp_path: Path) -> None:
    printed, told = call("run", raw, "--out", tmp_path / "out", "--dry-run")
    assert printed.splitlines()[0].split() == ["new", "bad.txt"]
    assert told.strip().endswith("5 new")
    assert not (tmp_path / "out").exists()
    plan = json.loads(call("run", raw, "--out", tmp_path / "out", "--dry-run", "--json")[0])
    assert plan["reasons"] == {"new": 5}
    assert {d["why"] for d in plan["documents"]} == {"new"}


def test_dry_run_tells_what_changed_in_the_pipeline(raw: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.__version__", "9.9.9")
    (raw / "picture.png").write_bytes(b"x")
    printed, told = call("run", raw, "--out", out, "--dry-run")
    assert "pipeline changed" in printed
    assert "pipeline changed in: package" in told
    assert "1 not read: picture.png (" in told


def test_nothing_to_do(raw: Path, out: Path) -> None:
    run(raw, out)
    printed, told = call("run", raw, "--out", out)
    assert printed == ""
    assert "nothing to do: 5 documents unchanged (1 set aside: `extract failures`)" in told
    assert json.loads(call("run", raw, "--out", out, "--json")[0])["status"] == "nothing to do"


def test_the_rest_of_an_interrupted_run_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(number: int) -> None:
        raise KeyboardInterrupt

    raw, out = write_raw(tmp_path / "raw", texts(3)), tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        run(raw, out, on_batch=interrupt)
    write_raw(raw, {"new.txt": "Moss: $7."})
    with Session(Options(str(raw), str(out))) as session:
        tell_start(session, 1, None)
    told = capsys.readouterr().err
    assert re.match(r"going on with run \S+Z, interrupted after 3 documents\n4 documents: 1 new", told), told


def test_a_run_that_only_removes_needs_no_flow(tmp_path: Path) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(3)), tmp_path / "out"
    run(raw, out)
    (raw / "d0/doc000.txt").unlink()
    told = json.loads(call("run", raw, "--out", out, "--json")[0])
    assert told["counts"] | {"n_seen": 2, "n_removed": 1} == told["counts"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nothing-here",), "does not exist"),
        (("raw", "--out", "raw/tables"), "lies in the raw folder"),
        (("raw", "--model", "no_such_model"), "cannot load the model 'no_such_model'"),
        (("raw", "--out", "nosuch://x"), "cannot use 'nosuch://x'"),
        (("raw", "--out", "raw/bad.txt/x"), "lies in the raw folder"),
    ],
)
def test_what_cannot_run_ends_with_2(arguments: tuple[str, ...], told: str, raw: Path) -> None:
    here = [str(raw.parent / a) if a.startswith(("raw", "nothing")) else a for a in arguments]
    error = call("run", *here, code=2)[1]
    assert told in error
    assert error.startswith("extract: ")
    assert error.count("\n") == 1


def test_runs(out: Path) -> None:
    listed = json.loads(call("runs", "--out", out, "--json")[0])
    assert [row["n_failed"] for row in listed] == [1, 1]
    assert listed[0]["run_id"] > listed[1]["run_id"]
    assert all(row["readable"] for row in listed)
    assert listed[0]["run_id"] in call("runs", "--out", out)[0]


def test_failures(out: Path) -> None:
    now = json.loads(call("failures", "--out", out, "--json")[0])
    assert [(row["doc_id"], row["fails"], row["set_aside"]) for row in now] == [("bad.txt", 2, False)]
    assert len(json.loads(call("failures", "--out", out, "--all", "--json")[0])) == 2
    assert "ValueError: boom" in call("failures", "--out", out)[0]
    assert "Traceback" in call("failures", "--out", out, "--traceback")[0]


def test_compare(out: Path, tmp_path: Path) -> None:
    printed, _ = call("compare", "--out", out, code=1)
    assert "[bold]for[/bold]" in printed
    page, parquet = tmp_path / "changes.html", tmp_path / "changes.parquet"
    told = json.loads(call("compare", "--out", out, "--json", "--html", page, "--parquet", parquet, code=1)[0])
    assert told["n_documents_compared"] == 1
    assert page.read_text().startswith("<!doctype html>")
    assert parquet.stat().st_size > 0
    last = told["run_b"]["run_id"]
    assert "no difference" in call("compare", last, last, "--out", out)[0]
    assert json.loads(call("compare", "--out", out, "--table", "dates", "--json", code=1)[0])["tables"].keys() == {
        "dates"
    }
    assert "no run 'x'" in call("compare", "x", "--out", out, code=2)[1]
    assert "no table 'x'" in call("compare", "--table", "x", "--out", out, code=2)[1]
    assert "no kind of change or row 'nosuch'" in call("compare", "--kind", "nosuch", "--out", out, code=2)[1]
    assert "no column 'nosuch'" in call("compare", "--field", "nosuch", "--out", out, code=2)[1]
    call("compare", "--kind", "value_min changed", "--out", out, code=0)
    call("compare", "--kind", "money", "--out", out, code=1)
    assert "cannot write" in call("compare", "--out", out, "--html", tmp_path / "no/x.html", code=2)[1]


def test_prune(out: Path) -> None:
    assert "removed 0 runs" in call("prune", "--out", out)[1]
    told = json.loads(call("prune", "--out", out, "--keep-runs", "1", "--keep-days", "0", "--json")[0])
    assert len(told["removed"]) == 1
    call("prune", "--out", out, "--keep-runs", "0", code=2)
    assert "there is no folder" in call("prune", "--out", out / "typo", code=2)[1]
    assert not (out / "typo").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "give either --cron or --every"),
        (("--cron", "0 2 * * *", "--every", "60"), "give either --cron or --every"),
        (("--cron", "at two"), "no cron line: 'at two'"),
    ],
)
def test_schedule_refuses_what_makes_no_sense(arguments: tuple[str, ...], told: str) -> None:
    assert told in call("schedule", *arguments, code=2)[1]


@pytest.mark.parametrize(
    "command", ["runs", "failures", "prune", "compare", "timeline", "groups", "review", "evaluate"]
)
def test_a_folder_that_is_not_there_is_refused(command: str, tmp_path: Path) -> None:
    place = [tmp_path / "nosuch"] if command == "evaluate" else ["--out", tmp_path / "nosuch"]
    assert "nosuch" in call(command, *place, code=2)[1]
    assert not (tmp_path / "nosuch").exists()


def test_what_documents_say_never_reaches_the_terminal_raw(tmp_path: Path) -> None:
    raw, out = (
        write_raw(tmp_path / "raw", {"a\x1b[31m.txt": "Bell: $5 for \x1b[1mEastland.", "b\n.txt": "BOOM"}),
        tmp_path,
    )
    run(raw, out / "o")
    write_raw(raw, {"a\x1b[31m.txt": "Bell: $6 and $7 for \x1b[1mEastland."})
    told = call("run", raw, "--dry-run", "--out", out / "o")
    assert "\x1b" not in "".join(told)
    assert "a\\x1b[31m.txt" in told[0]
    run(raw, out / "o")
    for command, code in ((("compare",), 1), (("failures",), 0), (("failures", "--traceback"), 0)):
        told = call(*command, "--out", out / "o", code=code)
        assert "\x1b" not in "".join(told), command
    assert "b\\n.txt" in call("failures", "--out", out / "o")[0]
    error = call("runs", "--out", tmp_path / "n\x1b[5mo", code=2)[1]
    assert "n\\x1b[5mo" in error


def test_whether_the_extra_for_japanese_is_there_is_known_without_spacy() -> None:
    code = "import sys\nfrom extract.components.entities import sudachi\n"
    code += "sudachi.is_installed()\nprint('spacy' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"


def test_a_run_tells_that_the_extra_for_japanese_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract.components.entities import sudachi

    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("政府は合板の関税を六％に引き下げる予定である。" * 3, encoding="utf-8")
    for installed in (False, True):
        monkeypatch.setattr(sudachi, "is_installed", lambda installed=installed: installed)
        out = str(tmp_path / f"out-{installed}")
        done = CliRunner().invoke(app, ["run", str(raw), "--out", out, "--model", "blank", "--workers", "0"])
        assert done.exit_code == 0
        assert ("trade-extract[ja]" in done.stderr) is not installed
