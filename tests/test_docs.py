"""README and docs: every code block runs and prints what its page shows; every page is in the navigation.

How blocks are run is told in ``docs/blocks.py``; ``python docs/blocks.py`` writes what they print now into the pages.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))
import blocks as docs  # noqa: E402
import hooks  # noqa: E402


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    docs.prepare(folder, samples)
    return folder


@pytest.mark.slow
@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("page", [p for p in docs.PAGES if docs.blocks(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_block_of_a_page_prints_what_the_page_shows(page: Path, prepared: Path, tmp_path: Path) -> None:
    outputs = docs.run_page(page, shutil.copytree(prepared, tmp_path / "page"))
    for block, output in outputs.items():
        assert docs.same(block.shown, output), f"{block.name} prints something else: python docs/blocks.py writes it"


@pytest.mark.slow
@pytest.mark.xdist_group("docs")
def test_the_first_table_of_readme_is_what_its_document_gives(prepared: Path) -> None:
    assert docs.shown_claims(ROOT / "README.md") == docs.showcase(prepared), "python docs/blocks.py README.md writes it"


def test_blocks_left_out_say_why() -> None:
    for page in docs.PAGES:
        for block in docs.blocks(page):
            if block.mark.startswith("no test:"):
                assert len(block.mark.removeprefix("no test:").strip()) > 10, block.name


def test_outputs_are_written_beneath_their_blocks_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text("One.\n\n```python\nprint(6)\n```\n\nTwo.\n\n```sh\ntrue\n```\n", encoding="utf-8")
    for _ in range(2):
        first, second = docs.blocks(page)
        docs.write_outputs(page, {first: "6\nrun 20250101T000000Z in 4.1 s\n", second: ""})
    text = page.read_text(encoding="utf-8")
    assert text.count("<!-- output -->\n```text\n6\nrun 20250101T000000Z in 4.1 s\n```\n\nTwo.") == 1
    assert text.endswith("```sh\ntrue\n```\n")
    assert docs.same(docs.blocks(page)[0].shown, "6\nrun 20261231T010101Z in 12 s\n")
    assert not docs.same(docs.blocks(page)[0].shown, "7\n")


def test_every_figure_of_a_page_comes_from_a_file_that_a_command_writes() -> None:
    """Marks are filled; speeds and confidence stand on no page as typed figures."""
    marked = [
        p for p in docs.PAGES if "{{" in p.read_text(encoding="utf-8") and p.name not in ("commands.md", "model.md")
    ]
    assert len(marked) > 5
    for page in marked:
        filled = hooks.on_page_markdown(page.read_text(encoding="utf-8"), page=None)
        assert "{{ " not in filled, page
    quality, confidence = (
        (ROOT / "docs" / "explanation" / f"{name}.md").read_text(encoding="utf-8") for name in ("quality", "confidence")
    )
    assert "words a second |" not in quality
    told = json.loads((ROOT / "docs" / "quality.json").read_text(encoding="utf-8"))
    shown = hooks.confidence()
    assert f"{told['confidence']['ece']:.3f}" in shown
    assert shown.count("<circle") == len(told["confidence"]["bins"])
    assert f"{told['confidence']['auc']:.2f}" not in confidence
    keys = json.loads((ROOT / "docs" / "figures.json").read_text(encoding="utf-8"))["review_keys"]
    assert keys["desk"]["acts"] <= 0.34 * keys["label_studio"]["acts"]


def test_the_page_of_schedules_tells_every_parameter_of_the_flow() -> None:
    source = (ROOT / "src" / "extract" / "flows" / "extract_corpus.py").read_text(encoding="utf-8")
    flow = next(n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef) and n.name == "extract_corpus")
    page = (ROOT / "docs" / "how-to" / "schedule.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [argument.arg for argument in flow.args.args]


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        assert str(page.relative_to(ROOT / "docs")) in navigation


def test_the_page_of_quality_has_figures_of_every_table() -> None:
    told = json.loads((ROOT / "docs" / "quality.json").read_text(encoding="utf-8"))
    assert {name.partition(".")[0] for name in told["genres"]["all"]["figures"]} >= {"segments", "turns", "claims"}
    assert len(told["genres"]) > 2


@pytest.mark.slow
def test_the_site_is_built_without_a_warning_and_soon(tmp_path: Path) -> None:
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.perf_counter() - started < 60
    assert "extract run" in (tmp_path / "site" / "reference" / "commands" / "index.html").read_text(encoding="utf-8")
