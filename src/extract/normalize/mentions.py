"""Which countries a text speaks of: how often it names each, by name, adjective, people or large city."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from extract import lexicons
from extract.normalize.countries import country_adjectives, country_names

# A country's name has at most this many words that are looked up together.
MAX_WORDS = 3
_RUN = re.compile(r"[A-Z][^\W\d_]*(?:\.[A-Z])*\.?(?:['’]s)?(?:[ \n](?:of |and )?[A-Z][^\W\d_]+){0,3}")


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, str]:
    """Every form of a country and every unmistakable city or state → ISO alpha-2."""
    places = lexicons.load("mul/places", {"name": "text", "country": "text", "kind": "strong|weak"}, key=("name",))
    found = {row["name"]: row["country"] for row in places if row["kind"] == "strong"}
    return found | dict(country_adjectives()) | dict(country_names())


@lru_cache(maxsize=2)
def country_mentions(text: str) -> Counter[str]:
    """ISO alpha-2 of each country that a text names → how often. Linear in the text; raises on none.

    The last texts are remembered: do not change what comes back.
    """
    forms = _forms()
    counts: Counter[str] = Counter()
    for run in _RUN.finditer(text):
        words = [re.sub(r"['’]s$", "", word) for word in run[0].split()]
        at = 0
        while at < len(words):
            for width in range(min(MAX_WORDS, len(words) - at), 0, -1):
                form = " ".join(words[at : at + width])
                country = forms.get(form) or forms.get(form.rstrip("."))
                if country:
                    counts[country] += 1
                    at += width
                    break
            else:
                at += 1
    return counts
