"""Days and months as other languages of Europe write them: "3 mars 1998", "le 1er juillet", "mayo de 1972".

Only names of months that English does not share; a month with a year is looked for where a day has shown the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.normalize.dates.scan import Found
from extract.normalize.dates.words import MONTHS
from extract.normalize.document import MONTH_NUMBERS

_NAMES = {name: number for name, number in MONTH_NUMBERS.items() if name not in MONTHS and len(name) > 2}
_MONTH = rf"(?P<mon>{'|'.join(sorted(_NAMES, key=lambda name: (-len(name), name)))})"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_DAY = re.compile(
    rf"(?<![\w.,/-])(?P<day>[12]?\d|3[01])(?:er|\.|º)?[ \u00a0](?:de )?{_MONTH}(?!\w)(?: (?:de )?{_YEAR}(?![\w.,]\d))?",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(rf"(?<!\w){_MONTH} (?:de )?{_YEAR}(?![\w.,]\d)", re.IGNORECASE)


def scan(text: str) -> Iterator[Found]:
    """Days of months, and months of years, left to right; they are read as the Japanese ones are."""
    days = [_found(match) for match in _DAY.finditer(text)]
    yield from days
    if days:
        yield from (_found(match) for match in _OF_YEAR.finditer(text))


def _found(match: re.Match[str]) -> Found:
    groups = {key: value for key, value in match.groupdict().items() if value}
    groups["mon"] = str(_NAMES[groups["mon"].lower()])
    rule = "other_date" if "year" in groups else "other_day"
    return Found(rule, "ja", *match.span(), groups)
