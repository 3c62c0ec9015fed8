"""Title and date of a document, read from its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.components.document.zones import zones_by_weight
from extract.components.segments.patterns import header_key
from extract.components.segments.reader import Reading, Zone
from extract.layout.lines import Unit
from extract.normalize.document import clean_title, find_date, is_date_line, year_of

# A title's date is the document's in records; elsewhere only with its weekday, at the end: "… Friday, 3 May 2002".
_DATED_TITLES = ("transcript", "other", "cable")
_WEEKDAY_DATE = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [\w ,.]{6,20}\d{4}$")
# Keys of front matter that hold the document's day, in their order; any other key for a day is asked after them.
_FRONT_DAY = re.compile(r"date$|publi|issued|sent$|posted|created|pubdate")
_NO_FRONT_DAY = re.compile(r"modif|updat|access|retriev|download|declass|release|event|expir|start|end|birth")
# A page's day glued to its headline: "Fish duties fall Tuesday, May 4, 2010".
_GLUED_DAY = re.compile(r"(?<=[a-z’'”\"]) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}$")
# A page's day glued to its first sentence: "Thursday, March 15, 2012 The owners of a bar …".
_OPENING_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [A-Z][a-z]+ \d{1,2}, \d{4}(?= [A-Z“\"])")
MAX_TITLE_CHARS = 200
# The day on which a secret ends is none on which it was written.
_DECLASSIFIES = re.compile(r"\bDECL\b|\bdeclass|\bE\.?O\.? ?\d{5}", re.I)
# A day that stands in so many heads of pages is the document's.
PAGE_HEADS = 2
LAST_MONTH = 12
# The first lines of a record, and how far into a long one a day is looked for.
OPENING_UNITS, MAX_OPENING_CHARS = 5, 250
# Days with figures alone and a short year, beside the numbers of pages: "3/18/80 -20-".
_PAGE_DAY = re.compile(r"(?<![\d/])(1[0-2]|0?[1-9])/([12]\d|3[01]|0?[1-9])(?:-\d\d?)?/(\d\d)(?!\d)(?!\s?[/%])")


def find_title(reading: Reading) -> str | None:
    """The document's own subject line: the last title of the main language's zone, or a catalogue's."""
    front = reading.front.fields.get("title") if reading.front else None
    if front and reading.front_is_title:
        return clean_title(front.value)
    for zone in zones_by_weight(reading):
        if zone.head.titles:
            return _title_text(reading, zone)
    return None


def _title_text(reading: Reading, zone: Zone) -> str | None:
    last = zone.head.titles[-1]
    unit = reading.units[last]
    key = header_key(unit) if zone.head.subject == last else None
    if key and key[0] == "title":
        return clean_title(key[1])
    if zone.head.own:
        shown = clean_title(" ".join(_line_of_title(reading.units[at]) for at in zone.head.own))
        return _GLUED_DAY.sub("", shown) if shown else None
    lines = [unit.text]
    while last - 1 in zone.head.titles and not reading.units[last].gap and reading.units[last - 1].look != unit.look:
        last -= 1
        lines.insert(0, reading.units[last].text)
    return clean_title(" ".join(lines))


def _line_of_title(unit: Unit) -> str:
    """A line of a title, without the key before it and the Markdown marks around it."""
    key = header_key(unit)
    return key[1] if key and key[0] == "title" and key[1] else unit.look


def find_day(reading: Reading, genre: str, title: str | None, page_heads: str = "") -> str | None:
    """The day when the document was written, sent or published, as ``YYYY-MM-DD``, or ``None``."""
    front = _front_day(reading)
    if front:
        return front
    zones = zones_by_weight(reading)
    for days in (_sent_days, _dated_days, _day_lines, _glued_days, _other_head_days, _dateline_days):
        day = next((day for zone in zones for day in days(reading, zone)), None)
        if day:
            return day
    found = find_date(title) if title and (genre in _DATED_TITLES or _WEEKDAY_DATE.search(title)) else None
    if found and title and (found.start == 0 or found.end >= len(title) - 2):
        return found.value
    return (
        next((day for zone in zones for day in _closing_days(reading, zone)), None)
        or _page_head_day(f"{reading.text}\n{page_heads}")
        or (_opening_day(reading) if genre == "transcript" else None)
    )


