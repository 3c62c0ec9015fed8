"""The map from a clean copy to the raw text that it was made from: piecewise, monotone, made by edits.

A piece is a run of clean characters and the raw characters behind it. Where both are equally long the piece is
straight: character answers character. Elsewhere every clean character of the piece stands for all of its raw ones
("é" for "e" and its accent, "fi" for a ligature), so that a half-covered piece widens.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

LABEL = "label"


class Edit(NamedTuple):
    """``text`` takes the place of the characters ``start`` to ``end`` (at least one of them).

    ``kind`` names what is taken out as furniture of the page, or is ``LABEL`` for a name that the file's own form marks
    as a speaker's and that stays; it is empty for a mere repair.
    """

    start: int
    end: int
    text: str = ""
    kind: str = ""


class Piece(NamedTuple):
    """``length`` clean characters that stand for the raw characters ``raw_start`` to ``raw_end``."""

    length: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Leads from offsets in a clean copy to offsets in its raw text.

    Piece ``i`` stands for the clean characters from ``starts[i]`` to the next start (or ``length``, that of the copy),
    and for the raw characters ``raw_starts[i]`` to ``raw_ends[i]``.
    """

    length: int
    starts: list[int]
    raw_starts: list[int]
    raw_ends: list[int]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> OffsetMap:
        """The map that these pieces make, one behind the other."""
        made = cls(0, [], [], [])
        length = 0
        for piece in _joined(pieces):
            made.starts.append(length)
            made.raw_starts.append(piece.raw_start)
            made.raw_ends.append(piece.raw_end)
            length += piece.length
        return cls(length, made.starts, made.raw_starts, made.raw_ends)

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text of that many characters that is its own copy."""
        return cls.of([Piece(length, 0, length)] if length else [])

    def raw_start(self, offset: int) -> int:
        """Where the clean character at ``offset`` starts in the raw text; behind the last one, where that one ends."""
        if offset >= self.length:
            return self.raw_ends[-1] if self.raw_ends else 0
        at = bisect_right(self.starts, offset) - 1
        shift = offset - self.starts[at] if self._is_straight(at) else 0
        return self.raw_starts[at] + shift

    def raw_end(self, offset: int) -> int:
        """Where the clean character before ``offset`` ends in the raw text."""
        if offset <= 0 or not self.starts:
            return 0
        at = bisect_left(self.starts, offset) - 1
        if not self._is_straight(at):
            return self.raw_ends[at]
        return min(self.raw_starts[at] + offset - self.starts[at], self.raw_ends[at])

    def clean_span(self, raw_start: int, raw_end: int) -> tuple[int, int]:
        """The clean characters that stand for any of the raw ones between two offsets."""
        first = bisect_left(range(self.length), raw_start + 1, key=lambda at: self.raw_end(at + 1))
        last = bisect_left(range(self.length), raw_end, key=self.raw_start)
        return first, max(first, last)

    def edited(self, edits: Sequence[Edit]) -> OffsetMap:
        """The map after edits of the clean copy, which are in order and do not overlap."""
        return OffsetMap.of(self._after(edits))

    def _clean_end(self, at: int) -> int:
        return self.starts[at + 1] if at + 1 < len(self.starts) else self.length

    def _is_straight(self, at: int) -> bool:
        return self.raw_ends[at] - self.raw_starts[at] == self._clean_end(at) - self.starts[at]

    def _after(self, edits: Sequence[Edit]) -> Iterator[Piece]:
        position = 0
        for edit in edits:
            yield from self._between(position, edit.start)
            if edit.text:
                yield Piece(len(edit.text), self.raw_start(edit.start), self.raw_end(edit.end))
            position = edit.end
        yield from self._between(position, self.length)

    def _between(self, start: int, end: int) -> Iterator[Piece]:
        at = bisect_right(self.starts, start) - 1
        while start < end:
            stop = min(end, self._clean_end(at))
            if self._is_straight(at):
                shift = self.raw_starts[at] - self.starts[at]
                yield Piece(stop - start, start + shift, stop + shift)
            else:
                yield Piece(stop - start, self.raw_starts[at], self.raw_ends[at])
            start = stop
            at += 1


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after edits, which are in order and do not overlap."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join((*parts, text[position:]))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Straight pieces that follow upon each other become one."""
    last: Piece | None = None
    for piece in pieces:
        straight = last is not None and _is_straight(last) and _is_straight(piece)
        if last is not None and straight and last.raw_end == piece.raw_start:
            last = Piece(last.length + piece.length, last.raw_start, piece.raw_end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _is_straight(piece: Piece) -> bool:
    return piece.raw_end - piece.raw_start == piece.length
