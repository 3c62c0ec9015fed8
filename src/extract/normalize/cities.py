"""Cities of 15,000 people and more: is a name a city's, and in which country?

Data: ``lexicons/mul/cities.tsv`` (GeoNames, CC BY 4.0), read at the first call (under 0.1 s) and kept. Nothing here
raises on any string.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from extract import lexicons
from extract.normalize.names import fold

# So many times larger than the next city of its name is a city that needs no country beside it.
DOMINANT = 5
# So many times smaller than the largest of its name is a city that nobody means.
SMALL_BESIDE = 8
_COLUMNS = "name\tcountry\tpopulation"


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[tuple[str, int], ...]]:
    """Folded name → (country, people), the largest first; the file is written by a script, so it is read unchecked."""
    text = (lexicons.FOLDER / "mul" / "cities.tsv").read_text(encoding="utf-8")
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for line in text[text.index(_COLUMNS) + len(_COLUMNS) :].strip().split("\n"):
        name, country, people = line.split("\t")
        found[name] = (*found.get(name, ()), (country, int(people)))
    return found


@lru_cache(maxsize=4096)
def homes(name: str) -> tuple[tuple[str, int], ...]:
    """The countries that have a city of this name with its population, the largest first; empty for no city."""
    return _cities().get(fold(" ".join(name.split())), ())


def city_country(name: str, named: Mapping[str, int]) -> str | None:
    """The country (ISO alpha-2) of a city in a text that names countries so often; ``None`` if it stays open.

    The one much larger than all others of its name; else the one whose country the text names most; else the larger
    by far. Cities far smaller than the largest do not count.
    """
    cities = homes(name)
    near = [city for city in cities if city[1] * SMALL_BESIDE >= cities[0][1]]
    counts = sorted(((named.get(country, 0), country) for country, _ in near), reverse=True)
    if counts and counts[0][0] > (counts[1][0] if len(counts) > 1 else 0):
        return counts[0][1]
    if not cities or (len(cities) > 1 and cities[0][1] < DOMINANT * cities[1][1]):
        return None
    return cities[0][0]
