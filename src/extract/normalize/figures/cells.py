"""Figures of a table's cells: the cell's own unit, else that of its column, its row, its section or its title.

How a table is set is none of this module's business: it takes cells with the spans of what they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from extract.normalize.countries import country_code
from extract.normalize.figures.asked import asked_noun
from extract.normalize.figures.atoms import atoms
from extract.normalize.figures.clause_words import MEASURED
from extract.normalize.figures.figure import Atom, Figure
from extract.normalize.figures.finder import FigureFinder
from extract.normalize.figures.heads import Heads, HeadUnit, compose
from extract.normalize.numbers import DIGITS

Span = tuple[int, int]


class CellLike(Protocol):
    """A cell of a table's body."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def row(self) -> int: ...
    @property
    def row_label(self) -> Span | None: ...
    @property
    def column_labels(self) -> Sequence[Span]: ...
    @property
    def section(self) -> Span | None: ...


class TableLike(Protocol):
    """A table: its title, the heads over its labels, its cells."""

    @property
    def title(self) -> Span | None: ...
    @property
    def corner(self) -> Sequence[Span]: ...
    @property
    def cells(self) -> Sequence[CellLike]: ...


# A cell that is one number, with the brackets or the sign of accounts and a footnote's mark.
_NUMBER = re.compile(
    rf"(?P<open>[(\[])?(?:\+|(?P<minus>[-\u2212–]))?\s?(?P<digits>{DIGITS})(?P<close>[)\]])?"
    r"(?:\s?(?:[*†‡§]+|\^[a-z]\^?|[a-z]/|[(\[][a-z\d][)\]])|(?<=\d)[a-er])?"
)
# Columns that name their rows and count nothing.
_NAMING = re.compile(
    r"\b(?:years?(?!\s\d)|dates?|no\.?|nos\.?|code|heading|subheading|hts|hs|line|pages?|rank|id|period|month|quarter|stat|suffix"
    r"|notes?|section|title|district|chapter)\b",
    re.IGNORECASE,
)


# The lines of a longer title stand in so many characters above its last one.
MAX_LEAD = 160
# A column that gives the unit of each row.
_UNIT_COLUMN = re.compile(r"(?:units?|measures?)(?: of \w+)?", re.IGNORECASE)


