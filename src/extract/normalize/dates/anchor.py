"""What a relative expression is resolved against: the document's date, or a date that the text named before.

Two modes. In ``document`` mode (news, cables, transcripts) "last year", "Monday" and "in May" count from the document's
date; in ``narrative`` mode (histories) from the last date of the text. Years before Christ are negative.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extract.normalize.dates import arithmetic
from extract.normalize.dates.arithmetic import Date
from extract.normalize.dates.tense import looks_ahead

Mode = Literal["document", "narrative"]
# A date of the text far from the document's own serves as anchor for so many characters after it (two paragraphs).
LOCAL_CHARACTERS = 1200
# "Three days later", "the day before": the date that they count from is in this sentence or the last two.
NEAR_CHARACTERS = 400
FAR_DAYS = 300
# A year that lies so far after the story's own is the writer's, not the story's.
LONE_YEARS = 20
# A day of the year this near to the document's date is taken for recent whatever the text named before.
RECENT_DAYS = 60
# A day without a year lies within so many days of the document's date, on whichever side is nearer; further away the
# tense of its clause decides (94 % of TimeBank's lie within half a year).
SURE_DAYS = 120
# Two-digit years, where nothing in the text says the century: 36–99 are of the twentieth.
PIVOT_YEAR = 35


class Point(NamedTuple):
    """A year, a month of it, or a day; ``year`` is negative before Christ."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: Date) -> Point:
        """The point of a calendar day."""
        return cls(day.year, day.month, day.day)

    def date(self) -> Date | None:
        """The calendar day, if the point is one after Christ."""
        if self.month is None or self.day is None or self.year < 1:
            return None
        return arithmetic.make(self.year, self.month, self.day)

    def __str__(self) -> str:
        rest = "" if self.month is None else f"-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")
        return year_value(self.year) + rest


@dataclass(frozen=True, slots=True)
class Reading:
    """What an expression means. ``bounds``: only where they do not follow from the value."""

    type: str
    value: str
    anchor: str = "none"
    bounds: tuple[str | None, str | None] | None = None
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Named:
    """A date that the text named: where, and whether the text gave it with its year."""

    point: Point
    pos: int
    explicit: bool


