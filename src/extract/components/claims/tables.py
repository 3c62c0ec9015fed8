"""What the parts of a table say of its cells: which of title, section, row and column names measure, item and sides.

A table says one thing of all its cells, which the ranking, cell by cell, cannot see: that its rows are countries, its
columns years, its title what is measured. Pure functions on labels but for the names and times of the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from extract import lexicons
from extract.components.claims.roles import clean
from extract.normalize.countries import country_code
from extract.normalize.units import singular

HOW = ("target", "planned", "proposed", "hypothetical", "fact")
CLASSES = "aim|outlook|measure|general|goods|place|actor|other|border|target|planned|proposed|hypothetical|fact|flow"
_UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|(?:\s*\.){3,}|[*†‡]+|(?<=[a-z])\d$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# Words that end a noun phrase on the left and on the right of its head.
_ENDS = frozenset(
    ["of", "for", "on", "in", "by", "from", "to", "per", "with", "and", "or", "at", "the", "a", "an", "table", "chart",
     "total", "average", "main", "principal", "selected", "annual", "is", "are", "its", "their", "all", "as", "under"]
)  # fmt: skip
_OF = re.compile(r"\s+(?:of|on|in)\s+(?:the\s+|all\s+)?", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:grand\s+|sub-?)?totals?\b[:,]?\s*|\baverage$|^all\b(?!\s+other).{0,12}$|\(total\)", re.IGNORECASE
)
_SIDES = re.compile(
    r"(?P<goods>\b(?:goods|products|articles)\s+)?\b(?P<side>to|into|for|with|against|on|in|from|of|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# Where the goods behind "exports of" end.
_BEHIND = re.compile(r"[,;:(\[\n–—\d]|\.(?:\s|$)|\b(?:by|in|from|to|for|at|during|per|into|with|as)\b|$", re.IGNORECASE)
_PARTNERS = re.compile(
    r"\b(?:by|with|from|to|main|trading|major|principal)\b.{0,30}\b(?:partners?|origin|destinations?|sources?|recipients?"
    r"|suppliers?|markets?|nationality|residence)\b",
    re.IGNORECASE,
)
_RATES = re.compile(r"tariff|dut(?:y|ies)|\brates?\b|surcharge|%", re.IGNORECASE)
_PLACES, _NAMED = frozenset({"GPE", "LOC"}), frozenset({"GPE", "NORP", "LOC", "ORG"})
_TABLE = re.compile(r"^(?:table|chart|annex|exhibit|figure|schedule)\b[\s\w.]{0,6}[.:]?\s+", re.IGNORECASE)
_CHANGE = re.compile(r"\bchange\b", re.IGNORECASE)
_UNITS = re.compile(
    r"%|\b(?:per\s?cent|percentage|mln|bn|million|billion|thousand|tonnes?|tons|number|year)\b", re.IGNORECASE
)
STATED = ("hypothetical", "fact", "planned")
# "Year 1", "Stage 2": steps that are still to come.
_STEP = re.compile(r"(?:year|stage|phase|step)\s+(?:\d+|[IVX]+|one|two|three)\b(?!\s+(?:19|20)\d\d$)", re.IGNORECASE)
# What stands above a table is a heading up to this length; longer, it names sides and borders, but nothing measured.
MAX_HEADING, MAX_LEADS = 120, 2
MAX_MODIFIERS, MAX_GOODS_WORDS = 2, 6


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, frozenset[str]]:
    return lexicons.classes("en/table_words", "class", CLASSES)


def _of(*names: str) -> frozenset[str]:
    return frozenset[str]().union(*(_classes()[name] for name in names))


def of_class(text: str, *names: str) -> bool:
    """Whether a word of one of the classes stands in a text."""
    known = _of(*names)
    return any(singular(word[0]) in known or word[0].casefold() in known for word in _WORD.finditer(text))


class Measure(NamedTuple):
    """A phrase that says what is measured, the goods that stand with it, and whether it says so by itself."""

    text: str
    goods: str | None
    plain: bool


def measure_in(text: str, *, head: bool = False) -> Measure | None:
    """The measure that a title or label names; ``head``: only where it is what the label is about."""
    words = list(_WORD.finditer(text))
    nouns = [n for n, word in enumerate(words) if singular(word[0]) in _classes()["measure"]]
    if head:
        end = next((n for n, w in enumerate(words) if n and w[0].casefold() in _ENDS), len(words))
        nouns = [n for n in nouns if n == end - 1]
    general = _classes()["general"]
    number = next((n for n in nouns if singular(words[n][0]) not in general), next(iter(nouns), None))
    if number is None:
        return None
    first = number
    while first > max(0, number - MAX_MODIFIERS) and _modifies(text, words[first - 1], words[first]):
        first -= 1
    last = words[number].end()
    of = _OF.match(text, last)
    inner = [w for w in words[number + 1 :] if of and w.start() >= of.end()][: MAX_MODIFIERS + 1]
    for n, word in enumerate(inner):
        if all(map(_modifies_next, inner[:n])) and singular(word[0]) in _classes()["measure"]:
            last = word.end()
    of = _OF.match(text, last)
    goods = _goods(text, of.end()) if of and not _CHANGE.search(text) else None
    before = text[words[first].start() : words[number].start()].strip()
    before = "" if of_class(before, "border", *HOW) else before
    plain = singular(words[number][0]) not in general
    return Measure(text[words[first].start() : last], goods or before or None, plain)


def _modifies_next(word: re.Match[str]) -> bool:
    return word[0].casefold() not in _ENDS


def _modifies(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    joined = not text[word.end() : following.start()].strip(" -")
    return joined and word[0].casefold() not in _ENDS and not country_code(word[0].strip("'’s"))


def _goods(text: str, start: int) -> str | None:
    """The words behind "exports of", up to what no longer names goods."""
    end = _BEHIND.search(text, start)
    found = clean(text[start : end.start()]) if end else ""
    return found if found and len(found.split()) <= MAX_GOODS_WORDS else None


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
        measure = self._measure(cell, columns, title, above, rows)
        found: dict[str, str | None] = dict.fromkeys(("measure", "item", "actor", "partner"))
        if measure is None and kind != "percent" and nature["columns"] == "named":
            measure = Measure(columns[0], None, plain=False)
        found["measure"] = measure.text if measure else None
        side = self._side(nature, columns, title, above)
        own = self._nature(row, cell["row_label"])
        if rows == "place" or own == "place":
            found[side] = None if _WHOLE.match(row) else row
        elif own == "item" and not self._says_how(row):
            found["item"] = _WHOLE.sub("", row) or None
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
        """Status of a cell, and whether it is to be met, by the lowest head of its column that says it."""
        for label in map(self._written, reversed(cell["column_labels"])):
            asked = any(word[0].casefold() in _classes()["proposed"] for word in _WORD.finditer(label))
            status = "proposed" if asked else next((name for name in STATED if of_class(label, name)), None)
            status = status or ("planned" if _STEP.match(label) else None)
            goal = of_class(label, "target")
            if status or goal:
                return "planned" if goal and status in (None, "fact") else status, goal
        title = self._written(cell["title"])
        if of_class(title, "aim"):
            return "planned", True
        if of_class(title, "outlook"):
            return "hypothetical", None
        return None, None

    def _topic(self, span: Sequence[int] | None) -> str | None:
        """What a title is about where it opens with neither a measure nor a name: "Palm oil, 2019 (tonnes)"."""
        phrase = _TABLE.sub("", re.split(r"[,:;(–—-]\s|\b(?:by|in|of|from|to)\b", self._written(span))[0]).strip()
        if not phrase or span is None or len(phrase.split()) > MAX_MODIFIERS + 1:
            return None
        if measure_in(phrase) or of_class(phrase, "place", "other", "goods"):
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
        return not named or self._says_how(label) or bool(_UNITS.fullmatch(label))

    def _is_no_item(self, label: str, span: Sequence[int]) -> bool:
        dated = bisect_left(self._date_starts, span[0]) < bisect_left(self._date_starts, span[1])
        return dated or self._says_how(label) or bool(_UNITS.search(label)) or measure_in(label) is not None

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

    def _measure(
        self, cell: Mapping[str, Any], columns: Sequence[str], title: str, lead: Sequence[str], rows: str
    ) -> Measure | None:
        row, section = self._label(cell["row_label"]), self._label(cell["section"])
        by_column = [measure_in(label) for label in columns if not self._says_how(label)]
        by_row = measure_in(row, head=True)
        order = [*by_column, by_row if rows == "measure" else None, measure_in(section), measure_in(title)]
        order += [measure_in(each) for each in lead if len(each) <= MAX_HEADING]
        said = [each for each in order if each]
        return next((each for each in said if each.plain), next(iter(said), None))

    def _columns(self, cell: Mapping[str, Any]) -> list[str]:
        """The heads of a cell's column, the lowest first; of a change, those of the column on its left."""
        labels = [self._label(span) for span in reversed(cell["column_labels"])]
        if any(map(_CHANGE.search, labels)):
            left = [c for c in cell["grid"]["cells"] if (c["row"], c["column"]) == (cell["row"], cell["column"] - 1)]
            labels += [self._label(span) for each in left for span in reversed(each["column_labels"])]
        return labels

    def _says_how(self, label: str) -> bool:
        """A head that says how its figures are meant and nothing else: "Target", "Budget estimates", "Base rate"."""
        words = [singular(word[0]) for word in _WORD.finditer(label)]
        how = _of(*HOW)
        return len(words) <= 2 and any(word in how for word in words) and words[-1] in how | {"rate", "year", "figure"}

    def _natures(self, grid: Mapping[str, Any]) -> dict[str, str]:
        """What the rows of a table are: places, measures, times or items; and what its corner says."""
        kept = self._kept.get(grid["start"])
        if kept is None:
            spans = {tuple(cell["row_label"]) for cell in grid["cells"] if cell["row_label"]}
            kinds = [self._nature(self._label(span), span) for span in spans]
            corner = " ".join(self._label(span) for span in grid["corner"])
            rows = max(("item", "place", "measure", "time"), key=lambda kind: kinds.count(kind))
            if ("place" in kinds and of_class(corner, "place", "other")) or of_class(corner, "actor"):
                rows = "place"
            elif of_class(corner, "goods"):
                rows = "item" if rows == "place" else rows
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
        return 2 * covered > len(label) or not _WORD.search(label)

    def _side(self, nature: Mapping[str, str], columns: Sequence[str], title: str, lead: Sequence[str]) -> str:
        """Whether the places of a table act or are acted upon."""
        heads = " ".join([nature["corner"], *columns, title])
        if (of_class(nature["corner"], "other") and nature["rows"] == "place") or _PARTNERS.search(title):
            return "partner"
        bordered = of_class(" ".join([heads, *lead]), "border")
        return "partner" if bordered and _RATES.search(heads) else "actor"

    def _name_sides(self, cell: Mapping[str, Any], lead: Sequence[Sequence[int]], found: dict[str, str | None]) -> None:
        """Actor and partner that the title or what stands above it names and no row does."""
        for span in filter(None, (cell["title"] or next(iter(lead), None), cell["section"])):
            for start, end in self._named_in(span):
                name = clean(self._written((start, end)))
                if self.text[end : end + 1] == "$":
                    continue
                side = self._side_of_name(self.text[span[0] : start])
                if side and name not in found.values() and found[side] is None:
                    found[side] = name

    def _named_in(self, span: Sequence[int]) -> list[tuple[int, int]]:
        """Names in a title; those of countries also where its capitals hid them."""
        names = [(row["start"], row["end"]) for row in self._between(span) if self._acts(row)]
        words = [word.span() for word in _WORD.finditer(self.text, *span)]
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

    def _side_of_name(self, before: str) -> str | None:
        """By what stands before a name in a title: "exports of tin from", "imports of cloth by", "trade with"."""
        beside = _SIDES.search(before)
        preposition = beside["side"].casefold() if beside else ""
        if preposition in ("in", "for"):
            return None
        other = ("to",) if of_class(before, "flow") else ("from",)
        away = preposition in ("with", "against", "on", *other) or (beside and beside["goods"])
        return "partner" if away else "actor"

    def _is_name(self, phrase: str) -> bool:
        names = {self.text[row["start"] : row["end"]].casefold() for row in self._names}
        return country_code(phrase) is not None or phrase.casefold() in names
