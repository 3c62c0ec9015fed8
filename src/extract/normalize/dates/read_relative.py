"""Readers of what counts from a day: "yesterday", "Monday", "two years ago", "the day before", "a year earlier"."""

from __future__ import annotations

import re

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import Context, Point, Reading, add_years, point_of, shifted, year_value
from extract.normalize.dates.offsets import LETTERS, TEXTUAL, dated, timed
from extract.normalize.dates.read_amounts import duration_value
from extract.normalize.dates.read_calendar import approximator_start, heads, read_month
from extract.normalize.dates.read_periods import quarter_number
from extract.normalize.dates.scan import Found
from extract.normalize.dates.tense import SENTENCE_BREAK, looks_ahead, looks_back
from extract.normalize.dates.words import UNITS, WEEKDAYS


def read_day_word(found: Found, ctx: Context) -> Reading | None:
    """today, yesterday, tomorrow, tonight, the day before yesterday, yesterday evening."""
    word = found["word"].lower()
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if found["before"]:
        step += -1 if "before" in found["before"].lower() and word == "yesterday" else 1 if word == "tomorrow" else 0
    part = found["part"] or ("night" if word == "tonight" else "")
    base, anchor = ctx.deictic()
    if ctx.narrative and word == "today":
        return Reading("DATE", "PRESENT_REF", "none")
    day = arithmetic.add_days(base.date(), step) if base and base.date() else None  # type: ignore[arg-type]
    return dated(day, found, ctx, anchor, part)


def read_weekday(found: Found, ctx: Context) -> Reading | None:
    """A weekday: the last one not after the document's date, or the next where the clause looks ahead."""
    number, which = WEEKDAYS[found["wd"].lower()], found["which"].lower()
    part = found["part"]
    base, anchor = ctx.deictic()
    reach = None if ctx.narrative else ctx.day_in_reach(found.start)
    if which in TEXTUAL and ctx.named(found.start):
        base, anchor = ctx.named(found.start), "text"
    elif reach is not None:
        base, anchor, which = reach, "text", which or "the following"  # the story goes on
    day = base.date() if base else None
    if day is None:
        return timed(f"XXXX-WXX-{number}", found["part"], "none")
    if which in ("last", "past", "this past", "the previous", "the past"):
        result = arithmetic.weekday_near(number, day, -2)
    elif (
        which in ("next", "the next", "the following", "this coming")
        or (which == "this" and not looks_back(ctx.text, found.start, found.end) and day.isoweekday() != number)
        or (
            not which
            and not ctx.narrative
            and day.isoweekday() != number
            and looks_ahead(ctx.text, found.start, found.end)
        )
    ):
        result = arithmetic.weekday_near(number, day, 1)
    else:
        result = arithmetic.weekday_near(number, day, -1)
    tail = found["tail"].lower()
    if tail and result:
        weeks = {"a week ago": -1, "last week": -1, "of last week": -1, "next week": 1, "of next week": 1}.get(tail, 0)
        monday = arithmetic.add_days(day, 1 - day.isoweekday() + 7 * weeks)
        result = arithmetic.add_days(monday, number - 1) if monday else None
    if found["noon"] and result:
        return Reading("TIME", result.isoformat() + ("T12:00" if found["noon"].lower() == "noon" else "T24:00"), anchor)
    return dated(result, found, ctx, anchor, part)


def read_from_day(found: Found, ctx: Context) -> Reading | None:
    """ "two weeks from today", "a week from Friday"."""
    count = numbers.parse(found["num"])
    base, anchor = ctx.deictic()
    day = base.date() if base else None
    if count is None or count.denominator != 1 or day is None:
        return Reading("DATE", "XXXX-XX-XX", "none")
    if found["wd"]:
        weekday = WEEKDAYS[found["wd"].lower()]
        day = day if day.isoweekday() == weekday else arithmetic.weekday_near(weekday, day, 1)
    elif found["word"].lower() in ("tomorrow", "yesterday"):
        day = arithmetic.add_days(day, 1 if found["word"].lower() == "tomorrow" else -1)
    return dated(arithmetic.add_days(day, 7 * int(count)) if day else None, found, ctx, anchor)