@dataclass(slots=True)
class Context:
    """What is known while a text is read from left to right.

    ``created``: the document's date, or that of its masthead (``source`` tells which); ``masthead``: a month at the
    head of a document without a day. ``asides``: where dates stand that a story only glances at. ``later_inside``:
    "three days later" is one expression (else "three days" is). ``labels``: the year that the text gave to a part of a
    year ("Q2", "03"). ``spoken``: a record of speech, whose months count from the day of the talks. ``era``: the
    Japanese era named last. ``by_weekday``: where a day was last named with its weekday.
    """

    text: str
    created: Date | None = None
    mode: Mode = "document"
    day_first: bool = False
    later_inside: bool = True
    spoken: bool = False
    source: str = "document"
    masthead: Point | None = None
    labels: dict[str, int] = field(default_factory=dict)
    era: str | None = None
    headings: tuple[tuple[int, int], ...] = ()
    occasion: Date | None = None
    ref: Named | None = None
    full: Named | None = None
    aside: Named | None = None
    period: str | None = None
    last_day: tuple[int, str, str] | None = None
    asides: frozenset[int] = frozenset()
    by_weekday: int = -1

    @property
    def narrative(self) -> bool:
        """Whether dates of the text come before the document's date."""
        return self.mode == "narrative"

    def deictic(self) -> tuple[Point | None, str]:
        """What "today" and "last year" count from, and the name of that anchor."""
        if self.narrative:
            return (self.ref.point, "text") if self.ref else (None, "none")
        if self.occasion is not None:
            return Point.of(self.occasion), "text"
        if self.created is not None:
            return Point.of(self.created), self.source
        return (self.masthead, "text") if self.masthead else (None, "none")

    def named(self, pos: int) -> Point | None:
        """The date that "the next day" and "that year" count from, if the text named one near enough."""
        if self.ref is None:
            return None
        return self.ref.point if self.narrative or pos - self.ref.pos <= NEAR_CHARACTERS else None

    def that_year(self, pos: int) -> Point | None:
        """The date that "that year" points back to: the last one named, be it an aside."""
        aside = self.aside
        if aside is not None and (self.ref is None or aside.pos > self.ref.pos) and pos - aside.pos <= NEAR_CHARACTERS:
            return aside.point
        return self.named(pos)

    def name(self, point: Point, pos: int, *, explicit: bool = False) -> None:
        """Remember a date that the text has just named; a bare year that the story is in already keeps its month."""
        if pos in self.asides:
            self.aside = Named(point, pos, explicit)
            return
        if point.month is None and self.ref is not None and self.ref.point.year == point.year:
            point = self.ref.point
        self.ref = Named(point, pos, explicit)
        if explicit and point.day is not None:
            self.full = self.ref

    def century_year(self, two_digits: int) -> int:
        """The full year of "'94": in the century of the last date of the text, or nearest to the document's date."""
        if self.narrative and self.ref is not None and self.ref.point.year > 0:
            return self.ref.point.year // 100 * 100 + two_digits
        if self.created is not None:
            base = self.created.year // 100 * 100 + two_digits
            return min((base - 100, base, base + 100), key=lambda y: abs(y - self.created.year))  # type: ignore[union-attr]
        return (2000 if two_digits <= PIVOT_YEAR else 1900) + two_digits

    def local(self, pos: int) -> Point | None:
        """In document mode: a date of the text that lies far from the document's and was named just before."""
        if self.created is None:
            return self._in_reach(pos)
        if (
            self.ref is None
            or not self.ref.explicit
            or self.ref.point.month is None
            or pos - self.ref.pos > LOCAL_CHARACTERS
        ):
            return None
        point = self.ref.point
        if point.year < 1:
            return None
        day = arithmetic.make(point.year, point.month or 1, min(point.day or 15, 28))
        return point if day and abs((day - self.created).days) > FAR_DAYS else None

    def _in_reach(self, pos: int) -> Point | None:
        """In a document without a date: the last date that the text stated, near enough or with a day."""
        near = self.ref is not None and self.ref.explicit and pos - self.ref.pos <= LOCAL_CHARACTERS
        if near and not self.spoken:
            return self.ref.point  # type: ignore[union-attr]
        return self.full.point if self.full else self.masthead

    def day_in_reach(self, pos: int) -> Point | None:
        """The full date that a weekday counts from: one just stated in a text without a date, or far from the text's
        own where the text tells it with its weekday ("On Thursday, 4 April 1991 …. On Friday").
        """
        if self.full is None or pos - self.full.pos > LOCAL_CHARACTERS or self.spoken:
            return None
        base, day = self.deictic()[0], self.full.point.date()
        if base is None or base.date() is None:
            return self.full.point
        far = day is not None and abs((day - base.date()).days) > FAR_DAYS  # type: ignore[operator]
        return self.full.point if far and self.full.pos == self.by_weekday else None

    def headed(self, pos: int) -> int | None:
        """The year that the section's heading gives, while the story is in it."""
        at = bisect_right(self.headings, (pos, 9999)) - 1
        year = self.headings[at][1] if at >= 0 else 0
        return year if year and self.ref and self.ref.point.year == year else None

    def label(self, part: str, year: int) -> None:
        """Remember the year that the text stated for a part of a year: "the second quarter of 2020"."""
        self.labels[part] = year

    def year_of_part(self, part: str, pos: int) -> tuple[int | None, str]:
        """The year of a part of a year in a document without a date: as the text stated it, or of the date in reach."""
        if part in self.labels:
            return self.labels[part], "text"
        local = self._in_reach(pos)
        return (local.year, "text") if local is not None else (None, "none")

    def _distant(self, month: int, day: int) -> bool:
        """Whether a day of the year lies so far from the document's date that a reader would not take it for recent."""
        assert self.created is not None
        year = arithmetic.nearest_year(month, day, self.created)
        near = arithmetic.make(year, month, day) if year else None
        return near is None or abs((near - self.created).days) > RECENT_DAYS

    def _goes_on(self, local: Point, month: int, day: int) -> bool:
        """Whether a day without a year goes on with a far date: a full date within a month of it, in its own season."""
        first = local.date()
        other = arithmetic.make(local.year, month, day)
        return first is not None and other is not None and abs((other - first).days) <= 31 and self._distant(month, day)

    def year_of_day(self, month: int, day: int, pos: int, end: int = -1) -> tuple[int | None, str]:
        """The year of a day without one: nearest to the document's date, or to the last date of the text."""

        def ahead() -> bool:
            return looks_ahead(self.text, pos, end if end > pos else pos)

        if self.narrative and self.ref:
            return self.headed(pos) or nearest_to(self.ref.point, month, day), "text"
        local = self.local(pos)
        if local is not None and (self.created is None or self._goes_on(local, month, day)):
            return nearest_to(local, month, day), "text"
        if self.created is None:
            return None, "none"
        return self._nearest_by_tense(month, day, ahead), self.source

    def _nearest_by_tense(self, month: int, day: int, ahead: Callable[[], bool]) -> int | None:
        """The nearest year; where that is months away, the clause's tense may say the other side."""
        assert self.created is not None
        year = arithmetic.nearest_year(month, day, self.created)
        near = arithmetic.make(year, month, day) if year else None
        if near is None or year is None or -RECENT_DAYS <= (near - self.created).days <= SURE_DAYS:
            return year
        if near < self.created:
            return year + 1 if ahead() else year
        return year if ahead() else year - 1

    def year_of_month(self, month: int, pos: int, future: bool) -> tuple[int | None, str]:
        """The year of a month without one: the last such month, or the next where the clause looks ahead."""
        if self.narrative and self.ref:
            return self.headed(pos) or nearest_to(self.ref.point, month, None), "text"
        local = self.local(pos)
        if self.created is None and f"{month:02d}" in self.labels:
            return self.labels[f"{month:02d}"], "text"
        if local is not None and (self.created is None or (local.month == month and self._distant(month, 15))):
            return nearest_to(local, month, None), "text"
        if self.created is None:
            return None, "none"
        year = self.created.year
        if month > self.created.month and not future:
            return year - 1, self.source
        return (year + 1 if month < self.created.month and future else year), self.source


