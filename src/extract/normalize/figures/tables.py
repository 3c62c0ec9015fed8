"""Numbers of a table or list whose head names their unit: "Tariff rates (percent)", then label and number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# The unit of a head, in brackets or after "in", before a colon or the end of the line (or of a cell).
_UNIT = re.compile(
    r"(?:\((?P<unit>[^()\n\d]{1,33}|in '000 [^()\n\d]{1,20})\)|,[ ]in[ ](?P<bare>[a-z$£€][^()\n\d,;:.]{2,32}))"
    r"[ ]*(?P<after>:|\||(?=\n)|$)"
)
# A head's words: at most this many characters before its unit, on the same line.
MAX_TITLE = 90
_ROW = re.compile(
    r"[ \t]*(?:[-*•][ \t]+|\|[ \t]*)?(?P<label>[^\W\d][^\n|:\d]{0,60}?)[ \t]*(?:\||:|\.{2,}|…|\t|[ ]{1,}"
    r"|[-–][ ])[ \t|]*"
    r"(?P<numbers>-?\d[\d,.]*(?:[ \t|]+-?\d[\d,.]*)*)[ \t]*\|?[ \t]*$"
)
_YEARS = re.compile(
    r"[ \t|]*(?:[A-Z][^\W\d]*(?:[ ][^\W\d]+){0,4}[ \t|]+)?"
    r"(?P<years>(?:19|20)\d\d(?:[ \t|]+(?:19|20)\d\d)*)[ \t|]*$"
)
_INLINE = re.compile(
    r"\s*(?:and[ ]+)?(?P<label>[^\W\d][^\n,;:.\d]{0,40}?)[ ]+(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?"
    r"|\d+(?:\.\d+)?)(?=[,;\n]|\.(?:\s|$)|$| and )[,;]?"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SEPARATOR = re.compile(r"[ \t|:+=-]*$")
# No table is read beyond this many lines, nor across this many that do not fit.
MAX_LINES, MAX_GAP = 80, 2


class Cell(NamedTuple):
    """A number of a table: its span, its label, the head's words and unit, and the year of its column."""

    start: int
    end: int
    value: float
    label: str
    title: str
    unit: str
    year: str | None


def table_cells(text: str, is_unit: Callable[[str], bool]) -> Iterator[Cell]:
    """All numbers under heads whose bracket ``is_unit``; a table needs two rows, a list in a line two members."""
    done = 0
    for head in _UNIT.finditer(text):
        title = _title(text, head.start())
        unit = _plain_unit(head["unit"] or head["bare"])
        if head.start() < done or not title or not is_unit(unit):
            continue
        cells = _inline(text, head.end(), title, unit) if head["after"] == ":" else []
        cells = cells or _lines(text, head.end(), title, unit)
        if len(cells) >= 2:
            done = cells[-1].end
            yield from cells


def _title(text: str, end: int) -> str:
    """The head's words: of its line, the last cell or sentence before the unit."""
    line = text[max(0, end - MAX_TITLE, text.rfind("\n", 0, end) + 1) : end]
    return re.split(r"[|;:]|\.\s", line)[-1].strip(" *#-,\t")


def _plain_unit(unit: str) -> str:
    """ "in millions of dollars" → "million dollars", "per cent ad valorem" → "per cent"."""
    unit = re.sub(r"^(?:in|as)\s+|\s+ad valorem$", "", unit.strip(), flags=re.IGNORECASE)
    return re.sub(r"\b(thousand|million|billion)s\s+of\s+", r"\1 ", unit, flags=re.IGNORECASE)


def _inline(text: str, position: int, title: str, unit: str) -> list[Cell]:
    cells: list[Cell] = []
    end = text.find("\n\n", position)
    stop = min(end if end >= 0 else len(text), position + 2000)
    while match := _INLINE.match(text, position, stop):
        number = match["number"]
        cells.append(
            Cell(match.start("number"), match.end("number"), _value(number), match["label"].strip(), title, unit, None)
        )
        position = match.end()
    return cells


def _lines(text: str, position: int, title: str, unit: str) -> list[Cell]:
    cells: list[Cell] = []
    years: list[str] = []
    gap = 0
    for _ in range(MAX_LINES):
        end = text.find("\n", position)
        line_end = end if end >= 0 else len(text)
        line = text[position : min(line_end, position + 300)]
        header = _YEARS.match(line)
        row = None if header else _ROW.match(line)
        if header:
            years = header["years"].replace("|", " ").split()
        elif row:
            gap = 0
            cells.extend(_row_cells(row, position, title, unit, years))
        elif line.strip() and not _SEPARATOR.match(line):
            gap += 1
        if end < 0 or gap > MAX_GAP or (gap and cells):
            break
        position = end + 1
    return cells


def _row_cells(row: re.Match[str], offset: int, title: str, unit: str, years: list[str]) -> list[Cell]:
    numbers = list(_NUMBER.finditer(row["numbers"]))
    base = offset + row.start("numbers")
    label = row["label"].strip(" *|")
    return [
        Cell(
            base + number.start(), base + number.end(), _value(number[0]), label, title, unit,
            years[i] if len(years) == len(numbers) else None,
        )
        for i, number in enumerate(numbers)
    ]  # fmt: skip


def _value(number: str) -> float:
    return float(number.rstrip(".,").replace(",", ""))
