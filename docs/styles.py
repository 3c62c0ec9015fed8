"""The page of label styles: every sample of ``tests/cases/turns`` with the rows that come out of it.

What comes out is kept in ``label_styles.json`` by the hash of the sample, so that building the site runs the pipeline
on new samples only; ``python docs/blocks.py`` reads all of them anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, KEPT = ROOT / "tests" / "cases" / "turns", ROOT / "docs" / "label_styles.json"
SHOWN_CHARACTERS = 60
_MARK = re.compile(r"</?t\b[^>]*>")
_COLUMNS = ("label", "speaker", "role", "side", "words", "rule")
Rows = list[dict[str, str]]


def styles_markdown() -> str:
    """A section a sample: its text, then the turns that the pipeline finds in it, with the rule that cut them."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    parts = []
    for title, text in _samples():
        key = _key(text)
        table = _table(kept[key] if key in kept else _read(text))
        parts.append(f"## {title}\n\n~~~text\n{text.rstrip()}\n~~~\n\n{table}\n")
    return "\n".join(parts)


def refresh() -> None:
    """Read all samples anew and keep what comes out."""
    rows = {_key(text): _read(text) for _, text in _samples()}
    KEPT.write_text(json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _samples() -> list[tuple[str, str]]:
    found = []
    for path in sorted(SAMPLES.glob("*.txt")):
        title, _, marked = path.read_text(encoding="utf-8").partition("\n")
        found.append((title.lstrip("# "), _MARK.sub("", marked).strip("\n") + "\n"))
    return found


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def _pipeline() -> Any:
    import extract

    return extract.load()


def _read(text: str) -> Rows:
    doc = _pipeline()(text)
    turns = [row for row in doc._.turns if row["kind"] == "turn"]
    return [_shown(row, doc.text) for row in turns]


def _shown(row: dict[str, Any], text: str) -> dict[str, str]:
    words = " ".join(text[row["start"] : row["end"]].split())
    cut = words[:SHOWN_CHARACTERS] + ("…" if len(words) > SHOWN_CHARACTERS else "")
    return {name: str((row | {"words": cut})[name] or "") for name in _COLUMNS}


def _table(rows: Rows) -> str:
    if not rows:
        return "No turns: nothing here is a label."
    lines = [f"| {' | '.join(_COLUMNS)} |", "| --- " * len(_COLUMNS) + "|"]
    for row in rows:
        cells = [row[name].replace("|", "\\|").replace("\n", " ") for name in _COLUMNS[:-1]]
        lines.append(f"| {' | '.join([*cells, f'`{row[_COLUMNS[-1]]}`'])} |")
    return "\n".join(lines)
