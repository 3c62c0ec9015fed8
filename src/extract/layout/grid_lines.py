"""Lines of a text cut into cells, and the stretches of lines that may be tables. Pure functions on strings.

Four ways of setting a row on one line are known (one cell a line is read by ``stacked``): bars (Markdown, and HTML as
it is extracted), tabs, columns set apart by blanks or leaders, and values separated by commas, semicolons, slashes or
dashes. Every function is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

# A line longer than this is prose or a book on one line, never the row of a table.
MAX_ROW_CHARS = 600
# What is longer is no value but a note.
MAX_VALUE_CHARS, MAX_VALUE_WORDS = 32, 4
# Within columns set by blanks, at most this many lines without values (sections, wrapped labels, rules) in a row.
MAX_BETWEEN = 2
MIN_CSV_ROWS, MAX_CSV_FIELD_CHARS = 3, 60

_VALUE = re.compile(
    r"[(\[~<>+*\s]*[-\u2212–]?\s?(?:[A-Za-z]{0,3}\.?\s?[$£€¥₹]\s*|[A-Z]{2,3}\s|Rs\.?\s?)?[(\-\u2212–]*\s?\.?\d"
)
# Bars and rules that are drawn, and how they are typed.
_BARS = str.maketrans("│┃║¦─━═┼╬├┤", "||||---++||")
_CLOCK = re.compile(r"\d{1,2}:\d\d|(?:FY|CY|Q[1-4])\s?(?:19|20)?\d\d\b")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:\s?[-/–]\s?\d{2,4})?(?:\s?\w)?")
_RULE = re.compile(r"[-=_+|: \t*.]{3,}")
_BAR_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-*:?\s*)*")
# a wide gap between a currency's sign and its sum parts no cells
_GAP = re.compile(
    r"(?<=\S)\s*(?:\s\.){3,}\s*(?=\S)|(?<=[^\s$£€¥])[ \u00a0]{2,}(?=\S)"
    r"|(?<=[$£€¥])[ \u00a0]{2,}(?=[^\s\d(])|(?<=\S)\s?(?:(?:\.{3,}+|…)\s*+)++(?=\S)"
)
_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_QUOTED = re.compile(r'"(?:[^"\n]|"")*"')
_LISTED = re.compile(
    r"(?:[-*•][ \t]+)?(?P<label>[^\W\d][^\n|:\d,;]{0,60}?|(?:19|20)\d\d(?:[-–/]\d{2,4})?)"
    r"[ ]?(?:[:,][ ]|[-–][ ]|—|[ ])[ ]*(?P<values>-?\d[\d,.]*(?:[ ]+-?\d[\d,.]*)*)[ ;]*"
)


class Line(NamedTuple):
    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """A cell of a line: its offsets in the text, without blanks, bars or quotation marks around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines ``first`` to ``last`` (exclusive) of a text that are set as a table in one ``way``."""

    way: str
    first: int
    last: int


def split_lines(text: str) -> list[Line]:
    """The lines of a text with their offsets, drawn bars and rules as typed ones; a line end is ``\\n``."""
    lines, start = [], 0
    for line in text.translate(_BARS).split("\n"):
        lines.append(Line(start, start + len(line), line))
        start += len(line) + 1
    return lines


def is_value(text: str) -> bool:
    """Whether a cell's text reads as one value: "1,200", "(3.2)", "$ 4.5 million", "12 t"."""
    return (
        len(text) <= MAX_VALUE_CHARS
        and bool(_VALUE.match(text))
        and len(text.split()) <= MAX_VALUE_WORDS
        and not _CLOCK.match(text)
    )


def is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text))


def is_rule(text: str) -> bool:
    """A line of dashes, equals signs or other marks that rules a table off."""
    return bool(_RULE.fullmatch(text.strip())) and "." not in text.strip()[:1]


def is_bar_rule(text: str) -> bool:
    """The line under a Markdown table's head: "| --- | ---: |"."""
    return "-" in text and bool(_BAR_RULE.fullmatch(text))


def cut(line: Line, way: str) -> list[Piece]:
    """The cells of a line; empty ones are kept where the way of setting shows them (bars, tabs, commas)."""
    return _CUTTERS[way](line)


def _pieces(line: Line, bounds: Iterator[tuple[int, int]]) -> list[Piece]:
    found = []
    for low, high in bounds:
        part = line.text[low:high]
        start = low + len(part) - len(part.lstrip())
        end = max(start, low + len(part.rstrip()))
        found.append(Piece(line.start + start, line.start + end, line.text[start:end]))
    return found


