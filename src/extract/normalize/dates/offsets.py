"""What the readers of relative expressions share: words of direction, and days and parts of days as readings."""

from __future__ import annotations

from extract.normalize.dates import arithmetic
from extract.normalize.dates.anchor import Context, Point, Reading
from extract.normalize.dates.scan import Found
from extract.normalize.dates.words import PARTS

# Words that count from the last date of the text, not from the document's date.
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
# The letter of ISO 8601 for a unit that a date can be given to.
LETTERS = {
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "fortnight": "W",
}


def dated(day: arithmetic.Date | None, found: Found, ctx: Context, anchor: str, part: str = "") -> Reading:
    if day is not None:
        ctx.name(Point.of(day), found.start)
    return timed(day.isoformat() if day else "XXXX-XX-XX", part, anchor if day else "none")


def timed(value: str, part: str, anchor: str) -> Reading:
    if not part:
        return Reading("DATE", value, anchor)
    return Reading("TIME", f"{value}T{PARTS.get(part.lower(), 'NI')}", anchor)
