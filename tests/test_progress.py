"""What a run tells on the way and at its end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from extract.runs import progress as module
from extract.runs.progress import Progress
from extract.runs.telling import by_reason, plain
from extract.work.batch import Batch, BatchDocument
from tests.run_support import stand_in_environment, texts, write_raw

ROOT = Path(__file__).parents[1]


def batch(*doc_ids: str) -> Batch:
    return Batch(0, [BatchDocument(doc_id, doc_id, "", {}, "", "new") for doc_id in doc_ids])


def test_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(module, "LINE_EVERY_S", 0.0)
    with Progress([batch("a", "b"), batch("c")]) as progress:
        progress.on_event("start", "a")
        for doc_id in ("a", "a", "b"):  # a: its batch was tried again
            progress.on_event("done", doc_id)
        progress.batch_done(1)
        progress.publishing()
    lines = capsys.readouterr().err.splitlines()
    assert [re.sub(r"[\d.]+ a second", "R", line) for line in lines] == [
        "1 of 3 documents, R",
        "1 of 3 documents, R",
        "2 of 3 documents, R",
        "3 of 3 documents, R",
        "3 of 3 documents, R, publishing",
    ]


def test_what_is_slow_is_told_by_the_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=iter((0.0, 40.0)).__next__))
    with Progress([batch("a", "b")]) as progress:
        progress.batch_done(1)
    assert capsys.readouterr().err == "1 of 2 documents, 1.5 a minute\n"


def test_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress([batch("a")], quiet=True) as progress:
        progress.on_event("done", "a")
        progress.publishing()
    assert capsys.readouterr().err == ""
    assert progress.n_done == 1


def test_nothing_reaches_the_terminal_raw() -> None:
    assert plain("a\x1b[31mb\nc\u202ed") == "a\\x1b[31mb\\nc\\u202ed"
    assert plain("東京\u3000naïve\xa0`x`") == "東京\u3000naïve\xa0`x`"
    assert plain("\udce9") == "\\udce9"


def test_unread_files_by_reason() -> None:
    ignored = [("a.json", "no kind that is read"), *((f"{n}.\x1bpdf", "needs the extra") for n in range(7))]
    told = by_reason(ignored)
    assert told[0].startswith("7 not read: 0.\\x1bpdf, 1.")
    assert told[0].endswith("4.\\x1bpdf, … (needs the extra)")
    assert told[1] == "1 not read: a.json (no kind that is read)"


@pytest.mark.slow
@pytest.mark.server
def test_the_first_line_comes_within_a_second_and_the_last_tell_what_next(tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(4) | {"bad\x1b[1m.txt": "BOOM", "x.json": "{}"})
    command = [sys.executable, "-c", "from extract.cli import main; main()", "run", str(raw), "--out", "out"]
    environment = stand_in_environment() | {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PREFECT_HOME": str(tmp_path),
    }
    started = time.monotonic()
    running = subprocess.Popen(command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    first = running.stderr.readline()
    # on a machine of its own it is 0.3 s; this is also run beside others
    assert time.monotonic() - started < 5
    assert first == "5 documents: 5 new; loading the model\n"
    told = running.stderr.read()
    assert running.wait() == 1
    assert "failed: bad\\x1b[1m.txt: pipeline: ValueError: boom" in told
    assert "\x1b" not in told
    assert "1 not read: x.json (" in told
    assert f"tables: {tmp_path / 'out'}\n  extract failures --out out" in told
    assert json.loads((next((tmp_path / "out/runs").iterdir()) / "run.json").read_text())["counts"]["n_failed"] == 1
