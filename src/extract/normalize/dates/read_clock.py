"""Readers of parts of the day and of clock times: "this morning", "the evening", "5 p.m. EST", "noon", "1430 hours"."""

from __future__ import annotations

import re

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import Context, Reading
from extract.normalize.dates.offsets import AHEAD, BACK, TEXTUAL, dated, timed
from extract.normalize.dates.read_calendar import read_month_day
from extract.normalize.dates.read_relative import read_weekday
from extract.normalize.dates.scan import Found
from extract.normalize.dates.tense import SENTENCE_BREAK, looks_ahead

# "worked through the night": the one that has just ended.
_THROUGH = re.compile(r"\b(?:through|throughout|during|into|in)\s$")
_LATE = re.compile(r"(?:afternoon|evening|night)$", re.IGNORECASE)
# "2:15–3:20 p.m.": the half of the day stands after the second time.
_UNTIL_NOON = re.compile(
    r"\s?(?:[-‐‑–—]|to|until)\s?(?P<hour>1[0-2]|[1-9])(?:[:.][0-5]\d)?\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE
)


def read_part(found: Found, ctx: Context) -> Reading | None:
    """ "this morning", "last night", "the next afternoon", "the evening", "at night"."""
    part, which = found["part"] or "night", found["which"].lower()
    if not which:
        return _bare_part(found, ctx, part)
    base, anchor = ctx.deictic()
    if which in TEXTUAL:
        named = ctx.named(found.start)
        if named is not None or ctx.narrative or which in BACK or which in AHEAD:
            base, anchor = named, "text"
    day = base.date() if base else None
    step = -1 if which in BACK else 1 if which in AHEAD else 0
    return dated(arithmetic.add_days(day, step) if day else None, found, ctx, anchor, part)


def _bare_part(found: Found, ctx: Context, part: str) -> Reading | None:
    if found.rule in ("at_night", "middle_of_night"):
        return timed("XXXX-XX-XX", part, "none")
    base, anchor = ctx.named(found.start), "text"
    if base is None or base.day is None:
        base, anchor = ctx.deictic()
    day = base.date() if base else None
    through = part == "night" and _THROUGH.search(ctx.text, max(0, found.start - 12), found.start)
    night = part == "overnight" or through
    if day and night and anchor == ctx.source and not looks_ahead(ctx.text, found.start, found.end):
        day = arithmetic.add_days(day, -1)
    return timed(day.isoformat() if day else "XXXX-XX-XX", part, anchor if day else "none")


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
    return dated(arithmetic.add_days(day, step) if day else None, found, ctx, anchor, found["part"])


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
    hour = int(found["h24"])
    after_noon = _LATE.search(ctx.text[found.start : found.end]) is not None
    until = _UNTIL_NOON.match(ctx.text, found.end)
    if until and 1 <= hour <= int(until["hour"]) <= 12 and int(until["hour"]) % 12 >= hour % 12:
        after_noon = after_noon or until["half"].lower() == "p"
    hour += 12 if after_noon and hour < 12 else 0
    return _clock(found, ctx, f"T{hour:02d}:{found['mi24']}{seconds}")


_NAMED_HOURS = {"midnight": 24, "noon": 12, "midday": 12}


def read_clock_words(found: Found, ctx: Context) -> Reading | None:
    """ "four o'clock this morning", "11:35 in the morning", "half past two p.m.", "ten minutes to eleven"."""
    phrase = ctx.text[found.start : found.end].lower()
    hour = numbers.parse(found["hw"])
    clock = _NAMED_HOURS.get(found["hw"].lower()) or (int(hour) if hour is not None and hour.denominator == 1 else 25)
    part = (found["part"] or found["thispart"]).lower()
    if clock > 24 or not (part or found["past"] or "clock" in phrase):
        return None
    if part in ("afternoon", "evening") or (part == "night" and clock >= 6) or phrase.endswith("at night"):
        clock += 12 if clock < 12 else 0
    elif found["ap"]:
        clock = clock % 12 + (12 if found["ap"][0] in "pP" else 0)
    if not found["past"]:
        return _clock(found, ctx, f"T{clock:02d}:{found['mi'] or '00'}")
    minutes = _minutes(found["past"].lower())
    if minutes is None:
        return None
    before = found["to"].lower() in ("to", "before", "of")
    total = (60 * clock + (-minutes if before else minutes)) % (24 * 60)
    if clock == 1 and before:
        total += 12 * 60 if total < 60 and not found["ap"] else 0  # "ten minutes to one"
    return _clock(found, ctx, f"T{total // 60:02d}:{total % 60:02d}")


def _minutes(words: str) -> int | None:
    """ "half", "a quarter", "ten minutes", "twenty-five" → how many; ``None`` for an hour and more."""
    if words.endswith(("half", "quarter")):
        return 30 if words.endswith("half") else 15
    count = numbers.parse(words.removesuffix("minutes").strip())
    return int(count) if count is not None and count.denominator == 1 and count < 60 else None


def read_military(found: Found, ctx: Context) -> Reading | None:
    """ "1430 hours", "0600 GMT", and the time stamps of the Congressional Record."""
    return _clock(found, ctx, f"T{found['h24']}:{found['mi24']}")


def _clock(found: Found, ctx: Context, clock: str) -> Reading | None:
    value, anchor = _day_of_clock(found, ctx)
    return Reading("TIME", value + clock, anchor)


def _day_of_clock(found: Found, ctx: Context) -> tuple[str, str]:
    if found["month"]:
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
        and SENTENCE_BREAK.search(ctx.text, ctx.last_day[0], found.start) is None
    ):
        return ctx.last_day[1], "text" if ctx.last_day[2] != "none" else "none"
    day = base.date() if base else None
    step = -1 if re.search(r"yesterday|last night", phrase) else 1 if "tomorrow" in phrase else 0
    day = arithmetic.add_days(day, step) if day else None
    return (day.isoformat(), anchor) if day else ("XXXX-XX-XX", "none")
