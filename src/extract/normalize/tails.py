"""A glance at how a stretch of text ends, before a costly search for what may end it."""

from __future__ import annotations

from collections.abc import Iterable


class Tails:
    """Whether one of some phrases can end right before a place: a glance at the last letter or sign, and at the word
    that it ends, which spares most searches for them."""

    _PASSED = " \t\n\r\u00a0\u2009\u202f,[*_(“"

    def __init__(self, phrases: Iterable[str]) -> None:
        self._tails = {self._tail(phrase) for phrase in phrases}

    def fit(self, text: str, low: int, end: int) -> bool:
        """Whether a phrase may end in ``text[low:end]``, blanks, commas and opening marks passed over."""
        return self._tail(text[low:end].rstrip(self._PASSED)) in self._tails

    @staticmethod
    def _tail(phrase: str) -> str:
        word = phrase.rstrip(".")
        start = len(word)
        while start and word[start - 1].isalpha():
            start -= 1
        return word[start:].casefold() or phrase[-1:]
