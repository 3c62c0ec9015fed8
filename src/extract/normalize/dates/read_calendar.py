"""Readers of calendar expressions: days, months, years, decades, centuries, quarters, fiscal years, seasons."""

from __future__ import annotations

import re

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import Context, Point, Reading, add_years, year_value
from extract.normalize.dates.fragments import compile_rule
from extract.normalize.dates.scan import Found, groups_of
from extract.normalize.dates.tense import looks_ahead
from extract.normalize.dates.words import ERAS, MONARCHS, MONTHS, PARTS, SPELLED_DECADES, WEEKDAYS, listed, sign

RANGE_CHARACTERS = 24
LAST_YEAR = 2100  # "June to July 2190 5956": the first figure of a table
LONGEST_REIGN = 71  # years, Elizabeth II's

_SHARED_YEAR = compile_rule(
    r"~?(?:[=]|to|and|through|until|or|from|,)~?(?:(?:early|late|mid)[ =])?(?:the )?(?:\d{1,2}(?:st|nd|rd|"
    r"th)?~(?:of~)?)?{month}(?:~\d{1,2}(?:st|nd|rd|th)?)?(?:,? of ?|,? ){year}"
)
_MODIFIED = re.compile(
    r"\s+(?!(?:of|in|to|from|and|was|were|will|would|is|are|has|had|have|ended|ending|ends|as|by|on|at|than|for|after|"
    r"before|but|or|that|which|when|with|compared|against|because|while|despite|amid|the|a|an|its|their|it|he|"
    r"she|they|we|"
    r"until|since|during|through|over|alone|also|this|last|next|if|where|who|not|due|up|down|begins|may|could|about|"
    rf"into|under|following|including|versus|vs|[a-z]{{3,}}ed|{'|'.join(sorted(listed('past')))})\b)[a-z]"
)
_PREPOSITION = sign(r"\b(?:{preposition})\s+$", re.IGNORECASE)
DIRECTION = {
    "last": -1,
    "this past": -1,
    "the past": -1,
    "the previous": -1,
    "past": -1,
    "next": 1,
    "the next": 1,
    "this coming": 1,
    "the following": 1,
    "following": 1,
    "previous": -1,
}


def heads(text: str, end: int) -> bool:
    """Whether a time phrase ends here, rather than going on with a noun that it describes
    ("the third quarter profit")."""
    return _MODIFIED.match(text, end) is None and not re.match(r"[-‐–]\w", text[end : end + 2])


def approximator_start(found: Found, ctx: Context) -> int:
    """Where a duration begins: "over" is inside after a preposition ("for over an hour"), else outside.

    "only" and "just" are inside in a narrative alone; the article before "month-long" is the article of what follows.
    """
    phrase = ctx.text[found.start : found.end]
    long_word = re.match(r"(an?\s+)\w+[-‐–](?:and[-‐–]a[-‐–]half[-‐–\s])?long$", phrase, re.IGNORECASE)
    if long_word:
        return found.start + long_word.end(1)
    lead = re.match(r"(over|under|only|just|barely|a mere)\s+(?!over|under|about)", phrase, re.IGNORECASE)
    if not lead or not found["approx"] or ctx.narrative:
        return found.start
    before = ctx.text[max(0, found.start - 12) : found.start]
    inside = lead.group(1).lower() in ("over", "under") and _PREPOSITION.search(before)
    return found.start if inside else found.start + lead.end()


def given_year(found: Found, ctx: Context) -> int | None:
    """The year that an expression states itself: in four digits, two digits, or before Christ."""
    for name in ("year", "y4", "y5", "shared_year"):
        if found[name]:
            return -int(found[name]) if found["bc"] else int(found[name])
    return ctx.century_year(int(found["yy"])) if found["yy"] else None


def referred_year(found: Found, ctx: Context) -> tuple[int | None, str]:
    """The year that "last year", "that year" … in an expression means, with its anchor."""
    words = (found["yref"] or found["poss"]).lower().removesuffix(" year").strip()
    base, anchor = ctx.deictic()
    if words in ("that", "the same", "the following", "the next", "the previous", "the"):
        named = ctx.that_year(found.start) if words == "that" else ctx.named(found.start)
        base, anchor = (named, "text") if named else (base, anchor)
    if base is None:
        return None, "none"
    step = 1 if "next" in words or "following" in words else -1 if words in ("last", "the previous") else 0
    return add_years(base.year, step), anchor


