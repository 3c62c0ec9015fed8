"""Calendar arithmetic on the proleptic Gregorian calendar: months have their own lengths, weeks are ISO 8601's."""

from __future__ import annotations

import calendar
import datetime as dt

Date = dt.date
MIN_YEAR, MAX_YEAR = 1, 9999


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]


def make(year: int, month: int, day: int) -> Date | None:
    """The date, or ``None`` where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_months(day: Date, months: int) -> Date | None:
    """The same day ``months`` later; the last of the month where it has no such day; ``None`` beyond year 1–9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    return dt.date(year, month + 1, min(day.day, month_length(year, month + 1)))


def add_days(day: Date, days: int) -> Date | None:
    """``days`` later, or ``None`` beyond the calendar's years 1–9999."""
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None


def shift(day: Date, unit: str, n: int) -> Date | None:
    """``n`` units later (earlier if negative). ``unit``: ``Y``, ``Q``, ``M``, ``W``, ``D``."""
    if unit in ("Y", "Q", "M"):
        return add_months(day, n * {"Y": 12, "Q": 3, "M": 1}[unit])
    return add_days(day, n * {"W": 7, "D": 1}[unit])


def nearest_year(month: int, day: int | None, to: Date) -> int | None:
    """The year that puts a month, or a day of it, nearest to ``to``; ``None`` if no year within one has that day."""
    best: tuple[int, int] | None = None
    for year in (to.year, to.year - 1, to.year + 1):
        if not MIN_YEAR <= year <= MAX_YEAR:
            continue
        if day is None:
            distance = abs((year - to.year) * 12 + month - to.month)
        else:
            candidate = make(year, month, day)
            if candidate is None:
                continue
            distance = abs((candidate - to).days)
        if best is None or distance < best[0]:
            best = (distance, year)
    return best[1] if best else None


def weekday_near(weekday: int, to: Date, direction: int) -> Date | None:
    """The ISO weekday (1 = Monday) not after ``to`` (direction −1), strictly before (−2), strictly after (1)."""
    back = (to.isoweekday() - weekday) % 7
    if direction == -1:
        return add_days(to, -back)
    if direction == -2:
        return add_days(to, -(back or 7))
    return add_days(to, 7 - back if back else 7)


def quarter_of(day: Date) -> int:
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def iso_week(day: Date) -> str:
    """``1994-W06``: the ISO week, with the year that the week belongs to."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def easter(year: int) -> Date:
    """Easter Sunday (Gregorian; the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return dt.date(year, month, (h - m + r + month + 19) % 32)


def _nth_weekday(year: int, month: int, weekday: int, n: int) -> Date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def holiday(rule: str, year: int) -> Date:
    """A movable feast. ``rule``: ``easter``, ``good friday``, ``thanksgiving``, ``labor``, ``memorial`` (US)."""
    if rule == "thanksgiving":
        return _nth_weekday(year, 11, 4, 4)
    if rule == "labor":
        return _nth_weekday(year, 9, 1, 1)
    if rule == "memorial":
        last = dt.date(year, 5, 31)
        return last - dt.timedelta(days=(last.isoweekday() - 1) % 7)
    return easter(year) - dt.timedelta(days=2 if rule == "good friday" else 0)
