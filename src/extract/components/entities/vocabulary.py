"""The word lists that name rules read, built once from lexicons, CLDR and ISO 3166."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import pycountry
from babel import Locale

from extract import lexicons
from extract.components.entities.lists import NATIONAL
from extract.normalize.countries import country_adjectives, country_names, region_adjectives, region_names
from extract.normalize.title_words import ADDRESS, OFFICE

LABELS = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART")


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name: its label, ISO country if it has one, whether it needs context, its long form."""

    name: str
    label: str
    country: str | None = None
    weak: bool = False
    full: str | None = None


@dataclass(slots=True)
class Vocabulary:
    """Everything that rules look up; ``entries`` by first word, longest name first."""

    entries: dict[str, Entry] = field(default_factory=dict)
    firsts: dict[str, list[str]] = field(default_factory=dict)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    heads: dict[str, dict[str, str]] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    national: frozenset[str] = NATIONAL
    single: dict[str, Entry] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    plain_acronyms: frozenset[str] = frozenset()

    def pattern(self, first: str) -> re.Pattern[str] | None:
        """The known names of several words that begin with ``first``, as one expression compiled when asked for."""
        found = self.patterns.get(first)
        if found is None and first in self.firsts:
            names = sorted(self.firsts[first], key=len, reverse=True)
            alternatives = "|".join(r"\s+".join(_escaped(part) for part in name.split(" ")) for name in names)
            found = self.patterns[first] = re.compile(rf"(?:{alternatives})(?![^\W_])", re.IGNORECASE)
        return found

    def lists(self, word: str) -> bool:
        """Does a list know the word as a name or as the head of names?"""
        return word in self.single or word in self.heads

    def is_plain(self, word: str) -> bool:
        """Is this an ordinary English word, also inflected, or an abbreviation that names nothing ("GDP")?"""
        if word in self.plain_acronyms:
            return True
        low = word.casefold()
        if low in self.plain:
            return True
        return any(
            low.endswith(e) and (low[: -len(e)] in self.plain or low[: -len(e)] + "e" in self.plain) for e in _ENDINGS
        )


_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ies")
_FIRST = re.compile(r"(?:[A-Z]\.)+[A-Z]?|[^\W_]+(?:['’&](?![sS]\b)[^\W_]+)*")


def _escaped(part: str) -> str:
    return re.sub(r"['’]", "['’]", re.escape(part))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, built at the first call (about 0.3 s) and kept."""
    words = Vocabulary()
    for name, code in country_names().items():
        _add(words, Entry(name, "GPE", code))
    words.countries = frozenset(country_names())
    for name, code in country_adjectives().items():
        _add(words, Entry(name, "NORP", code))
    for name in region_adjectives():
        _add(words, Entry(name, "NORP"))
    for name in region_names():
        _add(words, Entry(name, "LOC"))
    for row in lexicons.load("en/entity_names", {"label": "|".join(LABELS), "full": "text?", "name": "terms"}):
        country, full = (row["full"] or None, None) if row["label"] in ("GPE", "NORP") else (None, row["full"] or None)
        _add(words, Entry(row["name"], row["label"], country, False, full))
    for row in lexicons.load("mul/places", {"name": "text", "country": "text", "kind": "strong|weak"}):
        _add(words, Entry(row["name"], "GPE", row["country"], row["kind"] == "weak"))
    columns = {"side": "both|final|first|suffix|lead", "label": "ORG|LAW|EVENT|FAC|LOC|WORK_OF_ART", "head": "terms"}
    for row in lexicons.load("en/entity_heads", columns, key=("head", "side")):
        if row["side"] == "lead":
            words.leads[row["head"]] = row["label"]
        else:
            words.heads.setdefault(row["head"], {})[row["side"]] = row["label"]
    for lower in ("PLC",):
        words.heads.setdefault(lower.lower(), words.heads.get(lower, {}))
    plain = lexicons.load("en/plain_words", {"word": "text", "kind": "word|acronym"})
    words.plain = frozenset(row["word"] for row in plain if row["kind"] == "word")
    languages = {str(name) for name in Locale("en").languages.values()}
    words.languages = frozenset(name for name in languages if name.isalpha())
    currencies = {currency.alpha_3 for currency in pycountry.currencies}
    named = frozenset(row["word"] for row in plain if row["kind"] == "acronym")
    words.plain_acronyms = named | currencies | (languages - words.single.keys())
    words.given = {
        row["name"]: row["kind"] for row in lexicons.load("mul/given_names", {"name": "text", "kind": "strong|weak"})
    }
    _add_titled_acronyms(words)
    return words


def _add_titled_acronyms(words: Vocabulary) -> None:
    """Newspapers write acronyms that are read as words like words: "Nafta", "Gatt"."""
    for name, entry in list(words.single.items()):
        if len(name) > 3 and name.isalpha() and name.isupper() and not words.is_plain(name.title()):
            words.single.setdefault(name.title(), entry)


def _add(words: Vocabulary, entry: Entry) -> None:
    """Earlier entries win: countries before cities, lexicon before gazetteer."""
    key = entry.name.replace("’", "'")
    if key in words.entries:
        return
    words.entries[key] = entry
    first = _FIRST.match(entry.name)
    if first is None:
        return
    if first.end() == len(entry.name):
        words.single.setdefault(entry.name, entry)
    else:
        words.firsts.setdefault(first[0], []).append(entry.name)


def is_office(word: str) -> bool:
    """Is this word an office or rank, or an office behind a hyphen?"""
    key = word.casefold().rstrip(".")
    return key in OFFICE


def is_address(word: str) -> bool:
    """Is this word a form of address ("Mr", "Dr", "Hon")?"""
    return word.casefold().rstrip(".") in ADDRESS


def is_title(word: str) -> bool:
    """Is this a form of address, an office or a rank?"""
    return is_address(word) or is_office(word)
