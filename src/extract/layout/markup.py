"""Tables that stand as HTML tags in a plain text: rows of cells between the tags. One pass over the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.layout.grid_lines import Piece, is_value

_TAG = re.compile(r"<(?P<closes>/?)(?P<name>table|tr|t[dh])\b[^<>]{0,300}>", re.IGNORECASE)
# What stands around the words of a cell: blanks, and tags within it.
_EDGES = re.compile(r"(?:\s|&nbsp;|</?[a-z][^<>]{0,200}>)+", re.IGNORECASE)


class Markup(NamedTuple):
    """A table between two offsets, heads apart."""

    start: int
    end: int
    heads: list[list[Piece]]
    rows: list[list[Piece]]


def markup_tables(text: str) -> Iterator[Markup]:
    """The tables of a text that are closed, in order; of nested ones the innermost."""
    start, cell = -1, -1
    rows: list[list[Piece]] = []
    for tag in _TAG.finditer(text):
        if cell >= 0 and rows:
            rows[-1].append(_piece(text, cell, tag.start()))
        cell, name = -1, tag["name"].casefold()
        if name == "table" and not tag["closes"]:
            start, rows = tag.start(), []
        elif name == "table" and start >= 0:
            heads = next((n for n, row in enumerate(rows) if any(is_value(piece.text) for piece in row[1:])), 0)
            yield Markup(start, tag.end(), rows[:heads], rows[heads:])
            start = -1
        elif name == "tr" and not tag["closes"]:
            rows.append([])
        elif name != "tr" and not tag["closes"]:
            cell = tag.end()


def _piece(text: str, start: int, end: int) -> Piece:
    opening = _EDGES.match(text, start, end)
    start = opening.end() if opening else start
    behind = next((edge for edge in _EDGES.finditer(text, start, end) if edge.end() == end), None)
    end = behind.start() if behind else end
    return Piece(start, end, text[start:end])
