"""Figures of a table's cells: the cell's own unit, else that of its column, its corner or its title.

What a table is set like is none of this module's business: it takes cells with the spans of their heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from extract.normalize.figures import traps
from extract.normalize.figures.atoms import atoms
from extract.normalize.figures.figure import Atom, Figure
from extract.normalize.figures.finder import FigureFinder
from extract.normalize.numbers import DIGITS
from extract.normalize.units import is_plural, singular

Span = tuple[int, int]


class CellLike(Protocol):
    """A cell of a table's body."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def column_labels(self) -> Sequence[Span]: ...


class TableLike(Protocol):
    """A table: its title, the heads over its labels, its cells."""

    @property
    def title(self) -> Span | None: ...
    @property
    def corner(self) -> Sequence[Span]: ...
    @property
    def cells(self) -> Sequence[CellLike]: ...


class HeadUnit(NamedTuple):
    """What a head says of the numbers under it; ``unit`` is ``None`` where it gives a scale alone."""

    kind: str | None
    unit: str | None
    factor: float
    scale: float


# A cell that is one number, with the brackets or the minus of accounts and a footnote's mark.
_NUMBER = re.compile(
    rf"(?P<open>[(\[])?(?P<minus>[-\u2212–])?\s?(?P<digits>{DIGITS})(?P<close>[)\]])?\s?(?:[*†‡]+|[a-z]/|\([a-z]\))?"
)
# Where a head may name its unit: in brackets, after "in" or a comma, or all of it; brackets first.
_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,44})[)\]]")
_AFTER_IN = re.compile(r"(?:^|[\s,;:–-])(?:expressed )?in\s+((?:[A-Za-z$£€¥₹%'’.\d,]+[ ]?){1,5})$", re.IGNORECASE)
_AFTER_COMMA = re.compile(r",\s+([^,]{1,30})$")
_NOISE = re.compile(
    r"^(?:in|as|figures in|amounts? in|all figures in|values? in)\s+|\s+(?:ad valorem|unless .*)$"
    r"|\s*[/]\s*\w[\w ]*$|\bof\s+",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"((?:[A-Z]{0,3}|Rs)\.?[$£€¥₹]|Rs\.?|[A-Z]{3})\s*(.*)", re.DOTALL)
_THOUSANDS = re.compile(r"^(?:['’]?000s?|1,000s?)\b\s*")
_SCALE_ONLY = re.compile(r"(hundred|thousand|million|billion|trillion|lakh|crore|mn|mln|bn|mio|m)s?\.?", re.IGNORECASE)
_NUMBER_OF = re.compile(r"\b(?:number|no\.|total)\s+(?:of\s+)?([A-Za-z][\w -]{2,40})$", re.IGNORECASE)
# Columns that name their rows and count nothing.
_NAMING = re.compile(
    r"\b(?:years?|dates?|no\.?|nos\.?|code|heading|subheading|hts|hs|line|pages?|rank|id|period|month|quarter|stat|suffix|note)\b",
    re.IGNORECASE,
)


def cell_figures(text: str, tables: Iterable[TableLike], finder: FigureFinder) -> list[Figure]:
    """The figures of all tables in text order; ``cell`` of each is the number of its cell in its table."""
    units: dict[str, HeadUnit | None] = {}
    found: list[Figure] = []
    for table in tables:
        whole = head_unit(text, _table_heads(table), finder, units)
        columns: dict[tuple[Span, ...], HeadUnit | None] = {}
        for number, cell in enumerate(table.cells):
            labels = tuple(cell.column_labels)
            if labels not in columns:
                own = head_unit(
                    text,
                    [" ".join(text[s:e] for s, e in labels), *(text[s:e] for s, e in reversed(labels))],
                    finder,
                    units,
                )
                columns[labels] = _composed(own, whole) or _counted_head(text, labels)
            naming = any(_NAMING.search(text[s:e]) and not _BRACKET.search(text[s:e]) for s, e in labels[-1:])
            figures = _of_cell(text, cell, columns[labels], naming, finder)
            for figure in figures:
                figure.cell = number
            found.extend(figures)
    return sorted(found, key=lambda figure: figure.start)


def _table_heads(table: TableLike) -> list[Span]:
    return [*table.corner, *([table.title] if table.title else [])]


def _of_cell(text: str, cell: CellLike, head: HeadUnit | None, naming: bool, finder: FigureFinder) -> list[Figure]:
    written = text[cell.start : cell.end]
    number = _NUMBER.fullmatch(written)
    if number is None:
        found = finder.find(written)
        for figure in found:
            _move(figure, cell.start)
            if head is not None and head.scale > 1 and not figure.atom.scaled and figure.kind == head.kind == "money":
                figure.scale_by(head.scale)
        return found
    if head is None or head.kind is None or naming:
        return []
    atom = next((a for a in atoms(number["digits"]) if a.end == len(number["digits"])), None)
    if atom is None:
        return []
    negative = number["minus"] or (number["open"] == "(" and number["close"] == ")")
    value = atom.value * head.factor * (-1 if negative else 1)
    return [
        Figure(
            cell.start, cell.start + number.end("close" if number["close"] else "digits"),
            Atom(cell.start + number.start("digits"), cell.start + number.end("digits"), atom.value, "digits"),
            head.kind, value, value, head.unit, rule="table", factor=head.factor,
        )
    ]  # fmt: skip


