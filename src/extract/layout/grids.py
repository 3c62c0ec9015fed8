"""Tables of a text as grids: title, heads of columns, labels of rows, and the cells between them.

A grid knows nothing of what its cells mean: which of them are figures and in what unit is settled by
``normalize.figures``. All offsets are characters of the text that was given. Linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.layout.grid_lines import (
    Block,
    Line,
    Piece,
    blocks,
    cut,
    is_bar_rule,
    is_rule,
    is_value,
    is_year,
    split_lines,
)
from extract.layout.markup import markup_tables
from extract.layout.stacked import Stack, stacks

Span = tuple[int, int]
# A title stands at most this many blank lines above its table, a head has at most this many lines.
MAX_GAP_LINES, MAX_HEAD_LINES = 2, 6
MAX_TITLE_CHARS = 200
# A plain list of names and numbers with fewer rows is a table only where its title says what is counted.
MIN_LISTED = 4
# Of the cells beside the labels, at least this share are values; else the table holds prose and is no grid.
MIN_VALUE_SHARE = 0.2
# A column of labels is one where at least half of the cells hold a word of this many letters.
_WORDY = re.compile(r"[^\W\d_]{3}")
_MEMBER = re.compile(
    r"\s*(?:and[ ]+)?(?P<label>[^\W\d][^\n,;:.\d]{0,40}?)[ ]+(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d+(?:\.\d+)?)(?=[,;\n]|\.(?:\s|$)|$| and )[,;]?"
)
_LIST_HEAD = re.compile(r"(?:\([^()\n]{1,33}\)|,[ ]in[ ][^()\n\d,;:.]{2,32}):")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-–/]\d{2,4})?(?:\s+(?:19|20)\d\d(?:[-–/]\d{2,4})?)+")
_UNIT_SIGN = re.compile(r"[(%$£€]|\bin\b|\bper\s?cent|\bnumbers?\b|\bhow many\b", re.IGNORECASE)
_BARE_HEAD = re.compile(r"(?:\w+\s+)?(?:numbers?|totals?|figures?|amounts?)", re.IGNORECASE)
_UNIT_LINE = re.compile(
    r"[*_(\[]*\s*(?:in\b|\$|£|€|per\s?cent|%|thousand|million|billion|US|EUR|'000|"
    r"(?:\w+ )?(?:dollars?|amounts?|figures|values)\b)",
    re.IGNORECASE,
)


# Rows that stand one behind the other on a line, as many values in each: "Brae 31 28 Holm 12 17 Fen 9 8",
# "Brae, 31; Holm, 12; Fen, 9", "1931—31; 1932—12".
_RUN_VALUE = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3})(?:\.\d+)?(?![\d,.]\d|\w)"
_RUN_LABELS = (r"(?<!\d)(?:19|20)\d\d(?:[-–]\d\d)?", r"[A-Z][\w'’&-]*(?: [A-Za-z][\w'’&-]*){0,4}")
_RUN_ROWS = [
    re.compile(
        rf"(?P<label>{label})(?:—|[,:]? | [-–] )(?P<values>{_RUN_VALUE}(?: {_RUN_VALUE}){{{width}}})"
        r"(?:[;,]? (?:and )?|\.?(?: |$))"
    )
    for label in _RUN_LABELS
    for width in range(5)
]
_RUN_ENDS = re.compile(r"\d[;,.]? (?:and )?(?:[A-Z]|(?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's body: its place, and the spans of what it belongs to."""

    start: int
    end: int
    row: int
    column: int
    row_label: Span | None
    column_labels: tuple[Span, ...]
    section: Span | None


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a line that starts at ``start``."""

    start: int
    pieces: list[Piece]

    def place(self, piece: Piece) -> Span:
        return piece.start - self.start, piece.end - self.start


@dataclass(slots=True)
class Grid:
    """A table; ``corner`` is the head over the labels, where a unit of the whole table may stand."""

    start: int
    end: int
    title: Span | None
    corner: tuple[Span, ...]
    cells: list[Cell] = field(default_factory=list)


def grids(text: str) -> list[Grid]:
    """All tables of a text in order, without overlap."""
    lines = split_lines(text)
    found: list[Grid] = []
    floor = 0
    stacked = stacks(lines)
    taken = {number for table in stacked for number in range(table.first, table.last)}
    apart = [block for block in blocks(lines) if taken.isdisjoint(range(block.first, block.last))]
    settings: list[Block | Stack] = sorted([*apart, *stacked], key=lambda table: table.first)
    for table in settings:
        grid = _grid(lines, table, floor) if isinstance(table, Block) else _of_stack(lines, table, floor)
        if grid is not None:
            found.append(grid)
            floor = table.last
    ends = [grid.end for grid in found]
    inline = []
    marked = _markup_grids(text, lines) if "<t" in text or "<T" in text else []
    for grid in sorted([*marked, *_inline_grids(text), *_run_on_grids(lines)], key=lambda grid: grid.start):
        behind = bisect_right(ends, grid.start)  # the first table that is not over before this list begins
        if behind == len(found) or grid.end <= found[behind].start:
            inline.append(grid)
    return sorted([*found, *inline], key=lambda grid: grid.start)


def _grid(lines: list[Line], block: Block, floor: int) -> Grid | None:
    head_first, body_first = _head(lines, block, floor)
    heads = [_Row(n.start, _cut_head(n, block.way)) for n in lines[head_first:body_first] if not _rules_off(n)]
    body = [_Row(n.start, cut(n, block.way)) for n in lines[body_first : block.last] if not _rules_off(n)]
    if block.way in ("blanks", "bars"):
        while len(body) > 1 and _holds_units(body[0], body[1:]):
            heads.append(body.pop(0))
    if block.way == "blanks":
        columns, width = _columns(body), _common_width(body)
        if width and any(_collides(row, columns) for row in body):
            heads = [_Row(row.start, _filled_up(row, width)) for row in heads]
        else:
            body = [_placed(row, columns) for row in body]
            heads = [_spread(row, columns, number == len(heads) - 1) for number, row in enumerate(heads)]
    rows = [row.pieces for row in body]
    title = _title(lines, head_first, floor)
    if block.way == "list" and not _is_listed(rows) and (title is None or not _names_unit(lines, head_first, title)):
        return None
    return _built(lines[head_first].start, lines[block.last - 1].end, title, [row.pieces for row in heads], rows)


def _is_listed(rows: list[list[Piece]]) -> bool:
    """Whether lines of a name and numbers are many enough for a table; fewer, where each has as many numbers."""
    widths = {len(row) for row in rows}
    return len(rows) >= MIN_LISTED or (len(rows) == MIN_LISTED - 1 and len(widths) == 1 and min(widths) > 2)


def _of_stack(lines: list[Line], table: Stack, floor: int) -> Grid | None:
    title = _title(lines, table.first, floor)
    return _built(lines[table.first].start, lines[table.last - 1].end, title, [table.head], table.rows)


def _markup_grids(text: str, lines: list[Line]) -> list[Grid]:
    """Tables of HTML, each under the line above it."""
    starts = [line.start for line in lines]
    built = (
        _built(table.start, table.end, _title(lines, bisect_right(starts, table.start) - 1, 0), table.heads, table.rows)
        for table in markup_tables(text)
    )
    return [grid for grid in built if grid is not None]


def _built(start: int, end: int, title: Span | None, heads: list[list[Piece]], rows: list[list[Piece]]) -> Grid | None:
    """The grid of heads and rows between two offsets."""
    width = max(map(len, rows), default=0)
    if width < 2 or not _holds_values(rows):
        return None
    label = _label_column(rows, width)
    labels = [_column_labels(heads, column) for column in range(width)]
    grid = Grid(
        start=title[0] if title else start, end=end, title=title,
        corner=tuple(span for column in range(label + 1) for span in labels[column]),
    )  # fmt: skip
    _fill(grid, rows, labels, label)
    return grid if grid.cells else None


def _cut_head(line: Line, way: str) -> list[Piece]:
    """The cells of a line of a head; above a plain list it holds years, one a column."""
    if way != "list":
        return cut(line, way)
    if named := cut(line, "list"):
        return named
    years = [Piece(line.start + m.start(), line.start + m.end(), m[0]) for m in re.finditer(r"\S+", line.text)]
    return [Piece(line.start, line.start, ""), *years]


def _rules_off(line: Line) -> bool:
    return not line.text.strip() or is_rule(line.text) or is_bar_rule(line.text)


def _holds_units(row: _Row, below: Sequence[_Row]) -> bool:
    """Whether a first row says the units of its columns: nothing where the names of the rows stand, and no value."""
    filled = [piece for piece in row.pieces if piece.text]
    label = next((each.pieces[0] for each in below if each.pieces and each.pieces[0].text), None)
    unnamed = label is None or not filled or row.place(filled[0])[0] > label.end - label.start or not row.pieces[0].text
    return len(filled) > 1 and unnamed and not any(is_value(piece.text) for piece in filled)


def _holds_values(body: Sequence[Sequence[Piece]]) -> bool:
    cells = [piece.text for row in body for piece in row[1:] if piece.text]
    return bool(cells) and sum(map(is_value, cells)) >= max(1, MIN_VALUE_SHARE * len(cells))


def _fill(grid: Grid, body: list[list[Piece]], labels: list[tuple[Span, ...]], label: int) -> None:
    section: Span | None = None
    for number, row in enumerate(body):
        filled = [piece for piece in row if piece.text]
        if len(filled) == 1 and len(row) > 1 and not is_value(filled[0].text):
            section = (filled[0].start, filled[0].end)
            continue
        named = row[label] if 0 <= label < len(row) and row[label].text else None
        for column, piece in enumerate(row):
            if column > label and piece.text:
                grid.cells.append(
                    Cell(
                        piece.start, piece.end, number, column, (named.start, named.end) if named else None,
                        labels[column] if column < len(labels) else (), section,
                    )
                )  # fmt: skip


def _head(lines: list[Line], block: Block, floor: int) -> tuple[int, int]:
    """The first line of the head and the first of the body."""
    if block.way == "list":
        if all(is_year(piece.text) for piece in cut(lines[block.first], "list")[1:]) and block.last - block.first > 2:
            return block.first, block.first + 1  # "Parish 1901 1911"
        years = block.first > floor and _YEARS.fullmatch(lines[block.first - 1].text.strip()) is not None
        return block.first - years, block.first
    if block.way == "blanks":
        body = block.first
        while body < block.last - 1 and _is_head(cut(lines[body], block.way)):
            body += 1
        body = body if body > block.first else block.first - _is_section(lines, block.first - 1, floor)
        return _head_above(lines, min(body, block.first), floor), body
    ruled = [n for n in range(block.first, min(block.last, block.first + 4)) if is_bar_rule(lines[n].text)]
    if block.way == "bars" and ruled and ruled[0] > block.first:
        return block.first, ruled[0] + 1
    body = block.first
    while body < block.last - 1 and _is_head(cut(lines[body], block.way)):
        body += 1
    return block.first, body if body < block.last - 1 or body == block.first + 1 else block.first


def _is_head(row: list[Piece]) -> bool:
    values = [piece.text for piece in row[1:] if piece.text and is_value(piece.text)]
    return len(row) > 1 and all(is_year(value[:4]) for value in values)


def _is_section(lines: list[Line], number: int, floor: int) -> bool:
    """Whether a line names the first section of rows: words alone below the rule or blank line that ends the head."""
    if number <= floor or not lines[number].text.strip():
        return False
    above = next((n for n in range(number - 1, floor - 1, -1) if lines[n].text.strip()), number - 1)
    parted = is_rule(lines[number - 1].text) or (above < number - 1 and _is_head(cut(lines[above], "blanks")))
    return parted and len(cut(lines[number], "blanks")) == 1


def _head_above(lines: list[Line], first: int, floor: int) -> int:
    """Upwards from the first row: the lines of a head set by blanks, rules between them included."""
    top = first
    for number in range(first - 1, max(floor - 1, first - 1 - MAX_HEAD_LINES - 2), -1):
        line = lines[number]
        if is_rule(line.text):
            continue
        pieces = cut(line, "blanks")
        if not line.text.strip() and top == first and number > floor and _is_head(cut(lines[number - 1], "blanks")):
            continue
        indented = len(line.text) - len(line.text.lstrip()) > 8
        if not line.text.strip() or (len(pieces) < 2 and not indented) or line.text.rstrip().endswith("."):
            break
        top = number
    return top


def _columns(body: list[_Row]) -> list[Span]:
    """Where the columns of a table set by blanks lie, as places in the line: cells that overlap are of one column."""
    columns: list[list[int]] = []
    for low, high in sorted(row.place(piece) for row in body if len(row.pieces) > 1 for piece in row.pieces):
        if columns and low < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], high)
        else:
            columns.append([low, high])
    return [(low, high) for low, high in columns]


def _collides(row: _Row, columns: list[Span]) -> bool:
    """Whether two cells of a row would stand in one column."""
    return len({_nearest(row.place(piece), columns) for piece in row.pieces}) < len(row.pieces)


def _filled_up(row: _Row, width: int) -> list[Piece]:
    """The cells of a head over ragged columns: the last ones; the labels need no head."""
    return [Piece(row.start, row.start, "")] * (width - len(row.pieces)) + row.pieces


def _common_width(body: list[_Row]) -> int:
    """How many cells each row has where all have as many: ragged columns are told by their order."""
    widths = {len(row.pieces) for row in body if len(row.pieces) > 1}
    return widths.pop() if len(widths) == 1 else 0


def _nearest(place: Span, columns: list[Span]) -> int:
    """The column that a piece overlaps most, else the nearest one."""
    return max(
        range(len(columns)),
        key=lambda n: min(place[1], columns[n][1]) - max(place[0], columns[n][0]),
    )


def _placed(row: _Row, columns: list[Span]) -> _Row:
    pieces = [Piece(row.start, row.start, "")] * len(columns)
    for piece in row.pieces:
        column = _nearest(row.place(piece), columns)
        pieces[column] = piece if not pieces[column].text else pieces[column]
    return _Row(row.start, pieces)


def _spread(row: _Row, columns: list[Span], lowest: bool) -> _Row:
    """A line of a head: every piece over its column; above the lowest line also over those up to the next piece."""
    placed = _placed(row, columns).pieces
    if not lowest:
        for column in range(1, len(columns)):
            if not placed[column].text and column > 1 and placed[column - 1].text:
                placed[column] = placed[column - 1]
    return _Row(row.start, placed)


def _column_labels(heads: list[list[Piece]], column: int) -> tuple[Span, ...]:
    cells = [row[column] for row in heads if column < len(row) and row[column].text]
    return tuple((piece.start, piece.end) for piece in cells)


def _label_column(rows: list[list[Piece]], width: int) -> int:
    """The column that names the rows: the first that holds words, else the first; -1 where that holds figures."""
    for column in range(width - 1):
        cells = [row[column].text for row in rows if column < len(row) and row[column].text]
        wordy = sum(bool(_WORDY.search(cell)) and not is_value(cell) for cell in cells)
        if cells and wordy * 2 >= len(cells):
            return column
    named = [row[0].text for row in rows if row and row[0].text]
    return -1 if named and sum(map(_has_unit, named)) * 2 > len(named) else 0


def _has_unit(cell: str) -> bool:
    """Whether a cell is a figure by itself, and so names nothing: "10%", "$5,000"."""
    return is_value(cell) and bool(re.search(r"[%$£€¥₹]", cell))


def _title(lines: list[Line], head_first: int, floor: int) -> Span | None:
    """The line above a table; with the one above it where the nearest holds only the unit ("(in millions)")."""
    found: Line | None = None
    gap = 0
    for number in range(head_first - 1, floor - 1, -1):
        line = lines[number]
        if not any(map(str.isalnum, line.text)):
            gap += 1
        elif found is None:
            found, gap = line, 0
            if not (_UNIT_LINE.match(line.text) or _is_bare_head(line.text)):
                break
        else:
            return (_stripped(line)[0], _stripped(found)[1]) if len(line.text) <= MAX_TITLE_CHARS else _stripped(found)
        if gap > MAX_GAP_LINES:
            break
    if found is None or (len(found.text) > MAX_TITLE_CHARS and not found.text.rstrip().endswith(":")):
        return None
    return _stripped(found)


def _is_bare_head(line: str) -> bool:
    """ "Year   Number": words that head columns without a word of what is counted."""
    return bool(_BARE_HEAD.fullmatch(line.strip()))


def _names_unit(lines: list[Line], head_first: int, title: Span) -> bool:
    """Whether the title of a plain list says what is counted; else its lines are no table ("page 12")."""
    above = (lines[number] for number in range(head_first - 1, -1, -1))
    return bool(_UNIT_SIGN.search(next((line.text for line in above if line.start < title[1]), "")))


def _stripped(line: Line) -> Span:
    inner = line.text.strip(" \t#*:|_-")
    start = line.start + line.text.index(inner)
    return max(start, start + len(inner) - MAX_TITLE_CHARS), start + len(inner)


def _inline_grids(text: str) -> list[Grid]:
    """Lists on one line whose head names their unit: "Applied rates (%): tea 20; coffee 25"."""
    found: list[Grid] = []
    for head in _LIST_HEAD.finditer(text):
        floor = max(0, head.start() - MAX_TITLE_CHARS)
        start = max(text.rfind("\n", floor, head.start()) + 1, floor)
        title = (
            start + len(text[start : head.start()]) - len(text[start : head.start()].lstrip(" #*-|\t")),
            head.end() - 1,
        )
        grid = Grid(start=title[0], end=head.end(), title=title, corner=())
        position = head.end()
        while match := _MEMBER.match(text, position):
            label = (match.start("label"), match.end("label"))
            grid.cells.append(Cell(*match.span("value"), len(grid.cells), 1, label, (), None))
            position = grid.end = match.end()
        if len(grid.cells) >= 2 and not (found and start < found[-1].end):
            found.append(grid)
    return found


def _run_on_grids(lines: list[Line]) -> list[Grid]:
    """Tables whose rows are run together on one line, under a title on the line or above it."""
    found: list[Grid] = []
    for number, line in enumerate(lines):
        if len(_RUN_ENDS.findall(line.text)) < MIN_LISTED - 1:
            continue
        tries = [_run_of(line, way) for way in _RUN_ROWS]
        rows = max(tries, key=lambda rows: len(rows) * len(rows[0][1]) if rows else 0)
        if len(rows) < MIN_LISTED:
            continue
        first = rows[0][0][0]
        above = next((lines[n] for n in range(number - 1, -1, -1) if lines[n].text.strip()), line)
        start = above.start if len(above.text) + first - line.start <= MAX_TITLE_CHARS else line.start
        if first - start > MAX_TITLE_CHARS:
            start = line.start + line.text.index(" ", first - MAX_TITLE_CHARS - line.start) + 1
        grid = Grid(start, rows[-1][1][-1][1], (start, max(start + 1, first)), ())
        for row, (label, values) in enumerate(rows):
            grid.cells.extend(Cell(*value, row, column + 1, label, (), None) for column, value in enumerate(values))
        found.append(grid)
    return found


def _run_of(line: Line, way: re.Pattern[str]) -> list[tuple[Span, list[Span]]]:
    """The longest run of rows of one way, each beginning where the last one ends."""
    best: list[tuple[Span, list[Span]]] = []
    rows: list[tuple[Span, list[Span]]] = []
    end = -1
    for match in way.finditer(line.text):
        rows = rows if match.start() == end else []
        low = line.start + match.start("values")
        values = [(low + value.start(), low + value.end()) for value in re.finditer(r"\S+", match["values"])]
        rows.append(((line.start + match.start("label"), line.start + match.end("label")), values))
        end = match.end()
        best = max(best, rows, key=len)
    return best
