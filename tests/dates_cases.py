"""Reads ``tests/cases/dates_*.txt``: sentences with their expected time expressions written into them.

A line is one document; ``[[text|TYPE|value]]`` (or ``[[text|TYPE|value|first|last]]`` with the bounds, ``-`` for none)
marks an expected expression; ``@created`` (a date or ``none``), ``@newswire`` (``yes``/``no``), ``@occasion``
(``yes``/``no``) and ``@mode`` (``auto``, ``document``, ``narrative``) hold for the lines that follow. ``\\n`` is a line
break.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from extract.normalize.dates import TimeExpression, find_expressions
from tests.markup import Mark, read_brackets

FOLDER = Path(__file__).parent / "cases"
ALLOWED = {
    "created": r"none|\d{4}-\d\d-\d\d",
    "newswire": "yes|no",
    "occasion": "yes|no",
    "mode": "auto|document|narrative",
}


@dataclass(frozen=True)
class Expected:
    """An expression as the case file has it; ``bounds`` only where the file gives them."""

    start: int
    end: int
    text: str
    type: str
    value: str
    bounds: tuple[str | None, str | None] | None = None


@dataclass(frozen=True)
class Case:
    """One document of a case file."""

    where: str
    text: str
    settings: dict[str, str]
    expected: tuple[Expected, ...]

    def find(self) -> list[TimeExpression]:
        """What the product finds under the case's settings."""
        created = self.settings.get("created", "none")
        newswire = self.settings.get("newswire") == "yes"
        mode = self.settings.get("mode", "auto")
        return find_expressions(
            self.text,
            None if created == "none" else dt.date.fromisoformat(created),
            mode=None if mode == "auto" else mode,  # type: ignore[arg-type]
            later_inside=not newswire,
            occasion=self.settings.get("occasion") == "yes",
        )


def read(name: str) -> list[Case]:
    """The cases of a file. Raises ``ValueError`` with file and line for a setting or mark that is not allowed."""
    path, settings, cases = FOLDER / name, {}, []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        where = f"{name}:{number}"
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            if key not in ALLOWED or not re.fullmatch(ALLOWED[key], value):
                raise ValueError(f"{where}: {line!r} is not allowed; allowed are {ALLOWED}")
            settings[key] = value
        elif line.strip() and not line.startswith("#"):
            cases.append(_case(where, line.replace("\\n", "\n"), dict(settings)))
    return cases


def _case(where: str, line: str, settings: dict[str, str]) -> Case:
    text, marks = read_brackets(line, "[[", "]]")
    if "[[" in text or "]]" in text:
        raise ValueError(f"{where}: unclosed mark in {text!r}")
    return Case(where, text, settings, tuple(_expected(where, mark) for mark in marks))


def _expected(where: str, mark: Mark) -> Expected:
    if len(mark.fields) not in (2, 4) or mark.fields[0] not in ("DATE", "TIME", "DURATION", "SET"):
        raise ValueError(f"{where}: {mark} must be [[text|TYPE|value]] or [[text|TYPE|value|first|last]]")
    kind, value, *limits = mark.fields
    bounds = (limits[0].strip("-") or None, limits[1].strip("-") or None) if limits else None
    return Expected(mark.start, mark.end, mark.words, kind, value, bounds)
