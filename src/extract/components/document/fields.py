"""Title, date, number, sender, recipient and languages, read from a text's layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extract.components.segments.patterns import header_key
from extract.components.segments.reader import Reading, Zone
from extract.layout.lines import Unit
from extract.normalize.document import (
    clean_title,
    find_date,
    from_to,
    is_date_line,
    own_number,
    station_number,
    symbol_number,
)

# A character of Chinese, Japanese or Korean says about as much as so many Latin ones.
CJK_WEIGHT = 2.5
# A first zone in another language than the bulk is the original, not a heading, from this share of the text on.
MIN_ORIGINAL_SHARE = 0.25
# A title's date is the document's in records; elsewhere only with its weekday, at the end: "… Friday, 3 May 2002".
_DATED_TITLES = ("transcript", "other", "cable")
_WEEKDAY_DATE = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [\w ,.]{6,20}\d{4}$")
_CJK_LANGUAGES = ("ja", "zh", "ko")
_FRONT_DATES = ("date", "published_time", "published", "pubdate", "publish_date", "created", "issued")
_WITHHELD = re.compile(
    r"\[[^\]]*(?:blacked out|redacted|excised|not declassified|illegible|黒塗り)[^\]]*\]|\[\s*\]", re.I
)
_NUMBER_VALUE = re.compile(r"[A-Za-z]{0,6}[-/. ]?\d[\w/.()-]*")
_TELEGRAM_FROM = re.compile(r"^FM\s+([A-Z].+)$", re.M)
_TELEGRAM_TO = re.compile(r"^TO\s+((?:RU\w+/)?[A-Z].+)$", re.M)
_ROUTE_CODE = re.compile(r"^R[A-Z]{3,6}/")
_ADDRESS = re.compile(r"\s*[<\[(][^<>\[\]()]*@[^<>\[\]()]*[>\])]")
_RECIPIENT_JA = re.compile(r"^(.{2,20}?)殿$")
_SENDER_JA = re.compile(r"^\S{1,12}(?:大使|公使|総領事|代理大使|領事)$")


def zones_by_weight(reading: Reading) -> list[Zone]:
    """The language zones that have a text of their own, that of the main language first."""
    main = weigh_languages(reading)[0]

    def rank(zone: Zone) -> tuple[bool, bool, int]:
        languages = Counter(reading.languages[zone.first : zone.last])
        own = languages.most_common(1)[0][0] == main
        return (not own, not zone.head.found_body, zone.first)

    return sorted((zone for zone in reading.zones if zone.first < zone.last), key=rank)


def find_title(reading: Reading) -> str | None:
    """The document's own subject line: the last title of the main language's zone, or a catalogue's."""
    front = reading.front.fields.get("title") if reading.front else None
    if front:
        return clean_title(front.value)
    for zone in zones_by_weight(reading):
        if zone.head.titles:
            return _title_text(reading, zone)
    return None


def _title_text(reading: Reading, zone: Zone) -> str | None:
    last = zone.head.titles[-1]
    unit = reading.units[last]
    if zone.head.subject == last and (header_key(unit) or ("", ""))[0] == "title":
        return clean_title(re.split(r"[:：]", unit.text, maxsplit=1)[1])
    lines = [unit.text]
    while last - 1 in zone.head.titles and not reading.units[last].gap and reading.units[last - 1].look != unit.look:
        last -= 1
        lines.insert(0, reading.units[last].text)
    return clean_title(" ".join(lines))


def find_day(reading: Reading, genre: str, title: str | None) -> str | None:
    """The day when the document was written, sent or published, as ``YYYY-MM-DD``, or ``None``."""
    if reading.front:
        for name in _FRONT_DATES:
            field = reading.front.fields.get(name)
            if field and (found := find_date(field.value)):
                return found.value
    zones = zones_by_weight(reading)
    for days in (_sent_days, _dated_days, _day_lines, _other_head_days, _dateline_days):
        day = next((day for zone in zones for day in days(reading, zone)), None)
        if day:
            return day
    found = find_date(title) if title and (genre in _DATED_TITLES or _WEEKDAY_DATE.search(title)) else None
    if found and title and (found.start == 0 or found.end >= len(title) - 2):
        return found.value
    return next((day for zone in zones for day in _closing_days(reading, zone)), None)


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
        if is_date_line(line) and (found := find_date(line)):
            yield found.value


