"""TIMEX3 values: a strict grammar of what is written, and the calendar bounds that a value has.

Source: TimeML 1.2.1, section 2.2.3 (``value`` follows ISO 8601, with ``X`` for open places), and its tokens
``PRESENT_REF``, ``PAST_REF``, ``FUTURE_REF``. Years before Christ are written ``BC0490``, as TIMEX2 does; a year that
lies in two ("1983/84") is ISO 8601's interval ``1983/1984``.
"""

from __future__ import annotations

import datetime as dt
import re

from extract.normalize.dates.arithmetic import month_length

Bounds = tuple[str | None, str | None]
NO_BOUNDS: Bounds = (None, None)

_YEAR = r"(?:\d{4}|\d{2}XX|\d{3}X|XXXX)"
_MONTH = r"(?:0[1-9]|1[0-2]|XX)"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|XX)"
_WEEK = r"W(?:0[1-9]|[1-4]\d|5[0-3]|XX)"
_CALENDAR = rf"{_YEAR}(?:-(?:{_MONTH}(?:-{_DAY})?|Q[1-4X]|H[12X]|SP|SU|FA|WI|{_WEEK}(?:-(?:[1-7X]|WE))?))?"
_CLOCK = r"T(?:MO|MI|AF|EV|NI|DT|(?:[01]\d|2[0-4]|XX)(?::(?:[0-5]\d|XX)(?::(?:[0-5]\d|XX))?)?)"
_DAY_LEVEL = rf"{_YEAR}-(?:{_MONTH}-{_DAY}|{_WEEK}-(?:[1-7X]|WE))"
_AMOUNT = r"(?:\d+(?:\.\d+)?|X)"
_PERIOD = rf"P(?:XX|(?=.)(?:{_AMOUNT}[YMWDQEC])*(?:T(?:{_AMOUNT}[HMS])+)?(?<![PT]))"
DATE_VALUE = re.compile(
    rf"(?:PRESENT_REF|PAST_REF|FUTURE_REF|(?:BC)?(?:{_CALENDAR}|\d{{3}}|\d{{2}}|XX)|\d{{4}}/\d{{4}})"
)
TIME_VALUE = re.compile(rf"(?:BC)?(?:{_DAY_LEVEL}){_CLOCK}")
DURATION_VALUE = re.compile(_PERIOD)

_SEASON_START = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def is_value(type_: str, value: str) -> bool:
    """Whether ``value`` is written as TIMEX3 allows for the type ``DATE``, ``TIME``, ``DURATION`` or ``SET``."""
    if type_ == "DATE":
        return DATE_VALUE.fullmatch(value) is not None
    if type_ == "TIME":
        return TIME_VALUE.fullmatch(value) is not None
    if type_ == "DURATION":
        return DURATION_VALUE.fullmatch(value) is not None
    return any(p.fullmatch(value) is not None for p in (DATE_VALUE, TIME_VALUE, DURATION_VALUE))


def bounds(value: str) -> Bounds:
    """First and last day (ISO 8601, both inclusive) that a DATE or TIME value covers; none where a place is open.

    Years before Christ have no bounds: the tables' dates begin with the year 1.
    """
    if re.fullmatch(r"\d{4}/\d{4}", value):
        return _years(value[:4])[0], _years(value[5:])[1]
    day = value.partition("T")[0]
    if "X" in day or day.startswith(("P", "BC", "F")) or not day[:2].isdigit():
        return NO_BOUNDS
    if len(day) <= 4:
        return _years(day)
    if re.fullmatch(r"\d{4}-\d\d", day):
        return _months(int(day[:4]), int(day[5:]), 1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return day, day
    return _named_part(int(day[:4]), day[5:])


def period_bounds(period: str | None) -> Bounds:
    """First and last day of a period: of a TIMEX3 value, or of two joined by ``/`` ("2020/2024", "2014-05/2014-06")."""
    first, _, last = (period or "").partition("/")
    if not all(is_value("SET", value) for value in (first, last or first)):
        return NO_BOUNDS
    start, end = bounds(first)[0], bounds(last or first)[1]
    return (start, end) if start and end and start <= end else NO_BOUNDS


def _years(digits: str) -> Bounds:
    span = 10 ** (4 - len(digits))
    first = int(digits) * span
    if first + span - 1 < 1:
        return NO_BOUNDS
    return f"{max(first, 1):04d}-01-01", f"{first + span - 1:04d}-12-31"


def _months(year: int, month: int, count: int) -> Bounds:
    if year < 1:
        return NO_BOUNDS
    last_year, last_month = divmod(year * 12 + month - 2 + count, 12)
    if last_year > dt.MAXYEAR:
        return NO_BOUNDS
    end = f"{last_year:04d}-{last_month + 1:02d}-{month_length(last_year, last_month + 1):02d}"
    return f"{year:04d}-{month:02d}-01", end


def _named_part(year: int, part: str) -> Bounds:
    if part[0] == "Q":
        return _months(year, 3 * int(part[1]) - 2, 3)
    if part[0] == "H":
        return _months(year, 6 * int(part[1]) - 5, 6)
    if part in _SEASON_START:
        return _months(year, _SEASON_START[part], 3)
    week, _, day = part[1:].partition("-")
    try:
        monday = dt.date.fromisocalendar(year, int(week), 1)
        first, last = {"": (0, 6), "WE": (5, 6)}.get(day) or (int(day) - 1, int(day) - 1)
        return (monday + dt.timedelta(first)).isoformat(), (monday + dt.timedelta(last)).isoformat()
    except (ValueError, OverflowError):
        return NO_BOUNDS
