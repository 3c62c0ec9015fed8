"""The component: tables of the text, and its figures, with counted nouns read from the tagger where there is one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from extract.components.figures.nouns import noun_finder
from extract.components.figures.patterns import cell_reader, finder
from extract.components.rows import FigureRow, GridCell, GridRow, set_rows
from extract.layout.grids import Grid, Span, grids
from extract.normalize.figures.figure import Figure, NounFinder
from extract.normalize.figures.heads import HeadUnit
from extract.normalize.figures.japanese import japanese_figures
from extract.normalize.figures.traps import Mask

# Names with a number in them ("Falcon 9", "Public Law 99") are no counts.
NAMES = frozenset({"PRODUCT", "LAW", "FAC", "EVENT", "WORK_OF_ART"})
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


class TradeFigures:
    """Finds tables and figures; ``doc._.dates`` says where numbers are time expressions."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        nouns = noun_finder(doc) if doc.has_annotation("TAG") else None
        dates = [(row["start"], row["end"]) for row in doc._.dates]
        written = str(doc._.document.get("date") or "")[:4]
        tables = grids(text)
        figures = find_figures(text, tables, dates=dates, nouns=nouns, year=int(written) if written else None)
        figures = _with_japanese(text, doc._.segments, figures, dates)
        places = _places(figures, tables)
        doc._.grids = _grid_rows(text, tables, zip(figures, places, strict=True))
        names = Mask(
            (e["start"] + 1, e["end"])
            for e in doc._.entities
            if e["label"] in NAMES and any(map(str.isdigit, text[e["start"] : e["end"]]))
        )
        set_rows(
            doc,
            "figures",
            [
                _row(text, figure, tables[place] if place is not None else None)
                for figure, place in zip(figures, places, strict=True)
                if figure.rule != "noun" or figure.start not in names
            ],
        )
        return doc


def _with_japanese(
    text: str, segments: Sequence[Mapping[str, Any]], figures: list[Figure], dates: list[Span]
) -> list[Figure]:
    """In Japanese zones the figures of the Japanese reader take the place of the others."""
    zones = [(s["start"], s["end"]) for s in segments if s["language"] == "ja"]
    if not zones:
        return figures
    japanese = Mask(zones)
    return [f for f in figures if f.start not in japanese] + japanese_figures(text, zones, dates=dates)


def find_figures(
    text: str,
    tables: list[Grid] | None = None,
    *,
    dates: list[tuple[int, int]] | None = None,
    nouns: NounFinder | None = None,
    year: int | None = None,
) -> list[Figure]:
    """All figures of a text in order, those of its tables' cells among them."""
    tables = grids(text) if tables is None else tables
    apart = [(cell.start, cell.end) for table in tables for cell in table.cells]
    heads = [span for table in tables for span in _head_spans(text, table)]
    prose = finder().find(text, dates=dates or (), nouns=nouns, apart=[*apart, *heads], year=year)
    cells = cell_reader().read(text, tables)
    finder().resolve(text, cells, year)
    return sorted([*prose, *cells], key=lambda figure: figure.start)


def _head_spans(text: str, table: Grid) -> list[Span]:
    """What names the cells holds no figures; a title that is a sentence may, one that gives the unit does not."""
    labels = [span for cell in table.cells for span in (cell.row_label, *cell.column_labels) if span]
    titles = [table.title] if table.title and cell_reader().table_unit(text, table) else []
    return [*labels, *table.corner, *titles]


def _places(figures: Sequence[Figure], tables: Sequence[Grid]) -> list[int | None]:
    """The number of the table that each figure of a cell stands in; tables are in order, without overlap."""
    starts = [table.start for table in tables]
    return [bisect_right(starts, figure.start) - 1 if figure.cell >= 0 else None for figure in figures]


def _grid_rows(text: str, tables: Sequence[Grid], placed: Iterable[tuple[Figure, int | None]]) -> list[GridRow]:
    heads = [cell_reader().table_unit(text, table) for table in tables]
    units: dict[int, str | None] = {}
    for figure, place in placed:
        if place is not None and (head := heads[place]) and figure.kind == head.kind:
            units.setdefault(place, figure.unit)
    return [_grid_row(table, heads[n], units.get(n)) for n, table in enumerate(tables)]


def _grid_row(table: Grid, head: HeadUnit | None, unit: str | None) -> GridRow:
    cells = [
        GridCell(
            start=cell.start,
            end=cell.end,
            row=cell.row,
            column=cell.column,
            row_label=_span(cell.row_label),
            column_labels=[list(span) for span in cell.column_labels],
            section=_span(cell.section),
        )
        for cell in table.cells
    ]
    return GridRow(
        start=table.start, end=table.end, title=_span(table.title), unit=unit, scale=head.scale if head else 1.0,
        corner=[list(span) for span in table.corner], cells=cells,
    )  # fmt: skip


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _row(text: str, figure: Figure, table: Grid | None) -> FigureRow:
    extra: dict[str, Any] = {"unit_start": figure.unit_start, "atom_end": figure.atom.end, "how": figure.atom.how}
    if table is not None:
        extra |= _cell_words(text, figure, table)
    return FigureRow(
        start=figure.start,
        end=figure.end,
        kind=figure.kind or "quantity",
        value_min=clean(figure.low),
        value_max=clean(figure.high),
        unit=figure.unit,
        qualifier=figure.qualifier,
        rule=f"figure.{figure.rule}" + (f".{figure.joined}" if figure.joined else ""),
        extra=extra,
    )


def _cell_words(text: str, figure: Figure, table: Grid) -> dict[str, Any]:
    """Title or head, label and year of a cell, as the words that they are."""
    cell = table.cells[figure.cell]
    heads = [text[slice(*span)] for span in cell.column_labels]
    years = [
        match[0]
        for head in [*heads, text[slice(*cell.row_label)] if cell.row_label else ""]
        if (match := _YEAR.search(head))
    ]
    named = [head for head in heads if not _YEAR.fullmatch(head)]
    title = " ".join(named) if named else text[slice(*table.title)] if table.title else ""
    return {
        "title": _without_unit(title),
        "label": text[slice(*cell.row_label)] if cell.row_label else "",
        "year": years[0] if years else None,
        "cell": figure.cell,
    }


def _without_unit(head: str) -> str:
    return re.sub(r"\s*[(\[][^()\[\]]*[)\]]|,\s+in\s.*$|,?\s*\b(?:1[5-9]|20)\d\d\b", "", head).strip(" :|") or head


def clean(value: float) -> float:
    """Round off what binary fractions add to decimal arithmetic (3.1 × 1e9), to twelve digits."""
    return float(f"{value:.12g}")
