"""Tables that lost their layout: cells one below another, and rows that run on in one line.

Records that are taken from marked-up pages often keep the cells of a table but not its lines: a label, its values, the
next label, each in a line of its own; or years and values in one paragraph. A stack is found where labels come back
after the same number of values at least three times. Linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.layout.grid_lines import Line, Piece, is_value, is_year

MIN_ROWS, MAX_VALUES, MAX_LABEL_CHARS = 3, 12, 60
_YEAR = re.compile(r"(?<![\w.,/£$€-])(?:19|20)\d\d(?:[-–/]\d{2,4})?(?![\w,/]|\.\d)")
_VALUES = re.compile(r"\s+((?:[(\[]?-?[£$€]?\d[\d,.]*%?[)\]]?\s+){1,12})")
_LAST_VALUES = re.compile(r"\s+((?:[(\[]?-?[£$€]?\d[\d,.]*%?[)\]]?(?:[^\S\n]+|(?=\s|\Z)))+)")
_NAMED = re.compile(
    r"(?<![\w.])(?P<label>[A-Z][\w'’.&-]*(?:[ ](?:[A-Z][\w'’.&-]*|of|and|the|for|or|in|on|[a-z]+(?=\s\d))){0,6})\s+"
    r"(?P<values>\d[\d,.]*(?:\s+\d[\d,.]*){0,11})(?=\s|\Z)"
)
_NUMBER = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Stack:
    """Heads (with the one over the labels first, where there is one) and rows of cells, the label first."""

    heads: list[Piece]
    rows: list[list[Piece]]


def stacked(lines: list[Line]) -> list[Stack]:
    """Tables whose cells stand one below another."""
    filled = [Piece(*_inner(line)) for line in lines if line.text.strip()]
    found: list[Stack] = []
    position = floor = 0
    while position < len(filled):
        rows = _rows(filled, position)
        if len(rows) < MIN_ROWS or _are_numbered(rows):
            position += 1
            continue
        found.append(Stack(_heads(filled, position, len(rows[0]), floor), rows))
        position = floor = position + sum(map(len, rows))
    return found


def _inner(line: Line) -> tuple[int, int, str]:
    text = line.text.strip()
    start = line.start + line.text.index(text)
    return start, start + len(text), text


def _rows(filled: list[Piece], first: int) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    position = first
    while position < len(filled) and _is_label(filled[position].text):
        end = position + 1
        while end < len(filled) and end - position <= MAX_VALUES and _is_number(filled[end].text):
            end += 1
        row = filled[position:end]
        if len(row) < 2 or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
        position = end
    return rows


def _is_label(text: str) -> bool:
    return len(text) <= MAX_LABEL_CHARS and (is_year(text) or (text[0].isalpha() and not is_value(text)))


def _is_number(text: str) -> bool:
    return is_value(text) and not is_year(text) and len(text.split()) == 1


def _are_numbered(rows: list[list[Piece]]) -> bool:
    """Whether the values are the numbers of lines or of pages, each one more than the one before."""
    values = [row[1].text for row in rows]
    if not all(value.isdigit() for value in values):
        return False
    numbers = [int(value) for value in values]
    return all(0 < later - earlier <= 2 for earlier, later in pairwise(numbers))


def _heads(filled: list[Piece], first: int, width: int, floor: int) -> list[Piece]:
    """The short lines above the first row, one a column."""
    heads: list[Piece] = []
    for piece in reversed(filled[max(floor, first - width) : first]):
        if len(piece.text) > MAX_LABEL_CHARS or piece.text.endswith((".", ":", "?")) or _is_number(piece.text):
            break
        heads.insert(0, piece)
    return heads if len(heads) >= width - 1 else []


def running(text: str) -> list[Stack]:
    """Years and their values that run on in one paragraph: "1979 4,210 1980 4,876 1981 5,102"."""
    found: list[Stack] = []
    rows: list[list[Piece]] = []
    years = list(_YEAR.finditer(text))
    for number, year in enumerate(years):
        following = years[number + 1].start() if number + 1 < len(years) else None
        between = _VALUES.fullmatch(text, year.end(), following) if following is not None else None
        values = between or _LAST_VALUES.match(text, year.end())
        row = _row(year[0], year.start(), values[1], values.start(1)) if values else []
        if row and (not rows or len(row) == len(rows[0])):
            rows.append(row)
        if not between or not row or len(row) != len(rows[0]):
            if len(rows) >= MIN_ROWS:
                found.append(Stack([], rows))
            rows = []
    return found


def named(text: str) -> list[Stack]:
    """Names and their values that run on: "Oban 12 14 Mallaig 7 9 Ullapool 9 11 Tarbert 3 2"."""
    found: list[Stack] = []
    rows: list[list[Piece]] = []
    for match in _NAMED.finditer(text):
        row = _row(match["label"], match.start("label"), match["values"], match.start("values"))
        goes_on = rows and len(row) == len(rows[0]) and not text[rows[-1][-1].end : match.start()].strip()
        if not goes_on:
            found += [Stack([], rows)] if len(rows) > MIN_ROWS else []
            rows = []
        rows.append(row)
    return [*found, Stack([], rows)] if len(rows) > MIN_ROWS else found


def _row(label: str, label_start: int, values: str, values_start: int) -> list[Piece]:
    cells = [Piece(label_start, label_start + len(label), label)]
    for value in _NUMBER.finditer(values):
        start = values_start + value.start()
        written = value[0].rstrip(".,;")
        cells.append(Piece(start, start + len(written), written))
    return cells
