"""The one import rule, the quick import, the loader of lexicons, and that every command explains itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from extract.cli import app

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "extract"
# folder -> what of ours it may import (itself always); None: anything
ALLOWED = {
    "normalize": set(),
    "lexicons": set(),
    "components": {"normalize", "lexicons"},
    "ingest": {"normalize", "lexicons", "errors"},
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_imports_only_what_it_may_know(folder: str) -> None:
    for path in (PACKAGE / folder).rglob("*.py"):
        ours = {name.split(".")[1] for name in imports(path) if name.startswith("extract.")}
        assert ours <= ALLOWED[folder] | {folder}, path


def test_only_flows_import_prefect() -> None:
    for path in PACKAGE.rglob("*.py"):
        assert not any(name.split(".")[0].startswith("prefect") for name in imports(path)), path


@pytest.mark.parametrize("folder", ["normalize", "ingest"])
def test_these_know_nothing_of_spacy(folder: str) -> None:
    for path in (PACKAGE / folder).rglob("*.py"):
        assert not any(name.split(".")[0] == "spacy" for name in imports(path)), path


def test_the_import_of_the_package_is_light() -> None:
    code = "import sys, extract; print([m for m in ('spacy', 'prefect', 'pandas', 'pyarrow') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_factories_import_only_spacy_at_the_top() -> None:
    tree = ast.parse((PACKAGE / "components" / "factories.py").read_text(encoding="utf-8"))
    top = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert all(name.split(".")[0] in {"__future__", "spacy", "typing"} for name in top if name)


COMMANDS = sorted(get_command(app).commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name: str) -> None:
    shown = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"})
    assert shown.exit_code == 0
    assert f"Example: extract {name}" in " ".join(shown.output.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_test_and_a_page(name: str) -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert f'"{name}"' in tests, f"no test calls {name!r}"
    docs = "".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
    assert f"extract {name}" in docs, f"no page tells of `extract {name}`"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
