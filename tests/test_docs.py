"""Every code block of README and docs runs, in a folder with the samples and the tables of one run.

``python`` blocks of a page share their names and treat warnings as errors; ``sh`` blocks run in bash with this
environment's commands; ``sql`` blocks run in DuckDB. A comment line before a block changes that: ``<!-- exit: 1 -->``
is the exit code expected, ``<!-- command: run -->`` marks README's two commands, which the checks run in a clean clone,
and ``<!-- no test: reason -->`` leaves a block out, visibly.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"(?:<!-- ([^>]+) -->\n)?```(python|sh|sql)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Block:
    page: Path
    line: int
    language: str
    code: str
    mark: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(page, text.count("\n", 0, m.start(3)), m[2], m[3], m[1] or "") for m in _BLOCK.finditer(text)]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``data/raw`` (the samples), ``data/processed`` (their tables) and ``tests/gold``."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    shell("extract run", folder, 0)
    # A second run with something to compare: one document edited.
    path = folder / "data" / "raw" / "transcripts" / "earnings-call.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("a tariff of 25%", "a tariff of 27%"), encoding="utf-8")
    shell("extract run", folder, 0)
    return folder


def shell(code: str, folder: Path, expected: int) -> None:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "NO_COLOR": "1"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == expected, (
        f"{code}\nexit {done.returncode}, expected {expected}\n{done.stdout}\n{done.stderr}"
    )


def run_sql(code: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="sql blocks need the extra [notebooks]")
    for statement in filter(str.strip, code.split(";")):
        duckdb.sql(statement).fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_block_of_a_page_runs(page: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    names: dict[str, object] = {"__name__": "__docs__"}
    for block in blocks(page):
        if block.mark.startswith(("command:", "no test:")):
            continue
        expected = int(block.mark.removeprefix("exit:")) if block.mark.startswith("exit:") else 0
        if block.language == "sh":
            shell(block.code, workplace, expected)
        elif block.language == "sql":
            run_sql(block.code)
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                exec(compile(block.code, block.name, "exec"), names)


def test_blocks_left_out_say_why() -> None:
    for page in PAGES:
        for block in blocks(page):
            if block.mark.startswith("no test:"):
                assert len(block.mark.removeprefix("no test:").strip()) > 10, block.name


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        assert str(page.relative_to(ROOT / "docs")) in navigation
