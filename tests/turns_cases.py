"""Sample documents of ``tests/cases/turns`` with their turns in the text; also the source of the page of label styles.

A file starts with ``# title``. Words of a turn stand between ``<t l="label" s="speaker" c="side">`` and ``</t>``; the
label itself stands in the text before the mark. ``s=""`` means that the text names nobody; ``c`` may be left out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "cases" / "turns"
_MARK = re.compile(r"<t l=\"([^\"\n]+)\" s=\"([^\"\n]*)\"(?: c=\"([A-Z]{2})\")?>|</t>")
_STRAY = re.compile(r"</?t\b[^>\n]*>?|<t l=")


class CaseError(ValueError):
    """A sample file breaks the markup; the message names the file and what is wrong."""


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
    """The plain text and the turns of one sample. Raises ``CaseError``."""
    first, _, body = marked.partition("\n")
    if not first.startswith("# ") or not body.strip():
        raise CaseError(f"{name}: the first line must be '# title', with a text below it")
    text, at, turns = "", 0, []
    opened: tuple[int, str, str | None, str | None] | None = None
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        at = mark.end()
        if mark[1]:
            if opened:
                raise CaseError(f"{name}: a turn begins inside another: {mark[0]!r}")
            opened = (len(text), mark[1], mark[2] or None, mark[3])
        else:
            if opened is None:
                raise CaseError(f"{name}: </t> closes nothing at {len(text)}")
            start, label, speaker, side = opened
            turns.append(ExpectedTurn(start, len(text), label, speaker, side))
            opened = None
    text += body[at:]
    stray = _STRAY.search(text)
    if opened or stray:
        raise CaseError(f"{name}: {'a turn is left open' if opened else f'broken mark {stray and stray[0]!r}'}")
    return TurnCase(name, first[2:].strip(), text, turns)


def load_cases(folder: Path = FOLDER) -> list[TurnCase]:
    """All samples, by file name."""
    return [parse_case(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]
