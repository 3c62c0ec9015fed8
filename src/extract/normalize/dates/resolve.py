"""From a text to its time expressions with values and bounds: find, choose the mode of anchoring, read left to
right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.normalize.dates import (
    japanese,
    other_languages,
    read_amounts,
    read_calendar,
    read_clock,
    read_periods,
    read_relative,
    read_units,
)
from extract.normalize.dates.anchor import Context, Mode, Reading, asides, point_of
from extract.normalize.dates.arithmetic import Date
from extract.normalize.dates.offsets import TEXTUAL
from extract.normalize.dates.scan import Found, scan
from extract.normalize.dates.value import bounds, is_value
from extract.normalize.dates.words import sign

READERS = {
    "stamp": read_calendar.read_stamp,
    "slash": read_calendar.read_slash,
    "mdy": read_calendar.read_month_day,
    "relative_mdy": read_calendar.read_month_day,
    "dmy": read_calendar.read_month_day,
    "dtg": read_calendar.read_telegram_group,
    "range_day": read_calendar.read_range_day,
    "ordinal_day": read_calendar.read_ordinal_day,
    "month": read_calendar.read_month,
    "month_number": read_calendar.read_month_number,
    "year": read_calendar.read_year,
    "decade": read_calendar.read_decade,
    "century": read_calendar.read_century,
    "turn": read_calendar.read_turn,
    "fiscal": read_periods.read_fiscal,
    "split_year": read_periods.read_split_year,
    "quarter": read_periods.read_quarter,
    "month_quarter": read_periods.read_month_quarter,
    "half": read_periods.read_half,
    "season": read_periods.read_season,
    "holiday": read_periods.read_holiday,
    "day_word": read_relative.read_day_word,
    "weekday": read_relative.read_weekday,
    "from_day": read_relative.read_from_day,
    "part": read_clock.read_part,
    "part_of": read_clock.read_part_of,
    "noon": read_clock.read_noon,
    "clock": read_clock.read_clock,
    "clock_words": read_clock.read_clock_words,
    "military": read_clock.read_military,
    "ago": read_relative.read_ago,
    "ago_and_month": read_relative.read_ago_and_month,
    "vague_ago": read_relative.read_vague_ago,
    "moment": read_relative.read_moment,
    "day_before": read_relative.read_day_before,
    "year_ago": read_relative.read_year_ago,
    "year_period": read_relative.read_year_period,
    "unit_ref": read_units.read_unit_ref,
    "ordinal_unit": read_units.read_ordinal_unit,
    "the_unit": read_units.read_the_unit,
    "duration": read_amounts.read_duration,
    "units": read_amounts.read_units,
    "letter_day": read_calendar.read_letter_day,
    "regnal": read_calendar.read_regnal,
    "in_a_row": read_amounts.read_in_a_row,
    "while": read_amounts.read_while,
    "set": read_amounts.read_set,
    "rate": read_amounts.read_rate,
    "ref": read_amounts.read_ref,
    "soon": read_amounts.read_soon,
} | japanese.READERS

# A history: at least so many years of the text lie away from the document's date …
NARRATIVE_MIN_FAR = 5
# … so many times as many as lie near it, and more than the words that count from the writer's day ("yesterday").
NARRATIVE_FAR_TO_NEAR = 2.0
NARRATIVE_FAR_TO_DEICTIC = 4.0
# A short one has so many far years and steps from one date to the next ("three days later"), and no near ones.
SHORT_STORY = 3
_STORY_GOES_ON = frozenset({"later", "afterward", "afterwards", "after that", "after"})
_DEICTIC = frozenset({"day_word", "weekday", "ago"})
_DEICTIC_WORD = re.compile(
    r"\b(?:last|this|next) (?:year|week|month|quarter)\b|\byesterday\b|\btomorrow\b|\btonight\b|\bago\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression: offsets in the text, TIMEX3 type and value, calendar bounds, anchor, the rule that
    found it."""

    start: int
    end: int
    type: str
    value: str
    start_date: str | None
    end_date: str | None
    anchor: str
    rule: str


def find_expressions(
    text: str,
    created: Date | None = None,
    *,
    mode: Mode | None = None,
    later_inside: bool = True,
    occasion: bool = False,
    spoken: bool = False,
    head: int = 0,
    breaks: Sequence[int] = (),
    evidence: float = 1.0,
) -> list[TimeExpression]:
    """All time expressions of a text, in order, without overlap.

    ``created``: the document's date, ``None`` where it has none (then that of its masthead counts, if it has one).
    ``mode``: ``document`` or ``narrative``; by the text's own evidence if ``None``. ``later_inside``: "three days
    later" is one expression. ``occasion``: the day of the talks that a record opens with is the anchor of "this
    morning". ``spoken``: a record of speech. ``head``: where the header and title of the document end. ``breaks``:
    offsets at which another document begins. ``evidence``: how many times as much as usual must speak for a narrative
    (news and records of talks seldom are).
    """
    found = sorted([*scan(text), *japanese.scan(text), *other_languages.scan(text)], key=lambda f: (f.start, -f.end))
    chosen = mode or choose_mode(text, found, created, evidence)
    ctx = Context(text, created, chosen, day_first(found), later_inside, spoken)
    ctx.asides = frozenset(f.start for f in found if is_administrative(text, f.start))
    if created is None and chosen == "document":
        _take_masthead(ctx, found, head)
    if ctx.created is None or ctx.narrative:
        years = [(f.start, int(f["year"]), bool(f["day"])) for f in found if _is_year(f["year"]) and not f["bc"]]
        ctx.asides |= asides(years, story=ctx.narrative)
    if ctx.narrative:
        ctx.headings = tuple(_headings(text))
    return _read_all(found, ctx, occasion=occasion, breaks=breaks)


