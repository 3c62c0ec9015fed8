"""Readers of durations, sets and the vague words: "the past two years", "90-day", "every Monday", "now"."""

from __future__ import annotations

import re
from fractions import Fraction

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import Context, Point, Reading
from extract.normalize.dates.read_calendar import approximator_start, referred_year
from extract.normalize.dates.scan import Found
from extract.normalize.dates.value import bounds
from extract.normalize.dates.words import MONTHS, PARTS, SEASONS, UNITS, WEEKDAYS, sign

BACKWARD = frozenset(["past", "last", "latest", "previous", "preceding", "recent"])
FORWARD = frozenset(["next", "coming"])
# What may stand before "a year" where it is a span of time, not a rate ("for a year"; but "$200 a year").
_SPAN_LEFT = sign(r"\b(?:{span_left})\s+$|^\s*$|[.!?\n\u201c(\u2014:]\s*$", re.IGNORECASE)


_SPAN_RIGHT = sign(r"\s+(?:{span_right})\b", re.IGNORECASE)


def duration_value(number: str, unit: str, *, halved: bool = False) -> str:
    """The ISO 8601 duration: ``P10Y``, ``PT30M``, ``P2Y6M``; ``PXY`` for "several years"."""
    unit = unit.lower()
    letter, size = UNITS.get(unit) or UNITS.get(unit.rstrip("s")) or UNITS[unit.removesuffix("s")]
    amount = numbers.parse(number) if number else None
    if (
        re.match(r"(?:the |a |two |three )?(?:dozens|hundreds?) of|dozens", number.lower())
        or number.lower() == "dozens"
    ):
        amount = None
    clock, code = ("T", letter[1]) if letter.startswith("T") else ("", letter)
    if amount is None:
        return f"P{clock}X{'Y' if size >= 10 and code == 'Y' else code}"
    amount = amount * size + (Fraction(size, 2) if halved else 0)
    return _amount(amount, clock, code)


def _amount(amount: Fraction, clock: str, code: str) -> str:
    whole, rest = divmod(amount, 1)
    minor = {("", "Y"): (12, "M"), ("T", "H"): (60, "M"), ("", "D"): (24, "H")}.get((clock, code))
    if rest and minor and (rest * minor[0]).denominator == 1:
        tail = f"{'T' if code == 'D' else ''}{int(rest * minor[0])}{minor[1]}"
        return f"P{clock}{int(whole)}{code}{tail}" if whole else f"P{clock}{tail}"
    return f"P{clock}{numbers.render(amount)}{code}"


def read_duration(found: Found, ctx: Context) -> Reading | None:
    """A number of units; with "past" and "next" anchored on the calendar."""
    number = found["num"] or (
        "a"
        if found["unit"].lower()
        in ("decade", "century", "year", "month", "week", "day", "hour", "quarter", "weekend", "season")
        else ""
    )
    phrase = ctx.text[found.start : found.end].lower()
    halved = bool(found["half"]) or (phrase.endswith("and a half") and "half" not in number.lower())
    ranged = (
        found.rule == "duration_range"
        or re.search(r"\d\s?(?:,|-|–|to|or)\s?\d", number) is not None
        or " or " in number
        or " to " in number
    )
    value = duration_value("" if ranged else number, found["unit"], halved=halved)
    start = approximator_start(found, ctx)
    direction = found["dir"].lower()
    if direction in BACKWARD or direction in FORWARD:
        reading = anchored(found, ctx, value, -1 if direction in BACKWARD else 1)
        return Reading(reading.type, reading.value, reading.anchor, reading.bounds, start)
    if (
        found["num"].lower() in ("a", "an")
        and found["unit"].lower() in ("year", "month", "week", "day", "hour", "quarter")
        and not found["approx"]
    ):
        left = ctx.text[max(0, found.start - 24) : found.start]
        if (
            found.rule == "duration"
            and not _SPAN_LEFT.search(left)
            and not _SPAN_RIGHT.match(ctx.text, found.end)
            and "long" not in phrase
            and "-" not in phrase
            and not phrase.endswith(("half", "so", "two", "more"))
        ):
            return _rate(found)
    if direction in ("first", "final", "closing", "opening", "initial"):
        return _part_of_year(found, ctx, value, start)
    return Reading("DURATION", value, "none", start=start)


def _part_of_year(found: Found, ctx: Context, value: str, start: int) -> Reading:
    year, months = found["year"], re.fullmatch(r"P(\d+)M", value)
    anchor = "explicit"
    if found["yref"] and found["of"].lower() == "year":
        stated, anchor = referred_year(found, ctx)
        year = f"{stated:04d}" if stated and stated > 0 else ""
    if not year or not months or not 1 <= int(months[1]) <= 12 or found["dir"].lower() in ("final", "closing"):
        return Reading("DURATION", value, "none", start=start)
    end = bounds(f"{year}-{int(months[1]):02d}")[1]
    ctx.period = year
    ctx.name(Point(int(year)), found.start, explicit=True)
    return Reading("DURATION", value, anchor, (f"{year}-01-01", end), start)


