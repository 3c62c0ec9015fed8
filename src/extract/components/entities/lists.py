"""Closed classes of words that steer the rules for names: ``lexicons/en/name_words.tsv`` explains each."""

from __future__ import annotations

from extract import lexicons


def words_of(concept: str) -> frozenset[str]:
    """The words of a concept. Raises ``KeyError`` for one that the lexicon does not know."""
    rows = lexicons.load("en/name_words", {"concept": "text", "words": "text"}, key=("concept", "words"))
    found = frozenset(word for row in rows if row["concept"] == concept for word in row["words"].split())
    if not found:
        raise KeyError(f"{concept!r} is no concept of en/name_words")
    return found


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