# Dates of the paper, not of what it tells: when it may be read, when a page was changed.
_ADMINISTRATIVE_LEFT = sign(r"""\b(?:{administrative_left}):?\s*['\"]?$""", re.IGNORECASE)


def is_administrative(text: str, start: int) -> bool:
    """Whether a date is one of the paper's own keeping ("DECL: 07/12/2016"), which nothing in the text counts from."""
    left = text[max(0, start - 24) : start]
    return left.rstrip("'\" \t").endswith((":", "on", "ON", "ed", "ED", "DECL")) and bool(
        _ADMINISTRATIVE_LEFT.search(left)
    )


_HEADING = re.compile(r"^[^\S\n]*[^\n]{1,70}(?<![.,;:])$", re.MULTILINE)


def _headings(text: str) -> Iterable[tuple[int, int]]:
    """Where the lines that are headings stand, with the year that one names (0 for none or several)."""
    for line in _HEADING.finditer(text):
        years = re.findall(r"(?<![\d.,-])[12]\d{3}(?![\d-]|,\d)", line.group())
        yield line.start(), int(years[0]) if len(years) == 1 else 0


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit()


# A masthead stands in the header and title, or in the first characters of a text without them.
MASTHEAD_CHARACTERS = 400
_MASTHEAD_LEFT = re.compile(r"(?:^|[\n.:;,|'\"()–—-]|(?-i:\b[A-Z][a-z]+)|\bday)\s*$", re.IGNORECASE)
# In a line of capitals a date that ends the line is one.
_MASTHEAD_SHOUTED = re.compile(r"\b[A-Z][A-Z.]*\s*$")
_LINE_ENDS = re.compile(r"[^\S\n]*(?:\n|$)")
_NO_MASTHEAD_LEFT = sign(r"\b(?:{no_masthead_left}):?\s*$", re.IGNORECASE)
_MASTHEAD_RIGHT = re.compile(r"\s*(?:$|\n|[-–—:;(|'\".,]|[A-Z])")


def _stands_apart(text: str, f: Found) -> bool:
    """Whether a date is no part of a sentence: nothing before it asks for it, nothing after it goes on."""
    left = text[max(text.rfind("\n", 0, f.start) + 1, f.start - 40) : f.start]
    if _NO_MASTHEAD_LEFT.search(left):
        return False
    if _MASTHEAD_LEFT.search(left):
        return _MASTHEAD_RIGHT.match(text, f.end) is not None
    return _MASTHEAD_SHOUTED.search(left) is not None and _LINE_ENDS.match(text, f.end) is not None


def _take_masthead(ctx: Context, found: Sequence[Found], head: int) -> None:
    """The date that stands at the head of a document that was given none: a day, else a month."""
    end = max(head, MASTHEAD_CHARACTERS)
    probe = Context(ctx.text, None, "document", ctx.day_first)
    for f in found:
        if f.start >= end or f.reader not in ("mdy", "dmy", "stamp", "slash", "dtg", "month", "ja"):
            continue
        if f.start in ctx.asides or not _stands_apart(ctx.text, f):
            continue
        reading = READERS[f.reader](f, probe)
        point = point_of(reading.value) if reading and reading.anchor == "explicit" else None
        if point is None or point.month is None or not 1600 <= point.year <= 2199:
            continue
        if point.day is not None:
            ctx.created, ctx.source = point.date(), "text"
            return
        ctx.masthead = ctx.masthead or point


_QUOTED = re.compile(r"“[^”\n]{1,800}(?:”|(?=\n|$))|\"[^\"\n]{1,800}\"")