def asides(years: Sequence[tuple[int, int, bool]], *, story: bool = True) -> frozenset[int]:
    """Offsets of the years (offset, year, with a month) that a text leaves at once: the next lies nearer to the one
    before. A year with its month is one only where it lies far after the others.

    A lone mention of another year ("papers opened in 2005 show …") is no point that a story has reached; nor is, in a
    ``story``, a last year of the text that lies more than ``LONE_YEARS`` after the one before.
    """
    found: set[int] = set()
    before: int | None = None
    for number, (pos, year, dated) in enumerate(years):
        after = years[number + 1][1] if number + 1 < len(years) else None
        if before is not None and (after is not None or story) and _is_aside(before, year, after):
            if not dated or year - before > LONE_YEARS:
                found.add(pos)
            continue
        before = year
    return frozenset(found)


def _is_aside(before: int, year: int, after: int | None) -> bool:
    if after is None:
        return year - before > LONE_YEARS
    return before == after != year or (abs(year - before) > LONE_YEARS and abs(after - before) * 2 < abs(year - after))


def nearest_to(point: Point, month: int, day: int | None) -> int:
    """The year of a month after ``point`` in a narrative: the same year, unless the next or the last is clearly
    nearer."""
    if point.month is None or point.year < 1:
        return point.year
    distance = month - point.month
    if distance < -7:
        return point.year + 1
    return point.year - 1 if distance > 9 else point.year


def year_value(year: int) -> str:
    """Four digits; before Christ with ``BC`` in front."""
    return f"BC{-year:04d}" if year < 0 else f"{year:04d}"


def add_years(year: int, n: int) -> int:
    """``n`` years later; there is no year 0."""
    if year < 0:
        return year + n if year + n < 0 else year + n + 1
    return year + n if year + n > 0 else year + n - 1


def shifted(point: Point | None, unit: str, n: int) -> str:
    """The value, of the unit's own fineness, that lies ``n`` units after ``point``; X for what ``point`` leaves open.

    ``unit``: ``Y``, ``Q``, ``M``, ``W``, ``D``.
    """
    if point is None:
        return {"Y": "XXXX", "Q": "XXXX-QX", "M": "XXXX-XX", "W": "XXXX-WXX", "D": "XXXX-XX-XX"}[unit]
    year = year_value(point.year)
    if unit == "Y":
        return year_value(add_years(point.year, n))
    if point.month is None or point.year < 1:
        return year + {"Q": "-QX", "M": "-XX", "W": "-WXX", "D": "-XX-XX"}[unit]
    if point.day is None and unit in ("D", "W"):
        return f"{year}-WXX" if unit == "W" else f"{year}-{point.month:02d}-XX"
    base = arithmetic.make(point.year, point.month, point.day or 1)
    day = arithmetic.shift(base, unit, n) if base else None
    if day is None:
        return shifted(None, unit, n)
    return day_value(day, unit)


def day_value(day: Date, unit: str) -> str:
    """A day at the fineness of a unit: ``1994-Q1``, ``1994-W06``, ``1994-02``, ``1994-02-11``, ``1994``."""
    if unit == "Q":
        return f"{day.year:04d}-Q{arithmetic.quarter_of(day)}"
    if unit == "W":
        return arithmetic.iso_week(day)
    return {"Y": f"{day.year:04d}", "M": f"{day.year:04d}-{day.month:02d}"}.get(unit, day.isoformat())


def point_of(value: str) -> Point | None:
    """The point that a calendar value names, ``None`` for values with open places or of other kinds."""
    match = re.fullmatch(r"(BC)?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value.partition("T")[0])
    if match is None:
        match = re.fullmatch(r"(BC)?(\d{4})-(?:Q[1-4]|H[12]|SP|SU|FA|WI|W\d\d(?:-WE)?|W..|XX(?:-XX)?)", value)
        return Point(int(match[2]) * (-1 if match[1] else 1)) if match and int(match[2]) else None
    if not int(match[2]):
        return None
    return Point(int(match[2]) * (-1 if match[1] else 1), match[3] and int(match[3]), match[4] and int(match[4]))  # type: ignore[arg-type]
