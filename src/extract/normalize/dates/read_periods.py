"""Readers of the parts of a year, and of years that begin in another month: fiscal years, quarters, halves,
seasons, feasts."""

from __future__ import annotations

from extract.normalize.dates import arithmetic, numbers
from extract.normalize.dates.anchor import Context, Point, Reading, add_years, nearest_to, year_value
from extract.normalize.dates.offsets import TEXTUAL
from extract.normalize.dates.read_calendar import DIRECTION, given_year, referred_year, without_determiner
from extract.normalize.dates.scan import Found
from extract.normalize.dates.tense import looks_ahead
from extract.normalize.dates.value import bounds
from extract.normalize.dates.words import HOLIDAYS, MONTHS, SEASONS


def read_fiscal(found: Found, ctx: Context) -> Reading | None:
    """ "FY1993", "fiscal 1993", "JFY 1994", "marketing year 1996/97": the label, unshifted, as the source counts.

    Only the Japanese fiscal year says by its name when it begins (1 April): its bounds are shifted, no other's.
    """
    year = given_year(found, ctx)
    if year is None:
        return None
    ctx.period = f"{year:04d}"
    ctx.name(Point(year), found.start, explicit=True)
    if found["to"]:
        return Reading("DATE", two_years(year), "explicit")
    if found["fy"].upper().startswith("J") or found["jp"]:
        return Reading("DATE", f"{year:04d}", "explicit", bounds=(f"{year:04d}-04-01", f"{year + 1:04d}-03-31"))
    return Reading("DATE", f"{year:04d}", "explicit")


def two_years(first: int) -> str:
    """The value of a year that begins in one and ends in the next."""
    return f"{first:04d}/{first + 1:04d}"


def read_split_year(found: Found, ctx: Context) -> Reading | None:
    """ "1957/58", "in 20/21": a year that begins in one and ends in the next."""
    year = given_year(found, ctx)
    if year is None or year < 1:
        return None
    ctx.period = f"{year:04d}"
    ctx.name(Point(year), found.start, explicit=True)
    return Reading("DATE", two_years(year), "explicit", start=without_determiner(found, ctx))


def quarter_number(found: Found) -> int:
    """Which quarter an expression names, 1 to 4."""
    digits = found["q"] or found["qq"]
    if digits.lower() in ("final", "last"):
        return 4
    return int(digits) if digits.isdigit() else numbers.ordinal(digits) or 1


def read_quarter(found: Found, ctx: Context) -> Reading | None:
    """ "the third quarter of 1989", "third-quarter", "Q3 1993", "last year's fourth quarter"."""
    number = quarter_number(found)
    year, anchor = given_year(found, ctx), "explicit"
    if year is None and (found["yref"] or found["poss"]):
        year, anchor = referred_year(found, ctx)
    elif year is None:
        year, anchor = _quarter_year(found, ctx, number)
    if year is not None and found["ago"]:
        year -= 1
    value = f"{year_value(year)}-Q{number}" if year is not None else f"XXXX-Q{number}"
    if year is not None:
        ctx.period = value
        ctx.name(Point(year, 3 * number - 1), found.start)
        if anchor == "explicit":
            ctx.label(f"Q{number}", year)
    return Reading("DATE", value, anchor, start=without_determiner(found, ctx))


def read_month_quarter(found: Found, ctx: Context) -> Reading | None:
    """ "the June quarter": the quarter that ends with a month, the last one that has ended unless the year is "
    r"stated."""
    month = MONTHS[found["month"].lower()]
    year, anchor = given_year(found, ctx), "explicit"
    if year is None:
        year, anchor = ctx.year_of_month(month, found.start, looks_ahead(ctx.text, found.start, found.end))
    value = f"{year_value(year) if year is not None else 'XXXX'}-Q{(month + 2) // 3}"
    if year is not None:
        ctx.period = value
    return Reading("DATE", value, anchor if year is not None else "none", start=without_determiner(found, ctx))


def _quarter_year(found: Found, ctx: Context, number: int) -> tuple[int | None, str]:
    base, anchor = ctx.deictic()
    if ctx.narrative and base is not None:
        return base.year, anchor
    if ctx.created is None or base is None:
        return ctx.year_of_part(f"Q{number}", found.start)
    current, ahead = arithmetic.quarter_of(ctx.created), looks_ahead(ctx.text, found.start, found.end)
    if number > current and not (ahead or (number - current == 1 and ctx.created.month % 3 == 0)):
        return base.year - 1, anchor
    if number < current and ahead and current - number >= 2:
        return base.year + 1, anchor
    return base.year, anchor


def read_half(found: Found, ctx: Context) -> Reading | None:
    """ "the first half of 1989", "H1 1990", "this year's second half"."""
    number = {"first": 1, "1": 1}.get(found["half"].lower(), 2)
    year, anchor = given_year(found, ctx), "explicit"
    if year is None:
        if found["yref"] or found["poss"]:
            year, anchor = referred_year(found, ctx)
        else:
            base, anchor = ctx.deictic()
            year = base.year if base else None
            if base is None:
                year, anchor = ctx.year_of_part(f"H{number}", found.start)
    if year is not None:
        ctx.period = year_value(year)
        if anchor == "explicit":
            ctx.name(Point(year), found.start, explicit=True)
    return Reading(
        "DATE", f"{year_value(year) if year else 'XXXX'}-H{number}", anchor, start=without_determiner(found, ctx)
    )


