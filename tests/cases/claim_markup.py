"""The strict parser of ``claims_*.txt``: expected values stand inside the sentence.

``{span|kind|value|unit|qualifier}``, with ``|key=value;key=value`` for claims. A value ``low..high`` is a range.
Anything else in braces, a wrong number of fields, an unknown kind, qualifier or key is refused with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {"money", "percent", "quantity", "ratio", "tariff_rate", "target"}
QUALIFIERS = {"exact", "about", "at_least", "more_than", "at_most", "less_than", "range"}
KEYS = {"measure", "item", "actor", "partner", "period", "status", "target", "speaker", "link"}
FOLDER = Path(__file__).parent


class MarkupError(ValueError):
    """A case file breaks the rules of its markup."""


@dataclass
class Expected:
    start: int
    end: int
    kind: str
    low: float | None
    high: float | None
    unit: str | None
    qualifier: str
    fields: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Case:
    line: int
    text: str
    expected: list[Expected]


def read(name: str) -> Iterator[Case]:
    """The cases of a file of this folder."""
    for number, line in enumerate((FOLDER / name).read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield parse(line.replace("⏎", "\n"), f"{name}:{number}", number)


def parse(line: str, place: str, number: int = 0) -> Case:
    text, expected, position = "", [], 0
    for match in re.finditer(r"\{([^{}]*)\}", line):
        text += line[position : match.start()]
        fields = match[1].split("|")
        if len(fields) not in (5, 6):
            raise MarkupError(f"{place}: {match[0]}: {len(fields)} fields; expected five or six, see the file's head")
        expected.append(_expected(fields, len(text), place))
        text += fields[0]
        position = match.end()
    text += line[position:]
    if "{" in text or "}" in text:
        raise MarkupError(f"{place}: a brace that is not closed")
    return Case(number, text, expected)


def _expected(fields: list[str], start: int, place: str) -> Expected:
    span, kind, value, unit, qualifier = fields[:5]
    if kind not in KINDS or qualifier not in QUALIFIERS or not span:
        raise MarkupError(f"{place}: {fields}: kinds are {sorted(KINDS)}, qualifiers {sorted(QUALIFIERS)}")
    low, _, high = value.partition("..")
    more: dict[str, str | None] = {}
    for pair in fields[5].split(";") if len(fields) == 6 else []:
        key, equals, content = pair.partition("=")
        if key not in KEYS or not equals:
            raise MarkupError(f"{place}: {pair!r}: keys are {sorted(KEYS)}")
        more[key] = content if content != "-" else None
    number = float(low) if low else None
    top = float(high) if high else number
    return Expected(start, start + len(span), kind, number, top, unit or None, qualifier, more)
