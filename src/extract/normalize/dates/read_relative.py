"""Readers of expressions that count from somewhere: "yesterday", "Monday", "two years ago", "the next day", "5 p.m."."""

from __future__ import annotations

import re

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import (
    NEAR_CHARACTERS,
    Context,
    Point,
    Reading,
    add_years,
    day_value,
    point_of,
    shifted,
    year_value,
)
from extract.normalize.dates.read_calendar import approximator_start, heads
from extract.normalize.dates.scan import Found
from extract.normalize.dates.tense import looks_ahead
from extract.normalize.dates.words import PARTS, UNITS, WEEKDAYS

TEXTUAL = frozenset(
    [
        "the previous",
        "the prior",
        "the preceding",
        "the following",
        "the next",
        "that",
        "that same",
        "the same",
        "this same",
    ]
)
BACK = frozenset(["last", "the previous", "the prior", "the preceding", "this past", "past"])
AHEAD = frozenset(["next", "the next", "the following", "the coming", "this coming"])
_DURATION_LEFT = re.compile(r"\b(?:over|within|during|for|throughout|in)\s+$", re.IGNORECASE)


def _date(day: arithmetic.Date | None, found: Found, ctx: Context, anchor: str, part: str = "") -> Reading:
    if day is not None:
        ctx.name(Point.of(day), found.start)
    return _timed(day.isoformat() if day else "XXXX-XX-XX", part, anchor if day else "none")


def _timed(value: str, part: str, anchor: str) -> Reading:
    if not part:
        return Reading("DATE", value, anchor)
    return Reading("TIME", f"{value}T{PARTS.get(part.lower(), 'NI')}", anchor)


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
    return _date(day, found, ctx, anchor, part)


