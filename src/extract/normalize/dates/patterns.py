"""The rules that find English time expressions, loaded from ``rules.tsv`` and checked. No logic here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extract.normalize.dates.fragments import compile_rule

FILE = Path(__file__).with_name("rules.tsv")
COLUMNS = ("name", "first", "reader", "pattern")
# The classes of word that an expression begins with: ``scan`` looks every word up.
CLASSES = frozenset(
    [
        "a",
        "apostrophe",
        "approx",
        "day",
        "det",
        "digit",
        "edge",
        "fiscal",
        "holiday",
        "month",
        "number",
        "part",
        "ref",
        "season",
        "the",
        "unit",
        "weekday",
    ]
)


class RuleError(ValueError):
    """The file of rules breaks its own form; the message names file, line, what was found and what is allowed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the file, compiled. ``starts``: the classes of word that it may begin with."""

    name: str
    starts: frozenset[str]
    reader: str
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file. Raises ``RuleError``."""
    found: dict[str, Rule] = {}
    head: list[str] | None = None
    for number, line in enumerate(FILE.read_text(encoding="utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if head is None:
            head = cells
            if tuple(head) != COLUMNS:
                raise RuleError(f"{FILE.name}:{number}: columns are {head}; expected {list(COLUMNS)}")
            continue
        rule = _rule(number, cells)
        if rule.name in found:
            raise RuleError(f"{FILE.name}:{number}: the name {rule.name!r} stands twice")
        found[rule.name] = rule
    return tuple(found.values())


def _rule(number: int, cells: list[str]) -> Rule:
    where = f"{FILE.name}:{number}"
    if len(cells) != len(COLUMNS) or not all(cells):
        raise RuleError(f"{where}: {cells!r}; expected a value for each of {list(COLUMNS)}")
    name, first, reader, pattern = cells
    unknown = set(first.split()) - CLASSES
    if unknown:
        raise RuleError(f"{where}: {sorted(unknown)} are no classes of words; allowed are {sorted(CLASSES)}")
    try:
        compiled = compile_rule(pattern)
    except (re.error, KeyError) as error:
        raise RuleError(f"{where}: the pattern does not compile: {error}") from error
    if compiled.match(""):
        raise RuleError(f"{where}: the pattern matches the empty string")
    return Rule(name, frozenset(first.split()), reader, compiled)