class CellReader:
    """Reads the figures of tables with a finder's grammars."""

    def __init__(self, finder: FigureFinder) -> None:
        self._finder = finder
        self._heads = Heads(finder.reader)

    def table_unit(self, text: str, table: TableLike) -> HeadUnit | None:
        """The unit and scale that the title or the corner of a table gives for all of it."""
        return self._heads.unit([*_words(text, table.corner), *_words(text, [table.title])])

    def read(self, text: str, tables: Iterable[TableLike]) -> list[Figure]:
        """The figures of all tables in text order; ``cell`` of each is the number of its cell in its table."""
        found = [figure for table in tables for figure in self._of_table(text, table)]
        return sorted(found, key=lambda figure: figure.start)

    def _of_table(self, text: str, table: TableLike) -> list[Figure]:
        whole = self.table_unit(text, table)
        found: list[Figure] = []
        bare: list[tuple[int, CellLike, Figure]] = []
        shown: dict[tuple[Span, ...], HeadUnit] = {}
        rows = self._row_units(text, table)
        for number, cell in enumerate(table.cells):
            labels = tuple(cell.column_labels)
            head = rows.get(cell.row) or self._head(text, cell, whole)
            figures = self._of_cell(text, cell, head)
            for figure in figures:
                figure.cell = number
                if figure.kind in ("money", "percent") and figure.start - cell.start < 2 and figure.rule != "table":
                    shown.setdefault(labels, HeadUnit(figure.kind, figure.unit, _scale(figure), 1.0))
                if figure.kind is None:
                    bare.append((number, cell, figure))
            found.extend(figures)
        counted = self._row_counts(text, table) if bare else {}
        whole_numbers = bool(bare) and all(figure.low % 1 == 0 for _, _, figure in bare)
        outer = self._announced(text, table) if whole_numbers else None
        for _, cell, figure in bare:
            counts = self._counts(text, table, cell) or counted.get(cell.row)
            if counts is None and outer is not None and not self._measures(text, cell):
                counts = outer
            _settle(figure, shown.get(tuple(cell.column_labels)), counts)
        return [figure for figure in found if figure.kind is not None]

    def _row_units(self, text: str, table: TableLike) -> dict[int, HeadUnit]:
        """The unit of each row where a column of units gives it."""
        units: dict[int, HeadUnit] = {}
        for cell in table.cells:
            if any(map(_UNIT_COLUMN.fullmatch, _words(text, cell.column_labels))):
                unit = self._heads.unit([text[cell.start : cell.end]])
                units |= {cell.row: unit} if unit else {}
        return units

    def _head(self, text: str, cell: CellLike, whole: HeadUnit | None) -> HeadUnit | None:
        """The unit of a cell: its column's, its row's, its section's or the table's, the nearest first."""
        labels = _words(text, cell.column_labels)
        column = self._heads.unit([" ".join(labels), *reversed(labels)])
        counted = self._heads.counted(reversed(labels), said=True) if column is None or column.kind is None else None
        if counted is not None:
            return compose(counted, column)
        row = self._heads.unit(_words(text, [cell.row_label]), whole=False)
        if row is not None and whole is not None and (row.kind, whole.kind) == ("quantity", "money"):
            row = row if "(" in text[slice(*(cell.row_label or (0, 0)))] else None  # "Milk, pint" under prices
        section = self._heads.unit(_words(text, [cell.section]), whole=False)
        counted = self._heads.counted(_words(text, [cell.row_label]), said=True) if row is None else None
        return compose(compose(compose(column, row or counted), section), whole)

    def _counts(self, text: str, table: TableLike, cell: CellLike) -> HeadUnit | None:
        """What the numbers count: what some head or the title says, else the plural that the column is called."""
        columns = _words(text, reversed(cell.column_labels))
        others, titles = _words(text, [cell.row_label, cell.section]), _words(text, [table.title])
        plain = self._heads.counted(columns)
        if plain is not None and (plain.unit or "-") in "".join(titles).casefold():
            return plain  # of several things that a title counts
        return self._heads.counted([*columns, *others, *titles], said=True) or plain

    def _announced(self, text: str, table: TableLike) -> HeadUnit | None:
        """What a title names, the question that a table answers asks for, or the lines above the title count."""
        start = table.cells[0].start
        if titled := self._heads.counted(_words(text, [table.title, *table.corner])):
            return titled
        heads = {span for cell in table.cells for span in cell.column_labels}
        if noun := asked_noun(text, start, " ".join(_words(text, heads))):
            return HeadUnit("quantity", noun, 1.0, 1.0)
        top = table.title[0] if table.title else start
        return self._heads.counted(reversed(text[max(0, top - MAX_LEAD) : top].split("\n")[1:]), said=True)

    def _measures(self, text: str, cell: CellLike) -> bool:
        """Whether a cell's own heads say that it holds no count, whatever the title names."""
        return any(map(MEASURED.search, _words(text, [*cell.column_labels, cell.row_label, cell.section])))

    def _row_counts(self, text: str, table: TableLike) -> dict[int, HeadUnit]:
        """What the rows count by their labels ("Cattle", "Passenger cars"); names of places and firms count nothing, so
        that half of the labels must be words for things."""
        labels = {cell.row: text[slice(*cell.row_label)] for cell in table.cells if cell.row_label}
        found = {row: self._heads.counted([label]) for row, label in labels.items() if not _is_named(label)}
        units = {row: unit for row, unit in found.items() if unit}
        return units if 2 * len(units) >= len(labels) else {}

    def _of_cell(self, text: str, cell: CellLike, head: HeadUnit | None) -> list[Figure]:
        number = _NUMBER.fullmatch(text, cell.start, cell.end)
        if number is None:
            return self._own(text[cell.start : cell.end], cell.start, head)
        labels = _words(text, cell.column_labels)
        if self._names_rows(labels[-1:]):
            return []
        atom = next((a for a in atoms(number["digits"]) if a.end == len(number["digits"])), None)
        if atom is None:
            return []
        start = number.start("digits")
        value = -atom.value if number["minus"] or (number["open"] == "(" and number["close"] == ")") else atom.value
        figure = Figure(
            cell.start, number.end("close" if number["close"] else "digits"),
            Atom(start, number.end("digits"), atom.value, "digits"), None, value, value, rule="table",
        )  # fmt: skip
        if head is not None and head.kind is None:
            figure.scale_by(head.scale)
        elif head is not None:
            figure.kind, figure.unit, figure.factor = head.kind, head.unit, head.factor
            figure.scale_by(head.factor)
        return [figure]

    def _names_rows(self, heads: list[str]) -> bool:
        """Whether a column is of years, lines or districts: by its first words, unless they say that it counts."""
        opening = [" ".join(head.split()[:3]) for head in heads if "(" not in head]
        return any(map(_NAMING.search, opening)) and not self._heads.counted(heads, said=True)

    def _own(self, written: str, start: int, head: HeadUnit | None) -> list[Figure]:
        """The figures of a cell that holds words or a unit; a sum without a scale takes the head's."""
        found = self._finder.find(written)
        for figure in found:
            if head is not None and head.scale > 1 and head.kind in (None, "money") and figure.kind == "money":
                figure.scale_by(1 if figure.atom.scaled else head.scale)
            figure.start, figure.end, figure.unit_start = (
                figure.start + start,
                figure.end + start,
                figure.unit_start + start,
            )
            figure.atom.start, figure.atom.end = figure.atom.start + start, figure.atom.end + start
        return found


def _is_named(label: str) -> bool:
    """A country, or several words in capitals: a name, whatever plural it ends in."""
    return country_code(label) is not None or (" " in label.strip() and label.rsplit(None, 1)[-1][:1].isupper())


def _words(text: str, spans: Iterable[Span | None]) -> list[str]:
    return [text[span[0] : span[1]] for span in spans if span is not None]


def _scale(figure: Figure) -> float:
    """What the head multiplied a sum by that stands in its cell with its sign ("$12" under "in millions")."""
    return figure.low / figure.atom.value if figure.atom.value and not figure.atom.scaled else 1.0


def _settle(figure: Figure, shown: HeadUnit | None, counts: HeadUnit | None) -> None:
    """A number whose heads give no unit: that of the cells of its column, else what its column or row counts."""
    head = shown or (counts if figure.low % 1 == 0 else None)
    if head is not None:
        figure.kind, figure.unit, figure.factor = head.kind, head.unit, head.factor
        figure.scale_by(head.factor if figure.low in (figure.atom.value, -figure.atom.value) else 1.0)
