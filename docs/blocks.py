"""The code blocks of README and docs: finding them, running them, and writing what they print beneath them.

``python docs/blocks.py [PAGE …]`` runs the blocks of the pages (default: all) and writes their outputs into the pages,
and what comes out of the label styles' samples into ``docs/label_styles.json``. The tests run the same blocks and hold
the pages to what they print now.

``python`` blocks of a page share their names; ``sh`` blocks run in bash with this environment's commands; ``sql``
blocks run in DuckDB. A page's blocks run in a folder of their own with ``data/raw`` (the samples), ``data/processed``
(the tables of two runs, between which one document was edited) and ``tests/gold``. A comment line before a block
changes that: ``<!-- exit: 1 -->`` is the exit code expected, ``<!-- command: run -->`` marks README's commands, which
the checks run in a clean clone, and ``<!-- no test: reason -->`` leaves a block out, visibly.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# What a page shows of an output: more is cut, with a mark.
MOST_LINES, MOST_COLUMNS = 24, 118
TIMEOUT_S = 240
# a page with this comment begins without tables
FRESH = "<!-- begins without tables -->"
_OUTPUT = r"(?:\n<!-- output -->\n```text\n.*?```)?"
_BLOCK = re.compile(rf"(?:<!-- ([^>]+) -->\n)?```(python|sh|sql)\n(.*?)```{_OUTPUT}", re.DOTALL)
_SHOWN = re.compile(r"<!-- output -->\n```text\n(.*?)```", re.DOTALL)
# what differs from one run to the next: run ids, days, times, versions, speeds
_PASSING = (
    (re.compile(r"\b\d{8}T\d{6}Z(?:-\d+)?\b"), "RUN"),
    (re.compile(r"\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:\+\d{2}:\d{2})?"), "TIME"),
    (re.compile(r"\b\d+(?:\.\d+)?(?= ?(?:s|seconds|ms|a second)\b)"), "N"),
    (re.compile(r'(?<="seconds": )\d+(?:\.\d+)?'), "N"),
    # of the lines of progress how many there are depends on the machine; the last one stays
    (re.compile(r"^\d+ of \d+ documents, N a second\n", re.MULTILINE), ""),
    (re.compile(r"\+[0-9a-f]{12}\b"), "+VERSION"),
    (re.compile(r"[ \t]+"), " "),
    (re.compile(r"[─━]+"), "─"),
)


@dataclass(frozen=True)
class Block:
    """A code block of a page: ``mark`` is the comment before it, ``shown`` the output that the page shows."""

    page: Path
    line: int
    language: str
    code: str
    mark: str
    shown: str
    end: int

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_run(self) -> bool:
        return not self.mark.startswith(("command:", "no test:"))


def blocks(page: Path) -> list[Block]:
    """The code blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for m in _BLOCK.finditer(text):
        shown = _SHOWN.search(m[0])
        line = text.count("\n", 0, m.start(3))
        found.append(Block(page, line, m[2], m[3], m[1] or "", shown[1] if shown else "", m.end(3) + 3))
    return found


def prepare(folder: Path, tables: Path | None = None) -> None:
    """Put the samples, their tables and gold into a folder; ``tables``: what the first run made, if it was run."""
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    shutil.copytree(ROOT / "tests" / "gold", folder / "tests" / "gold")
    if tables is None:
        shell("extract run", folder, 0)
    else:
        shutil.copytree(tables, folder / "data" / "processed")
    # a second run with something to compare: one document edited
    path = folder / "data" / "raw" / "transcripts" / "earnings-call.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("a tariff of 25%", "a tariff of 27%"), encoding="utf-8")
    shell("extract run", folder, 0)


def shell(code: str, folder: Path, expected: int) -> str:
    """Run a block in bash and return what it prints; ``AssertionError`` if it ends otherwise than expected."""
    scripts = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": scripts, "NO_COLOR": "1", "COLUMNS": str(MOST_COLUMNS)}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_S,
    )
    assert done.returncode == expected, f"{code}\nexit {done.returncode}, expected {expected}\n{done.stdout}"
    # what stands in the folder is named as from within it
    return done.stdout.replace(f"{folder.resolve()}/", "").replace(f"{folder}/", "")


def sql(code: str) -> str:
    """Run a block in DuckDB and return the last result as text."""
    import duckdb

    results = [duckdb.sql(statement) for statement in code.split(";") if statement.strip()]
    return str(results[-1].df().to_string(index=False)) if results[-1] is not None else ""


