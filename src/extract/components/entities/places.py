"""Places that no list holds: "Roeville, Ohio", "in Roeton, Kenya"."""

from __future__ import annotations

import re

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
        state = known.get(words.starts[index + 1])
        if state is None:
            continue
        first = index
        while (
            first
            and index - first < 2
            and words.gaps[first - 1] == SPACE
            and words.texts[first - 1] not in FUNCTION_WORDS
        ):
            first -= 1
        if words.texts[first] in FUNCTION_WORDS or not _BEFORE.search(words.before(first, 12)):
            continue
        if words.before(first, 12).rstrip().endswith("of") and words.text[state.end : state.end + 1] == ",":
            continue
        places.append(Mention(words.starts[first], words.ends[index], "GPE", BESIDE_PLACE, "place", state.country))
    return places + _constituencies(words)


def _constituencies(words: Words) -> list[Mention]:
    """The seat of a member of the House of Commons: "Jane Roe (*North Roeshire*) (Lab)"."""
    return [
        Mention(match.start(1), match.end(1), "GPE", CONSTITUENCY, "seat", "GB") for match in _SEAT.finditer(words.text)
    ]
