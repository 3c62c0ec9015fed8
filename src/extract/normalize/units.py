"""Units of measure and counted nouns: the singular form that stands for them (words: lexicon ``en/noun_forms``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extract import lexicons


def _nouns(kind: str) -> dict[str, str]:
    kinds = "irregular|unchanged|not_plural|modifier|stop|duration|people|compound|not_counted"
    columns = {"kind": kinds, "singular": "text?", "word": "terms"}
    rows = lexicons.load("en/noun_forms", columns, key=("word", "kind"))
    return {row["word"]: row["singular"] for row in rows if row["kind"] == kind}


IRREGULAR = _nouns("irregular")
# The same in both numbers, or a plural without an "s": a noun that a number may count as it stands.
UNCHANGED = frozenset(_nouns("unchanged"))
# Words in -s that are no plurals and so cannot end a counted noun.
NOT_PLURAL = frozenset(_nouns("not_plural"))
# Plurals that stand before another noun more often than they are counted ("30 sales offices").
MODIFIERS = frozenset(_nouns("modifier"))
# The first words of compounds that count nothing ("a ten-point plan", "20-odd").
NO_COUNT = frozenset(_nouns("compound"))
# Plurals that measure, place or date what is counted, and are not counted themselves ("points", "regions").
NOT_COUNTED = frozenset(_nouns("not_counted"))
# No noun phrase goes on behind these; spans of time; what is said of people who are counted.
STOPS, DURATIONS, PEOPLE = frozenset(_nouns("stop")), frozenset(_nouns("duration")), frozenset(_nouns("people"))


def is_plural(word: str) -> bool:
    """Whether a word looks like the plural of a noun, or is one that has no other form."""
    low = word.casefold()
    if low in IRREGULAR or low in UNCHANGED:
        return True
    return len(low) > 3 and low.endswith("s") and low not in NOT_PLURAL and not low.endswith(("ss", "ous", "'s", "’s"))


def singular(word: str) -> str:
    """Lower case and singular: ``"Cars"`` → ``"car"``, ``"countries"`` → ``"country"``."""
    low = word.casefold().strip(".,;:'’")
    if low in IRREGULAR:
        return IRREGULAR[low]
    if (
        low in UNCHANGED
        or low in NOT_PLURAL
        or len(low) < 4
        or not low.endswith("s")
        or low.endswith(("ss", "us", "is"))
    ):
        return low
    if low.endswith("ies"):
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return low[:-2]
    for ending, single in (("men", "man"), ("women", "woman")):
        if low.endswith(ending):
            return low[: -len(ending)] + single
    return low[:-1]


def counted(noun: str) -> str:
    """What a noun counts: its singular; people for those who are told of by their state ("3,000 killed")."""
    low = noun.casefold()
    if low in PEOPLE or low.endswith("-strong"):
        return "person"
    return singular(noun)


class Unit(NamedTuple):
    """``name``: singular, as it is written; ``weak``: also an everyday noun, which counts like any other."""

    name: str
    weak: bool = False


class UnitGrammar:
    """Units of measure by their forms, up to four words long: ``words`` singular and plural in lower case, ``signs``
    ("MW") and ``weak`` ones; signs are matched as they are written, and keep that as their name."""

    def __init__(self, *, words: Iterable[str], signs: Iterable[str] = (), weak: Iterable[str] = ()) -> None:
        self._forms = {form.casefold(): Unit(singular_phrase(form)) for form in words}
        self._forms |= {form.casefold(): Unit(singular_phrase(form), True) for form in weak}
        self._signs = {form: Unit(form.removesuffix("s") if form in PLURAL_SIGNS else form) for form in signs}
        self._openings = {form.split(" ")[0].casefold().replace(".", "") for form in (*self._forms, *self._signs)}
        ordered = sorted(self._signs, key=len, reverse=True)
        self.stuck = re.compile(rf"(?:{'|'.join(map(re.escape, ordered))})(?![\w²³])" if ordered else r"(?!)")

    def find_after(self, words: list[str]) -> tuple[Unit, int] | None:
        """The unit that the longest run of ``words`` names, and how many words it takes."""
        if words and words[0].casefold().replace(".", "") not in self._openings:
            return None
        for count in range(min(4, len(words)), 0, -1):
            form = " ".join(words[:count])
            unit = self._signs.get(form) or self._signs.get(form.replace(".", "")) or self._forms.get(form.casefold())
            if unit:
                return unit, count
        return None


# Abbreviations that take an "s" in the plural.
PLURAL_SIGNS = frozenset({"lbs", "kgs", "kms", "bbls", "yds", "teus", "TEUs"})


def singular_phrase(phrase: str) -> str:
    """The unit in the singular: "square yards" → "square yard", "miles per hour" → "mile per hour"."""
    joint = next((word for word in (" per ", " an ", " Celsius", " Fahrenheit") if word in phrase), " per ")
    head, joint, rest = phrase.partition(joint)
    *before, last = re.split(r"(?<=[ -])", head)
    return "".join(before) + singular(last) + joint + rest if last else phrase
