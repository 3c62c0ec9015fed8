"""The languages of a text, by weight."""

from __future__ import annotations

from collections import Counter

from extract.components.segments.reader import Reading

# A character of Chinese, Japanese or Korean says about as much as so many Latin ones.
CJK_WEIGHT = 2.5
# A first zone in another language than the bulk is the original, not a heading, from this share of the text on.
MIN_ORIGINAL_SHARE = 0.25
_CJK_LANGUAGES = ("ja", "zh", "ko")


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
