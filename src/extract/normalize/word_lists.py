"""Closed lists of words, written as one string of words between blanks."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words as a set."""
    return frozenset(text.split())