def choose_mode(text: str, found: Iterable[Found], created: Date | None, evidence: float = 1.0) -> Mode:
    """``narrative`` where the dates of the text lie far from the document's own and few words count from its day."""
    far = near = deictic = full = steps = 0
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    for f in found:
        if _within(quoted, f.start):
            continue  # whose day it is in a quotation, the quotation knows
        year = f["year"] or f["y4"]
        if (f.reader in _DEICTIC and f["tail"].lower() in ("", "ago", "from now")) or (
            f.reader == "unit_ref" and _DEICTIC_WORD.match(text, f.start)
        ):
            deictic += 2 if f.reader in ("day_word", "weekday") else 1
        steps += f["which"].lower() in TEXTUAL or f.reader == "day_before" or f["tail"].lower() in _STORY_GOES_ON
        if not year or f.reader == "slash":
            continue
        full += f.reader in ("mdy", "dmy", "month") and bool(f["year"])
        if created is not None and abs(int(year) - created.year) <= 1:
            near += 1
        else:
            far += 1
    if created is None:
        if full < NARRATIVE_MIN_FAR:
            return "document"
    elif full and not near + deictic and far + steps >= SHORT_STORY and evidence <= 1.0:
        return "narrative"  # nothing in it is of the writer's day
    enough = far >= evidence * max(NARRATIVE_MIN_FAR, NARRATIVE_FAR_TO_NEAR * near)
    return "narrative" if enough and far >= evidence * NARRATIVE_FAR_TO_DEICTIC * deictic else "document"


def _within(spans: list[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(spans, (offset, len(spans) + offset)) - 1
    return at >= 0 and spans[at][0] <= offset < spans[at][1]


def day_first(found: Iterable[Found]) -> bool:
    """Whether the document writes 4/12 for the fourth of December: shown by a day above 12, else by its dates
    in words."""
    score = 0
    for f in found:
        if f.reader == "slash":
            score += 100 if int(f["a"]) > 12 else -100 if int(f["b"]) > 12 else 0
        elif f["day"] and f["month"]:
            score += 1 if f.reader == "dmy" else -1 if f.reader == "mdy" else 0
    return score > 0


def _read_all(found: Sequence[Found], ctx: Context, *, occasion: bool, breaks: Sequence[int]) -> list[TimeExpression]:
    out: list[TimeExpression] = []
    pending, end = sorted(breaks, reverse=True), 0
    for f in found:
        while pending and f.start >= pending[-1]:
            pending.pop()
            ctx.ref = ctx.full = ctx.period = ctx.last_day = None
        if f.start < end:
            continue
        reading = READERS[f.reader](f, ctx)
        if reading is None or not is_value(reading.type, reading.value) or reading.value.startswith("0000"):
            continue  # there is no year 0
        expression = _expression(f, reading)
        if expression.end <= expression.start:
            continue
        _give_clock_its_day(out, expression, ctx)
        _remember_day(expression, ctx)
        if occasion and ctx.occasion is None:
            _take_occasion(expression, ctx)
        out.append(expression)
        end = expression.end
    return out


def _expression(f: Found, reading: Reading) -> TimeExpression:
    first, last = (
        reading.bounds
        if reading.bounds
        else bounds(reading.value)
        if reading.type in ("DATE", "TIME")
        else (None, None)
    )
    start = f.start if reading.start is None else reading.start
    end = f.end if reading.end is None else reading.end
    anchor = reading.anchor if "X" not in reading.value or first or last else "none"
    if reading.value.endswith("_REF"):
        anchor = "none"
    return TimeExpression(start, end, reading.type, reading.value, first, last, anchor, f.rule)


def _remember_day(expression: TimeExpression, ctx: Context) -> None:
    day = expression.value.partition("T")[0]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day) and expression.type in ("DATE", "TIME"):
        ctx.last_day = (expression.end, day, expression.anchor)


def _give_clock_its_day(out: list[TimeExpression], day: TimeExpression, ctx: Context) -> None:
    """ "8 p.m. on Friday": the clock before takes the day after it."""
    if not out or out[-1].type != "TIME" or day.type != "DATE" or not re.fullmatch(r"\d{4}-\d\d-\d\d", day.value):
        return
    clock = out[-1]
    match = re.fullmatch(r"([\dX-]+)(T[\d:]+)|([X-]+)(T[A-Z]{2})", clock.value)
    gap = ctx.text[clock.end : day.start]
    if match is None or not re.fullmatch(r"(?:\s+[\w.]+){0,3}[\s,(]+(?:on\s+)?(?:the\s+)?", gap):
        return
    out[-1] = TimeExpression(
        clock.start, clock.end, "TIME", day.value + (match[2] or match[4]), day.value, day.value, day.anchor, clock.rule
    )


# The day of the talks stands in the first sentence of a record, and lies in the week before the record was sent.
OCCASION_DAYS = 7


def _take_occasion(expression: TimeExpression, ctx: Context) -> None:
    if ctx.created is None or expression.type != "DATE" or not re.fullmatch(r"\d{4}-\d\d-\d\d", expression.value):
        return
    if expression.anchor == "explicit" or expression.rule not in (
        "bare_ordinal_day",
        "bare_ordinal_clause",
        "month_day",
        "day_month",
        "ja_day",
    ):
        return
    day = Date.fromisoformat(expression.value)
    if 0 < (ctx.created - day).days <= OCCASION_DAYS:
        left = ctx.text[max(0, expression.start - 4) : expression.start].lower()
        if left.endswith(("on ", "on\n")) or expression.rule == "ja_day":
            ctx.occasion = day
