"""Other names in the place of those of the corpora, which are few and often repeated.

A document about one man called Norton teaches that "Norton" is a person; the same text about ever another name teaches
what stands around a person's name. Names come from the lists of ``gazetteer``; a name is replaced throughout a piece.
"""

from __future__ import annotations

import random
from functools import lru_cache

from models.recipe import gazetteer, names
from models.recipe.piece import Piece

# Of the names of one kind in a piece, so many are replaced.
SHARE = {"PERSON": 0.7, "GPE": 0.4}


# Names of a language in a bank: at most so many, repeated so many times, because the lists are long where somebody was
# diligent (3,690 Polish surnames), not where the names are common in records of trade talks.
PER_LOCALE = 250
WEIGHTS = {
    "en_US": 8,
    "en_GB": 6,
    "ja_JP": 20,
    "zh_CN": 8,
    "en_IN": 2,
    "en_NG": 8,
    "en_TH": 4,
    "es_MX": 2,
    "de_DE": 2,
    "fr_FR": 2,
}


@lru_cache(maxsize=1)
def banks() -> dict[str, tuple[str, ...]]:
    """Single-token names by kind, sorted so that a seed gives the same choice everywhere; frequent ones repeated."""
    first: list[str] = []
    last: list[str] = []
    rng = random.Random(1)
    for locale in gazetteer.LOCALES:
        for names_of, out, shortest in zip(gazetteer.person_names(locale), (first, last), (3, 2), strict=True):
            usable = sorted(name for name in names_of if name.isalpha() and len(name) >= shortest)
            chosen = usable if len(usable) <= PER_LOCALE else rng.sample(usable, PER_LOCALE)
            out += chosen * WEIGHTS.get(locale, 1)
    cities = gazetteer.cities()
    known = {part.title() for part in names.countries() if part.isalpha() and len(part) > 3}
    known |= {state for state in gazetteer.us_states() if state.isalpha()}
    return {
        "first": tuple(first),
        "last": tuple(last),
        "city": tuple(sorted(name for name, size in cities.items() if name.isalpha() and size > 200_000)),
        "country": tuple(sorted(known)),
    }


def swap_names(piece: Piece, rng: random.Random) -> Piece:
    """A copy with some names replaced word by word; every word of a piece has one replacement."""
    out = piece.copy()
    chosen: dict[str, str] = {}
    index = 0
    while index < len(piece):
        label = piece.ents[index][2:] if piece.ents and piece.ents[index].startswith("B-") else ""
        end = index + 1
        while end < len(piece) and piece.ents and piece.ents[end].startswith("I-"):
            end += 1
        if label in SHARE:
            for at in range(index, end):
                word = piece.words[at]
                if word not in chosen:
                    chosen[word] = _other(word, label, at, end, rng)
                out.words[at] = chosen[word]
        index = end
    return out


def _other(word: str, label: str, at: int, end: int, rng: random.Random) -> str:
    """A replacement, or the word itself: by chance, for initials and abbreviations, and in longer names of places."""
    if rng.random() > SHARE[label] or not word.isalpha() or not word[:1].isupper() or len(word) < 3:
        return word
    if word.lower() in ("al", "van", "von", "the", "united", "states", "bin"):
        return word
    if label == "PERSON":
        other = rng.choice(banks()["last" if at == end - 1 else "first"])
    elif end - at > 1 or word.isupper():
        return word
    else:
        other = rng.choice(banks()[rng.choice(("city", "country"))])
    return other.upper() if word.isupper() else other