def _clock_suffix(found: Found) -> str:
    if found["ap"]:
        hour = int(found["h"]) % 12 + (12 if found["ap"].lower().startswith("p") else 0)
        return f"T{hour:02d}:{found['mi'] or '00'}"
    if found["h24"]:
        return f"T{int(found['h24']):02d}:{found['mi24']}" + (f":{found['s24']}" if found["s24"] else "")
    return ""


def day(found: Found, ctx: Context, year: int | None, month: int, number: int, anchor: str) -> Reading | None:
    """A DATE, or a TIME where a clock or a part of the day belongs to it; X for an unknown year."""
    if year is not None and arithmetic.make(abs(year) if year > 0 else 4, month, number) is None:
        return Reading("DATE", f"{year_value(year)}-XX-XX", "none") if number > 31 else None
    value = f"XXXX-{month:02d}-{number:02d}" if year is None else str(Point(year, month, number))
    if year is not None:
        ctx.name(Point(year, month, number), found.start, explicit=anchor in ("explicit", "text"))
    suffix = _clock_suffix(found)
    part = found["part"].lower().split(" ")[0]
    if suffix or part:
        return Reading("TIME", value + (suffix or "T" + PARTS.get(part, "MO")), anchor)
    return Reading("DATE", value, anchor)


def read_month_day(found: Found, ctx: Context) -> Reading | None:
    """ "February 12, 1994", "12 Feb", "the eleventh of March": the year stated, shared with a later date, or near."""
    month = MONTHS[found["month"].lower()]
    number = int(found["day"]) if found["day"] else numbers.ordinal(found["dayword"])
    if number is None or not 1 <= number <= 31 or number > arithmetic.month_length(2000, month):
        return None
    year, anchor = given_year(found, ctx), "explicit"
    if year is None and found["yref"]:
        year, anchor = referred_year(found, ctx)
    elif year is None and found["which"]:
        year, anchor = _relative_month(month, found["which"].lower(), ctx, found.start)
    elif year is None:
        year = _shared_year(found, ctx, month)
        if year is None:
            year, anchor = ctx.year_of_day(month, number, found.start, found.end)
            year = _year_of_weekday(found, year, month, number)
    if found["wd"]:
        ctx.by_weekday = found.start
    return day(found, ctx, year, month, number, anchor)


def _year_of_weekday(found: Found, year: int | None, month: int, number: int) -> int | None:
    """The year, or the one beside it in which the day is the weekday that stands before it ("Wednesday 22 April")."""
    weekday = WEEKDAYS.get(found["wd"].lower())
    if year is None or weekday is None or year < 1:
        return year
    days = ((near, arithmetic.make(near, month, number)) for near in (year, year + 1, year - 1))
    return next((near for near, at in days if at and at.isoweekday() == weekday), year)


def _shared_year(found: Found, ctx: Context, month: int) -> int | None:
    """The year of "July 1 to Aug. 15, 1989" for the first of the two, one less where the second lies in the
    next year."""
    match = _SHARED_YEAR.match(ctx.text, found.end)
    if match is None:
        return None
    shared = groups_of(match)
    if int(shared["year"]) > LAST_YEAR:
        return None
    return int(shared["year"]) - (1 if month > MONTHS[shared["month"].lower()] else 0)


def read_range_day(found: Found, ctx: Context) -> Reading | None:
    """The first day of "6-15 October 1952": month and year stand after the last one."""
    if int(found["day"]) >= int(found["to"]):
        return None
    tail = re.search(r"\b[12]\d{3}\b", ctx.text[found.end : found.end + 40].split("\n\n")[0])
    month = MONTHS[found["month"].lower()]
    if tail and re.search(re.escape(found["month"]) + r"\.?,?\s{1,3}$", ctx.text[found.end : found.end + tail.start()]):
        return day(found, ctx, int(tail.group()), month, int(found["day"]), "explicit")
    year, anchor = ctx.year_of_day(month, int(found["day"]), found.start, found.end)
    return day(found, ctx, year, month, int(found["day"]), anchor)