def _opening_day(reading: Reading) -> str | None:
    """A record of talks names its day in its first lines, whatever else stands there."""
    looks = (unit.look[:MAX_OPENING_CHARS] for unit in reading.units[:OPENING_UNITS])
    days = (find_date(look) for look in looks if not _DECLASSIFIES.search(look))
    return next((day.value for day in days if day), None)


def _front_day(reading: Reading) -> str | None:
    """The day in the front matter, whatever its key is called: "date" before "published_time" before "issued_on"."""
    fields = reading.front.fields if reading.front else {}
    names = [name for name in fields if _FRONT_DAY.search(name) and not _NO_FRONT_DAY.search(name)]
    days = (find_date(fields[name].value) for name in sorted(names, key=lambda name: (name != "date", len(name))))
    return next((day.value for day in days if day), None)


def _page_head_day(text: str) -> str | None:
    """The one day that comes back in the heads of a text's pages, month first: nobody else writes it so."""
    days = {match.groups() for match in _PAGE_DAY.finditer(text)}
    if len(days) != 1 or len(_PAGE_DAY.findall(text)) < PAGE_HEADS:
        return None
    month, day, year = map(int, days.pop())
    found = find_date(f"{year_of(year)}-{month:02d}-{day:02d}")
    return found.value if found and day > LAST_MONTH else None


def _field_days(zone: Zone, *names: str) -> Iterator[str]:
    for name, value, _ in zone.head.fields:
        if name in names and (found := find_date(value)):
            yield found.value


def _sent_days(reading: Reading, zone: Zone) -> Iterator[str]:
    yield from _field_days(zone, "sent")
    for at in range(zone.first, zone.head.body):
        if zone.head.shapes.get(at) == "telegram" and (found := find_date(reading.units[at].text[:200])):
            yield found.value


def _dated_days(reading: Reading, zone: Zone) -> Iterator[str]:
    yield from _field_days(zone, "date")


def _day_lines(reading: Reading, zone: Zone) -> Iterator[str]:
    for at in range(zone.first, zone.head.body):
        if zone.head.shapes.get(at) == "date" and not re.match(r"(?i)received|reçu", reading.units[at].look):
            yield from _days_of_lines(reading.units[at])


def _days_of_lines(unit: Unit) -> Iterator[str]:
    for line in unit.text.split("\n"):
        if is_date_line(line) and not _DECLASSIFIES.search(line) and (found := find_date(line)):
            yield found.value


def _glued_days(reading: Reading, zone: Zone) -> Iterator[str]:
    """Days that a page glues to the end of its title or to the start of its text."""
    for unit in reading.units[zone.first : zone.head.body + 2]:
        match = _OPENING_DAY.match(unit.look) or (
            _GLUED_DAY.search(unit.look) if len(unit.look) <= MAX_TITLE_CHARS else None
        )
        if match and (day := find_date(match[0])):
            yield day.value


def _other_head_days(reading: Reading, zone: Zone) -> Iterator[str]:
    """Days in head lines of another shape: a bulletin's bracket, "Published …", "Held at … on …", a masthead's line."""
    keyed = {at for name, _, at in zone.head.fields if name in ("received", "citation", "attendees", "summary")}
    for at in range(zone.first, zone.head.body):
        unit = reading.units[at]
        if (
            reading.kinds[at] != "header"
            or at in keyed
            or len(unit.text) > 400
            or _DECLASSIFIES.search(unit.look)
            or zone.head.shapes.get(at) == "caption"
        ):
            continue
        yield from _days_of_lines(unit)
        if found := find_date(unit.look):
            yield found.value


def _dateline_days(reading: Reading, zone: Zone) -> Iterator[str]:
    for unit in reading.units[zone.head.body : zone.head.body + 2]:
        if unit.dateline or is_date_line(unit.look):
            found = find_date(unit.look[:90])
            if found:
                yield found.value


def _closing_days(reading: Reading, zone: Zone) -> Iterator[str]:
    """A letter or release may end with place and day."""
    body = [at for at in range(zone.head.body, zone.last) if reading.kinds[at] == "body"]
    for at in reversed(body[-3:]):
        look = reading.units[at].look
        if at > zone.head.body and len(look) <= 60 and is_date_line(look, other_words=4):
            found = find_date(look)
            if found:
                yield found.value
