"""What the parts of a table say of its cells: which of title, section, row and column names measure, item and sides.

A table says one thing of all its cells, which the ranking, cell by cell, cannot see: that its rows are countries, its
columns years, its title what is measured. Pure functions on labels but for the names and times of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from extract.normalize.countries import country_code
from extract.normalize.table_labels import (
    CHANGE,
    RATES,
    WHOLE,
    WORD,
    Measure,
    chosen_measure,
    clean,
    is_unit,
    meant,
    measure_in,
    of_class,
    parts_by_partner,
    rows_are,
    says_how,
    side_of_name,
    topic,
)

# The lines above a table that are read with it.
MAX_LEADS = 2
_UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|(?:\s*\.){3,}|[*†‡]+|(?<=[a-z])\d$")
_PLACES, _NAMED = frozenset({"GPE", "LOC"}), frozenset({"GPE", "NORP", "LOC", "ORG"})


def placed_cells(grid: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells of a grid, each with its title, its grid and ``on_left``: the cells before it in its row."""
    rows: defaultdict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in grid["cells"]:
        rows[cell["row"]].append(cell)
    for cell in grid["cells"]:
        on_left = [other for other in rows[cell["row"]] if other["column"] < cell["column"]]
        yield {**cell, "title": grid["title"], "grid": grid, "on_left": on_left}


