"""The component: figures of the text, with counted nouns read from the tagger where there is one."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from extract.components.figures.nouns import noun_finder
from extract.components.figures.patterns import finder
from extract.components.rows import FigureRow, GridCell, GridRow, set_rows
from extract.layout.grids import Grid, Span, grids
from extract.normalize.figures.figure import Figure
from extract.normalize.figures.japanese import japanese_figures

# Names with a number in them ("Falcon 9", "Public Law 99") are no counts.
NAMES = frozenset({"PRODUCT", "LAW", "FAC", "EVENT", "WORK_OF_ART"})


class TradeFigures:
    """Finds figures; ``doc._.dates`` says where numbers are time expressions."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        nouns = noun_finder(doc) if doc.has_annotation("TAG") else None
        doc._.grids = [_grid_row(grid) for grid in grids(doc.text)]
        dates = [(row["start"], row["end"]) for row in doc._.dates]
        figures = _with_japanese(doc, finder().find(doc.text, dates=dates, nouns=nouns), dates)
        names = [
            (e["start"], e["end"])
            for e in doc._.entities
            if e["label"] in NAMES and any(map(str.isdigit, doc.text[e["start"] : e["end"]]))
        ]
        set_rows(doc, "figures", [_row(figure) for figure in figures if not _is_name(figure, names)])
        return doc


def _with_japanese(doc: Doc, figures: list[Figure], dates: list[tuple[int, int]]) -> list[Figure]:
    """In Japanese zones the figures of the Japanese reader take the place of the others."""
    zones = [(s["start"], s["end"]) for s in doc._.segments if s["language"] == "ja"]
    if not zones:
        return figures
    kept = [f for f in figures if not any(start <= f.start < end for start, end in zones)]
    return kept + [f for zone in zones for f in japanese_figures(doc.text, *zone, dates=dates)]


def _is_name(figure: Figure, names: list[tuple[int, int]]) -> bool:
    return figure.rule == "noun" and any(start < figure.start < end for start, end in names)


def _grid_row(grid: Grid) -> GridRow:
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
        for cell in grid.cells
    ]
    return GridRow(start=grid.start, end=grid.end, title=_span(grid.title), unit=None, scale=1.0, cells=cells)


def _span(span: Span | None) -> list[int] | None:
    return list(span) if span else None


def _row(figure: Figure) -> FigureRow:
    extra: dict[str, Any] = {"unit_start": figure.unit_start, "atom_end": figure.atom.end, "how": figure.atom.how}
    if figure.table is not None:
        extra["title"], extra["label"], extra["year"] = figure.table
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


def clean(value: float) -> float:
    """Round off what binary fractions add to decimal arithmetic (3.1 × 1e9), to twelve digits."""
    return float(f"{value:.12g}")
