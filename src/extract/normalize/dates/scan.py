"""Finding: one pass over the words of a text, rules tried only where their first word stands.

A text of any length costs linear time: every word is looked up once, and every pattern has bounded repetitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from extract.normalize.dates import guards, numbers
from extract.normalize.dates.fragments import compile_rule
from extract.normalize.dates.patterns import Rule, rules
from extract.normalize.dates.words import (
    CARDINALS,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    SEASONS,
    SPELLED_DECADES,
    UNITS,
    WEEKDAYS,
    listed,
)

_COPY = re.compile(r"_\d+$")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|['’‘](?=\d\d)")
_NEXT_WORD = re.compile(r"[\s\-\u2010\u2011\u2013'’‘(]{1,10}([^\W\d_]+|\d+)")
_AFTER_DAY = compile_rule(
    r"(?P<link>,~and~|,~|~?(?:[=]|to|and|through|or|until)~?)(?:the )?{day}(?:,? {year})?"
    r"(?!~?(?:of~)?{month})(?![\w:/])"
)
_AFTER_YEAR = re.compile(r"[-\u2010\u2011\u2013/](?P<yy>\d\d)(?![\w]|[-\u2013.,/]\d)")
# Pages saved as text run an icon's name into what it stands beside ("time22 minutes ago").
_GLUED_AGO = re.compile(r"(?<=[a-z])\d{1,2} (?:seconds?|minutes?|hours?|days?) ago\b")
# Addresses hold dates and words that nobody wrote as time expressions.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)\]>\"”]+")
# A day after a bare comma or "and" is one only if no counted noun follows: "On April 3, 5 people …".
_DAY_LIST_END = re.compile(
    r"\s{0,8}(?:[,.;:)\]]|and\b|or\b|to\b|were\b|was\b|in\b|at\b|during\b|when\b|respectively|$)"
)

# The classes of ``patterns.CLASSES`` whose words are those of the lexicon.
_LISTED = ("a", "the", "approx", "day", "det", "edge", "fiscal", "number", "part", "ref", "unit")


@dataclass(slots=True)
class Found:
    """A match of a rule: where, and the groups that matched (``name_2`` is read as ``name``)."""

    rule: str
    reader: str
    start: int
    end: int
    groups: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.groups.get(name, "")


@cache
def _word_classes() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    tables: tuple[tuple[Iterable[str], str], ...] = (
        *((listed(name), name) for name in _LISTED),
        (MONTHS, "month"),
        (WEEKDAYS, "weekday"),
        (CARDINALS, "number"),
        (ORDINALS, "number"),
        (UNITS, "unit"),
        (SEASONS, "season"),
        (SPELLED_DECADES, "unit"),
        ((h.split()[0].split("'")[0] for h in HOLIDAYS), "holiday"),
        ((f"{d}s" for d in WEEKDAYS), "weekday"),
    )
    for table, name in tables:
        for word in table:
            classes.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in classes.items()}


@cache
def _rules_by_word() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for word, names in _word_classes().items():
        found[word] = tuple(rule for rule in rules() if names & rule.starts)
    for name in ("digit", "apostrophe"):
        found[f"<{name}>"] = tuple(rule for rule in rules() if name in rule.starts)
    return found


@cache
def _second_words() -> frozenset[str]:
    return frozenset(_word_classes()) - listed("not_second") | listed("second")


def scan(text: str) -> Iterator[Found]:
    """Time expressions of a text in English words and digits, left to right, without overlap."""
    if "://" in text or "www." in text:
        text = _ADDRESS.sub(lambda m: "\x1f" * len(m.group()), text)
    by_word, second, end = _rules_by_word(), _second_words(), 0
    digit, apostrophe = by_word["<digit>"], by_word["<apostrophe>"]
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < end:
            continue
        word = token.group()
        if word.isdigit():
            tried = digit if len(word) <= 9 else None
        elif word in "'’‘":
            tried = apostrophe
        else:
            tried = by_word.get(word.lower())
        if not tried or (
            start and (text[start - 1].isalnum() or text[start - 1] == "_") and not _GLUED_AGO.match(text, start)
        ):
            continue
        if tried[0].starts and len(word) <= 3 and not _worth_trying(text, token.end(), word, second):
            continue
        for found in _matches_at(text, start, tried):
            yield found
            end = found.end


def _worth_trying(text: str, end: int, word: str, second: frozenset[str]) -> bool:
    """Whether after "the" and "a" a word stands that an expression goes on with: most times none does."""
    if word.lower() not in ("the", "a", "an"):
        return True
    follows = _NEXT_WORD.match(text, end)
    if follows is None:
        return False
    after = follows.group(1)
    return after.isdigit() or after.lower() in second


def _matches_at(text: str, start: int, tried: tuple[Rule, ...]) -> Iterator[Found]:
    candidates = []
    for order, rule in enumerate(tried):
        match = rule.pattern.match(text, start)
        if match is not None and match.end() > start:
            candidates.append((-match.end(), order, rule, match))
    candidates.sort(key=lambda c: c[:2])
    for _, _, rule, match in candidates:
        found = Found(rule.name, rule.reader, start, match.end(), groups_of(match))
        found.end -= len(match.group()) - len(match.group().rstrip())
        if guards.allowed(text, found):
            yield found
            yield from _continued(text, found)
            return


def groups_of(match: re.Match[str]) -> dict[str, str]:
    """The groups of a match that took part in it, under their base names; a year in words or kanji as digits."""
    groups: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value is not None:
            groups.setdefault(_COPY.sub("", name), value)
    if "year" in groups and (year := numbers.year(groups["year"])) is not None:
        groups["year"] = f"{year:04d}" if len(groups["year"]) >= 4 else str(year)
    return groups


def _continued(text: str, first: Found) -> Iterator[Found]:
    """What goes on after a date: days of the same month ("April 3, 5, and 9"), years in two digits ("1915-16")."""
    if first.reader == "year" and len(first["year"]) == 4 and not first["bc"]:
        match = _AFTER_YEAR.match(text, first.end)
        if match and int(match["yy"]) > int(first["year"][2:]) and first.rule == "year":
            yield Found(
                "year_in_range", "year", match.start("yy"), match.end(), {"year": first["year"][:2] + match["yy"]}
            )
    if (
        first.reader not in ("mdy", "dmy")
        or first["year"]
        or first["yy"]
        or first["yref"]
        or not first["day"]
        or first["clock"]
    ):
        return
    last, day = first, int(first["day"])
    for _ in range(31):
        match = _AFTER_DAY.match(text, last.end)
        if match is None or int(match["day"]) <= day or not _is_list_day(text, match):
            return
        day = int(match["day"])
        groups = {"month": first["month"], "day": match["day"]} | ({"year": match["year"]} if match["year"] else {})
        if match["year"]:
            first.groups["shared_year"] = match["year"]
        last = Found("day_in_list", "mdy", match.start("day"), match.end(), groups)
        yield last


def _is_list_day(text: str, match: re.Match[str]) -> bool:
    if (
        match["link"].strip(" \n") in ("-", "\u2010", "\u2011", "\u2013", "to", "through", "until")
        or match["suffix"]
        or match["year"]
    ):
        return True
    return _DAY_LIST_END.match(text, match.end()) is not None
