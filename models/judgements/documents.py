"""``python -m models.judgements.documents TEXTS``: write the feature files of genre and title from annotated texts.

TEXTS is a folder with ``manifest.json``, ``open`` and ``gold-open``. The files hold hashed features and labels alone.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from extract.components.document.fields import find_title
from extract.components.document.genre import GENRES, genre_features
from extract.components.segments.head import read_head
from extract.components.segments.languages import language_zones
from extract.components.segments.reader import read_layout, split_document
from extract.components.segments.titles import Candidates, candidates, is_described
from extract.learned import hash_bags
from models.judgements.feature_file import FeatureFile
from models.judgements.heads import Rendered, Renderer
from models.judgements.texts import Annotated, open_texts, own_samples

N_BUCKETS = 2**14
# Penalties chosen on folds that leave whole sources out.
GENRE_L2, TITLE_L2 = 3.0, 1.0
# A part of a document counts less than the whole; rare genres count more, by this power of their rarity.
PART_WEIGHT = 0.5
# The project's own samples show genres and layouts that the annotated sources lack; each counts so much.
OWN_WEIGHT = 2.0
RARITY_POWER = 0.5
MIN_HALF_CHARS = 1_500
# So many heads are rendered for every one that was found, and so many bodies are drawn from.
N_RENDERED = 1_500
SEED = 7
# A line is of the title if the annotated title covers so much of it.
COVERED_SHARE = 0.6


def genre_file(texts: Sequence[Annotated]) -> FeatureFile:
    """Genres: every document whole, without its head, and its second half alone, as excerpts are."""
    names = sorted({one.source for one in texts})
    counts = Counter(one.gold["document"]["genre"] for one in texts if not one.written)
    bags, wanted, sources = [], [], []
    for one in texts:
        genre = one.gold["document"]["genre"]
        rare = (max(counts.values()) / counts[genre]) ** RARITY_POWER
        for at, text in enumerate(_parts(one)):
            reading = read_layout(text, None)
            bags.append(genre_features(reading, find_title(reading)))
            weight = OWN_WEIGHT if one.written else rare * (PART_WEIGHT if at else 1.0)
            wanted.append([weight * (known == genre) for known in GENRES])
            sources.append(names.index(one.source))
    return FeatureFile(
        GENRES, N_BUCKETS, GENRE_L2, hash_bags(bags, N_BUCKETS), np.array(wanted), np.array(sources, dtype=np.int64)
    )


def _parts(one: Annotated) -> list[str]:
    body = one.body()
    if one.written:
        return [one.text]
    halves = [body[len(body) // 2 :]] if len(body) >= 2 * MIN_HALF_CHARS else []
    return [one.text, *([body] if body else []), *halves]


def title_file(texts: Sequence[Annotated]) -> FeatureFile:
    """Titles: the documents as they are, and their titles rendered over other bodies in random layouts."""
    names = sorted({one.source for one in texts})
    groups: list[tuple[Candidates, list[float], int]] = []
    for one in texts:
        title = one.gold["document"].get("title")
        spans = [(row["start"], row["end"]) for row in one.gold["segments"] if row["kind"] == "title"]
        weight = OWN_WEIGHT if one.written else 1.0
        groups += _judged(one.text, spans if title else [], names.index(one.source), weight)
    for rendered, source in _rendered(texts):
        groups += _judged(rendered.text, rendered.spans, names.index(source))
    bags = [bag for found, _, _ in groups for bag in found.features]
    sizes = [len(found.features) for found, _, _ in groups]
    return FeatureFile(
        ("title",),
        N_BUCKETS,
        TITLE_L2,
        hash_bags(bags, N_BUCKETS),
        np.array([share for _, shares, _ in groups for share in shares])[:, None],
        np.repeat([source for _, _, source in groups], sizes),
        np.repeat(np.arange(len(groups)), sizes),
    )


def _rendered(texts: Sequence[Annotated]) -> Iterator[tuple[Rendered, str]]:
    """Rendered heads with the source of title and body: one source each, so that folds leave both out."""
    renderer = Renderer(SEED)
    bodies: dict[str, list[list[str]]] = {}
    titles: dict[str, list[str]] = {}
    for one in (one for one in texts if not one.written):
        paragraphs = [part for part in re.split(r"\n\s*\n", one.body()) if part.strip()][:25]
        if sum(map(len, paragraphs)) > 200:
            bodies.setdefault(one.source, []).append(paragraphs)
        if one.gold["document"].get("title"):
            titles.setdefault(one.source, []).append(one.gold["document"]["title"])
    every = sorted({title for known in titles.values() for title in known})
    for _ in range(N_RENDERED):
        source = renderer.random.choice(sorted(bodies))
        title = renderer.random.choice(titles.get(source, every))
        body = renderer.random.choice(bodies[source])
        yield renderer.render(title, body, renderer.random.sample(every, 6)), source


def _judged(
    text: str, spans: Sequence[tuple[int, int]], source: int, weight: float = 1.0
) -> Iterator[tuple[Candidates, list[float], int]]:
    """The candidates of a document's first zone and the share of the choice that each deserves."""
    front, units = split_document(text)
    given = front.fields["title"].value if front and "title" in front.fields else None
    if not units or (given is not None and not is_described(given)):
        return
    first, last = language_zones(units)[0]
    found = candidates(units, first, last, read_head(units, first, last, hint=given), given)
    right = [_covered(units[at].start, units[at].end, spans) for at in found.lines]
    marks = [not any(right), *right]
    yield found, [weight * mark / sum(marks) for mark in marks], source


def _covered(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(min(end, b) - max(start, a) > COVERED_SHARE * (end - start) for a, b in spans)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.judgements.documents", description=__doc__)
    parser.add_argument("texts", type=Path, metavar="TEXTS", help="folder with manifest.json, open and gold-open")
    texts = [*open_texts(parser.parse_args().texts), *own_samples()]
    for name, build in (("document_genre", genre_file), ("document_title", title_file)):
        print(build(texts).save(name))


if __name__ == "__main__":
    main()
