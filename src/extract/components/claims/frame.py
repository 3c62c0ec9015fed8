"""The frame: places outside a claim's sentence that say once what is meant for all that follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from extract.components.grammar import Grammar

# A heading is a line of its own, at most this long, that ends like no sentence.
MAX_HEADING = 100
_BULLET = re.compile(r"\s*(?:[-*•·–—]|\(?\w{1,3}[.)])\s")
_ENDS_SENTENCE = re.compile(r"[.?!,;][\"”’')*_\]]*$")
# Lines that are read back from an item of a list to what introduces it.
MAX_LINES_BACK = 60


class Place(NamedTuple):
    """A stretch of tokens, ``first`` to ``last`` (exclusive), and what it is."""

    kind: str
    first: int
    last: int


class Frame:
    """Finds the places that govern an offset: sentence before, list's introduction, heading, title."""

    def __init__(self, grammar: Grammar, segments: Sequence[Mapping[str, Any]]) -> None:
        self.grammar = grammar
        self.lines = _lines(grammar.text)
        self._starts = [start for start, _ in self.lines]
        self._headings = [number for number in range(len(self.lines)) if self._is_heading(number)]
        title = next((row for row in segments if row["kind"] == "title"), None)
        self.title = grammar.tokens(title["start"], title["end"]) if title else (0, 0)

    def places(self, start: int, sentence: int, reach: int) -> list[Place]:
        """The places for what begins at offset ``start`` in a sentence, none longer than ``reach`` tokens."""
        found = []
        if sentence:
            first, last = self.grammar.sentences[sentence - 1]
            found.append(Place("before", max(first, last - reach), last))
        line = bisect_right(self._starts, start) - 1
        for kind, other in (("intro", self._introduction(line)), ("heading", self._heading(line))):
            if other is not None:
                found.append(self._place(kind, other, reach))
        if self.title[1] > self.title[0] and start >= self.grammar.ends[self.title[1] - 1]:
            found.append(Place("title", self.title[0], min(self.title[1], self.title[0] + reach)))
        return found

    def is_item(self, start: int) -> bool:
        """Whether an offset stands in a line that begins with a bullet or number."""
        return self._is_item(bisect_right(self._starts, start) - 1)

    def _place(self, kind: str, line: int, reach: int) -> Place:
        first, last = self.grammar.tokens(*self.lines[line])
        return Place(kind, max(first, last - reach), last)

    def _is_heading(self, number: int) -> bool:
        start, end = self.lines[number]
        line = self.grammar.text[start:end].strip()
        if not 3 <= len(line) <= MAX_HEADING or _ENDS_SENTENCE.search(line) or _BULLET.match(line):
            return False
        alone = number == 0 or not self._written(number - 1)
        return alone and any(map(str.isalpha, line))

    def _written(self, number: int) -> str:
        start, end = self.lines[number]
        return self.grammar.text[start:end].strip()

    def _is_item(self, line: int) -> bool:
        return bool(_BULLET.match(self.grammar.text, *self.lines[line]))

    def _introduction(self, line: int) -> int | None:
        """The last line before an item that ends with a colon."""
        back = range(line - 1, max(-1, line - MAX_LINES_BACK), -1)
        return (
            next((other for other in back if self._written(other).endswith(":")), None) if self._is_item(line) else None
        )

    def _heading(self, line: int) -> int | None:
        index = bisect_right(self._headings, line - 1) - 1
        return self._headings[index] if index >= 0 else None


def _lines(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found