def _move(figure: Figure, by: int) -> None:
    figure.start, figure.end, figure.unit_start = figure.start + by, figure.end + by, figure.unit_start + by
    figure.atom.start, figure.atom.end = figure.atom.start + by, figure.atom.end + by


def _composed(own: HeadUnit | None, whole: HeadUnit | None) -> HeadUnit | None:
    """A column's unit, with the table's scale or unit where the column gives only one of the two."""
    if own is None:
        return whole
    if whole is None:
        return own
    if own.kind is None and whole.kind is not None:
        return HeadUnit(whole.kind, whole.unit, whole.factor / whole.scale * own.scale, own.scale)
    if own.kind not in (None, "percent") and own.scale == 1 and whole.kind in (None, own.kind) and whole.scale > 1:
        return HeadUnit(own.kind, own.unit, own.factor * whole.scale, whole.scale)
    return own


def head_unit(
    text: str, heads: Sequence[Span | str], finder: FigureFinder, known: dict[str, HeadUnit | None]
) -> HeadUnit | None:
    """The unit and scale that the first of ``heads`` (spans or strings) that names any gives; ``known`` remembers."""
    scale: HeadUnit | None = None
    for head in heads:
        words = head if isinstance(head, str) else text[head[0] : head[1]]
        for phrase in _phrases(words):
            if phrase not in known:
                known[phrase] = _read_unit(phrase, finder)
            unit = known[phrase]
            if unit is not None and unit.kind is not None:
                return unit if scale is None else HeadUnit(unit.kind, unit.unit, unit.factor * scale.scale, scale.scale)
            scale = scale or unit
    return scale


def _phrases(head: str) -> list[str]:
    head = re.sub(r"\s+", " ", head).strip(" :*|")
    found = [match[1] for match in _BRACKET.finditer(head)]
    plain = _BRACKET.sub("", head).strip(" ,:")
    found += [match[1] for match in (_AFTER_IN.search(plain), _AFTER_COMMA.search(plain)) if match]
    return [*found, *([plain] if len(plain) <= 30 else [])]


def _read_unit(phrase: str, finder: FigureFinder) -> HeadUnit | None:
    """What a phrase of a head is: "percent", "$ million", "'000 tonnes" read as if a 1 stood with them."""
    phrase = _NOISE.sub("", phrase.strip()).strip()
    if not phrase or (phrase[0].isdigit() and not _THOUSANDS.match(phrase)):
        return None
    if _SCALE_ONLY.fullmatch(phrase) or _THOUSANDS.fullmatch(phrase):
        factor = _one(f"1 {phrase.rstrip('s.')}" if _SCALE_ONLY.fullmatch(phrase) else "1,000 ").value
        return HeadUnit(None, None, factor, factor)
    plural = re.sub(r"\b(hundred|thousand|million|billion|trillion|crore|lakh)s\b", r"\1", phrase, flags=re.IGNORECASE)
    symbol = _SYMBOL.fullmatch(plural)
    tries = [f"{symbol[1]} 1 {_THOUSANDS.sub('thousand ', symbol[2])}".strip()] if symbol else []
    tries.append(_THOUSANDS.sub("1,000 ", plural) if _THOUSANDS.match(plural) else f"1 {plural}")
    return next((unit for written in tries if (unit := _unit_in(written, finder))), None)


def _one(written: str) -> Atom:
    from extract.normalize.figures.atoms import take_scale

    atom = next(atoms(written))
    take_scale(written, atom, money=True)
    return atom


def _unit_in(written: str, finder: FigureFinder) -> HeadUnit | None:
    atom = next(atoms(written), None)
    figure = finder.reader.read(written, atom, traps.Mask(()), None) if atom is not None else None
    if figure is None or figure.kind in (None, "ratio") or figure.end < len(written.rstrip(" .")):
        return None
    if figure.rule == "noun" and figure.unit not in ("person", "unit", "head"):
        return None
    scale = figure.atom.scale if figure.atom.scaled else 1000.0 if written.startswith("1,000") else 1.0
    return HeadUnit(figure.kind, figure.unit, figure.low, scale)


def _counted_head(text: str, labels: tuple[Span, ...]) -> HeadUnit | None:
    """ "Number of mills": the numbers below count what the head names."""
    for start, end in reversed(labels):
        match = _NUMBER_OF.search(text[start:end])
        if match and is_plural(match[1].split()[-1]):
            return HeadUnit("quantity", singular(match[1].split()[-1]), 1.0, 1.0)
    return None
