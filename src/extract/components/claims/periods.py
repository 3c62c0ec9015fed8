"""The time that a figure holds for: chosen among the time expressions around it by a learnt ranking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from extract.components.claims.candidates import N_BUCKETS
from extract.components.claims.frame import Frame
from extract.components.claims.pairs import Pairs
from extract.components.claims.roles import OUTSIDE_REACH, Answer
from extract.components.claims.subjects import Subject
from extract.components.grammar import Grammar, Part
from extract.learned import LinearModel, hash_names, join_bags
from extract.learned.linear import Floats, agree, softmax_within
from extract.normalize.table_labels import HOW, of_class

# The least chance of the best period that is worth filling.
LEAST_PERIOD = 0.27
# Characters before a sentence in which the last time expressions are looked for.
EARLIER_REACH = 800
MAX_EARLIER = 2
# Characters behind a sentence in which it may be said from when on it holds ("This rate shall apply from …").
LATER_REACH = 300
_NO_PERIOD = ("PT", "PRESENT", "PAST", "FUTURE", "T")
_RATE = re.compile(
    r"\s*(?:(?:a|an|per|each|every|/)\s*(?P<unit>year|annum|month|week|day|quarter)\b|(?P<adverb>annually|yearly))"
)
_RATE_VALUES = {"year": "P1Y", "annum": "P1Y", "month": "P1M", "week": "P1W", "day": "P1D", "quarter": "P3M"}
_BETWEEN = re.compile(r"\s*(?:and|to|until|through|till|-|–|—)\s*(?:the\s+)?", re.IGNORECASE)
_SPLIT_YEAR = re.compile(r"(\d{4})\s?[/–-]\s?(\d{2}|\d{4})\b")
_YEAR_TO = re.compile(r"\b(?:year|12 months|twelve months)\s+(?:to|ending|ended)\s+(?:the\s+)?$", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})T")
_PART_OF_YEAR = re.compile(r"(?:\d{4}|XXXX)(-(?:\d{2}|Q\d))")
_MONTH = re.compile(r"(\d{4})(-(?:\d{2}|Q\d))?$")


class Period(NamedTuple):
    """A possible period: its value, how it was read from the text, and where (tokens, ``first`` -1 for none)."""

    value: str | None
    form: str
    first: int
    last: int


class Option(NamedTuple):
    """A possible period, where it comes from, and the features that speak for it, hashed."""

    period: Period
    place: str
    indices: list[int]


class Periods:
    """Answers for the claims of one Doc; ``dates`` are its time expressions."""

    def __init__(self, grammar: Grammar, pairs: Pairs, frame: Frame, dates: Sequence[Mapping[str, Any]]) -> None:
        self.grammar, self.pairs, self.frame = grammar, pairs, frame
        self.rows = [row for row in map(_day_of_time, dates) if not str(row["value"]).startswith(_NO_PERIOD)]
        self._starts = [row["start"] for row in self.rows]

    def read(
        self, model: LinearModel, options: Sequence[Sequence[Option]], second: Sequence[Floats] | None = None
    ) -> list[Answer]:
        """The period of each claim, among its options. One pass of the model for all; ``second`` as for roles."""
        groups = np.repeat(np.arange(len(options)), [len(each) for each in options])
        margins = model.margins_of(join_bags(option.indices for each in options for option in each))
        chances = agree(softmax_within(margins, groups), second, groups)[:, 0]
        found, start = [], 0
        for each in options:
            found.append(_best([option.period.value for option in each], chances[start : start + len(each)]))
            start += len(each)
        return found

    def named_by(self, cell: Mapping[str, Any]) -> str | None:
        """The one time that a cell's column names, the lowest head first, else its row; else that of the next column on
        the left that names one, where the head says a stage: "FY2012 request | House bill | final"."""
        heads = cell["column_labels"][::-1]
        is_stage = of_class(" ".join(self.grammar.text[slice(*span)] for span in heads), *HOW)
        left = reversed(cell["on_left"]) if is_stage else ()
        before = (span for other in left for span in reversed(other["column_labels"]))
        for span in filter(None, (*heads, cell["row_label"], *before)):
            values = {str(row["value"]) for row in self._rows_of(*span)}
            if len(values) == 1:
                return values.pop()
        return None

    def options(self, subject: Subject) -> Iterator[Option]:
        """All options of a claim; the first is no period."""
        for place, period in self._periods(subject):
            yield Option(period, place, hash_names(self._names(subject, place, period), N_BUCKETS))

    def _periods(self, subject: Subject) -> Iterator[tuple[str, Period]]:
        grammar = self.grammar
        yield "none", Period(None, "none", -1, -1)
        rate = _RATE.match(grammar.text, subject.end)
        if rate:
            yield "rate", Period(_RATE_VALUES[rate["unit"] or "year"], "rate", -1, -1)
        if subject.year:
            yield "head", Period(subject.year, "head", -1, -1)
        if subject.cell is None:
            for period in self._between(grammar.starts[subject.low], grammar.ends[subject.high - 1]):
                yield "inside", period
        for kind, first, last in self._places(subject):
            for period in self._between(first, last):
                yield kind, period
        yield from self._months(subject)

    def _months(self, subject: Subject) -> Iterator[tuple[str, Period]]:
        """A row that names a month or quarter, under a head that names the year."""
        cell = subject.cell
        if cell is None or cell["row_label"] is None:
            return
        heads = [row for span in cell["column_labels"] for row in self._rows_of(*span)]
        for row in self._rows_of(*cell["row_label"]):
            part = _PART_OF_YEAR.fullmatch(str(row["value"]))
            for head in heads:
                if part and re.fullmatch(r"\d{4}", str(head["value"])):
                    first, last = self.grammar.tokens(row["start"], row["end"])
                    yield "row", Period(f"{head['value']}{part[1]}", "month", first, last)

    def _rows_of(self, start: int, end: int) -> Sequence[Mapping[str, Any]]:
        return self.rows[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _places(self, subject: Subject) -> Iterator[tuple[str, int, int]]:
        """Stretches of text outside the sentence."""
        cell = subject.cell
        if cell is not None:
            spans = [("row", cell["row_label"]), *(("column", span) for span in cell["column_labels"])]
            for kind, span in [*spans, ("section", cell["section"]), ("table", cell["title"])]:
                if span is not None:
                    yield kind, span[0], span[1]
        for place in self.frame.places(subject.start, subject.sentence, OUTSIDE_REACH):
            if place.kind != "before" and place.last > place.first:
                yield place.kind, self.grammar.starts[place.first], self.grammar.ends[place.last - 1]
        begins = self.grammar.starts[subject.low]
        number = bisect_left(self._starts, begins)
        for row in self.rows[max(0, number - MAX_EARLIER) : number]:
            if cell is None and begins - row["start"] < EARLIER_REACH:
                yield "earlier", row["start"], row["end"]
        if cell is None and subject.kind == "percent":
            yield from self._later(subject)

    def _later(self, subject: Subject) -> Iterator[tuple[str, int, int]]:
        """The sentence behind, if no blank line stands between."""
        if subject.sentence + 1 < len(self.grammar.sentences):
            first, last = self.grammar.sentences[subject.sentence + 1]
            starts, ends = self.grammar.starts, self.grammar.ends
            if "\n\n" not in self.grammar.text[starts[first - 1] : starts[first] + 1]:
                yield "later", starts[first], min(ends[last - 1], starts[first] + LATER_REACH)

    def _between(self, start: int, end: int) -> Iterator[Period]:
        """The periods of the time expressions that begin between two offsets."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for number in range(low, high):
            row = self.rows[number]
            first, last = self.grammar.tokens(row["start"], row["end"])
            yield Period(str(row["value"]), "date", first, last)
            yield from self._derived(row, first, last)
            if number + 1 < high:
                yield from self._range(row, self.rows[number + 1], first)

    def _derived(self, row: Mapping[str, Any], first: int, last: int) -> Iterator[Period]:
        """ "1984/85" is two years; "the year to May 2014" begins a year before."""
        value, text = str(row["value"]), self.grammar.text
        split = _SPLIT_YEAR.match(text, row["start"])
        if split:
            century = split[1][:2] if len(split[2]) == 2 else ""
            yield Period(f"{split[1]}/{century}{split[2]}", "split", first, last)
        month = _MONTH.match(value)
        if month and _YEAR_TO.search(text, max(0, row["start"] - 30), row["start"]):
            yield Period(f"{int(month[1]) - 1}{month[2] or ''}/{value}", "year to", first, last)

    def _range(self, row: Mapping[str, Any], other: Mapping[str, Any], first: int) -> Iterator[Period]:
        """ "between 2001 and 2011", "from May to June 2014"."""
        a, b = str(row["value"]), str(other["value"])
        joined = _BETWEEN.fullmatch(self.grammar.text, row["end"], other["start"])
        if joined and a < b and len(a) == len(b) and a[:1].isdigit():
            yield Period(f"{a}/{b}", "range", first, self.grammar.tokens(other["start"], other["end"])[1])

    def _names(self, subject: Subject, place: str, period: Period) -> list[str]:
        """The features of a choice."""
        kind, shape = subject.kind, _shape(period.value)
        names = [
            f"place {place}", f"place {place} {shape}", f"place {place} {kind}", f"place {place} {period.form}",
            f"shape {shape} {kind} {subject.unit}", f"form {period.form} {kind}",
        ]  # fmt: skip
        if period.first < 0:
            verbs = self.pairs.clauses.verbs_above(subject.above)
            tag = self.grammar.tags[verbs[0]] if verbs else "-"
            helps = " ".join(self.pairs.clauses.helps(verbs[0])) if verbs else "-"
            return [*names, f"{place} verb {tag} {helps}", f"{place} after {self.pairs.after(subject)}"]
        before, two_before = self._low(period.first - 1), self._low(period.first - 2)
        names += [
            f"before {place} {before} {period.form}", f"before {place} {two_before} {before}",
            f"before {place} {before} {shape}", f"after {place} {self._low(period.last)}",
            f"word {place} {self.grammar.lows[period.first]}",
        ]  # fmt: skip
        return names + (self._inside(subject, period, shape, before) if place == "inside" else [])

    def _inside(self, subject: Subject, period: Period, shape: str, before: str) -> list[str]:
        """Features of a time expression in the sentence of the claim."""
        grammar, pairs = self.grammar, self.pairs
        left = period.last <= subject.first
        between = range(period.last, subject.first) if left else range(subject.last, period.first)
        side, distance = ("left" if left else "right"), min(6, len(between).bit_length())
        figures = min(2, sum(token in pairs.figures for token in between))
        verbs = min(2, sum(grammar.parts[token] == Part.VERB for token in between))
        marks = " ".join(sorted({grammar.lows[token] for token in between} & {",", ";", ":", "(", ")"}))
        words = " ".join(grammar.lows[t] for t in between) if len(between) <= 3 else "…"
        anchor = grammar.anchor(period.first, period.last)
        path = grammar.path(subject.above, pairs.ancestors(anchor))
        opens = "opens" if period.first - subject.low <= 2 else "later"
        return [
            f"side {side} {distance} {figures}", f"side {side} {figures} {verbs}", f"side {side} {before} {figures}",
            f"side {side} {before} {verbs}", f"marks {side} {marks} {figures}", f"words {side} {words}",
            f"path {path}", f"path {path} {before}", f"shape {side} {shape} {figures}", f"opens {opens} {before}",
            f"opens {opens} {side} {figures}", f"dep {grammar.deps[anchor]} {side} {figures}",
        ]  # fmt: skip

    def _low(self, token: int) -> str:
        return self.grammar.lows[token] if 0 <= token < len(self.grammar.lows) else "-"


def _day_of_time(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A time of day on a day that is known stands for the day ("12:01 a.m. on May 4, 2018")."""
    day = _TIME_OF_DAY.match(str(row["value"]))
    return {**row, "value": day[1] if day else "T"} if row["type"] == "TIME" else row


def _shape(value: str | None) -> str:
    """A value's digits as 9, so that years, months, days and spans can be told."""
    return re.sub(r"\d", "9", value or "none")


def _best(values: Sequence[str | None], chances: np.ndarray[Any, np.dtype[np.float64]]) -> Answer:
    """The value with the most chance, the chances of equal values added up."""
    shares: dict[str, float] = {}
    for value, chance in zip(values, chances, strict=True):
        if value is not None:
            shares[value] = shares.get(value, 0.0) + float(chance)
    if not shares:
        return Answer(None, 0.0)
    best = max(shares, key=lambda value: shares[value])
    return Answer(best if shares[best] >= LEAST_PERIOD else None, shares[best])
