"""The genre of a document: a learnt judgement over how it names itself, how it is laid out and how it tells things.

Each feature is a name with the bin of a number, so that a log-linear model can weigh it: rates are per thousand words
of the text's beginning. Where the weights are missing, the points of the cues alone decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from extract.components.segments.reader import Reading
from extract.layout.lines import Unit
from extract.learned import load_or_none
from extract.lexicons import load

GENRES = ("cable", "transcript", "news", "essay", "other")
LOOK_CHARS = 8_000
HEAD_CHARS = 600
# Where nothing else speaks: most documents of no other genre are reports and notices.
BASE_POINTS = {"other": 1.0, "news": 0.5}
# So many labelled paragraphs are talk, or so large a share of them.
MANY_LABELS = 5
LABELLED_SHARE = 0.12
_BINS = (0.0, 0.5, 1, 2, 4, 7, 12, 20, 35, 60, 100)
_SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75)
_COUNTS = (0, 1, 2, 3, 5, 8, 15, 40)

_INNER_LABEL = re.compile(r"(?<=[.?!\]])\s?(?:M[RS]{1,2}|[A-Z]{4,}(?: [A-Z]{4,})?)\.? [A-Z][A-Z'’-]+\.\s?(?=[A-Z\[])")
_RETOLD = re.compile(
    r"^(?:The )?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,5} (?:said|asked|replied|thought|stated|noted|agreed)\b"
)
_BULLET = re.compile(r"^\s*(?:[-*•·●]|\d{1,2}\\?[.)])\s")
_DEAR = re.compile(r"^(?:My )?dear [A-Z]", re.I)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, str, float, re.Pattern[str]], ...]:
    columns = {
        "genre": "|".join(GENRES),
        "place": "head|opening|title|url|text|layout",
        "points": "number",
        "pattern": "regex",
    }
    rows = load("mul/document_genre_cues", columns, key=("genre", "place", "pattern"))
    return tuple((row["genre"], row["place"], float(row["points"]), re.compile(row["pattern"])) for row in rows)


@lru_cache(maxsize=1)
def _rates() -> dict[str, re.Pattern[str]]:
    """What is counted in the text, by name."""
    rows = load("mul/document_genre_words", {"name": "text", "pattern": "regex"}, key=("name",))
    return {row["name"]: re.compile(row["pattern"]) for row in rows}


def find_genre(reading: Reading, title: str | None) -> str:
    """The likeliest genre; the order of ``GENRES`` decides between equals.

    The points of the cues count beside the learnt margins: they know genres that the annotated sources lack.
    """
    model = load_or_none("document_genre")
    if model is None:
        points = cue_points(reading, title)
        return max(GENRES, key=lambda genre: points[genre])
    margins = model.margins([genre_features(reading, title)])[0]
    points = cue_points(reading, title)
    scores = {genre: margins[at] + points[genre] for at, genre in enumerate(model.labels)}
    return max(GENRES, key=lambda genre: scores[genre])


def cue_points(reading: Reading, title: str | None) -> dict[str, float]:
    """The points of the cues that occur, by genre."""
    points = {genre: BASE_POINTS.get(genre, 0.0) for genre in GENRES}
    places = _places(reading, title)
    for genre, place, worth, pattern in _cues():
        if pattern.search(places[place]):
            points[genre] += worth
    return points


def genre_features(reading: Reading, title: str | None) -> list[str]:
    """What speaks for a genre, as named features."""
    return [*_cue_features(reading, title), *_layout_features(reading), *_telling_features(reading)]


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
        "layout": " ".join(_layout_words(reading)),
    }


def _layout_words(reading: Reading) -> Iterator[str]:
    """What the layout shows, as words for the cues: shapes of head lines, fields, zones, a dateline, labels."""
    for zone in reading.zones:
        yield from zone.head.shapes.values()
        yield from (f"field-{name}" for name, value, _ in zone.head.fields if value)
    body = [unit for unit, kind in zip(reading.units, reading.kinds, strict=True) if kind == "body"]
    yield from sorted({f"zone-{kind}" for kind in reading.kinds})
    if body and body[0].dateline:
        yield "dateline"
    labelled = _count_labelled(body)
    if labelled >= MANY_LABELS or (labelled >= 3 and labelled >= LABELLED_SHARE * len(body)):
        yield "labelled"
    if sum(bool(_RETOLD.match(unit.look)) for unit in body[:40]) >= 2:
        yield "retold"


def _cue_features(reading: Reading, title: str | None) -> Iterator[str]:
    points = cue_points(reading, title)
    best = max(GENRES, key=lambda genre: points[genre])
    yield f"cues={best}"
    for genre, worth in points.items():
        yield _binned(f"cue {genre}", worth, _BINS)


def _layout_features(reading: Reading) -> Iterator[str]:
    shapes: Counter[str] = Counter()
    fields: set[str] = set()
    for zone in reading.zones:
        shapes.update(zone.head.shapes.values())
        fields.update(name for name, value, _ in zone.head.fields if value)
    yield from (f"shape={shape}" for shape in shapes)
    yield from (f"field={name}" for name in fields)
    yield f"zones={'+'.join(sorted(set(reading.kinds) - {'body', 'header'}))}"
    body = [unit for unit, kind in zip(reading.units, reading.kinds, strict=True) if kind == "body"]
    if not body:
        return
    yield f"dateline={body[0].dateline}"
    yield f"labelled first={body[0].titled or body[0].speaks}"
    yield f"excerpt={body[0].text[:1].islower()}"
    yield f"letter={any(_DEAR.match(unit.look) for unit in body[:3])}"
    yield _binned(
        "references",
        sum(len(u.text) for u, k in zip(reading.units, reading.kinds, strict=True) if k == "references") / 100,
        _BINS,
    )
    yield from _shares(body)


def _shares(body: list[Unit]) -> Iterator[str]:
    """How many of the paragraphs are labelled, questions, items of lists, headings, retold; how long they are."""
    n = len(body)
    labelled = _count_labelled(body)
    yield _binned("labelled", labelled, _COUNTS)
    yield _binned("labelled share", labelled / n, _SHARES)
    yield _binned("questions", sum(unit.look.endswith("?") for unit in body) / n, _SHARES)
    yield _binned("bullets", sum(bool(_BULLET.match(unit.text)) for unit in body) / n, _SHARES)
    yield _binned("retold", sum(bool(_RETOLD.match(unit.look)) for unit in body) / n, _SHARES)
    headings = sum(not u.prose and u.words >= 1 and not u.ends_sentence and len(u.text) < 80 for u in body)
    yield _binned("headings", headings / n, _SHARES)
    yield _binned("tables", sum(u.text.count("|") >= 2 or u.text.count("\t") >= 2 for u in body) / n, _SHARES)
    yield _binned("prose", sum(unit.prose for unit in body) / n, _SHARES)


def _count_labelled(body: list[Unit]) -> int:
    """Paragraphs with a label that is plainly one, or that comes back: "Costs: …" opens an item of a list."""
    labels = Counter(unit.label[0] for unit in body if unit.label and len(unit.label[0]) <= 50)
    recurring = (unit.label and labels[unit.label[0]] >= 2 for unit in body)
    return sum(bool(unit.titled or again) for unit, again in zip(body, recurring, strict=True))


def _telling_features(reading: Reading) -> Iterator[str]:
    """Rates of the words that tell how a text speaks: of itself, to somebody, of what others said."""
    body = next((unit.start for unit, kind in zip(reading.units, reading.kinds, strict=True) if kind == "body"), 0)
    text = reading.text[body : body + LOOK_CHARS]
    n_words = max(100, len(text.split()))
    for name, pattern in _rates().items():
        yield _binned(name, 1000 * len(pattern.findall(text)) / n_words, _BINS)
    yield _binned("inner labels", len(_INNER_LABEL.findall(text)), _COUNTS)
    yield _binned("words", n_words / 10, _BINS)


def _binned(name: str, number: float, edges: tuple[float, ...]) -> str:
    """``name`` and how many of the edges the number is above: "said>3"."""
    return f"{name}>{sum(number > edge for edge in edges)}"
