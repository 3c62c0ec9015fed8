"""The languages of a text's paragraphs, and the zones of a text that stands in two languages one after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from extract.components.segments.patterns import boilerplate
from extract.layout.lines import Unit
from extract.lexicons import load
from extract.normalize.language import latin_language, script_language

# A zone in another script needs so many letters of it; a stamp or a name in it stays in the zone around.
MIN_ZONE_LETTERS = 40
# A zone in another language of the same script: so many paragraphs of running text, and letters, on both sides.
MIN_LATIN_PARAGRAPHS = 2
MIN_LATIN_CHARS = 400
# A paragraph in another language than the document's: so many words, and its stop-words outnumber the main ones.
MIN_FOREIGN_WORDS = 6
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@lru_cache(maxsize=1)
def stopwords() -> dict[str, frozenset[str]]:
    rows = load("mul/document_stopwords", {"languages": "text", "word": "terms"})
    return {row["word"].lower(): frozenset(row["languages"].split()) for row in rows}


@lru_cache(maxsize=4096)
def _latin(text: str) -> str | None:
    """Kept, as zones and paragraphs ask in turn."""
    return latin_language(text, stopwords())


def _script(unit: Unit) -> str | None:
    """``latin``, another script's language, or ``None`` for a unit of digits and marks."""
    found = script_language(unit.text)
    if found:
        return "ja" if found == "zh" else found
    return "latin" if len(_LATIN.findall(unit.text[:500])) >= 3 else None


def language_zones(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Bounds of the zones, as unit indices; one zone for a text in one language."""
    if not units:
        return []
    scripts = [_script(unit) for unit in units]
    groups = _groups(_filled(scripts), units)
    merged = _without_small(groups)
    zones: list[tuple[int, int]] = []
    for first, last, script in merged:
        zones.extend(_latin_zones(units, first, last) if script == "latin" else [(first, last)])
    return zones


def _filled(scripts: list[str | None]) -> list[str]:
    """Units without letters go with the unit before them, the first ones with the next."""
    known = next((script for script in scripts if script), "latin")
    filled = []
    for script in scripts:
        known = script or known
        filled.append(known)
    return filled


def _groups(labels: list[str], units: Sequence[Unit]) -> list[tuple[int, int, str, int]]:
    groups: list[tuple[int, int, str, int]] = []
    for index, label in enumerate(labels):
        letters = len(_LETTER.findall(units[index].text[:500]))
        if groups and groups[-1][2] == label:
            first, _, _, weight = groups[-1]
            groups[-1] = (first, index + 1, label, weight + letters)
        else:
            groups.append((index, index + 1, label, letters))
    return groups


def _without_small(groups: list[tuple[int, int, str, int]]) -> list[tuple[int, int, str]]:
    """Small groups join the zone before them (the first one, the zone after)."""
    merged: list[tuple[int, int, str]] = []
    for first, last, label, weight in groups:
        if merged and (weight < MIN_ZONE_LETTERS or merged[-1][2] == label):
            merged[-1] = (merged[-1][0], last, merged[-1][2])
        elif merged and len(merged) == 1 and _weight(groups, merged[0][1]) < MIN_ZONE_LETTERS:
            merged[0] = (merged[0][0], last, label)
        else:
            merged.append((first, last, label))
    return merged


def _weight(groups: list[tuple[int, int, str, int]], last: int) -> int:
    return sum(weight for _, end, _, weight in groups if end <= last)


def _latin_zones(units: Sequence[Unit], first: int, last: int) -> list[tuple[int, int]]:
    """Cut where the language of the running text changes for good."""
    prose = [(at, tag) for at in range(first, last) if units[at].prose and (tag := _latin(units[at].text[:1000]))]
    runs: list[list[int]] = []
    tags: list[str] = []
    for at, tag in prose:
        if tags and tags[-1] == tag:
            runs[-1].append(at)
        else:
            runs.append([at])
            tags.append(tag)
    solid = [
        (run, tag)
        for run, tag in zip(runs, tags, strict=True)
        if len(run) >= MIN_LATIN_PARAGRAPHS and sum(len(units[at].text) for at in run) >= MIN_LATIN_CHARS
    ]
    cuts = [_head_start(units, before[-1], run[0]) for (before, old), (run, new) in pairwise(solid) if old != new]
    bounds = [first, *cuts, last]
    return [(a, b) for a, b in pairwise(bounds) if a < b]


def _head_start(units: Sequence[Unit], before: int, after: int) -> int:
    """The head of the second text stands between the two: the cut is behind the first's last paragraph."""
    return next((at for at in range(before + 1, after + 1) if not units[at].ends_sentence), after)


def unit_languages(units: Sequence[Unit], kinds: Sequence[str], zones: Sequence[tuple[int, int]]) -> list[str]:
    """The BCP 47 tag of every unit. Entries of bibliographies take the language around them: their titles mislead."""
    found = [_own_language(unit, kind) for unit, kind in zip(units, kinds, strict=True)]
    if "ja" in found:
        found = ["ja" if tag == "zh" else tag for tag in found]
    languages: list[str] = []
    main = _heaviest(found, units) or "en"
    for first, last in zones:
        zone = found[first:last]
        own = _heaviest(zone, units[first:last]) or main
        known = [tag if _stands(tag, unit, own) else None for tag, unit in zip(zone, units[first:last], strict=True)]
        languages.extend(_spread(known, own))
    return languages


def _heaviest(tags: Sequence[str | None], units: Sequence[Unit]) -> str | None:
    weights: Counter[str] = Counter()
    for tag, unit in zip(tags, units, strict=True):
        if tag:
            weights[tag] += len(unit.text)
    return weights.most_common(1)[0][0] if weights else None


def _own_language(unit: Unit, kind: str) -> str | None:
    script = script_language(unit.text)
    if script:
        return script
    if kind == "references":
        return None
    if kind in ("footer", "related", "header") and (match := boilerplate().match(unit)):
        return match[1]
    return _latin(unit.text[:1000])


def _stands(tag: str | None, unit: Unit, main: str) -> bool:
    """A paragraph counts as foreign only where it is long enough to tell and hardly any main-language word is in it."""
    if tag is None or tag == main or script_language(unit.text) or boilerplate().match(unit):
        return tag is not None
    if unit.words < MIN_FOREIGN_WORDS or not unit.prose:
        return False
    words = unit.text[:3000].lower().split()
    table = stopwords()
    own = sum(tag in table.get(word.strip('.,;:!?()"“”’*'), ()) for word in words)
    other = sum(main in table.get(word.strip('.,;:!?()"“”’*'), ()) for word in words)
    return own >= 3 and own >= 2 * other


def _spread(known: Sequence[str | None], main: str) -> list[str]:
    """Units that do not show their language take the zone's, but between two of one other language that one."""
    following: list[str | None] = [None] * len(known)
    after: str | None = None
    for index in range(len(known) - 1, -1, -1):
        after = known[index] or after
        following[index] = after
    spread: list[str] = []
    before: str | None = None
    for index, own in enumerate(known):
        before = own or before
        between = before if before == following[index] else None
        spread.append(own or between or main)
    return spread