def anchored(found: Found, ctx: Context, value: str, direction: int) -> Reading:
    """A duration up to the anchor (−1) or from it (1), bounded on that side; a vague one on that side only."""
    base, anchor = ctx.deictic()
    day = base.date() if base else None
    if ctx.narrative or day is None or found["year"] or found["yref"] or found["month"]:
        return Reading("DURATION", value, "none")
    here = day.isoformat()
    there = _far_end(day, value, direction)
    if direction < 0:
        anchor = "text" if ctx.occasion else anchor
        return Reading("DURATION", value, anchor, (there, here))
    return Reading("DURATION", value, anchor, (here, there))


def _far_end(day: arithmetic.Date, value: str, direction: int) -> str | None:
    match = re.fullmatch(r"P(\d+)([YQMWD])(?:(\d+)M)?", value)
    if match is None or len(match[1]) > 4:
        return None
    end = arithmetic.shift(day, match[2], direction * int(match[1]))
    if end is not None and match[3]:
        end = arithmetic.add_months(end, direction * int(match[3]))
    return end.isoformat() if end else None


def read_in_a_row(found: Found, ctx: Context) -> Reading | None:
    """ "the third year in a row", "three years running": as long as the row is."""
    count = numbers.ordinal(found["nth"]) or numbers.parse(found["nth"])
    return Reading("DURATION", duration_value(str(count), found["unit"]), "none") if count else None


def read_units(found: Found, ctx: Context) -> Reading | None:
    """ "for weeks", "in years", "decades of policy": a unit without a number."""
    return Reading("DURATION", duration_value("", found["unit"]), "none")


def read_while(found: Found, ctx: Context) -> Reading | None:
    """ "a while": a duration of unknown unit."""
    return Reading("DURATION", "PXX", "none")


def read_rate(found: Found, ctx: Context) -> Reading | None:
    """ "per year", "$200 a year": how often."""
    return _rate(found)


def _rate(found: Found) -> Reading:
    letter, _ = UNITS.get(found["unit"].lower(), ("Y", 1))  # "per annum"
    value = "P3M" if letter == "Q" else f"PT1{letter[1]}" if letter.startswith("T") else f"P1{letter}"
    return Reading("SET", value, "none")


_EACH = {
    "day": "P1D",
    "night": "XXXX-XX-XXTNI",
    "week": "P1W",
    "weekend": "XXXX-WXX-WE",
    "month": "P1M",
    "quarter": "P3M",
    "year": "P1Y",
    "hour": "PT1H",
    "minute": "PT1M",
    "decade": "P10Y",
}
_FREQUENCY = {"daily": "P1D", "hourly": "PT1H", "weekly": "P1W", "biweekly": "P2W", "nightly": "XXXX-XX-XXTNI"} | {
    "annually": "P1Y",
    "yearly": "P1Y",
    "quarterly": "P3M",
    "monthly": "P1M",
}


def read_set(found: Found, ctx: Context) -> Reading | None:
    """ "every day", "each Thursday", "Mondays", "daily", "every two weeks"."""
    if found["freq"]:
        return Reading("SET", _FREQUENCY[found["freq"].lower()], "none")
    weekday = found["setwd"] or found["wd"]
    if weekday:
        part = found["part"] or found["also"].strip()
        return Reading(
            "SET", f"XXXX-WXX-{WEEKDAYS[weekday.lower()]}" + (f"T{PARTS[part.lower()]}" if part else ""), "none"
        )
    if found["month"]:
        return Reading("SET", f"XXXX-{MONTHS[found['month'].lower()]:02d}", "none")
    if found["season"]:
        return Reading("SET", f"XXXX-{SEASONS[found['season'].lower()]}", "none")
    if found["part"]:
        return Reading("SET", f"XXXX-XX-XXT{PARTS[found['part'].lower()]}", "none")
    unit, number = found["unit"].lower(), found["n"].lower()
    if number and unit != "night":
        nth = numbers.ordinal(number)
        count = "two" if number in ("other", "second") else str(nth) if nth else number
        return Reading("SET", duration_value(count, unit), "none")
    return Reading("SET", _EACH[unit], "none")


def read_ref(found: Found, ctx: Context) -> Reading | None:
    """ "now", "recently", "the future": no date on the calendar."""
    if found["present"]:
        return Reading("DATE", "PRESENT_REF", "none")
    return Reading("DATE", "PAST_REF" if found["past"] else "FUTURE_REF", "none")


def read_soon(found: Found, ctx: Context) -> Reading | None:
    """ "soon", where it says when something will be."""
    return Reading("DATE", "FUTURE_REF", "none")
