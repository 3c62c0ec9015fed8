"""The page of label styles: every sample of ``tests/cases/turns`` with the rows that come out of it."""

from __future__ import annotations

import re
from pathlib import Path

_MARK = re.compile(r"</?t\b[^>]*>")
SHOWN_CHARACTERS = 60


def styles_markdown(folder: Path) -> str:
    """A section a sample: its text, then the turns that the pipeline finds in it, with the rule that cut them."""
    import extract

    nlp = extract.load()
    parts = []
    for path in sorted(folder.glob("*.txt")):
        title, _, marked = path.read_text(encoding="utf-8").partition("\n")
        doc = nlp(_MARK.sub("", marked).strip("\n") + "\n")
        turns = [row for row in doc._.turns if row["kind"] == "turn"]
        parts.append(f"## {title.lstrip('# ')}\n\n{_fenced(doc.text)}\n\n{_table(turns, doc.text)}\n")
    return "\n".join(parts)


def _fenced(text: str) -> str:
    return f"~~~text\n{text.rstrip()}\n~~~"


def _table(turns: list[dict[str, str | int | None]], text: str) -> str:
    if not turns:
        return "No turns: nothing here is a label."
    lines = ["| label | speaker | role | side | words | rule |", "| --- | --- | --- | --- | --- | --- |"]
    for row in turns:
        words = " ".join(text[int(row["start"] or 0) : int(row["end"] or 0)].split())
        shown = words[:SHOWN_CHARACTERS] + ("…" if len(words) > SHOWN_CHARACTERS else "")
        cells = [row["label"], row["speaker"], row["role"], row["side"], shown, f"`{row['rule']}`"]
        lines.append("| " + " | ".join(str(cell or "").replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)
