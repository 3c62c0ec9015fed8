"""Tables whose cells stand one a line: heads, then for each row its label and its values, or "Head: value" in blocks.

So tables come out of web pages and of files whose marks are stripped. What tells them from prose is the period: short
lines of which every n-th is a label and all others are values. Linear in the text, as a row has few cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.layout.grid_lines import Line, Piece, is_value, is_year

MIN_CELLS, MAX_CELLS = 2, 9
MAX_LABEL_CHARS = 90
# With one value a row there are more other things that look so, page numbers above all.
MIN_ROWS, MIN_PAIRS = 2, 3
MAX_BLANK_LINES = 2
# A first head of more words than this, over labels, is the title of the table.
MAX_CORNER_WORDS = 3
_EMPTY = re.compile(r"[-–—.*]{1,4}|n\.?/?a\.?|nil|none|not available", re.IGNORECASE)
_FIELD = re.compile(
    r"[ \t]*(?:[-*•][ \t]+)?[*_]{0,2}((?:[^\W\d]|(?:19|20)\d\d)[^:\n|]{0,48}?)[*_]{0,2}:[*_]{0,2}[ \t]+"
    r"(\S.{0,120}?)[ \t]*"
)
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d [a-z]", re.IGNORECASE)
_ENDED = re.compile(r"[.:;?!,]$")
# Lines as letters, L for words, V for values, Y for years: heads, a first row, and more rows or names of sections, one
# behind the head shows only where that is years.
_WORDED = [
    re.compile(
        rf"(?:L?Y{{{n - 1}}}|[LY]{{{n - 1},{n}}}(?=L[VY]))(?P<rows>L?L[VY]{{{n - 1}}}(?:L?L[VY]{{{n - 1}}})+)(?![VY])"
    )
    for n in range(MIN_CELLS, MAX_CELLS)
]
_DATED = [
    re.compile(rf"L{{{n - 1},{n}}}(?P<rows>YV{{{n - 1}}}(?:L?YV{{{n - 1}}})+)(?!V)")
    for n in range(MIN_CELLS, MAX_CELLS)
]


class Stack(NamedTuple):
    """A table of lines ``first`` to ``last`` (exclusive): the cells of its head, and of its rows."""

    first: int
    last: int
    head: list[Piece]
    rows: list[list[Piece]]


def stacks(lines: Sequence[Line]) -> list[Stack]:
    """The tables of a text whose cells stand one a line, in order, without overlap."""
    found = [*_of_cells(lines), *_of_fields(lines)]
    return sorted(filter(None, found), key=lambda table: table.first)


# --- one cell a line


def _of_cells(lines: Sequence[Line]) -> Iterator[Stack]:
    for run in _runs(lines):
        kinds = "".join(_kind(lines[n].text.strip()) for n in run)
        tables = (each for ways in (_WORDED, _DATED) for n, way in enumerate(ways) for each in _matches(way, kinds, n))
        end = 0
        for start, _, width, match in sorted(tables, key=lambda each: each[:3]):
            heads = match.start("rows") - start
            if start >= end and (table := _read(lines, run[start : match.end()], heads, width)) is not None:
                yield table
                end = match.end()


def _matches(way: re.Pattern[str], kinds: str, number: int) -> Iterator[tuple[int, int, int, re.Match[str]]]:
    """Where lines may be a table of so many columns, with what puts the first and longest of several in front."""
    for match in way.finditer(kinds):
        yield match.start(), -match.end(), MIN_CELLS + number, match


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The numbers of short lines that follow on each other, blank ones between left out."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if not line.text.strip():
            continue
        if run and number - run[-1] > MAX_BLANK_LINES + 1:
            yield run
            run = []
        if len(line.text) <= MAX_LABEL_CHARS:
            run.append(number)
        elif run:
            yield run
            run = []
    yield run


def _kind(text: str) -> str:
    if is_year(text):
        return "Y"
    if _YEAR_HEAD.match(text):
        return "L"
    if (is_value(text) and not _ENDED.search(text)) or _EMPTY.fullmatch(text):
        return "V"
    return "L" if re.search(r"[^\W\d_]{2}", text) and not is_value(text) and "|" not in text else "X"


def _read(lines: Sequence[Line], run: list[int], heads: int, width: int) -> Stack | None:
    pieces = [_piece(lines[n]) for n in run]
    first = 0
    apart = heads == width and run[1] - run[0] > run[heads] - run[heads - 1]
    if heads == width and (apart or len(pieces[0].text.split()) > MAX_CORNER_WORDS):
        first = 1
    head = pieces[first:heads]
    if not head or any(_ENDED.search(piece.text) for piece in head):
        return None
    head = [Piece(head[0].start, head[0].start, "")] * (width - len(head)) + head
    rows, at = [], heads
    while at < len(pieces):
        named = at + 1 < len(pieces) and _kind(pieces[at + 1].text) == "L"
        size = 1 if named else width
        rows.append(pieces[at : at + size] + [Piece(pieces[at].end, pieces[at].end, "")] * (width - size))
        at += size
    return Stack(run[first], run[-1] + 1, head, rows) if _is_table(rows, width) else None


def _is_table(rows: list[list[Piece]], width: int) -> bool:
    """Whether there are rows enough, and their numbers do not rise from row to row as those of pages do."""
    full = [row for row in rows if row[1].text]
    whole = [int(row[1].text) for row in full if row[1].text.isdigit()]
    mixed = len(whole) < len(full) or any(one >= other for one, other in pairwise(whole))
    return len(full) >= (MIN_PAIRS if width == MIN_CELLS else MIN_ROWS) and (mixed or width > MIN_CELLS)


def _piece(line: Line) -> Piece:
    written = line.text.strip()
    start = line.start + line.text.index(written)
    return Piece(start, start + len(written), written)


# --- one field a line


def _of_fields(lines: Sequence[Line]) -> Iterator[Stack | None]:
    """Blocks with the same keys in the same order: "Country: Peru", "Rate: 12%"; a title may hold a colon too."""
    found: list[tuple[str, Piece, Piece, int]] = []
    for number, line in enumerate([*lines, Line(0, 0, "-")]):
        match = _FIELD.fullmatch(line.text) if ":" in line.text else None
        if match:
            key, value = (Piece(line.start + match.start(n), line.start + match.end(n), match[n]) for n in (1, 2))
            found.append((match[1].casefold(), key, value, number))
        elif line.text.strip() and found:
            yield next((table for each in (found, found[1:]) for table in _records(each)), None)
            found = []


def _records(fields: list[tuple[str, Piece, Piece, int]]) -> Iterator[Stack]:
    width = next((n for n in range(1, len(fields)) if fields[n][0] == fields[0][0]), 0)
    keys = [key for key, *_ in fields[:width]]
    count = 0
    while width and [key for key, *_ in fields[count * width : (count + 1) * width]] == keys:
        count += 1
    rows = [[value for _, _, value, _ in fields[n * width : (n + 1) * width]] for n in range(count)]
    valued = any(all(is_value(row[n].text) for row in rows) for n in range(1, width))
    if MIN_CELLS <= width <= MAX_CELLS and count >= MIN_ROWS and valued:
        yield Stack(fields[0][3], fields[count * width - 1][3] + 1, [key for _, key, *_ in fields[:width]], rows)
