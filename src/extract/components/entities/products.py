"""Products by their numbers: "Roe 787 Dreamliner" behind a known maker, "MQ-9B" near what it is."""

from __future__ import annotations

import re

from extract.components.entities.lists import sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.words import Words

MODEL, CODE, SHIP = weights("model_number", "code", "ship")
_MODEL = re.compile(
    r"\s+(\d{3}[A-Z]{0,2}(?:-\d{1,3}[A-Z]?)?|[A-Z]{1,4}-\d{1,4}[A-Z]?)(?![\w,.]*\d)(?:\s+([A-Z][a-z]{3,}))?(?!\w)"
)
_CODE = re.compile(r"(?<![\w-])[A-Z][A-Za-z]{0,3}-\d{1,3}[A-Z]{0,2}(?![\w-])")
_SHIP = sign(r"\b(?:{ship_kind})\s+[A-Z][a-z]+(?:\s+(?:[A-Z]\.\s+)?[A-Z][a-z]+){0,2}")
_THING = sign(r"\b(?:{thing_kind})\b")
# "the A350 jets", "V164 turbines": letters and figures right before what they are.
_CODED = sign(r"(?<![\w-])[A-Z]{1,3}\d{2,4}[A-Z]?(?=\s+(?:[a-z]+\s+)?(?:{thing_kind})\b)")
REACH = 48


def product_names(words: Words, known: list[Mention]) -> list[Mention]:
    """Numbered models of known makers and coded vehicles or weapons."""
    found: list[Mention] = []
    for maker in known:
        if maker.label == "ORG" and (match := _MODEL.match(words.text, maker.end, maker.end + REACH)):
            found.append(Mention(match.start(1), match.end(), "PRODUCT", MODEL, "model number"))
    for match in _CODED.finditer(words.text):
        found.append(Mention(match.start(), match.end(), "PRODUCT", CODE, "code"))
    for match in _CODE.finditer(words.text):
        around = words.text[max(0, match.start() - REACH) : match.end() + REACH]
        if _THING.search(around):
            found.append(Mention(match.start(), match.end(), "PRODUCT", CODE, "code"))
    for match in _SHIP.finditer(words.text):
        found.append(Mention(match.start(), match.end(), "PRODUCT", SHIP, "ship"))
    return found