def read_season(found: Found, ctx: Context) -> Reading | None:
    """ "the summer of 1993", "last winter", "spring": the season of the year stated, or of the anchor's.

    A story's winter without a year is called by the year that it ends in, as the annotated histories have it.
    """
    code = SEASONS[found["season"].lower()]
    year, anchor = given_year(found, ctx), "explicit"
    if year is None and found["yref"]:
        year, anchor = referred_year(found, ctx)
    elif year is None:
        year, anchor = _season_year(found, ctx, {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code])
    value = f"{year_value(year) if year is not None else 'XXXX'}-{code}"
    if year is not None and anchor == "explicit":
        ctx.name(Point(year), found.start, explicit=True)
    elif year is not None and ctx.narrative and found["which"].lower() in TEXTUAL and code != "WI":
        ctx.name(Point(year, {"SP": 4, "SU": 7, "FA": 10}[code]), found.start)
    told = ctx.narrative and code == "WI" and anchor == "text" and year is not None and year > 1
    spans = (f"{year - 1:04d}-12-01", bounds(f"{year:04d}-02")[1]) if told and year and not found["which"] else None
    return Reading("DATE", value, anchor, spans, start=without_determiner(found, ctx))


def _season_year(found: Found, ctx: Context, first_month: int) -> tuple[int | None, str]:
    which = found["which"].lower()
    base, anchor = ctx.deictic()
    if which.startswith(("the ", "that")) and ctx.named(found.start):
        base, anchor = ctx.named(found.start), "text"
    if base is None:
        return (None, "none") if which else ctx.year_of_part(f"{first_month:02d}", found.start)
    if ctx.narrative and not which:
        if first_month < 12 and (year := ctx.headed(found.start)):
            return year, anchor
        if first_month < 12:
            return nearest_to(base, first_month, None), anchor
        return (base.year if base.month and base.month <= 3 else add_years(base.year, 1)), anchor
    month = base.month or 6
    direction = DIRECTION.get(which, 0)
    begun = month >= first_month if first_month < 12 else month == 12
    over = month >= first_month + 3 if first_month < 12 else False
    if direction < 0:
        return (base.year if over else add_years(base.year, -1)), anchor
    if direction > 0:
        return (add_years(base.year, 1) if begun else base.year), anchor
    if first_month == 12 and month <= 2:
        return add_years(base.year, -1), anchor
    if not which and over and not ctx.narrative and looks_ahead(ctx.text, found.start, found.end):
        return add_years(base.year, 1), anchor
    if not which and not begun and not looks_ahead(ctx.text, found.start, found.end):
        return add_years(base.year, -1), anchor
    return base.year, anchor


def read_holiday(found: Found, ctx: Context) -> Reading | None:
    """A feast with its day: of the year stated, or the one nearest to the anchor."""
    rule = HOLIDAYS[found["holiday"].lower().replace("’", "'")]
    year, anchor = given_year(found, ctx), "explicit"
    if year is not None:
        feast = _feast(rule, year) if year > 0 else None
    else:
        base, anchor = ctx.deictic()
        feast = _feast_near(rule, base, found["which"].lower(), ctx.narrative) if base else None
        if feast is None:
            open_value = "XXXX-XX-XX" if isinstance(rule, str) else f"XXXX-{rule[0]:02d}-{rule[1]:02d}"
            return Reading("DATE", open_value, "none", start=without_determiner(found, ctx))
    if feast is None:
        return None
    ctx.name(Point.of(feast), found.start, explicit=anchor == "explicit")
    if found["hnight"]:
        return Reading("TIME", f"{feast.isoformat()}TNI", anchor)
    return Reading("DATE", feast.isoformat(), anchor, start=without_determiner(found, ctx))


def _feast_near(rule: tuple[int, int] | str, base: Point, which: str, narrative: bool) -> arithmetic.Date | None:
    """The feast nearest to a point, in a story that of its year; "last" and "next" strictly before and after."""
    if narrative and not which and base.year > 0 and (feast := _feast(rule, base.year)):
        return _feast(rule, nearest_to(base, feast.month, None))
    if not 2 <= base.year <= arithmetic.MAX_YEAR - 1:
        return None
    near = base.date() or arithmetic.make(base.year, base.month or 6, 15)
    days = [day for year in (base.year - 1, base.year, base.year + 1) if (day := _feast(rule, year))]
    if near is None or not days:
        return None
    if which == "last":
        return max((day for day in days if day < near), default=None)
    if which == "next":
        return min((day for day in days if day > near), default=None)
    return min(days, key=lambda day: abs((day - near).days))


def _feast(rule: tuple[int, int] | str, year: int) -> arithmetic.Date | None:
    if isinstance(rule, str):
        return arithmetic.holiday(rule, year) if 1583 <= year <= 9998 else None
    return arithmetic.make(year, *rule)
