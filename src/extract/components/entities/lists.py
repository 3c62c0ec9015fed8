"""Closed classes of words that steer the rules for names: ``lexicons/en/name_words.tsv`` explains each."""

from __future__ import annotations

import re
from functools import cache

from extract import lexicons


def words_of(concept: str) -> frozenset[str]:
    """The words of a concept. Raises ``KeyError`` for one that the lexicon does not know."""
    rows = lexicons.load("en/name_words", {"concept": "text", "words": "text"}, key=("concept", "words"))
    found = frozenset(word for row in rows if row["concept"] == concept for word in row["words"].split())
    if not found:
        raise KeyError(f"{concept!r} is no concept of en/name_words")
    return found


@cache
def _signs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in lexicons.load("en/name_signs", {"concept": "text", "word": "terms"}, key=("concept", "word")):
        found.setdefault(row["concept"], []).append(row["word"])
    return found


@cache
def listed(concept: str) -> frozenset[str]:
    """The words and phrases of a concept of ``lexicons/en/name_signs.tsv``; ``KeyError`` for one that it lacks."""
    return frozenset(_signs()[concept])


def sign(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which ``{concept}`` stands for words of ``lexicons/en/name_signs.tsv``, in their order there.

    Raises ``KeyError`` for a concept that the lexicon does not know.
    """
    return re.compile(re.sub(r"\{([a-z][a-z_0-9]+)\}", lambda m: "|".join(_signs()[m[1]]), pattern), flags)


FUNCTION_WORDS = words_of("function")
GENERIC = words_of("generic")
NATIONAL = words_of("national")
JOINING_HEADS = words_of("joining_head")
TRADES = words_of("trade")
AMBIGUOUS_OFFICES = words_of("ambiguous_office")
ABBREVIATED = words_of("abbreviated")
NOBODY = words_of("nobody")
STATES = words_of("state")
MEASURES = words_of("measure")
DEPARTMENTS = words_of("department")
PAPERS = words_of("paper")
SHORT_HEADS = PAPERS | words_of("short_head")
SURNAME_HEADS = words_of("surname_head")
