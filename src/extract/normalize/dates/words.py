"""The closed word classes of English time expressions: months, weekdays, numbers, units, holidays, zones.

Source: the calendar itself, and TimeML's guideline (annguide 1.2.1, section 2.2) for the classes. They are the
terminals of the grammar in ``patterns``; open word lists (verbs, genres) do not belong here.
"""

from __future__ import annotations

import re
from functools import cache

from extract import lexicons


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a class of ``lexicons/en/date_words.tsv``, which says what each is for."""
    rows = lexicons.load("en/date_words", {"class": "text", "words": "text"}, key=("class", "words"))
    return frozenset(word for row in rows if row["class"] == name for word in row["words"].split())


@cache
def _signs() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in lexicons.load("en/date_signs", {"concept": "text", "word": "terms"}, key=("concept", "word")):
        found.setdefault(row["concept"], []).append(row["word"])
    return {concept: "|".join(words) for concept, words in found.items()}


def sign(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern in which ``{concept}`` stands for the words of ``lexicons/en/date_signs.tsv``, in their order there.

    Raises ``KeyError`` for a concept that the lexicon does not know.
    """
    return re.compile(re.sub(r"\{([a-z][a-z_0-9]+)\}", lambda m: _signs()[m[1]], pattern), flags)


MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan jany",
            "february feb feby",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep septr",
            "october oct octr",
            "november nov novr",
            "december dec decr",
        ),
        start=1,
    )
    for name in names.split()
}

# As letters and old prints shorten them, beside a day or a year alone.
OLD_MONTHS = listed("old_months")

WEEKDAYS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        start=1,
    )
    for name in names.split()
}

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
_ONES += "eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
CARDINALS: dict[str, int] = {word: n for n, word in enumerate(_ONES.split(), start=1)}
TENS: dict[str, int] = {word: 10 * n for n, word in enumerate(_TENS.split(), start=2)}
CARDINALS |= TENS
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
_ORDINALS += "fifteenth sixteenth seventeenth eighteenth nineteenth"
ORDINALS: dict[str, int] = {word: n for n, word in enumerate(_ORDINALS.split(), start=1)}
ORDINALS |= {word[:-1] + "ieth": n for word, n in TENS.items()}
SPELLED_DECADES: dict[str, int] = {word[:-1] + "ies": n // 10 for word, n in TENS.items()}

# Unit word → (letter of ISO 8601, how many of it). A decade has no letter of its own in ISO 8601: ten years.
UNITS: dict[str, tuple[str, int]] = {
    "second": ("TS", 1),
    "minute": ("TM", 1),
    "min": ("TM", 1),
    "hour": ("TH", 1),
    "hr": ("TH", 1),
    "day": ("D", 1),
    "night": ("D", 1),
    "weekend": ("D", 2),
    "week": ("W", 1),
    "fortnight": ("W", 2),
    "month": ("M", 1),
    "quarter": ("Q", 1),
    "season": ("M", 3),
    "semester": ("M", 6),
    "year": ("Y", 1),
    "yr": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "centuries": ("Y", 100),
    "millennium": ("Y", 1000),
    "millennia": ("Y", 1000),
}

SEASONS: dict[str, str] = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}

PARTS: dict[str, str] = {
    "morning": "MO",
    "dawn": "MO",
    "daybreak": "MO",
    "early hours": "MO",
    "small hours": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "nightfall": "NI",
    "overnight": "NI",
    "predawn": "MO",
    "night": "NI",
    "nighttime": "NI",
    "daytime": "DT",
}

_REIGNS = lexicons.load("mul/reigns", {"name": "text", "kind": "monarch|era", "first": "number"})
# Monarch and era → the year in which the first year began.
MONARCHS: dict[str, int] = {row["name"]: int(row["first"]) for row in _REIGNS if row["kind"] == "monarch"}
ERAS: dict[str, int] = {row["name"]: int(row["first"]) for row in _REIGNS if row["kind"] == "era"}

# Fixed feasts: (month, day). Movable ones are computed (``arithmetic.holiday``).
HOLIDAYS: dict[str, tuple[int, int] | str] = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "halloween": (10, 31),
    "valentine's day": (2, 14),
    "independence day": (7, 4),
    "fourth of july": (7, 4),
    "veterans day": (11, 11),
    "armistice day": (11, 11),
    "bastille day": (7, 14),
    "may day": (5, 1),
    "thanksgiving day": "thanksgiving",
    "thanksgiving": "thanksgiving",
    "labor day": "labor",
    "memorial day": "memorial",
    "easter sunday": "easter",
    "easter": "easter",
    "good friday": "good friday",
}

ZONES = (
    "GMT|UTC|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|MT|PT|BST|CET|CEST|EET|JST|KST|HKT|IST|MSK|Z|"
    "Eastern|Central|Mountain|Pacific"
)
