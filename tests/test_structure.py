"""The one import rule, the quick import, the loader of lexicons, and that every command explains itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from extract.cli import app

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "extract"
# The rooms in their order: a room imports only what stands above it (rooms of one line do not import each other).
ORDER = (
    ("errors", "lexicons"),
    ("normalize",),
    ("ingest",),
    ("layout",),
    ("learned",),
    ("components",),
    ("pipeline",),
    ("tables",),
    ("store",),
    ("work",),
    ("runs",),
    ("compare",),
    ("review",),
    ("evaluation", "show"),
    ("flows",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
FREE_OF_SPACY = ("errors", "lexicons", "normalize", "ingest", "layout", "learned", "store", "runs", "compare")
FREE_OF_PARQUET = ("errors", "lexicons", "normalize", "ingest", "layout", "learned", "components", "pipeline")


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, whole: ``import a.b``, ``from a.b import c`` (as ``a.b.c`` if that is a module
    of ours), relative imports, imports inside functions, and ``import_module("…")`` of a constant."""
    here = module_name(path).split(".")
    package = here if path.name == "__init__.py" else here[:-1]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found |= {
                f"{module}.{alias.name}" if is_module(f"{module}.{alias.name}") else module for alias in node.names
            }
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("import_module", "__import__"):
                found.add(str(node.args[0].value))
    return found


def is_module(name: str) -> bool:
    place = PACKAGE.parent.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    here = room(module_name(path))
    if not here:
        return  # the package itself opens the rooms that users ask for
    for name in imports(path):
        there = room(name) if name.split(".")[0] == "extract" else here
        assert there in ("", here) or RANK[there] < RANK[here], f"{module_name(path)} imports {name}"


def test_no_import_runs_in_a_circle() -> None:
    modules = {module_name(path): path for path in FILES}
    graph = {
        name: {found for found in imports(path) if found in modules and found not in (name, "extract")}
        for name, path in modules.items()
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"circle: {' -> '.join(error.args[1])}")


def test_only_flows_import_prefect() -> None:
    for path in FILES:
        if room(module_name(path)) != "flows":
            assert not any(name.split(".")[0].startswith("prefect") for name in imports(path)), path


@pytest.mark.parametrize(("library", "rooms"), [("spacy", FREE_OF_SPACY), ("pyarrow", FREE_OF_PARQUET)])
def test_these_rooms_know_nothing_of(library: str, rooms: tuple[str, ...]) -> None:
    for path in FILES:
        if room(module_name(path)) in rooms:
            assert library not in {name.split(".")[0] for name in imports(path)}, path


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


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