def read_stamp(found: Found, ctx: Context) -> Reading | None:
    """``1994-02-12`` and ``1994-02-12 18:45:10-04:00``; the zone is dropped."""
    return day(found, ctx, int(found["year"]), int(found["mm"]), int(found["day"]), "explicit")


def read_slash(found: Found, ctx: Context) -> Reading | None:
    """``4/12/94``: month first, unless it cannot be or the document writes the day first."""
    a, b = int(found["a"]), int(found["b"])
    year = int(found["c"]) if len(found["c"]) == 4 else ctx.century_year(int(found["c"]))
    day_first = b <= 12 and (a > 12 or ctx.day_first or found["sep"] == ".")
    return day(found, ctx, year, b if day_first else a, a if day_first else b, "explicit")


def read_telegram_group(found: Found, ctx: Context) -> Reading | None:
    """ "121430Z FEB 94": day, hour and minute, zone, month, year."""
    if not found["month"]:
        return _day_of_month(found, ctx)
    month = MONTHS[found["month"].lower()]
    year, anchor = given_year(found, ctx), "explicit"
    if year is None:
        year, anchor = ctx.year_of_day(month, int(found["day"]), found.start, found.end)
    return day(found, ctx, year, month, int(found["day"]), anchor)


def read_letter_day(found: Found, ctx: Context) -> Reading | None:
    """ "the 28th ult.", "3rd inst.", "the 12th proximo": of the last, this and the next month of a letter."""
    base, anchor = ctx.deictic()
    if base is None or base.month is None:
        return Reading("DATE", f"XXXX-XX-{int(found['day']):02d}", "none")
    step = {"u": -1, "i": 0, "p": 1}[found["letter"][0].lower()]
    return day(found, ctx, *_month_beside(base, step), int(found["day"]), anchor)


def _month_beside(base: Point, step: int) -> tuple[int, int]:
    """Year and month that lie ``step`` months after a point with a month."""
    year, index = divmod(base.year * 12 + (base.month or 1) - 1 + step, 12)
    return year, index + 1


def _day_of_month(found: Found, ctx: Context) -> Reading | None:
    number = int(found["day"])
    base, anchor = ctx.deictic()
    named = ctx.ref.point if ctx.ref and ctx.ref.explicit and ctx.ref.point.month else None
    local = ctx.local(found.start)
    if local is not None and local.month:
        base, anchor = local, "text"
    elif ctx.narrative and named is not None:
        base, anchor = named, "text"
    if words := found["of"].lower():
        base, anchor = (ctx.named(found.start), "text") if words in ("that", "the same") else ctx.deictic()
        step = {"last": -1, "next": 1}.get(words, 0)
        if base is not None and base.month is not None:
            return day(found, ctx, *_month_beside(base, step), number, anchor)
    if base is None or base.month is None:
        return day(found, ctx, None, 1, number, "none") and Reading("DATE", f"XXXX-XX-{number:02d}", "none")
    year, month = base.year, base.month
    if anchor == "document" and ctx.created is not None:
        ahead = looks_ahead(ctx.text, found.start, found.end)
        step = (1 if ahead and number < ctx.created.day else 0) - (
            1 if not ahead and number > ctx.created.day + 1 else 0
        )
        steps = (step, 0, 1, -1) if found["wd"] else (step,)
        months = [_month_beside(base, by) for by in steps]
        weekday = WEEKDAYS.get(found["wd"].lower())
        fitting = (m for m in months if (at := arithmetic.make(*m, number)) and at.isoweekday() == weekday)
        year, month = next(fitting, months[0])
    return day(found, ctx, year, month, number, anchor)