def read_ago(found: Found, ctx: Context) -> Reading | None:
    """ "two years ago" (from the anchor), "three days later" (from the last date of the text)."""
    tail, unit = found["tail"].lower(), found["unit"].lower().rstrip("s")
    ago = tail in ("ago", "from now", "hence", "from today")
    if (
        tail in ("earlier", "before", "previously")
        and unit == "year"
        and found["num"].lower() in ("a", "one")
        and not ctx.narrative
    ):
        return read_year_ago(found, ctx)
    if tail == "ago" and unit == "year" and found["num"].lower() == "a" and _compares(found, ctx):
        return read_year_ago(found, ctx)
    if tail in ("later", "afterwards", "afterward", "after that") and not ctx.later_inside and not ctx.narrative:
        return _plain_duration(found, ctx)
    forward = tail in ("later", "afterwards", "afterward", "after that", "from now", "hence", "from today")
    return _shift(found, ctx, unit, forward, ago)


def _compares(found: Found, ctx: Context) -> bool:
    """Does "a year ago" compare with a quarter that the text reports, or with a month of its own sentence?"""
    if ctx.narrative or not ctx.period:
        return False
    if "-Q" in ctx.period:
        return True
    near = ctx.ref is not None and ctx.ref.point.day is None and str(ctx.ref.point) == ctx.period
    return near and SENTENCE_BREAK.search(ctx.text, ctx.ref.pos, found.start + 1) is None  # type: ignore[union-attr]


def read_ago_and_month(found: Found, ctx: Context) -> Reading | None:
    """ "two years ago last March", "a year ago this week", "ten years ago today": so many years before that."""
    month = Found("bare_month", "month", found.start, found.end, {"month": found["month"], "which": "last"})
    base, anchor = ctx.deictic()
    count = numbers.parse(found["num"])
    if found["month"] or found["wd"]:
        reading = read_month(month, ctx) if found["month"] else read_weekday(found, ctx)
        base = point_of(reading.value) if reading else None
    elif base is not None and " last " in ctx.text[found.start : found.end].lower():
        base = point_of(shifted(base, "M", -1))
    if base is None or base.month is None or count is None:
        return Reading("DATE", "XXXX-XX", "none")
    day = found["unit"].lower() in ("today", "week") or found["wd"]
    point = Point(add_years(base.year, -int(count)), base.month, base.day if day else None)
    if found["unit"].lower() == "week":
        return Reading("DATE", shifted(point, "W", 0), anchor)
    ctx.name(point, found.start)
    return Reading("DATE", str(point), anchor)


def _plain_duration(found: Found, ctx: Context) -> Reading | None:
    tail = re.search(r"\s+(?:later|afterwards?|after that)$", ctx.text[found.start : found.end], re.IGNORECASE)
    end = found.start + tail.start() if tail else found.end
    return Reading("DURATION", duration_value(found["num"], found["unit"]), "none", end=end)


def _shift(found: Found, ctx: Context, unit: str, forward: bool, ago: bool) -> Reading | None:
    count = numbers.parse(found["num"]) if found["num"] else None
    letter, size = UNITS.get(unit, UNITS.get(unit + "s", ("D", 1)))
    base, anchor = ctx.deictic() if ago else (ctx.named(found.start), "text")
    vague_base = base is None or (base.day is None and letter in ("D", "W"))
    if vague_base and not ago and ctx.created is not None and not forward and not ctx.narrative:
        base, anchor = ctx.deictic()
    if count is None:
        return _vague_shift(forward)
    if letter.startswith("T"):
        value = base.date().isoformat() if base and base.date() else "XXXX-XX-XX"  # type: ignore[union-attr]
        return Reading("TIME", value + ("TXX:XX" if letter != "TH" or ago else "TXX"), anchor if base else "none")
    amount = count * size
    if letter == "Y" and amount.denominator != 1:
        letter, amount = "M", amount * 12
    steps = int(amount) * (1 if forward else -1)
    if base is None or (not ago and letter == "D" and base.day is None and not ctx.narrative):
        return Reading("DATE", shifted(None, letter, 0), "none", start=approximator_start(found, ctx))
    value = shifted(base, letter, steps)
    start = approximator_start(found, ctx)
    if size == 10 and letter == "Y" and value.isdigit():
        value = value[:3]
    if "X" not in value and (point := point_of(value)) and forward and not ago:
        ctx.name(point, found.start)
    return Reading("DATE", value, anchor, start=start)


