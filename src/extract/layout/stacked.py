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
from extract.normalize.figures.traps import MONTHS

MIN_CELLS, MAX_CELLS = 2, 9
MAX_LABEL_CHARS = 90
# With one value a row there are more other things that look so, page numbers above all.
MIN_ROWS, MIN_PAIRS = 2, 3
MAX_BLANK_LINES = 4
# A first head of more words than this, over labels, is the title of the table.
MAX_CORNER_WORDS = 3
# "12 tonnes", "$4.5 million": a value holds no more words than these.
MAX_VALUE_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY = re.compile(r"[-–—.*]{1,4}|n\.?/?a\.?|nil|none|not available", re.IGNORECASE)
_FIELD = re.compile(
    r"[ \t]*(?:[-*•][ \t]+)?[*_]{0,2}((?:[^\W\d]|(?:19|20)\d\d)[^:\n|]{0,48}?)[*_]{0,2}:[*_]{0,2}[ \t]+"
    r"(\S.{0,120}?)[ \t]*"
)
_YEAR_HEAD = re.compile(r"(?:19|20)\d\d [a-z]", re.IGNORECASE)
_ENDED = re.compile(r"[.:;?!,]$")
# "Per cent.", "Nos.": a head may be abbreviated; "A", "B2", "IV": bands and grades are names of rows.
_SHORT_HEAD = re.compile(r"[Pp]er cent\.|[A-Z][\w'’]*\.?(?: (?:of|in|and|to|for|&|[A-Z][\w'’]*\.?))*\.")
_GRADE = re.compile(r"[A-Z]\d?|[IVX]{1,4}")
# Leaders and marks of notes behind a cell: "Brae … …", "1994(1)(2)".
_TAIL = " \t\N{NO-BREAK SPACE}.*†‡§…"
_NOTE_MARKS = re.compile(r"(?<=[\w)])(?:\s?\((?:\d|[a-z])\))+$")
_DATED_HEAD = re.compile(rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?{MONTHS},? )?(?:19|20)\d\d|FY ?\d\d+", re.IGNORECASE)
_RANGE = re.compile(r"\d+(?: and |[-–]| to )(?:\d+|over|under|more)", re.IGNORECASE)
# Lines as letters, L for words, V for values, Y for years: heads, a first row, and more rows or names of sections, one
# behind the head shows only where that is years; without a head only behind prose.
_NO_HEAD = "(?<![LVYX])"
_WORDED = [
    re.compile(
        rf"(?:L?Y{{{n - 1}}}|[LY]{{{n - 1},{n}}}(?=L[VY])|{_NO_HEAD}(?=LV{{{n - 1}}}))"
        rf"(?P<rows>L?L[VY]{{{n - 1}}}(?:L?L[VY]{{{n - 1}}})+)(?![VY])"
    )
    for n in range(MIN_CELLS, MAX_CELLS)
]
_DATED = [
    re.compile(rf"(?:L{{{n - 1},{n}}}|{_NO_HEAD})(?P<rows>YV{{{n - 1}}}(?:L?YV{{{n - 1}}})+)(?!V)")
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
    """What a line is as a cell: words, a year, a value, prose or something else."""
    text = _without_tail(text)
    if is_year(text) or _DATED_HEAD.fullmatch(text):
        return "Y"
    if _YEAR_HEAD.match(text) or _RANGE.fullmatch(text):
        return "L"
    if is_value(text) and len(_WORD.findall(text)) > MAX_VALUE_WORDS:
        return "X"
    if _EMPTY.fullmatch(text) or (is_value(text) and not _ENDED.search(text)):
        return "V"
    if _ENDED.search(text) and not _SHORT_HEAD.fullmatch(text):
        return "P"
    return "L" if _is_name(text) and not is_value(text) and "|" not in text else "X"


def _is_name(text: str) -> bool:
    return bool(_WORD.search(text) or _GRADE.fullmatch(text))


def _without_tail(text: str) -> str:
    """A cell without leaders and marks of notes behind it; a full stop that ends it stays."""
    kept = text.rstrip(_TAIL)
    tail = text[len(kept) :]
    kept = _NOTE_MARKS.sub("", kept)
    is_stop = tail.count(".") == 1 and tail.lstrip().startswith(".")
    return kept + tail[: tail.index(".") + 1] if is_stop else kept


def _read(lines: Sequence[Line], run: list[int], heads: int, width: int) -> Stack | None:
    pieces = [_piece(lines[n]) for n in run]
    apart = heads == width and run[1] - run[0] > run[heads] - run[heads - 1]
    titled = heads == width and (apart or len(pieces[0].text.split()) > MAX_CORNER_WORDS)
    head = pieces[titled:heads]
    head = [Piece(pieces[0].start, pieces[0].start, "")] * (width - len(head)) + head
    rows, at = [], heads
    while at < len(pieces):
        kinds = [_kind(piece.text) for piece in pieces[at : at + 3]]
        named = kinds[0] == "L" and (kinds[1] == "L" or (kinds[1] == "Y" and kinds[2:] == ["V"] and width == MIN_CELLS))
        size = 1 if named else width
        rows.append(pieces[at : at + size] + [Piece(pieces[at].end, pieces[at].end, "")] * (width - size))
        at += size
    found = Stack(run[titled], run[-1] + 1, head, rows)
    above = next((lines[n].text.rstrip() for n in range(run[0] - 1, -1, -1) if lines[n].text.strip()), "")
    return found if _is_table(rows, width, headed=heads > 0 or above.endswith((":", ":—", ":-"))) else None


def _is_table(rows: list[list[Piece]], width: int, *, headed: bool) -> bool:
    """Whether there are rows enough, and their numbers do not rise from row to row as those of pages do."""
    full = [row for row in rows if row[1].text]
    values = [piece.text for row in full for piece in row[1:]]
    whole = [int(text) for text in values if text.isdigit()]
    mixed = len(whole) < len(values) or any(one >= other for one, other in pairwise(whole))
    return mixed and len(full) >= (MIN_PAIRS if width == MIN_CELLS else MIN_ROWS) + (not headed)


def _piece(line: Line) -> Piece:
    written = _without_tail(line.text.strip()) or line.text.strip()
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
