"""The zones of a whole text: language zones, in each its head, text and tail, put together as segments."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from extract.components.rows import SegmentRow
from extract.components.segments.head import Head, read_head
from extract.components.segments.languages import language_zones, unit_languages
from extract.components.segments.patterns import boilerplate, header_key
from extract.components.segments.tail import Tail
from extract.components.segments.titles import choose_title, settle_title
from extract.layout.lines import Unit, split_units, stripped
from extract.normalize.document import FrontMatter, read_front_matter

# An attendee list in brackets stands near the start of a zone's text.
ATTENDEES_WITHIN_CHARS = 4_000
MAX_ATTENDEES_CHARS = 3_000
_ATTENDEES = re.compile(
    r"[(（\[](?=(?:Attending|Attended by|In attendance|Also attending|Present|Participants|Those present|Attendees|"
    r"Also present|先方|当方|わが方|我が方|出席者|参加者|出席))[^\n]{0,12}"
)
_PRESENT_ABSTRACT = re.compile(
    r"\b(?:discuss(?:es)?|describes?|reports? on|summari[sz]es?|meets?|outlines?|reviews?|addresse?s|talks?|exchanges?|"
    r"have|has|participates?|informs?|asks?|explains?|proposes?|agrees?|express(?:es)?|recounts?|details?)\b"
)
_SPOKEN = re.compile(r"[\"“”]|\b(?:I|we|you|my|our)\b")
MAX_ABSTRACT_CHARS = 700


@dataclass(frozen=True)
class Zone:
    """A stretch of units in one language (or script), with its head."""

    first: int
    last: int
    head: Head


@dataclass(frozen=True)
class Reading:
    """All that the layout of a text shows. ``kinds`` and ``languages`` go by unit; ``front_is_title``: the front
    matter's title is the document's own."""

    text: str
    units: list[Unit]
    front: FrontMatter | None
    zones: list[Zone]
    kinds: list[str]
    languages: list[str]
    segments: list[SegmentRow] = field(default_factory=list)
    front_is_title: bool = False


@lru_cache(maxsize=2)
def read_layout(text: str, hint: str | None = None, labels: frozenset[int] = frozenset()) -> Reading:
    """The layout of a text. ``hint`` is a title that is known from outside (a web page's head), ``labels`` where the
    form of the file shows that a speaker's label starts.

    The last readings are kept: the two components that need one ask in turn.
    """
    front, units = split_document(text)
    kinds = ["body"] * len(units)
    title = front.fields.get("title") if front else None
    zones = [
        Zone(first, last, read_head(units, first, last, hint=title.value if title else hint, labels=labels))
        for first, last in language_zones(units)
    ]
    _settle_bodies(zones, units)
    is_front = title is not None
    for number, zone in enumerate(zones):
        given = title.value if title and not number else None
        choice = choose_title(units, zone.first, zone.last, zone.head, given)
        if choice:
            settle_title(units, zone.first, zone.head, choice)
            is_front = choice.is_front if given else is_front
    for zone in zones:
        _fill_zone(text, units, zone, kinds)
    languages = unit_languages(units, kinds, [(zone.first, zone.last) for zone in zones])
    segments = _assemble(text, units, kinds, languages, front, zones, is_front=is_front)
    return Reading(text, units, front, zones, kinds, languages, segments, is_front)


def split_document(text: str) -> tuple[FrontMatter | None, list[Unit]]:
    """The front matter of a text, if it has one, and the units behind it."""
    front = read_front_matter(text)
    if not front:
        return None, split_units(text)
    behind = split_units(text[front.end :])
    return front, [Unit(u.start + front.end, u.end + front.end, u.text, u.gap, u.indent) for u in behind]


def _settle_bodies(zones: list[Zone], units: list[Unit]) -> None:
    """Where no line reads as text, the lines behind the title are the text, or all are: a document has a body."""
    if not zones or any(zone.head.found_body for zone in zones):
        return
    for zone in zones:
        head = zone.head
        settled = [
            at
            for at in range(zone.first, zone.last)
            if head.shapes.get(at) or head.kinds.get(at) in ("title", "footer")
        ]
        open_lines = [at for at in range(zone.first, zone.last) if at not in settled and head.kinds.get(at) == "header"]
        keyed = {at for _, _, at in head.fields}
        plain = [at for at in open_lines if at not in keyed]
        start = plain[0] if plain else zone.first if zone.last - zone.first == 1 else zone.last
        if start == zone.last and len(zones) == 1 and not head.fields:
            start = zone.first
            head.titles.clear()
        head.body = start
        for at in range(start, zone.last):
            head.kinds.pop(at, None)


def _fill_zone(text: str, units: list[Unit], zone: Zone, kinds: list[str]) -> None:
    for index in range(zone.first, zone.head.body):
        kinds[index] = zone.head.kinds.get(index, "header")
    for index, kind in Tail(text, units, zone.head.body, zone.last).read().items():
        kinds[index] = kind
    _mark_abstract(units, zone, kinds)


def _mark_abstract(units: list[Unit], zone: Zone, kinds: list[str]) -> None:
    """An archive's abstract below a record of talks: one paragraph in the present tense before the related "
    "documents."""
    last = next(
        (at for at in range(zone.head.body + 3, zone.last) if kinds[at - 1] == "body" and _opens_data(units[at])), None
    )
    if last is None or sum(units[at].turn_opener for at in range(zone.head.body, last)) < 2:
        return
    unit = units[last - 1]
    short = unit.words >= 8 and unit.ends_sentence and len(unit.text) <= MAX_ABSTRACT_CHARS
    spoken = unit.turn_opener or _SPOKEN.search(unit.look)
    if short and not spoken and _PRESENT_ABSTRACT.search(unit.look):
        kinds[last - 1] = "summary"


def _opens_data(unit: Unit) -> bool:
    """The unit heads a zone of related documents or of document data."""
    found = boilerplate().match(unit)
    return found is not None and found[0] in ("related", "header")


def _assemble(
    text: str,
    units: list[Unit],
    kinds: list[str],
    languages: list[str],
    front: FrontMatter | None,
    zones: list[Zone],
    *,
    is_front: bool,
) -> list[SegmentRow]:
    spans = _front_spans(text, front, _main(languages, units), is_front=is_front)
    attendees = [span for zone in zones if (span := _attendees_span(text, units, zone, kinds))]
    for index, unit in enumerate(units):
        for start, end, kind in _split_unit(unit, kinds[index], zones, index, attendees, text):
            spans.append((start, end, kind, languages[index]))
    merged: list[SegmentRow] = []
    for start, end, kind, language in spans:
        if merged and merged[-1]["kind"] == kind and merged[-1]["language"] == language:
            merged[-1]["end"] = end
        else:
            merged.append({"kind": kind, "language": language, "start": start, "end": end})
    return merged


def _main(languages: list[str], units: list[Unit]) -> str:
    weights: Counter[str] = Counter()
    for language, unit in zip(languages, units, strict=True):
        weights[language] += len(unit.text)
    return weights.most_common(1)[0][0] if weights else "en"


def _front_spans(
    text: str, front: FrontMatter | None, language: str, *, is_front: bool
) -> list[tuple[int, int, str, str]]:
    if not front:
        return []
    start = len(text) - len(text.lstrip())
    title = front.fields.get("title")
    if not title or not is_front:
        return [(start, front.end, "header", language)]
    spans = [(start, title.start, "header"), (title.start, title.end, "title"), (title.end, front.end, "header")]
    return [(*stripped(text, a, b), kind, language) for a, b, kind in spans]


def _attendees_span(text: str, units: list[Unit], zone: Zone, kinds: list[str]) -> tuple[int, int] | None:
    """The bracket that lists who was there, with bracketed lines of names that follow it."""
    body = [at for at in range(zone.head.body, zone.last) if kinds[at] == "body"]
    if not body:
        return None
    start = units[body[0]].start
    match = _ATTENDEES.search(text, start, min(start + ATTENDEES_WITHIN_CHARS, units[body[-1]].end))
    end = _closing(text, match.start()) if match else None
    if not match or end is None:
        return None
    end += len(text[end : end + 1].strip("\n \t")) if text[end : end + 1] in "。." else 0
    for at in body:
        unit = units[at]
        if unit.start >= end:
            if not re.fullmatch(r"[(（][^()（）]{1,80}[)）]", unit.text):
                break
            end = unit.end
    return match.start(), end


def _closing(text: str, start: int) -> int | None:
    """Behind the bracket that closes the one at ``start``, brackets inside counted."""
    depth = 0
    for at in range(start, min(len(text), start + MAX_ATTENDEES_CHARS)):
        if text[at] in "(（[［":
            depth += 1
        elif text[at] in ")）]］":
            depth -= 1
            if depth == 0:
                return at + 1
    return None


def _split_unit(
    unit: Unit, kind: str, zones: list[Zone], index: int, attendees: list[tuple[int, int]], text: str
) -> list[tuple[int, int, str]]:
    """A unit's pieces: an attendee list inside a paragraph, a title behind its key."""
    if kind == "title" and any(zone.head.subject == index for zone in zones) and header_key(unit):
        colon = re.search(r"[:：]\s*", unit.text)
        if colon and colon.end() < len(unit.text):
            middle = unit.start + colon.end()
            return [(*stripped(text, unit.start, middle), "header"), (middle, unit.end, "title")]
    for start, end in attendees:
        low, high = max(start, unit.start), min(end, unit.end)
        if kind == "body" and low < high:
            pieces = [(unit.start, low, "body"), (low, high, "attendees"), (high, unit.end, "body")]
            trimmed = [(*stripped(text, a, b), name) for a, b, name in pieces if text[a:b].strip()]
            return trimmed
    return [(unit.start, unit.end, kind)]