def read_ordinal_day(found: Found, ctx: Context) -> Reading | None:
    """ "the 11th": of the document's month, or the month before where the day lies ahead of it in a clause of
    the past."""
    left = ctx.text[max(0, found.start - 12) : found.start].lower()
    if found["wd"] or found["of"]:
        return _day_of_month(found, ctx)
    if not re.search(r"\b(?:on|by|until|of|and|to|before|since|after|from|through)\s+$", left) or re.match(
        r"\s+(?:\w+\s)?(?:century|anniversary|congress|session|meeting|round|day|birthday|floor|division|army|"
        r"district|parallel|"
        r"amendment|street|hole|place|time|game|year|month|week|and last|in|of|largest|most)\b|\s+[A-Z]",
        ctx.text[found.end : found.end + 24],
    ):
        return None
    return _day_of_month(found, ctx)


def read_month(found: Found, ctx: Context) -> Reading | None:
    """ "February 1994", "early June", "last March", "April of that year", "January '94"."""
    month = MONTHS[found["month"].lower()]
    which = found["which"].lower()
    if which in ("each", "every"):
        return Reading("SET", f"XXXX-{month:02d}", "none")
    year, anchor = given_year(found, ctx), "explicit"
    if year is None and found["yref"]:
        year, anchor = referred_year(found, ctx)
    elif year is None and which:
        year, anchor = _relative_month(month, which, ctx, found.start)
    elif year is None:
        year = _shared_year(found, ctx, month)
        if year is None and (first := _range_start(found, ctx)) is not None:
            year, anchor = first.year + (month < (first.month or 1)), "text"
        elif year is None:
            year, anchor = ctx.year_of_month(month, found.start, looks_ahead(ctx.text, found.start, found.end))
    if year is None:
        return Reading("DATE", f"XXXX-{month:02d}", "none")
    left = ctx.text[max(0, found.start - 20) : found.start]
    measure = anchor == "explicit" and not ctx.narrative and ctx.created and _MEASURED_BY.search(left)
    if measure:
        return Reading("DATE", str(Point(year, month)), anchor)
    if ctx.narrative or not re.search(r"\bsince\s+$", left):
        ctx.name(Point(year, month), found.start, explicit=anchor == "explicit")
    if anchor == "explicit":
        ctx.label(f"{month:02d}", year)
    ctx.period = str(Point(year, month))
    return Reading("DATE", ctx.period, anchor)


# "8 percent above March 1988": a month that others are measured by is no point that the text has reached.
_MEASURED_BY = sign(r"\b(?:{measured_by})\s+(?:in\s+)?$", re.IGNORECASE)
_RANGE_LEFT = compile_rule(r"{anymonth}(?:,? \d{4})?(?:[=]|~to~|~through~|~until~)$")


def _range_start(found: Found, ctx: Context) -> Point | None:
    """The month that the range begins with which this one ends ("1946, January–*June*")."""
    near = not ctx.narrative and ctx.ref and 0 < found.start - ctx.ref.pos <= RANGE_CHARACTERS
    named = ctx.ref.point if ctx.ref and near else None
    left = ctx.text[max(0, found.start - RANGE_CHARACTERS) : found.start]
    return named if named and named.month and named.year > 0 and _RANGE_LEFT.search(left) else None


def _relative_month(month: int, which: str, ctx: Context, pos: int) -> tuple[int | None, str]:
    base, anchor = ctx.deictic()
    if which.startswith("the "):
        base, anchor = (ctx.named(pos), "text") if ctx.named(pos) else (base, anchor)
    if base is None:
        return None, "none"
    direction = DIRECTION.get(which, 0)
    if which.startswith("the ") and base.month is None:  # "In 1866 …. The following July"
        return add_years(base.year, direction) if direction else base.year, anchor
    at = base.month or 6
    if direction < 0:
        return base.year if month < at else add_years(base.year, -1), anchor
    if direction > 0:
        return base.year if month > at else add_years(base.year, 1), anchor
    return base.year, anchor


def read_year(found: Found, ctx: Context) -> Reading | None:
    """ "1994", "the end of 1996", "490 BC", "mid-1916", "'94"."""
    year = given_year(found, ctx)
    if not year:
        return None
    start, end = found.start, found.end
    if (
        found.rule == "year"
        and re.match(r"(?:about|around|circa|approximately)\s", ctx.text[start:end], re.IGNORECASE)
        and not ctx.narrative
    ):
        start += len(re.match(r"\S+\s+", ctx.text[start:end]).group())  # type: ignore[union-attr]
    if not _only_describes(found, ctx):
        ctx.name(Point(year), start, explicit=True)
    ctx.period = year_value(year)
    return Reading("DATE", year_value(year), "explicit", start=start)