class Tables:
    """The tables of one document: ``entities`` are its names, ``dates`` its time expressions."""

    def __init__(
        self, text: str, lines: Sequence[tuple[int, int]], entities: Sequence[Mapping[str, Any]],
        dates: Sequence[Mapping[str, Any]],
    ) -> None:  # fmt: skip
        self.text, self._lines = text, lines
        self._names = [row for row in entities if row["label"] in _NAMED]
        self._dates = dates
        self._name_starts = [row["start"] for row in self._names]
        self._date_starts = [row["start"] for row in dates]
        self._kept: dict[int, dict[str, str]] = {}

    def answers(self, cell: Mapping[str, Any], kind: str) -> dict[str, str | None]:
        """Measure, item, actor and partner of a cell whose figure is of a ``kind``."""
        lead = self._leads(cell["grid"]["start"])
        row, columns = self._label(cell["row_label"]), self._columns(cell)
        title = self._written(cell["title"])
        nature = self._natures(cell["grid"])
        rows = nature["rows"]
        above = [self._written(span) for span in lead]
        section = self._label(cell["section"])
        measure = chosen_measure(columns, row, [section, title], above, by_row=rows == "measure")
        found: dict[str, str | None] = dict.fromkeys(("measure", "item", "actor", "partner"))
        if measure is None and kind != "percent" and nature["columns"] == "named":
            measure = Measure(columns[0], None, plain=False)
        found["measure"] = measure.text if measure else None
        side = self._side(nature, columns, title, above)
        own = self._nature(row, cell["row_label"])
        if rows == "place" or own == "place":
            found[side] = None if WHOLE.match(row) else row
        elif own == "item" and not says_how(row):
            found["item"] = WHOLE.sub("", row) or None
        elif own == "measure" and (rows != "measure" or (measure and measure.text not in row)):
            found["item"] = row
        self._of_columns(cell, found, side, rows)
        if found["item"] is None and measure and measure.goods and not self._is_name(measure.goods):
            found["item"] = measure.goods if measure.text not in row else None
        if found["item"] is None and rows in ("place", "time"):
            found["item"] = self._topic(cell["title"])
        self._name_sides(cell, lead, found)
        return found

    def meant(self, cell: Mapping[str, Any]) -> tuple[str | None, bool | None]:
        """Status of a cell, and whether it is to be met; ``None`` where neither its heads nor the title say so."""
        return meant(map(self._written, reversed(cell["column_labels"])), self._written(cell["title"]))

    def _topic(self, span: Sequence[int] | None) -> str | None:
        """What a title is about where it opens with neither a measure nor a name: "Palm oil, 2019 (tonnes)"."""
        phrase = topic(self._written(span))
        if span is None or phrase is None:
            return None
        start = self.text.find(phrase, span[0])
        return phrase if self._nature(phrase, (start, start + len(phrase))) == "item" else None

    def _of_columns(self, cell: Mapping[str, Any], found: dict[str, str | None], side: str, rows: str) -> None:
        """What heads and section name that the row leaves open."""
        for span in filter(None, [*reversed(cell["column_labels"]), cell["section"]]):
            label = self._label(span)
            kind = self._nature(label, span)
            if kind == "place" and not (found["actor"] or found["partner"]):
                found[side] = label
            elif kind == "item" and rows != "measure" and found["item"] is None and not self._is_no_item(label, span):
                found["item"] = label

    def _is_unnamed(self, label: str, span: Sequence[int]) -> bool:
        named = self._nature(label, span) in ("item", "measure")
        return not named or says_how(label) or is_unit(label)

    def _is_no_item(self, label: str, span: Sequence[int]) -> bool:
        dated = bisect_left(self._date_starts, span[0]) < bisect_left(self._date_starts, span[1])
        return dated or says_how(label) or "%" in label or of_class(label, "unit") or measure_in(label) is not None

    def _leads(self, start: int) -> list[tuple[int, int]]:
        """The lines that stand above a table, the nearest first."""
        found: list[tuple[int, int]] = []
        for number in range(bisect_left(self._lines, (start, start)) - 1, -1, -1):
            if self.text[slice(*self._lines[number])].strip():
                found.append(self._lines[number])
            if len(found) == MAX_LEADS:
                break
        return found

    def _written(self, span: Sequence[int] | None) -> str:
        return " ".join(self.text[span[0] : span[1]].split()) if span else ""

    def _label(self, span: Sequence[int] | None) -> str:
        """A label without its unit, marks and leaders."""
        return clean(_UNIT.sub(" ", self._written(span))) if span else ""

    def _columns(self, cell: Mapping[str, Any]) -> list[str]:
        """The heads of a cell's column, the lowest first; of a change, those of the column on its left."""
        labels = [self._label(span) for span in reversed(cell["column_labels"])]
        if any(map(CHANGE.search, labels)):
            left = [c for c in cell["on_left"] if c["column"] == cell["column"] - 1]
            labels += [self._label(span) for each in left for span in reversed(each["column_labels"])]
        return labels

    def _natures(self, grid: Mapping[str, Any]) -> dict[str, str]:
        """What the rows of a table are: places, measures, times or items; and what its corner says."""
        kept = self._kept.get(grid["start"])
        if kept is None:
            spans = {tuple(cell["row_label"]) for cell in grid["cells"] if cell["row_label"]}
            kinds = [self._nature(self._label(span), span) for span in spans]
            corner = " ".join(self._label(span) for span in grid["corner"])
            rows = rows_are(kinds, corner)
            heads = {tuple(cell["column_labels"][-1]) for cell in grid["cells"] if cell["column_labels"]}
            named = [span for span in heads if not self._is_unnamed(self._label(span), span)]
            columns = "named" if len(named) > 1 and 2 * len(named) > len(heads) else "other"
            kept = self._kept[grid["start"]] = {"rows": rows, "corner": corner, "columns": columns}
        return kept

    def _nature(self, label: str, span: Sequence[int] | None) -> str:
        if not label or span is None:
            return "none"
        if self._is_time(label, span):
            return "time"
        names = [row for row in self._between(span) if row["label"] in _PLACES]
        if country_code(label) or any(2 * (row["end"] - row["start"]) > len(label) for row in names):
            return "place"
        return "measure" if measure_in(label, head=True) else "item"

    def _between(self, span: Sequence[int]) -> Sequence[Mapping[str, Any]]:
        low, high = bisect_left(self._name_starts, span[0]), bisect_left(self._name_starts, span[1])
        return self._names[low:high]

    def _is_time(self, label: str, span: Sequence[int]) -> bool:
        low, high = bisect_left(self._date_starts, span[0]), bisect_left(self._date_starts, span[1])
        covered = sum(row["end"] - row["start"] for row in self._dates[low:high])
        return 2 * covered > len(label) or not WORD.search(label)

    def _side(self, nature: Mapping[str, str], columns: Sequence[str], title: str, lead: Sequence[str]) -> str:
        """Whether the places of a table act or are acted upon."""
        heads = " ".join([nature["corner"], *columns, title])
        if (of_class(nature["corner"], "other") and nature["rows"] == "place") or parts_by_partner(title):
            return "partner"
        bordered = of_class(" ".join([heads, *lead]), "border")
        return "partner" if bordered and RATES.search(heads) else "actor"

    def _name_sides(self, cell: Mapping[str, Any], lead: Sequence[Sequence[int]], found: dict[str, str | None]) -> None:
        """Actor and partner that the title or what stands above it names and no row does."""
        for span in filter(None, (cell["title"] or next(iter(lead), None), cell["section"])):
            for start, end in self._named_in(span):
                name = clean(self._written((start, end)))
                if self.text[end : end + 1] == "$":
                    continue
                side = side_of_name(self.text[span[0] : start])
                if side and name not in found.values() and found[side] is None:
                    found[side] = name

    def _named_in(self, span: Sequence[int]) -> list[tuple[int, int]]:
        """Names in a title; those of countries also where its capitals hid them."""
        names = [(row["start"], row["end"]) for row in self._between(span) if self._acts(row)]
        words = [word.span() for word in WORD.finditer(self.text, *span)]
        for (start, _), (_, end) in [*zip(words, words, strict=True), *pairwise(words)]:
            if self.text[start].isupper() and country_code(self.text[start:end]):
                names.append((start, end))
        kept: list[tuple[int, int]] = []
        for start, end in sorted(names, key=lambda name: (name[0], -name[1])):
            if not kept or start >= kept[-1][1]:
                kept.append((start, end))
        return kept

    def _acts(self, row: Mapping[str, Any]) -> bool:
        """A state, or a body of several words: single ones are often no names in titles."""
        name = self._written((row["start"], row["end"]))
        return row["label"] == "GPE" or (row["label"] == "ORG" and " " in name)

    def _is_name(self, phrase: str) -> bool:
        names = {self.text[row["start"] : row["end"]].casefold() for row in self._names}
        return country_code(phrase) is not None or phrase.casefold() in names
