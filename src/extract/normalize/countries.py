"""Countries by name and by adjective: ``country_code("South Korea")`` and ``country_code("South Koreans")`` are ``KR``.

Names come from CLDR (Babel) and ISO 3166 (pycountry), adjectives from CLDR's language names and the regular endings of
English; ``country_words`` adds what neither knows. Former states have their ISO 3166-3 code (``SU``, ``DD``).
Tables are built at the first call (under 0.2 s) and kept. Nothing here raises on any string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from extract.normalize.country_words import forms as listed_forms

# Codes of CLDR that are no country: pseudo-locales, unions, outlying groups.
_NO_COUNTRY = frozenset({"XA", "XB", "ZZ", "UN", "EU", "EZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})
# Official and joined names have no adjective of their own ("Principality of …", "Trinidad and Tobago").
_LONG = re.compile(r"\b(?:of|and|the|City|See|Darussalam)\b|[&.,]|^Saint ")
_PLURAL = re.compile(
    r"(?:[aeiou]n|ian|i|er|ot|ard|ek|ov?ak|ic|[^aeious]e|rk|nn|rb|ot|gh?an|lav|in[oa]|[bt]on|cot|rit|ie)$"
)


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Every written form of a country's name → its ISO 3166 alpha-2 code (alpha-2 of 3166-3 for former states)."""
    import pycountry
    from babel import Locale

    found: dict[str, str] = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code not in _NO_COUNTRY:
            for form in _cldr_forms(str(name)):
                found.setdefault(form, code)
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            form = _uninverted(getattr(country, field, None) or "")
            if form and country.alpha_2 not in _NO_COUNTRY:
                found.setdefault(form, country.alpha_2)
    for code, forms in listed_forms("name").items():
        found.update(dict.fromkeys(forms, code))
    return MappingProxyType(found)


def _cldr_forms(name: str) -> list[str]:
    """The forms that one CLDR name stands for: "Myanmar (Burma)", "Hong Kong SAR China", "St. Kitts & Nevis"."""
    name = re.sub(r" SAR China$", "", name)
    inside = re.search(r"\((.+?)\)", name)
    plain = re.sub(r"\s*\(.+?\)", "", name).split(" - ")[0]
    forms = [plain, *([inside[1]] if inside else [])]
    for form in list(forms):
        if "&" in form:
            forms.append(form.replace("&", "and"))
        if form.startswith("St. "):
            forms.append(form.replace("St. ", "Saint ").replace("&", "and"))
        forms.append(form.replace("’", "'"))
    return list(dict.fromkeys(forms))


def _uninverted(name: str) -> str:
    """ "Bolivia, Plurinational State of" → "Bolivia"."""
    return name.split(",")[0].split(" (")[0].strip()


@lru_cache(maxsize=1)
def country_adjectives() -> Mapping[str, str]:
    """Adjectives and nouns of nationality, singular and plural → code: "Japanese", "Iraqis", "Frenchmen"."""
    found: dict[str, str] = {}
    for code, forms in listed_forms("adjective").items():
        for form in forms:
            found.update(dict.fromkeys(_with_plural(form), code))
    taken = set(listed_forms("adjective"))
    for form, code in _language_adjectives().items():
        if code not in taken:
            found.setdefault(form, code)
    for name, code in country_names().items():
        if code not in taken and len(name) > 3 and not _LONG.search(name):
            for form in _regular_adjectives(name):
                for shown in _with_plural(form):
                    found.setdefault(shown, code)
    return MappingProxyType(found)


def _language_adjectives() -> dict[str, str]:
    """Names of languages that are adjectives of the land where CLDR says they are most at home: "Danish" → DK."""
    from babel import Locale
    from babel.core import get_global

    likely = get_global("likely_subtags")
    territories = Locale("en").territories
    found: dict[str, str] = {}
    for code, name in Locale("en").languages.items():
        land = str(likely.get(code, "")).rsplit("_", 1)[-1]
        word = str(name)
        if len(code) != 2 or len(land) != 2 or " " in word or len(word) < 4 or word in country_names():
            continue
        if word[:3] == str(territories.get(land, ""))[:3]:
            found.setdefault(word, land)
    return found


def _regular_adjectives(name: str) -> list[str]:
    """The adjective of a country's name by the regular endings of English; several where usage is divided."""
    if re.search(r"(?:land|lands|Islands?|States|Republic|Emirates|Kingdom|Territor\w+|SAR)$", name):
        return [name + "er"] if re.search(r"[a-z]land$", name) else []
    stem = name
    for ending, replacements in (
        (r"ia$", ("ian",)),
        (r"ea$", ("ean",)),
        (r"[^aeiou]a$", ("an", "ian", "ese")),
        (r"ay$", ("ayan",)),
        (r"y$", ("ian",)),
        (r"(?:co|go)$", ("can", "golese")),
        (r"o$", ("an", "ese")),
        (r"e$", ("ean", "ian", "an")),
        (r"i$", ("ian",)),
        (r"(?:stan|q|el|ar|ait|an|en|esh|in|mp)$", ("i", "ese", "ian")),
        (r"(?:m|n|l)$", ("ese", "ian")),
        (r"(?:t|r|l|d|g)$", ("ian", "an", "ese")),
        (r"(?:s)$", ("ian", "an")),
    ):
        if re.search(ending, stem):
            cut = re.sub(r"(?:ia|ea|ay|[aeioy])$", "", stem)
            return [cut + r for r in replacements]
    return []


def _with_plural(form: str) -> list[str]:
    if re.search(r"(?:sh|ch|s|wo)man$", form):
        return [form, form[:-3] + "men"]
    return (
        [form, form + "s"]
        if form + "s" not in country_names() and _PLURAL.search(form) and not form.endswith(("ese", "ish"))
        else [form]
    )


@lru_cache(maxsize=1)
def region_names() -> frozenset[str]:
    """Continents and regions of CLDR ("Southeast Asia", "Latin America"): places without a country code."""
    from babel import Locale

    names = {str(name) for code, name in Locale("en").territories.items() if code.isdigit()} - {"world", "Americas"}
    return frozenset(names | {"Middle East", "Far East", "Near East", "Asia-Pacific", "Indo-Pacific", "Central Asia"})


@lru_cache(maxsize=1)
def region_adjectives() -> frozenset[str]:
    """Adjectives and nouns of people by region, singular and plural, that belong to no one country."""
    return frozenset(shown for form in listed_forms("region")["-"] for shown in _with_plural(form))


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    found: dict[str, str] = {}
    for table_ in (country_names(), country_adjectives()):
        for form, code in table_.items():
            found.setdefault(_fold(form), code)
    return found


def _fold(text: str) -> str:
    """The key of a form: accents and stops gone, lower case unless it is an abbreviation ("US" is not "us")."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = re.sub(r"\s+", " ", plain.replace(".", "").replace("’", "'")).strip()
    return plain if len(plain) <= 4 and plain.isupper() else plain.casefold()


@lru_cache(maxsize=4096)
def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country's name, abbreviation, adjective or people; ``None`` for anything else.

    A leading "the" and a trailing possessive do not matter; abbreviations must be in capitals ("US", not "us").
    """
    text = re.sub(r"['’]s?$", "", name.strip())
    text = re.sub(r"^(?:the|The|THE)\s+", "", text)
    found = _folded().get(_fold(text))
    return found or (_folded().get(text.casefold()) if text.isupper() and len(text) == 4 else None)
