"""Names in the parts of a document that are written in French, Spanish and other tongues with capitals.

The rules and the recogniser are English: they take "Je", "La Présidente", "Oui" for persons. What is left of a mention
without the function words, offices and forms of address of its language is the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from extract import lexicons
from extract.components.entities.mentions import Mention
from extract.normalize.names import fold

LANGUAGES = ("fr", "es", "de", "it", "pt", "nl")
_ELIDED = re.compile(r"^(?:[LDJNSCMldjnscm]|[Qq]u)['’]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")


@cache
def no_names(language: str) -> frozenset[str]:
    """Folded words that are no part of a name in a language: its function words, and what a lexicon adds."""
    function: Iterable[str] = import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    listed = lexicons.words("fr/no_names") if language == "fr" else ()
    return frozenset(map(fold, [*function, *listed]))


def outside_english(text: str, found: list[Mention], segments: Iterable[Mapping[str, Any]]) -> list[Mention]:
    """The mentions, those in another language cut to their names; what is no name there is left out."""
    zones = [(s["start"], s["end"], s["language"]) for s in segments or () if s["language"] in LANGUAGES]
    for start, end, language in zones:
        inside = [m for m in found if start <= m.start < end and m.label in ("PERSON", "ORG", "GPE")]
        dropped = {id(m) for m in inside if not _cut(text, m, no_names(language))}
        found = [m for m in found if id(m) not in dropped]
    return found


def _cut(text: str, mention: Mention, none: frozenset[str]) -> bool:
    """Takes off what is no name at the front; whether a name is left."""
    parts = list(_WORD.finditer(text, mention.start, mention.end))
    while parts and fold(_ELIDED.sub("", parts[0][0])).rstrip(".") in none:
        parts.pop(0)
    if parts and mention.label == "PERSON":
        mention.start = parts[0].start()
    return bool(parts)
