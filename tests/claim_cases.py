"""The strict parser of ``claims_*.txt``: expected values stand inside the sentence.

``{span|kind|value|unit|qualifier}``, with ``|key=value;key=value`` for claims. A value ``low..high`` is a range.
Anything else in braces, a wrong number of fields, an unknown kind, qualifier or key is refused with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.markup import Mark, MarkupError, read_brackets

KINDS = {"money", "percent", "quantity", "ratio", "tariff_rate", "target"}
QUALIFIERS = {"exact", "about", "at_least", "more_than", "at_most", "less_than", "range"}
KEYS = {"measure", "item", "actor", "partner", "period", "status", "target", "speaker", "link"}
FOLDER = Path(__file__).parent / "cases"


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
    text, marks = read_brackets(line, "{", "}")
    if "{" in text or "}" in text:
        raise MarkupError(f"{place}: a brace without fields, or one that is not closed")
    return Case(number, text, [_expected(mark, place) for mark in marks])


def _expected(mark: Mark, place: str) -> Expected:
    if len(mark.fields) not in (4, 5):
        raise MarkupError(f"{place}: {mark}: {len(mark.fields)} fields; expected four or five, see the file's head")
    kind, value, unit, qualifier = mark.fields[:4]
    if kind not in KINDS or qualifier not in QUALIFIERS:
        raise MarkupError(f"{place}: {mark}: kinds are {sorted(KINDS)}, qualifiers {sorted(QUALIFIERS)}")
    low, _, high = value.partition("..")
    more: dict[str, str | None] = {}
    for pair in mark.fields[4].split(";") if len(mark.fields) == 5 else []:
        key, equals, content = pair.partition("=")
        if key not in KEYS or not equals:
            raise MarkupError(f"{place}: {pair!r}: keys are {sorted(KEYS)}")
        more[key] = content if content != "-" else None
    number = float(low) if low else None
    top = float(high) if high else number
    return Expected(mark.start, mark.end, kind, number, top, unit or None, qualifier, more)
