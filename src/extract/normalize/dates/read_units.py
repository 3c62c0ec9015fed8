"""Readers of a unit with a word of direction: "last year", "the next day", "the end of the month", "the quarter"."""

from __future__ import annotations

import re

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import NEAR_CHARACTERS, Context, Point, Reading, day_value, point_of, shifted
from extract.normalize.dates.fragments import compile_rule
from extract.normalize.dates.offsets import AHEAD, BACK, LETTERS, TEXTUAL, timed
from extract.normalize.dates.read_amounts import anchored
from extract.normalize.dates.read_calendar import read_month
from extract.normalize.dates.scan import Found, groups_of
from extract.normalize.dates.tense import looks_ahead
from extract.normalize.dates.words import MONTHS, sign

_DURATION_LEFT = sign(r"\b(?:{duration_left})\s+$", re.IGNORECASE)
# "last day", "the coming day" name no day; "this day" and "the same day" do in a story alone.
_NO_DAY = frozenset({"last", "next", "the coming", "the latest"})
# "the year before last", "the week after next".
_BESIDE = {"before last": -2, "after next": 2}
_STORY_DAY = frozenset({"this", "this same", "the current"})


def read_unit_ref(found: Found, ctx: Context) -> Reading | None:
    """ "last year", "this week", "the next day", "the end of the month", "later in the year", "year-end"."""
    unit, which = found["unit"].lower(), found["which"].lower()
    if unit == "day" and (which in _NO_DAY or (which in _STORY_DAY and not ctx.narrative)):
        return None
    if which in ("the same", "that same") and not ctx.narrative and (unit != "day" or not _named_day(found, ctx)):
        return None
    if found.rule == "edge_of_unit" and unit == "day" and re.match(r"\s*,", ctx.text[found.end : found.end + 2]):
        return None  # "at the end of the day, …" is a manner of speaking
    step = _BESIDE.get(which) or (-1 if which in BACK else 1 if which in AHEAD else 0)
    if which == "the latest" and unit in ("week", "month"):
        step = -1  # what is reported on has ended
    if _is_span_to_come(found, ctx, unit, which):
        return _coming(found, ctx, unit)
    base, anchor = _base(found, ctx, unit, which, step)
    if unit in ("decade", "century"):
        return _decade_ref(base, step, unit, anchor)
    value = shifted(base, LETTERS[unit], step)
    if unit == "night":
        return timed(value, unit, anchor if base else "none")
    if unit == "weekend":
        value = _weekend(base, step or _weekend_step(found, ctx, base)) if base and base.date() else "XXXX-WXX-WE"
    if "X" in value:
        return Reading("DATE", value, "none" if base is None else anchor)
    point = point_of(value)
    if point is not None and (unit == "day" or (ctx.narrative and step >= 0 and unit in ("year", "month"))):
        ctx.name(point, found.start)
    if unit in ("year", "quarter", "month"):
        ctx.period = value
    return Reading("DATE", value, anchor)


def _named_day(found: Found, ctx: Context) -> bool:
    named = ctx.named(found.start)
    return named is not None and named.day is not None


def _is_span_to_come(found: Found, ctx: Context, unit: str, which: str) -> bool:
    """ "over the next year" is a span, "the next year" a year."""
    left = ctx.text[max(0, found.start - 14) : found.start]
    plain = not found["edge"] and not found["shade"]
    return plain and which in ("the next", "the coming") and unit != "day" and _DURATION_LEFT.search(left) is not None


def _base(found: Found, ctx: Context, unit: str, which: str, step: int) -> tuple[Point | None, str]:
    textual = which in TEXTUAL
    named = ctx.that_year(found.start) if unit == "year" and which == "that" else ctx.named(found.start)
    base, anchor = (named, "text") if textual or (ctx.narrative and not which) else ctx.deictic()
    if base is None and textual and ctx.period and unit in ("quarter", "month", "year") and _matches(ctx.period, unit):
        base, anchor = point_of(ctx.period[:4]), "text"
    if base is None and textual and which in ("the previous", "the prior", "the preceding") and unit != "day":
        base, anchor = ctx.deictic()
    if textual and step and base and ctx.period and unit in ("quarter", "month", "year") and _matches(ctx.period, unit):
        base = point_of(ctx.period) if unit != "quarter" else Point(int(ctx.period[:4]), 3 * int(ctx.period[-1]) - 1)
    return base, anchor


