"""The genre of a document: points for each from how it names itself, how it is laid out and how it tells things."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extract.components.segments.reader import Reading
from extract.layout.lines import Unit
from extract.lexicons import load
from extract.normalize.document import from_to

GENRES = ("cable", "transcript", "news", "essay", "other")
LOOK_CHARS = 6_000
HEAD_CHARS = 600
# What a text is taken for that shows nothing.
BASE_POINTS = {"other": 1.0, "news": 0.5}

_SAID = re.compile(r"\b(?:said|says|told (?:reporters|the)|according to|announced)\b")
_CITATION = re.compile(
    r"\([A-Z][\w'’.&\s-]{1,50}?,? (?:19|20)\d\d[a-z]?(?:, pp?\. ?\d+)?[;)]|\b[A-Z]\w+ \((?:19|20)\d\d[a-z]?\)|"
    r"\[\d{1,3}\](?!\()"
)
_INNER_LABEL = re.compile(
    r"\b(?:MR|MS|MRS|DR|CHAIRMAN|CHAIR|Mr|Ms|Mrs|SENATOR|SECRETARY|"
    r"AMBASSADOR)\.? [A-Z][A-Z'’-]+(?: of [A-Z]\w+)?[.:]\s+[A-Z]"
)
_RETOLD = re.compile(
    r"^(?:The )?(?:M[rs]{1,2}\.?|Dr\.?|Sir|Chairman|CHAIRMAN|Minister)\s.{2,60}\s(?:said|asked|replied|thought|"
    r"agreed|stated|noted)\b"
)
# A history counts in years, a report in days.
_YEAR = re.compile(r"\b1[5-9]\d\d\b")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")
_LINK = re.compile(r"\]\(https?://")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)])\s")


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, str, float, re.Pattern[str]], ...]:
    columns = {
        "genre": "|".join(GENRES),
        "place": "head|opening|title|url|text",
        "points": "number",
        "pattern": "regex",
    }
    rows = load("mul/document_genre_cues", columns, key=("genre", "place", "pattern"))
    return tuple((row["genre"], row["place"], float(row["points"]), re.compile(row["pattern"])) for row in rows)


def find_genre(reading: Reading, title: str | None) -> str:
    """The genre with the most points; the order of ``GENRES`` decides between equals."""
    points = {genre: BASE_POINTS.get(genre, 0.0) for genre in GENRES}
    places = _places(reading, title)
    for genre, place, worth, pattern in _cues():
        if pattern.search(places[place]):
            points[genre] += worth
    _add_layout(points, reading)
    _add_telling(points, reading, places["text"])
    return max(GENRES, key=lambda genre: points[genre])


def _places(reading: Reading, title: str | None) -> dict[str, str]:
    front = reading.front.fields if reading.front else {}
    body = next((unit.start for unit, kind in zip(reading.units, reading.kinds, strict=True) if kind == "body"), 0)
    head = reading.text[: min(body, 8 * HEAD_CHARS)] + "\n" + reading.text[body : body + HEAD_CHARS]
    if len(reading.zones) > 1:
        head += "\n".join(reading.text[reading.units[zone.first].start :][:1500] for zone in reading.zones[1:3])
    address = " ".join(front[name].value for name in ("source_url", "url", "tags", "category", "type") if name in front)
    return {
        "head": re.sub(r"\s+", " ", head.lower()),
        "opening": reading.text[body : body + HEAD_CHARS].lower(),
        "title": (title or "").lower(),
        "url": address.lower(),
        "text": reading.text[body : body + LOOK_CHARS].lower(),
    }


def _add_layout(points: dict[str, float], reading: Reading) -> None:
    shapes: Counter[str] = Counter()
    fields: set[str] = set()
    for zone in reading.zones:
        shapes.update(zone.head.shapes.values())
        fields.update(name for name, value, _ in zone.head.fields if value)
    points["cable"] += (
        3 * bool(shapes["telegram"]) + 1.5 * bool(shapes["classification"]) + 1.5 * (shapes["routing"] >= 2)
    )
    points["cable"] += 2 * ({"sender", "recipient"} <= fields) + 1.0 * bool(shapes["number"])
    points["cable"] += 2 * any(from_to(reading.units[at].look) for zone in reading.zones for at in zone.head.titles)
    points["news"] += 1.0 * bool(shapes["byline"]) + 1.5 * bool(shapes["caption"]) + 0.5 * bool(shapes["read_time"])
    body = [unit for unit, kind in zip(reading.units, reading.kinds, strict=True) if kind == "body"]
    points["news"] += 3.0 * bool(body and body[0].dateline) + 0.5 * ("related" in reading.kinds)
    points["news"] += 0.75 * bool(shapes["date"])
    questions = sum(unit.look.endswith("?") for unit in body)
    points["transcript"] += 2.0 * (questions >= 4 and questions >= 0.15 * len(body))
    points["essay"] += 3.0 * (_length_of(reading, "references") >= 150) + 1.5 * ("summary" in fields)
    bullets = sum(bool(_BULLET.match(unit.text)) for unit in body)
    points["other"] += 1.5 * (bullets >= 4 and bullets >= 0.25 * len(body))
    labelled = _count_labelled(body)
    points["transcript"] += 4.0 * (labelled >= 5 or (labelled >= 3 and labelled >= 0.12 * len(body))) + 1.0 * (
        labelled >= 2
    )
    points["transcript"] += 1.0 * bool(body and body[0].titled)
    points["transcript"] += 3.0 * (sum(bool(_RETOLD.match(unit.look)) for unit in body[:40]) >= 2)
    headings = sum(
        not unit.prose and unit.words >= 1 and not unit.ends_sentence and len(unit.text) < 80 for unit in body
    )
    prose = [unit for unit in body if unit.prose]
    points["essay"] += 1.0 * (headings >= 2 and len(prose) >= 2 * headings and labelled == 0)
    points["essay"] += 1.0 * (len(prose) >= 3 and sum(len(unit.text) for unit in prose) > 1200 and labelled == 0)


def _count_labelled(body: list[Unit]) -> int:
    """Turns with a label that is plainly one, or that comes back: "Costs: …" opens an item of a list."""
    labels = Counter(unit.label[0] for unit in body if unit.speaks and unit.label)
    return sum(unit.titled or _is_speaker(unit, labels) for unit in body)


def _is_speaker(unit: Unit, labels: Counter[str]) -> bool:
    if not unit.speaks or not unit.label:
        return False
    return labels[unit.label[0]] >= 2 or bool(re.search(r"\b[^\W\d_a-z]{4,}\b", unit.label[0]))


def _length_of(reading: Reading, kind: str) -> int:
    return sum(len(unit.text) for unit, found in zip(reading.units, reading.kinds, strict=True) if found == kind)


def _add_telling(points: dict[str, float], reading: Reading, text: str) -> None:
    original = reading.text[:LOOK_CHARS]
    n_words = max(100, text.count(" "))
    n_said = len(_SAID.findall(text))
    said = 1000 * n_said / n_words
    points["news"] += sum(said > rate and n_said >= least for rate, least in ((3, 1), (6, 2), (10, 3)))
    points["essay"] += 0.5 * (said < 2) + 1.0 * (len(_YEAR.findall(text)) >= 6 and not _WEEKDAY.search(text))
    points["essay"] += 3.0 * (len(_CITATION.findall(original)) >= 3) + 1.0 * (len(_LINK.findall(original)) >= 5)
    points["transcript"] += 3.0 * (len(_INNER_LABEL.findall(original)) >= 3)