def _only_describes(found: Found, ctx: Context) -> bool:
    """Whether a year is no point that a story has reached.

    It names a thing ("the 1926 treaty") or a source ("(Roe, 2001)"), or reaches back ("since 1926").
    """
    left = ctx.text[max(0, found.start - 30) : found.start]
    if re.search(r"\bsince\s+$", left) or re.search(r"\([^()\n]{0,28}[A-Z][\w.&' ]*,\s$", left):
        return True
    return bool(re.search(r"\b(?:the|a|an|its|their|his|her)\s+$", left)) and not heads(ctx.text, found.end)


def read_decade(found: Found, ctx: Context) -> Reading | None:
    """ "the 1980s" → 198, "the '80s", "the eighties", "the 470s BC" → BC047."""
    if found["sdec"]:
        return _decade(found, ctx, ctx.century_year(10 * SPELLED_DECADES[found["sdec"].lower()]))
    digits = found["dec"]
    if found["bc"]:
        ctx.name(Point(-int(digits)), found.start, explicit=True)
        return Reading("DATE", f"BC{int(digits):04d}"[:-1], "explicit")
    if len(digits) == 2:
        return _decade(found, ctx, ctx.century_year(int(digits)))
    return _decade(found, ctx, int(digits))


def _decade(found: Found, ctx: Context, year: int) -> Reading:
    if not 1000 <= year <= 2999:
        return Reading("DATE", "XXX", "none")
    if ctx.narrative:
        ctx.name(Point(year), found.start, explicit=True)
    return Reading("DATE", f"{year // 10:03d}", "explicit")


def read_century(found: Found, ctx: Context) -> Reading | None:
    """ "the 20th century" → 19 (the hundred years 1900–1999); before Christ ``BC03`` for the fourth century."""
    number = numbers.ordinal(found["cent"])
    if number is None or not 1 <= number <= 30:
        return None
    start = found.start
    determiner = re.match(r"the\s+", ctx.text[start : found.end], re.IGNORECASE)
    if determiner and not found["edge"] and not heads(ctx.text, found.end):
        start += determiner.end()
    return Reading("DATE", f"{'BC' if found['bc'] else ''}{number - 1:02d}", "explicit", start=start)


def read_regnal(found: Found, ctx: Context) -> Reading | None:
    """ "the third year of the reign of George III", "the 12th of Charles II": the year in which that year began."""
    number = numbers.ordinal(found["nth"])
    if number is None or not 1 <= number <= LONGEST_REIGN:
        return None
    first = MONARCHS.get(found["reign"]) or ERAS[found["reign"]]
    ctx.name(Point(first + number - 1), found.start, explicit=True)
    return Reading("DATE", year_value(first + number - 1), "explicit")


def read_turn(found: Found, ctx: Context) -> Reading | None:
    """ "the turn of the century": which one only the reader knows."""
    return Reading("DATE", "XX", "none")


def without_determiner(found: Found, ctx: Context) -> int:
    phrase = ctx.text[found.start : found.end]
    determiner = re.match(r"the\s+", phrase, re.IGNORECASE)
    if (
        determiner
        and not re.search(r"\b(?:of|in) [12]\d{3}$", phrase)
        and (
            re.match(r"\s[A-Z][a-z]", ctx.text[found.end : found.end + 3])
            or re.search(r"(?:first|second|third|fourth)[-‐–]", phrase)
            or not heads(ctx.text, found.end)
        )
    ):
        return found.start + determiner.end()
    return found.start


def read_month_number(found: Found, ctx: Context) -> Reading | None:
    """ "03/2015": month and year."""
    point = Point(int(found["year"]), int(found["mm"]))
    ctx.name(point, found.start, explicit=True)
    ctx.period = str(point)
    return Reading("DATE", ctx.period, "explicit")