def _matches(period: str, unit: str) -> bool:
    shape = {"quarter": r"\d{4}-Q\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}[unit]
    return re.fullmatch(shape, period) is not None


def _coming(found: Found, ctx: Context, unit: str) -> Reading:
    return anchored(
        found,
        ctx,
        {"weekend": "P2D", "quarter": "P3M", "decade": "P10Y", "century": "P100Y"}.get(
            unit, f"P1{LETTERS.get(unit, 'Y')}"
        ),
        1,
    )


def _decade_ref(base: Point | None, step: int, unit: str, anchor: str) -> Reading:
    if base is None:
        return Reading("DATE", "XX", "none")
    size, digits = (10, 3) if unit == "decade" else (100, 2)
    before = base.year < 1  # years before Christ count down
    value = abs(base.year) // size + (-step if before else step)
    return Reading("DATE", f"{'BC' if before else ''}{max(value, 0):0{digits}d}", anchor)


def _weekend(base: Point | None, step: int) -> str:
    day = base.date() if base else None
    if day is None:
        return "XXXX-WXX-WE"
    monday = arithmetic.add_days(day, 1 - day.isoweekday() + 7 * step)
    return (arithmetic.iso_week(monday) if monday else "XXXX-WXX") + "-WE"


def read_ordinal_unit(found: Found, ctx: Context) -> Reading | None:
    """ "the last week of August", "the first day of the month"."""
    unit, nth = found["unit"].lower(), numbers.ordinal(found["nth"])
    if unit == "week" and ctx.narrative:
        return Reading("DURATION", "P1W", "none")
    base: Point | None
    if found["month"]:
        inner = read_month(
            Found(
                "month",
                "month",
                found.start,
                found.end,
                {k: v for k, v in found.groups.items() if k in ("month", "year")},
            ),
            ctx,
        )
        base, anchor = (point_of(inner.value), inner.anchor) if inner else (None, "none")
    elif found["year"]:
        base, anchor = Point(int(found["year"])), "explicit"
    else:
        base, anchor = ctx.deictic()
        step = {"last": -1, "next": 1}.get(found["which"].lower(), 0)
        letter = LETTERS.get(found["of"].lower(), "Y")
        base = point_of(shifted(base, letter, step)) if base else None
    return Reading("DATE", _nth_value(base, unit, nth), anchor if base else "none")


def _nth_value(base: Point | None, unit: str, nth: int | None) -> str:
    if base is None or base.year < 1:
        return shifted(None, LETTERS[unit], 0)
    last = nth is None
    if unit == "month" and base.month is None:
        return f"{base.year:04d}-{12 if last else nth:02d}"
    month = base.month or (12 if last else 1)
    length = arithmetic.month_length(base.year, month)
    if unit == "day":
        return f"{base.year:04d}-{month:02d}-{length if last else nth:02d}"
    day = arithmetic.make(base.year, month, length if last else min(7 * (nth or 1) - 3, length))
    return (day_value(day, "W") if day else "XXXX-WXX") + ("-WE" if unit == "weekend" else "")


_ENDED = compile_rule(
    r"~(?:ended|ending|to)~(?:on~)?(?:the )?(?:(?:{day}|{dayword})~(?:of )?)?{month}"
    r"(?:~(?:\d{1,2}(?:st|nd|rd|th)?)(?!\d))?(?:,? {year})?"
)


def _unit_ended(unit: str, date: dict[str, str], found: Found, ctx: Context) -> Reading | None:
    """ "the quarter ended March 31" is that quarter, "the year to May 2014" twelve months."""
    if unit != "quarter":
        return Reading("DURATION", f"P1{LETTERS.get(unit, 'Y')}", "none")
    month = MONTHS[date["month"].lower()]
    year, anchor = ctx.year_of_month(month, found.start, looks_ahead(ctx.text, found.start, found.end))
    if date.get("year"):
        year, anchor = int(date["year"]), "explicit"
    if year is None:
        return Reading("DATE", f"XXXX-Q{(month + 2) // 3}", "none")
    ctx.period = f"{year:04d}-Q{(month + 2) // 3}"
    return Reading("DATE", ctx.period, anchor)


def read_the_unit(found: Found, ctx: Context) -> Reading | None:
    """ "the quarter" (the one reported), "the year", "the week": of the text's topic or the document's date."""
    unit = found["unit"].lower()
    if ended := _ENDED.match(ctx.text, found.end):
        return _unit_ended(unit, groups_of(ended), found, ctx)
    base, anchor = (ctx.ref.point, "text") if ctx.narrative and ctx.ref else ctx.deictic()
    if (
        unit == "year"
        and not found["full"]
        and re.search(r"\bfor\s+$", ctx.text[max(0, found.start - 6) : found.start], re.IGNORECASE)
    ):
        return Reading("DURATION", "P1Y", "none")
    if unit == "quarter":
        if ctx.period and "-Q" in ctx.period:
            return Reading("DATE", ctx.period, "text")
        return Reading("DATE", shifted(base, "Q", -1), anchor if base else "none")
    if (
        unit == "year"
        and ctx.period
        and ctx.period[:4].isdigit()
        and found.start - (ctx.ref.pos if ctx.ref else 0) <= NEAR_CHARACTERS
    ):
        return Reading("DATE", ctx.period[:4], "text")
    if unit == "weekend":
        value = _weekend(base, _weekend_step(found, ctx, base))
        return Reading("DATE", value, anchor if base else "none")
    if unit == "decade":
        return _decade_ref(base, 0, unit, anchor)
    return Reading("DATE", shifted(base, LETTERS[unit], 0), anchor if base else "none")


def _weekend_step(found: Found, ctx: Context, base: Point | None) -> int:
    """Which weekend "the weekend" is: the last one, on its own days or in a clause that looks ahead this week's."""
    day = base.date() if base else None
    if day is None or day.isoweekday() >= 6 or looks_ahead(ctx.text, found.start, found.end):
        return 0
    return -1
