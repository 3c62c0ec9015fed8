"""Where a text has a word: read once, so that many names of a long text take no longer a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

_WORD = re.compile(r"\w+")


class Places:
    """The places of the words of a text, whatever their case."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        starts: dict[str, list[int]] = {}
        for found in _WORD.finditer(self.text):
            starts.setdefault(found[0].lower(), []).append(found.start())
        return starts

    def of(self, phrase: str) -> Iterator[int]:
        """Where the phrase stands between ends of words, in order."""
        word = _WORD.search(phrase)
        if word is None:
            return
        whole = re.compile(rf"\b{re.escape(phrase)}\b", re.IGNORECASE)
        for start in self._starts.get(word[0].lower(), ()):
            if start >= word.start() and whole.match(self.text, start - word.start()):
                yield start - word.start()