def _bounds(text: str, separator: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in text.split(separator):
        yield start, start + len(part)
        start += len(part) + len(separator)


def _by_bars(line: Line) -> list[Piece]:
    pieces = _pieces(line, _bounds(line.text, "|"))
    if pieces and not pieces[0].text:
        pieces = pieces[1:]
    if pieces and not pieces[-1].text and line.text.rstrip().endswith("|"):
        pieces = pieces[:-1]
    return [_plain(piece) for piece in pieces]


def _plain(piece: Piece) -> Piece:
    """Without the stars of Markdown's emphasis."""
    inner = piece.text.strip("*_ ")
    if not inner:
        return piece
    start = piece.start + piece.text.index(inner)
    return Piece(start, start + len(inner), inner)


def _by_tabs(line: Line) -> list[Piece]:
    return _pieces(line, _bounds(line.text, "\t"))


def _by_blanks(line: Line) -> list[Piece]:
    bounds, start = [], 0
    for gap in _GAP.finditer(line.text):
        stop = gap.start()
        if "." in gap[0] and line.text[stop - 1 : stop].isupper():
            stop += 1  # "S.A......": the first of the dots is the abbreviation's
        bounds.append((start, stop))
        start = gap.end()
    bounds.append((start, len(line.text.rstrip().rstrip(".")) if start else len(line.text)))
    return [piece for piece in _pieces(line, iter(bounds)) if piece.text]


def _by_delimiter(separator: str) -> Callable[[Line], list[Piece]]:
    def split(line: Line) -> list[Piece]:
        masked = _QUOTED.sub(lambda match: "\0" * len(match[0]), line.text) if '"' in line.text else line.text
        found = []
        for start, end, _ in _pieces(Line(line.start, line.end, masked), _bounds(masked, separator)):
            text = line.text[start - line.start : end - line.start]
            quoted = len(text) >= 2 and text[0] == text[-1] == '"'
            found.append(Piece(start + quoted, end - quoted, text[1:-1] if quoted else text))
        return found

    return split


def _by_list(line: Line) -> list[Piece]:
    match = _LISTED.fullmatch(line.text.strip())
    if match is None or "  " in line.text.strip():  # a wide gap: columns set by blanks
        return []
    if all(map(is_year, match[0].split())):
        return []
    offset = line.start + line.text.index(match[0])
    found = [Piece(offset + match.start("label"), offset + match.end("label"), match["label"])]
    for value in re.finditer(r"\S+", match["values"]):
        start = offset + match.start("values") + value.start()
        found.append(Piece(start, start + len(value[0].rstrip(".,")), value[0].rstrip(".,")))
    return found


_MARKS = {"semicolons": ";", "commas": ",", "slashes": " / ", "dashes": " -- "}
_CUTTERS: dict[str, Callable[[Line], list[Piece]]] = {
    "bars": _by_bars,
    "tabs": _by_tabs,
    "blanks": _by_blanks,
    **{way: _by_delimiter(mark) for way, mark in _MARKS.items()},
    "list": _by_list,
}


def blocks(lines: list[Line]) -> list[Block]:
    """All stretches of lines that may be tables, in order, without overlap."""
    found: list[Block] = []
    position = 0
    while position < len(lines):
        block = next((b for reader in _READERS if (b := reader(lines, position)) is not None), None)
        if block is None:
            position += 1
        else:
            found.append(block)
            position = block.last
    return found


def _run(lines: list[Line], first: int, fits: Callable[[Line], bool]) -> int:
    last = first
    while last < len(lines) and len(lines[last].text) <= MAX_ROW_CHARS and fits(lines[last]):
        last += 1
    return last


def _bar_block(lines: list[Line], first: int) -> Block | None:
    if "|" not in lines[first].text:
        return None
    last = _run(lines, first, lambda line: "|" in line.text or (is_rule(line.text) and bool(line.text.strip())))
    return Block("bars", first, last) if last - first >= 2 else None


def _tab_block(lines: list[Line], first: int) -> Block | None:
    if "\t" not in lines[first].text.strip():
        return None
    last = _run(lines, first, lambda line: "\t" in line.text.strip() or not line.text.strip())
    while not lines[last - 1].text.strip():
        last -= 1
    return Block("tabs", first, last) if last - first >= 2 else None


def _csv_block(lines: list[Line], first: int) -> Block | None:
    for way, mark in _MARKS.items():
        if mark not in lines[first].text or len(lines[first].text) > MAX_ROW_CHARS:
            continue
        width = len(cut(lines[first], way))
        last = _run(lines, first, lambda line, way=way, width=width: _is_record(line, way, width))  # type: ignore[misc]
        if last - first >= MIN_CSV_ROWS and _has_column_of_values(lines, first + 1, last, way):
            return Block(way, first, last)
    return None


def _is_record(line: Line, way: str, width: int) -> bool:
    mark = _MARKS[way]
    if mark not in _THOUSANDS.sub("", line.text):
        return False
    pieces = cut(line, way)
    loose = sum(line.text[piece.start - line.start - 2 : piece.start - line.start] == mark + " " for piece in pieces)
    return len(pieces) == width > 1 and not loose and all(len(p.text) <= MAX_CSV_FIELD_CHARS for p in pieces)


def _has_column_of_values(lines: list[Line], first: int, last: int, way: str) -> bool:
    rows = [cut(line, way) for line in lines[first:last]]
    return any(all(is_value(row[column].text) for row in rows) for column in range(1, len(rows[0])))


def _blank_block(lines: list[Line], first: int) -> Block | None:
    if not _is_set_row(lines[first]):
        return None
    rows, last, skipped, position = 1, first + 1, 0, first + 1
    while position < len(lines) and skipped <= MAX_BETWEEN:
        if _is_set_row(lines[position]):
            rows, last, skipped = rows + 1, position + 1, 0
        else:
            skipped += 1
        position += 1
    return Block("blanks", first, last) if rows >= 2 else None


def _is_set_row(line: Line) -> bool:
    """A label, a wide gap, and values to the end: what columns set by blanks consist of."""
    if len(line.text) > MAX_ROW_CHARS or not re.search(r"\d", line.text[-MAX_VALUE_CHARS:]):
        return False
    pieces = _by_blanks(line)
    if len(pieces) < 2 or not is_value(pieces[-1].text):
        return False
    values = sum(is_value(piece.text) for piece in pieces[1:])
    return values * 5 >= 2 * len(pieces[1:]) and not all(is_year(piece.text) for piece in pieces[1:])


def _list_block(lines: list[Line], first: int) -> Block | None:
    if not lines[first].text.rstrip(" .;,")[-1:].isdigit():
        return None
    last = _run(lines, first, lambda line: bool(_by_list(line)))
    return Block("list", first, last) if last - first >= 2 else None


_READERS = (_bar_block, _tab_block, _csv_block, _blank_block, _list_block)
