"""Sample documents of ``tests/cases/turns`` with their turns in the text; also the source of the page of label styles.

A file starts with ``# title``. Words of a turn stand between ``<t l="label" s="speaker" c="side">`` and ``</t>``; the
label itself stands in the text before the mark. ``s=""`` means that the text names nobody; ``c`` may be left out.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tests.markup import MarkupError, read_tags

FOLDER = Path(__file__).resolve().parent / "cases" / "turns"


class ExpectedTurn(NamedTuple):
    """What the markup says; ``speaker`` and ``side`` are ``None`` where it says nothing."""

    start: int
    end: int
    label: str
    speaker: str | None
    side: str | None


class TurnCase(NamedTuple):
    name: str
    title: str
    text: str
    turns: list[ExpectedTurn]


def parse_case(name: str, marked: str) -> TurnCase:
    """The plain text and the turns of one sample. Raises ``MarkupError``."""
    first, _, body = marked.partition("\n")
    if not first.startswith("# ") or not body.strip():
        raise MarkupError(f"{name}: the first line must be '# title', with a text below it")
    try:
        text, marks = read_tags(body, {"t": ("l", "s", "c?")})
    except MarkupError as error:
        raise MarkupError(f"{name}: {error}") from error
    if any(mark.start < before.end for before, mark in pairwise(marks)):
        raise MarkupError(f"{name}: a turn begins inside another")
    turns = [ExpectedTurn(m.start, m.end, m.values["l"], m.values["s"] or None, m.values.get("c")) for m in marks]
    return TurnCase(name, first[2:].strip(), text, turns)


def load_cases(folder: Path = FOLDER) -> list[TurnCase]:
    """All samples, by file name."""
    return [parse_case(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