def _other_head_days(reading: Reading, zone: Zone) -> Iterator[str]:
    """Days in head lines of another shape: a bulletin's bracket, "Published …", "Held at … on …", a masthead's line."""
    keyed = {at for name, _, at in zone.head.fields if name in ("received", "citation", "attendees", "summary")}
    for at in range(zone.first, zone.head.body):
        unit = reading.units[at]
        if (
            reading.kinds[at] != "header"
            or at in keyed
            or len(unit.text) > 400
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


def find_number(reading: Reading, genre: str) -> str | None:
    """The document's own number: behind a key, on a line of its own head, in the headline above, or its symbol."""
    zones = zones_by_weight(reading)
    for zone in zones:
        for name, value, _ in zone.head.fields:
            match = _NUMBER_VALUE.match(_WITHHELD.sub("", value).strip()) if name == "number" else None
            if match:
                return match[0].rstrip(".-/")
    for read in (own_number, symbol_number):
        found = next((number for zone in zones for line in _head_lines(reading, zone) if (number := read(line))), None)
        if found:
            return found
    if genre != "cable":
        return None
    lines = (line for zone in zones for line in _head_lines(reading, zone, all_kinds=True))
    return next((number for line in lines if (number := own_number(line) or station_number(line))), None)


def _head_lines(reading: Reading, zone: Zone, *, all_kinds: bool = False) -> Iterator[str]:
    for at in range(zone.first, zone.head.body):
        if (all_kinds or reading.kinds[at] == "header") and len(reading.units[at].text) <= 400:
            for line in reading.units[at].text.split("\n"):
                yield re.sub(r"^[\s*_#]+", "", line)


def find_parties(reading: Reading) -> tuple[str | None, str | None]:
    """Sender and recipient as the head names them, each ``None`` where it does not."""
    sender = recipient = None
    for zone in zones_by_weight(reading):
        found_sender, found_recipient = _parties_of(reading, zone)
        sender, recipient = sender or found_sender, recipient or found_recipient
        if sender and recipient:
            break
    if not sender and not recipient:
        headlines = (reading.units[at].look for zone in reading.zones for at in range(zone.first, zone.head.body))
        named = next((found for line in headlines if (found := from_to(line))), None)
        sender, recipient = named or (None, None)
    return sender, recipient


def _parties_of(reading: Reading, zone: Zone) -> tuple[str | None, str | None]:
    values = {name: _party(value) for name, value, _ in reversed(zone.head.fields) if _party(value)}
    sender, recipient = values.get("sender"), values.get("recipient")
    head = "\n".join(_head_lines(reading, zone))
    if match := _TELEGRAM_FROM.search(head):
        sender = sender or _ROUTE_CODE.sub("", match[1]).strip()
    if match := _TELEGRAM_TO.search(head):
        recipient = recipient or _ROUTE_CODE.sub("", match[1]).strip()
    return _japanese_parties(head, sender, recipient)


def _japanese_parties(head: str, sender: str | None, recipient: str | None) -> tuple[str | None, str | None]:
    for line in (re.sub(r"\s+", "", line) for line in head.split("\n")):
        if not recipient and (match := _RECIPIENT_JA.match(line)):
            recipient = match[1]
        elif recipient and not sender and _SENDER_JA.match(line):
            sender = line
    return sender, recipient


def _party(value: str) -> str | None:
    value = _ADDRESS.sub("", _WITHHELD.sub("", value)).strip()
    value = re.sub(r"\s+", " ", value).strip(" *_.,;:")
    return value if re.search(r"[^\W\d_]{2}", value) and len(value) <= 200 else None


def weigh_languages(reading: Reading) -> list[str]:
    """The languages of a text, by the weight of their paragraphs; bibliographies do not count."""
    weights: Counter[str] = Counter()
    for unit, kind, language in zip(reading.units, reading.kinds, reading.languages, strict=True):
        if kind != "references":
            weights[language] += int((CJK_WEIGHT if language in _CJK_LANGUAGES else 1) * len(unit.text))
    ranked = sorted(weights, key=lambda tag: (-weights[tag], tag))
    opening = _opening_language(reading)
    if opening in ranked and weights[opening] >= MIN_ORIGINAL_SHARE * weights.total():
        ranked.remove(opening)
        ranked.insert(0, opening)
    return ranked or ["en"]


def _opening_language(reading: Reading) -> str | None:
    """The language of the first zone that has a text under its head: an original precedes its translation."""
    zone = next((zone for zone in reading.zones if zone.head.found_body), None)
    if zone is None or zone is not reading.zones[0]:
        return None
    return Counter(reading.languages[zone.first : zone.last]).most_common(1)[0][0]
