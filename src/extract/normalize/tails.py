"""A glance at how a stretch of text ends, before a costly search for what may end it."""

from __future__ import annotations

from collections.abc import Iterable


class Tails:
    """Whether one of some phrases can end right before a place: a glance at the last three letters, or at the sign
    there, which spares most searches for them."""

    _PASSED = " \t\n\r\u00a0\u2009\u202f,[*_(“."

    def __init__(self, phrases: Iterable[str]) -> None:
        self._tails = {self._tail(phrase.rstrip(".")) for phrase in phrases}

    def fit(self, text: str, low: int, end: int) -> bool:
        """Whether a phrase may end in ``text[low:end]``, blanks, stops, commas and opening marks passed over."""
        return self._tail(text[low:end].rstrip(self._PASSED)) in self._tails

    @staticmethod
    def _tail(phrase: str) -> str:
        last = phrase[-3:]
        while last and not last.isalpha():
            last = last[1:]
        return last.casefold() or phrase[-1:]