def run_page(page: Path, folder: Path) -> dict[Block, str]:
    """Run a page's blocks in a folder made by ``prepare``; what each prints. Warnings are errors."""
    names: dict[str, object] = {"__name__": "__docs__"}
    outputs = {}
    if FRESH in page.read_text(encoding="utf-8"):
        shutil.rmtree(folder / "data" / "processed")
    with contextlib.chdir(folder):
        for block in filter(lambda b: b.is_run, blocks(page)):
            expected = int(block.mark.removeprefix("exit:")) if block.mark.startswith("exit:") else 0
            if block.language == "sh":
                outputs[block] = shell(block.code, folder, expected)
            elif block.language == "sql":
                outputs[block] = sql(block.code)
            else:
                outputs[block] = _python(block, names)
    return outputs


def _python(block: Block, names: dict[str, object]) -> str:
    printed = io.StringIO()
    with warnings.catch_warnings(), contextlib.redirect_stdout(printed):
        warnings.simplefilter("error")
        exec(compile(block.code, block.name, "exec"), names)
    return printed.getvalue()


def as_shown(output: str) -> str:
    """An output as a page shows it: cut to what fits, without blanks at line ends."""
    lines = [line.rstrip() for line in output.replace("```", "'''").strip("\n").splitlines()]
    lines = [line if len(line) <= MOST_COLUMNS else line[: MOST_COLUMNS - 1] + "…" for line in lines]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"… {len(lines) - MOST_LINES + 1} more lines"]
    return "\n".join(lines) + "\n" if lines else ""


def same(shown: str, output: str) -> bool:
    """Whether a page shows this output, but for what differs from one run to the next."""
    return _lasting(shown) == _lasting(as_shown(output))


def _lasting(text: str) -> str:
    for pattern, word in _PASSING:
        text = pattern.sub(word, text)
    return "\n".join(line.strip() for line in text.splitlines())


def write_outputs(page: Path, outputs: dict[Block, str]) -> None:
    """Write the outputs beneath a page's blocks; one that shows the same already stays as it is."""
    text, found = page.read_text(encoding="utf-8"), []
    last = 0
    for block in blocks(page):
        shown = as_shown(outputs.get(block, ""))
        if same(block.shown, shown):
            shown = block.shown
        found.append(text[last : block.end] + (f"\n<!-- output -->\n```text\n{shown}```" if shown else ""))
        rest = re.compile(_OUTPUT, re.DOTALL).match(text, block.end)
        last = rest.end() if rest else block.end
    page.write_text("".join(found) + text[last:], encoding="utf-8")


# README's first table: these words of this document, as their row in ``claims`` says
SHOWCASE = "cables/seoul-ottawa-1997.txt"
_SHOWN_CLAIMS = ("30 percent", "10 percent", "numerical target", "15 percent")
_SHOWN_COLUMNS = ("text", "kind", "value_min", "unit", "measure", "item", "status", "is_target", "period", "speaker")
_SHOWCASE = re.compile(r"(?<=<!-- claims:begin -->\n).*?(?=<!-- claims:end -->)", re.DOTALL)


def showcase(folder: Path) -> str:
    """The table of claims at the top of README, from the tables of a folder made by ``prepare``."""
    import extract
    from extract.review.fields import plain, shown

    claims = extract.read("claims", out=str(folder / "data" / "processed"), columns=["doc_id", *_SHOWN_COLUMNS])
    rows = claims[(claims["doc_id"] == SHOWCASE) & claims["text"].isin(_SHOWN_CLAIMS)]
    heads = [name.removesuffix("_min") for name in _SHOWN_COLUMNS]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for row in rows[list(_SHOWN_COLUMNS)].astype(object).where(rows.notna(), None).itertuples(index=False):
        cells = (shown(plain(value)) for value in row)
        lines.append("|" + "".join(f" {cell} |" if cell else " |" for cell in cells))
    return "\n".join(lines) + "\n"


def shown_claims(page: Path) -> str:
    """The same as the page has it."""
    found = _SHOWCASE.search(page.read_text(encoding="utf-8"))
    return found[0] if found else ""


def main(pages: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as made:
        prepared = Path(made) / "prepared"
        prepared.mkdir()
        prepare(prepared)
        for page in pages:
            if shown_claims(page):
                text = page.read_text(encoding="utf-8")
                page.write_text(_SHOWCASE.sub(lambda _: showcase(prepared), text), encoding="utf-8")
            if any(block.is_run for block in blocks(page)):
                folder = shutil.copytree(prepared, Path(made) / "page")
                write_outputs(page, run_page(page, folder))
                shutil.rmtree(folder)
                print(page.relative_to(ROOT), file=sys.stderr)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "docs"))
    import styles

    main([Path(name).resolve() for name in sys.argv[1:]] or PAGES)
    if not sys.argv[1:]:
        styles.refresh()