def read_weekday(found: Found, ctx: Context) -> Reading | None:
    """A weekday: the last one not after the document's date, or the next where the clause looks ahead."""
    number, which = WEEKDAYS[found["wd"].lower()], found["which"].lower()
    part = found["part"]
    base, anchor = ctx.deictic()
    if which in TEXTUAL and ctx.named(found.start):
        base, anchor = ctx.named(found.start), "text"
    day = base.date() if base else None
    if day is None:
        return _open_weekday(number, found)
    if which in ("last", "past", "this past", "the previous", "the past"):
        result = arithmetic.weekday_near(number, day, -2)
    elif (
        which in ("next", "the next", "the following", "this coming")
        or (which == "this" and looks_ahead(ctx.text, found.start, found.end) and day.isoweekday() != number)
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
    return _date(result, found, ctx, anchor, part)


def _open_weekday(number: int, found: Found) -> Reading:
    return _timed(f"XXXX-WXX-{number}", found["part"], "none")


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
    return _date(arithmetic.add_days(day, 7 * int(count)) if day else None, found, ctx, anchor)


def read_part(found: Found, ctx: Context) -> Reading | None:
    """ "this morning", "last night", "the next afternoon", "the evening", "at night"."""
    part, which = found["part"] or "night", found["which"].lower()
    if not which:
        return _bare_part(found, ctx, part)
    base, anchor = ctx.deictic()
    if which in TEXTUAL:
        base, anchor = ctx.named(found.start), "text"
    day = base.date() if base else None
    step = -1 if which in BACK else 1 if which in AHEAD else 0
    return _date(arithmetic.add_days(day, step) if day else None, found, ctx, anchor, part)


def _bare_part(found: Found, ctx: Context, part: str) -> Reading | None:
    if found.rule in ("at_night", "middle_of_night"):
        return _timed("XXXX-XX-XX", part, "none")
    base, anchor = ctx.named(found.start), "text"
    if base is None or base.day is None:
        base, anchor = ctx.deictic()
    if ctx.text[max(0, found.start - 3) : found.start].lower() == "in " and re.match(
        r"(?i)the (?:morning|afternoon|evening)$", ctx.text[found.start : found.end]
    ):
        pass
    day = base.date() if base else None
    return _timed(day.isoformat() if day else "XXXX-XX-XX", part, anchor if day else "none")


def read_part_of(found: Found, ctx: Context) -> Reading | None:
    """ "the morning of the next day", "the evening of Friday"."""
    if found["wd"]:
        return read_weekday(found, ctx)
    base, anchor = ctx.deictic()
    ref = found["ref"].lower()
    if ref.startswith(("the", "that")):
        base, anchor = ctx.named(found.start), "text"
    step = {"yesterday": -1, "tomorrow": 1, "the next day": 1}.get(ref, 0)
    day = base.date() if base else None
    return _date(arithmetic.add_days(day, step) if day else None, found, ctx, anchor, found["part"])


def read_noon(found: Found, ctx: Context) -> Reading | None:
    """noon and midnight; the day is the one named beside them, or the anchor's."""
    clock = "T24:00" if found["noon"].lower() == "midnight" else "T12:00"
    return _clock(found, ctx, clock)


def read_clock(found: Found, ctx: Context) -> Reading | None:
    """ "5 p.m. EST", "17:05", "8 a.m. Friday", "2.05 pm"."""
    if found["ap"]:
        hour = int(found["h"]) % 12 + (12 if found["ap"].lower().startswith("p") else 0)
        if int(found["h"]) == 0 and not found["mi"]:
            return None
        return _clock(found, ctx, f"T{hour:02d}:{found['mi'] or '00'}")
    seconds = f":{found['s24']}" if found["s24"] else ""
    return _clock(found, ctx, f"T{int(found['h24']):02d}:{found['mi24']}{seconds}")


def read_clock_words(found: Found, ctx: Context) -> Reading | None:
    """ "four o'clock this morning", "11:35 in the morning", "1:10 in the afternoon"."""
    hour = numbers.parse(found["hw"])
    if hour is None or hour.denominator != 1 or not 0 <= hour <= 24:
        return None
    part = (found["part"] or found["thispart"]).lower()
    phrase = ctx.text[found.start : found.end].lower()
    clock = int(hour)
    if part in ("afternoon", "evening") or (part == "night" and clock >= 6) or phrase.endswith("at night"):
        clock += 12 if clock < 12 else 0
    if not part and "clock" not in phrase:
        return None
    return _clock(found, ctx, f"T{clock:02d}:{found['mi'] or '00'}")


def read_military(found: Found, ctx: Context) -> Reading | None:
    """ "1430 hours", "0600 GMT", and the time stamps of the Congressional Record."""
    return _clock(found, ctx, f"T{found['h24']}:{found['mi24']}")


def _clock(found: Found, ctx: Context, clock: str) -> Reading | None:
    value, anchor = _day_of_clock(found, ctx)
    return Reading("TIME", value + clock, anchor)


def _day_of_clock(found: Found, ctx: Context) -> tuple[str, str]:
    if found["month"]:
        from extract.normalize.dates.read_calendar import read_month_day

        plain = Found(
            found.rule,
            "mdy",
            found.start,
            found.end,
            {k: v for k, v in found.groups.items() if k in ("month", "day", "year")},
        )
        reading = read_month_day(plain, ctx)
        return (reading.value, reading.anchor) if reading else ("XXXX-XX-XX", "none")
    if found["wd"]:
        reading = read_weekday(Found(found.rule, "weekday", found.start, found.end, {"wd": found["wd"]}), ctx)
        return (reading.value, reading.anchor) if reading else ("XXXX-XX-XX", "none")
    base, anchor = ctx.deictic()
    phrase = ctx.text[found.start : found.end].lower()
    if (
        not found["ref"]
        and not found["thispart"]
        and ctx.last_day
        and found.start - ctx.last_day[0] <= 160
        and ctx.mode == "document"
    ):
        if not re.search(r"[.!?]\s+[A-Z\"“]|\n\s*\n", ctx.text[ctx.last_day[0] : found.start]):
            return ctx.last_day[1], "text" if ctx.last_day[2] != "none" else "none"
    day = base.date() if base else None
    step = -1 if re.search(r"yesterday|last night", phrase) else 1 if "tomorrow" in phrase else 0
    day = arithmetic.add_days(day, step) if day else None
    return (day.isoformat(), anchor) if day else ("XXXX-XX-XX", "none")


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
    if (
        tail == "ago"
        and unit == "year"
        and found["num"].lower() == "a"
        and not ctx.narrative
        and ctx.period
        and "-Q" in ctx.period
    ):
        return read_year_ago(found, ctx)
    if tail in ("later", "afterwards", "afterward", "after that") and not ctx.later_inside and not ctx.narrative:
        return _plain_duration(found, ctx)
    forward = tail in ("later", "afterwards", "afterward", "after that", "from now", "hence", "from today")
    return _shift(found, ctx, unit, forward, ago)


def _plain_duration(found: Found, ctx: Context) -> Reading | None:
    from extract.normalize.dates.read_amounts import duration_value

    end = (
        found.start
        + re.search(r"\s+(?:later|afterwards?|after that)$", ctx.text[found.start : found.end], re.IGNORECASE).start()
    )  # type: ignore[union-attr]
    return Reading("DURATION", duration_value(found["num"], found["unit"]), "none", end=end)


def _shift(found: Found, ctx: Context, unit: str, forward: bool, ago: bool) -> Reading | None:
    count = numbers.parse(found["num"]) if found["num"] else None
    letter, size = UNITS.get(unit, UNITS.get(unit + "s", ("D", 1)))
    base, anchor = ctx.deictic() if ago else (ctx.named(found.start), "text")
    vague_base = base is None or (base.day is None and letter in ("D", "W"))
    if vague_base and not ago and ctx.created is not None and not forward and not ctx.narrative:
        base, anchor = ctx.deictic()
    if count is None:
        return _vague_shift(letter, forward, ago, ctx)
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
    if "X" not in value and (point := point_of(value)) and not ago:
        ctx.name(point, found.start)
    return Reading("DATE", value, anchor, start=start)


def _vague_shift(letter: str, forward: bool, ago: bool, ctx: Context) -> Reading:
    if letter.startswith("T"):
        return Reading("DATE", "FUTURE_REF" if forward else "PAST_REF", "none")
    return Reading("DATE", "FUTURE_REF" if forward else "PAST_REF", "none")


def read_vague_ago(found: Found, ctx: Context) -> Reading | None:
    """ "years ago", "days later": no count, so no date."""
    tail, unit = found["tail"].lower(), found["unit"].lower()
    if tail.startswith(("later", "after")) and not ctx.narrative and not ctx.later_inside:
        from extract.normalize.dates.read_amounts import duration_value

        return Reading("DURATION", duration_value("", unit), "none", end=found.start + len(unit))
    return Reading("DATE", "PAST_REF" if tail in ("ago", "earlier", "before") else "FUTURE_REF", "none")


def read_day_before(found: Found, ctx: Context) -> Reading | None:
    """ "the day before", "the year after": from the date that the text named last."""
    unit, step = found["unit"].lower(), 1 if found["tail"].lower() == "after" else -1
    base = ctx.named(found.start)
    if unit == "year" and step < 0 and not ctx.narrative:
        return read_year_ago(Found(found.rule, "year_ago", found.start, found.end), ctx)
    if unit == "night":
        day = base.date() if base else None
        return _date(arithmetic.add_days(day, step) if day else None, found, ctx, "text", "night")
    if unit == "day" and base is not None and base.day is None and not ctx.narrative:
        base = None
    return Reading("DATE", shifted(base, _LETTERS[unit], step), "text" if base else "none")


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
            f"{year_value(add_years(base.year, -1))}-Q{numbers.ordinal(found['q'])}",
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
        quarter = f"{quarter[:4]}-Q{numbers.ordinal(found['q'])}"
    anchor = "text" if ctx.period else "document" if base else "none"
    if found["year"]:
        same = ctx.period if ctx.period and "-Q" in ctx.period else quarter
        return Reading("DATE", found["year"] + same[4:], "explicit")
    if which in ("prior", "previous") and quarter[-1].isdigit():
        index = int(quarter[:4]) * 4 + int(quarter[-1]) - 2
        quarter = f"{index // 4:04d}-Q{index % 4 + 1}"
    elif which in ("comparable", "corresponding", "like", "similar") and quarter[-1].isdigit():
        quarter = f"{int(quarter[:4]) - 1:04d}{quarter[4:]}"
    return Reading("DATE", quarter, anchor if "X" not in quarter else "none")


_LETTERS = {"day": "D", "week": "W", "weekend": "W", "month": "M", "quarter": "Q", "year": "Y", "fortnight": "W"}


def read_unit_ref(found: Found, ctx: Context) -> Reading | None:
    """ "last year", "this week", "the next day", "the end of the month", "later in the year", "year-end"."""
    unit, which = found["unit"].lower(), found["which"].lower()
    if unit == "day" and which in (
        "this",
        "the same",
        "this same",
        "last",
        "next",
        "the current",
        "the latest",
        "the coming",
    ):
        if not ctx.narrative or which in ("last", "next", "the coming", "the latest"):
            return None
    if which in ("the same", "that same") and not ctx.narrative:
        return None
    if found.rule == "edge_of_unit" and unit == "day" and re.match(r"\s*,", ctx.text[found.end : found.end + 2]):
        return None  # "at the end of the day, …" is a manner of speaking
    step = -1 if which in BACK else 1 if which in AHEAD else 0
    textual = which in TEXTUAL
    if (
        which in ("the next", "the coming")
        and unit != "day"
        and _DURATION_LEFT.search(ctx.text[: found.start][-10:])
        and not found["edge"]
        and not found["shade"]
    ):
        return _coming(found, ctx, unit)
    base, anchor = (ctx.named(found.start), "text") if textual or (ctx.narrative and not which) else ctx.deictic()
    if base is None and textual and which in ("the previous", "the prior", "the preceding") and unit != "day":
        base, anchor = ctx.deictic()
    if (
        textual
        and step
        and unit in ("quarter", "month", "year")
        and ctx.period
        and base is not None
        and _matches(ctx.period, unit)
    ):
        base = point_of(ctx.period) if unit != "quarter" else Point(int(ctx.period[:4]), 3 * int(ctx.period[-1]) - 1)
    if unit in ("decade", "century"):
        return _decade_ref(base, step, unit, anchor)
    value = shifted(base, _LETTERS[unit], step)
    if unit == "weekend":
        value = _weekend(base, step) if base and base.date() else "XXXX-WXX-WE"
    if "X" in value:
        return Reading("DATE", value, "none" if base is None else anchor)
    if (
        (textual or which in ("last", "next") or ctx.narrative)
        and (point := point_of(value))
        and unit in ("day", "year", "month")
    ):
        if (ctx.narrative and step >= 0) or unit == "day":
            ctx.name(point, found.start)
    if unit in ("year", "quarter", "month"):
        ctx.period = value
    return Reading("DATE", value, anchor)


def _matches(period: str, unit: str) -> bool:
    shape = {"quarter": r"\d{4}-Q\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}[unit]
    return re.fullmatch(shape, period) is not None


def _coming(found: Found, ctx: Context, unit: str) -> Reading:
    from extract.normalize.dates.read_amounts import anchored

    return anchored(
        found,
        ctx,
        {"weekend": "P2D", "quarter": "P3M", "decade": "P10Y", "century": "P100Y"}.get(
            unit, f"P1{_LETTERS.get(unit, 'Y')}"
        ),
        1,
    )


def _decade_ref(base: Point | None, step: int, unit: str, anchor: str) -> Reading:
    if base is None or base.year < 1:
        return (
            Reading("DATE", "XXX" if unit == "decade" and False else "XX", "none")
            if base is None
            else Reading("DATE", "XX", "none")
        )
    if unit == "decade":
        return Reading("DATE", f"{base.year // 10 + step:03d}", anchor)
    return Reading("DATE", f"{base.year // 100 + step:02d}", anchor)


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
    from extract.normalize.dates.read_calendar import read_month

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
        letter = _LETTERS.get(found["of"].lower(), "Y")
        base = point_of(shifted(base, letter, step)) if base else None
    return Reading("DATE", _nth_value(base, unit, nth), anchor if base else "none")


def _nth_value(base: Point | None, unit: str, nth: int | None) -> str:
    if base is None or base.year < 1:
        return shifted(None, _LETTERS[unit], 0)
    last = nth is None
    if unit == "month" and base.month is None:
        return f"{base.year:04d}-{12 if last else nth:02d}"
    month = base.month or (12 if last else 1)
    length = arithmetic.month_length(base.year, month)
    if unit == "day":
        return f"{base.year:04d}-{month:02d}-{length if last else nth:02d}"
    day = arithmetic.make(base.year, month, length if last else min(7 * (nth or 1) - 3, length))
    return (day_value(day, "W") if day else "XXXX-WXX") + ("-WE" if unit == "weekend" else "")


def read_the_unit(found: Found, ctx: Context) -> Reading | None:
    """ "the quarter" (the one reported), "the year", "the week": of the text's topic or the document's date."""
    unit = found["unit"].lower()
    base, anchor = (ctx.ref.point, "text") if ctx.narrative and ctx.ref else ctx.deictic()
    if unit == "year" and re.search(r"\bfor\s+$", ctx.text[: found.start][-6:], re.IGNORECASE):
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
        return Reading("DATE", _latest_weekend(base), anchor if base else "none")
    if unit == "decade":
        return _decade_ref(base, 0, unit, anchor)
    return Reading("DATE", shifted(base, _LETTERS[unit], 0), anchor if base else "none")


def _latest_weekend(base: Point | None) -> str:
    day = base.date() if base else None
    if day is None:
        return "XXXX-WXX-WE"
    return _weekend(base, 0 if day.isoweekday() >= 5 else -1)