def _vague_shift(forward: bool) -> Reading:
    return Reading("DATE", "FUTURE_REF" if forward else "PAST_REF", "none")


def read_vague_ago(found: Found, ctx: Context) -> Reading | None:
    """ "years ago", "days later": no count, so no date."""
    tail, unit = found["tail"].lower(), found["unit"].lower()
    if tail.startswith(("later", "after")) and not ctx.narrative and not ctx.later_inside:
        return Reading("DURATION", duration_value("", unit), "none", end=found.start + len(unit))
    return _vague_shift(tail not in ("ago", "earlier", "before"))


def read_day_before(found: Found, ctx: Context) -> Reading | None:
    """ "the day before", "the year after": from the date that the text named last."""
    unit, step = found["unit"].lower(), 1 if found["tail"].lower() == "after" else -1
    base = ctx.named(found.start)
    if unit == "year" and step < 0 and not ctx.narrative:
        return read_year_ago(Found(found.rule, "year_ago", found.start, found.end), ctx)
    if unit == "night":
        day = base.date() if base else None
        return dated(arithmetic.add_days(day, step) if day else None, found, ctx, "text", "night")
    if unit == "day" and base is not None and base.day is None and not ctx.narrative:
        base = None
    elif unit in ("month", "week") and base is None:
        base, anchor = ctx.deictic()
        return Reading("DATE", shifted(base, LETTERS[unit], step), anchor)
    return Reading("DATE", shifted(base, LETTERS[unit], step), "text" if base else "none")


def read_moment(found: Found, ctx: Context) -> Reading | None:
    """ "a moment ago", "long ago"."""
    return Reading("DATE", "PAST_REF", "none")


def read_year_ago(found: Found, ctx: Context) -> Reading | None:
    """ "a year earlier", "the year-ago quarter": one year before the period that the text compares with."""
    base, anchor = ctx.deictic()
    unit = found["unit"].lower()
    if found["q"] and unit == "quarter" and base:
        return Reading(
            "DATE",
            f"{year_value(add_years(base.year, -1))}-Q{quarter_number(found)}",
            anchor,
            start=_start(found, ctx),
        )
    period = ctx.period
    if unit == "quarter" and (period is None or "-Q" not in period) and base and base.month:
        period = shifted(base, "Q", -1)
    if period is None or "X" in period:
        if base is None:
            return Reading("DATE", "XXXX-QX" if unit == "quarter" else "XXXX", "none", start=_start(found, ctx))
        return Reading("DATE", year_value(add_years(base.year, -1)), anchor, start=_start(found, ctx))
    year, rest = (period[:4], period[4:]) if not period.startswith("BC") else ("", "")
    if not year:
        return None
    return Reading("DATE", f"{int(year) - 1:04d}{rest}", "text", start=_start(found, ctx))


def _start(found: Found, ctx: Context) -> int:
    """A determiner is inside where the time phrase has a head of its own ("the year-ago quarter"), else outside."""
    if found["det"] and (not found["unit"] or not heads(ctx.text, found.end)):
        return found.start + len(found["det"]) + 1
    return found.start


def read_year_period(found: Found, ctx: Context) -> Reading | None:
    """ "the 1988 quarter", "the latest period": the quarter that the text reports, of the year stated."""
    which, base = found["which"].lower(), ctx.deictic()[0]
    quarter = (
        ctx.period
        if ctx.period and "-Q" in ctx.period
        else shifted(base, "Q", -1)
        if base and base.month
        else "XXXX-QX"
    )
    if found["q"]:
        quarter = f"{quarter[:4]}-Q{quarter_number(found)}"
    anchor = "text" if ctx.period else "document" if base else "none"
    if found["year"]:
        same = ctx.period if ctx.period and "-Q" in ctx.period else quarter
        return Reading("DATE", found["year"] + same[4:], "explicit")
    if which in ("prior", "previous") and quarter[-1].isdigit():
        index = int(quarter[:4]) * 4 + int(quarter[-1]) - 2
        quarter = f"{index // 4:04d}-Q{index % 4 + 1}"
    elif which in ("comparable", "corresponding", "like", "similar") and quarter[-1].isdigit():
        quarter = f"{int(quarter[:4]) - 1:04d}{quarter[4:]}"
    if "X" not in quarter:
        ctx.period = quarter
    return Reading("DATE", quarter, anchor if "X" not in quarter else "none")
