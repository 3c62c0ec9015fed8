"""Places that no list holds: "Roeville, Ohio", "in Roeton, Kenya"."""

from __future__ import annotations

import re
from functools import lru_cache

import pycountry

from extract.components.entities.lists import FUNCTION_WORDS
from extract.components.entities.mentions import Mention
from extract.components.entities.words import COMMA, SPACE, Words

BESIDE_PLACE, CONSTITUENCY = 63.0, 92.0
_SEAT = re.compile(
    r"\(([A-Z][\w'’,-]*(?:[ \n](?:[A-Z][\w'’,-]*|and|of|the|upon|on)){0,7})\)\s+"
    r"\((?:Con|Lab|Lab/Co-op|LD|Lib Dem|SNP|DUP|PC|UUP|SDLP|Ind|Green|Alliance|CB|XB|L|C|U)\)"
)
_BEFORE = re.compile(r"\b(?:in|at|from|near|outside|of|to|around)\s+$")


def place_names(words: Words, found: list[Mention]) -> list[Mention]:
    """A capitalised run of one to three words before a comma and a known state or country, behind "in" or the like."""
    known = {m.start: m for m in found if m.label == "GPE" and m.country and m.rule.startswith("known")}
    places: list[Mention] = []
    for index in range(len(words) - 1):
        if words.gaps[index] != COMMA or words.links[index] != ",":
            continue
        state = known.get(words.starts[index + 1]) or _state_code(words, index + 1)
        if state is None or words.text.startswith(("'s", "’s"), state.end):
            continue
        if state.rule == "state code":
            places.append(state)
        first = index
        while (
            first
            and index - first < 2
            and words.gaps[first - 1] == SPACE
            and words.texts[first - 1] not in FUNCTION_WORDS
        ):
            first -= 1
        sure = state.rule == "state code" or _BEFORE.search(words.before(first, 12)) is not None
        if words.texts[first] in FUNCTION_WORDS or not sure:
            continue
        if words.before(first, 12).rstrip().endswith("of") and words.text[state.end : state.end + 1] == ",":
            continue
        places.append(Mention(words.starts[first], words.ends[index], "GPE", BESIDE_PLACE, "place", state.country))
    return places + _constituencies(words)


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Postal codes of the states of the USA."""
    return frozenset(s.code.removeprefix("US-") for s in pycountry.subdivisions if s.country_code == "US")


def _state_code(words: Words, index: int) -> Mention | None:
    """ "Roeville, *OH*" where the code ends a phrase."""
    end = words.ends[index]
    if words.texts[index] not in _codes() or not (words.text[end : end + 1] in ",;.)\n" or end == len(words.text)):
        return None
    return Mention(words.starts[index], end, "GPE", BESIDE_PLACE, "state code", "US")


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Names of the states of the USA."""
    return frozenset(s.name for s in pycountry.subdivisions if s.country_code == "US" and s.type == "State")


def settle_states(text: str, chosen: list[Mention]) -> None:
    """A name of a country and of a state ("Georgia") is the state's in a text that names other states.

    A people's name with the country's code speaks for the country.
    """
    named = {text[m.start : m.end].title() for m in chosen if m.country == "US"} & _states()
    peoples = {m.country for m in chosen if m.label == "NORP"}
    for mention in chosen:
        both = mention.label == "GPE" and mention.country not in (None, "US")
        if both and named and mention.country not in peoples and text[mention.start : mention.end].title() in _states():
            mention.country = "US"


def _constituencies(words: Words) -> list[Mention]:
    """The seat of a member of the House of Commons: "Jane Roe (*North Roeshire*) (Lab)"."""
    return [
        Mention(match.start(1), match.end(1), "GPE", CONSTITUENCY, "seat", "GB") for match in _SEAT.finditer(words.text)
    ]
