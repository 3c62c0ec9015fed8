"""Companies and other bodies whose names tell nothing, known by what stands beside them.

"Ohio-based *Roe*", "chip maker *Roe*", "*Roe*, a shipping company", "*Roe* said it would", "*Roe*'s plant". Markup
between the words (links, emphasis) is read over.
"""

from __future__ import annotations

import re

from extract.components.entities.lists import DEPARTMENTS, FUNCTION_WORDS, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Vocabulary, is_office, is_title
from extract.components.entities.words import CONNECTOR, HYPHEN, POSSESSIVE, SPACE, Words

BESIDE_TRADE, BY_PRONOUN, BY_PROPERTY = weights("beside_trade", "by_pronoun", "by_property")
MAX_WORDS = 5
_FIRMS = r"{firm}"
# Said of persons too ("the grain trader Roe"), so they tell a body only behind a comma.
_TRADERS = r"{trader}"
_BEFORE = sign(
    rf"(?:\b[\w.]+-(?:based|backed|owned|headquartered)|\b(?:{_FIRMS})|\ban?\s(?:[a-z]+\s)?(?:{{staff_at}})\s+(?:at|with))\s+$"
)
_APPOSITION = sign(
    rf"\s*,\s+(?:an?|the|one of the)\s+(?:[^\s.,;:()]+\s+){{0,6}}?(?:{_FIRMS}|{_TRADERS})\b"
    r"(?!\s+(?:{firm_person})|['’]s)"
)
_PRONOUN = sign(r"""\s+(?:also\s+|has\s+|had\s+)?(?:{said_it})\s+(?:that\s+)?[\"“'‘]?(?:it|its)\b""")
_INVESTED = sign(
    r"\s+(?:announced|unveiled|disclosed|made)\s+(?:an?|"
    r"its)\s+(?:new\s+)?(?:[$€£¥]\S+\s+(?:\w+illion\s+)?)?(?:\w+\s+){0,2}?(?:{invested})\b"
)
_OWNS = sign(r"['’]s?\s+(?:[a-z][\w-]*\s+){0,2}?(?:{owns})\b")
_WORKS = sign(r"\s+(?:{firm_has}|is (?:considering|planning|expected to (?:{works})))\b")
# What firms do with contracts and works; a person does it with a title before the name.
_DOES = sign(
    r"\s+(?:has\s+|have\s+|had\s+)?(?:successfully\s+|"
    r"also\s+)?(?:{wins})\s+(?:[\w$.,-]+\s+){0,4}?(?:contracts?|orders?|tenders?|projects?|"
    r"concessions?)\b|\s+(?:will|to|plans\s+to|is\s+to)\s+(?:{makes})\b"
)
# What firms tell of themselves and is told of them: "Roe posted a loss", "will cut 300 jobs", ", which makes".
_REPORTS = sign(
    r"\s+(?:posted|reported)\s+(?:an?|its|{result_kind})\s+(?:[a-z-]+\s+){0,2}?(?:{result})\b|"
    r"\s+(?:will|would|plans\s+to|is\s+to)\s+(?:cut|shed|hire|eliminate)\s+(?:about\s+)?[\d,]+\s+(?:jobs|workers|staff)\b|"
    r",?\s+(?:which\s+)?(?:is|was)\s+(?:based|headquartered|listed)\s+(?:in|on)\b|"
    r",\s+(?:which|whose)\s+(?:makes|sells|owns|operates|employs)\b"
)
# What parties do and have.
_AT_POLLS = sign(r"\s+(?:has\s+|had\s+)?(?:{wins_seats})\s+(?:[\w-]+\s+){0,3}?seats\b|['’]s?\s+(?:{party_owns})\b")
_OF_PARTY = sign(r"\b(?:{of_party})\s+of\s+$|\b(?:who|which)\s+(?:now\s+)?(?:{runs})\s+$")
_LED = sign(r"\s+(?:{led})\s+[A-Z][a-z.]")
_PARTICLE = re.compile(r"\b(?:von der|van der|van den|von|van)\s$")
_MARKUP = re.compile(r"[*_\[\]]|\(https?://[^()\s]*\)")


def company_names(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """Bodies by their surroundings; words that a list knows and ordinary words are left to others."""
    found: list[Mention] = []
    index = 0
    while index < len(words):
        last = _run_end(words, index, lexicon)
        if last is None:
            index += 1
            continue
        score = _evidence(words, index, last)
        if score:
            found.append(Mention(words.starts[index], words.ends[last], "ORG", score, "beside"))
        index = last + 1
    return found


# A department acts, or stands where persons and bodies do: "told *Finance*", "*Commerce* said".
_ACTS = sign(r"\s+(?:{department_acts})\b|['’]s\s+(?:{department_owns})\b")
_BESIDE_BODIES = sign(r"\b[a-z]+\s+(?:{beside_bodies})\s+$")


def department_names(words: Words) -> list[Mention]:
    """Departments called by what they govern, where they act or are spoken to."""
    runs = (SPACE, HYPHEN, CONNECTOR)
    lone: list[int] = []
    for index, word in enumerate(words.texts):
        if word not in DEPARTMENTS or words.gaps[index] in runs or words.shouts[index]:
            continue
        if not index or words.gaps[index - 1] not in runs or words.texts[index - 1] in FUNCTION_WORDS:
            lone.append(index)
    sure = {k for k in lone if _acts(words, k)}
    acting = {words.texts[k] for k in sure if not words.is_small(words.texts[k])}
    return [
        Mention(words.starts[k], words.ends[k], "ORG", BY_PROPERTY, "department")
        for k in lone
        if k in sure or words.texts[k] in acting
    ]


def _acts(words: Words, index: int) -> bool:
    if _ACTS.match(words.text, words.ends[index]):
        return True
    return not words.is_small(words.texts[index]) and _BESIDE_BODIES.search(words.before(index, 40)) is not None


def shows_company(words: Words, index: int, last: int) -> bool:
    """Does the text around the words ``index`` to ``last`` show a company or another body?"""
    return _evidence(words, index, last) > 0


def _run_end(words: Words, index: int, lexicon: Vocabulary) -> int | None:
    """The last word of a run of unknown capitalised words that begins here."""
    if not _may_be_name(words, index, lexicon, first=True):
        return None
    at = index
    while at + 1 < len(words) and at - index < MAX_WORDS - 1 and words.gaps[at] in (SPACE, HYPHEN):
        if not _may_be_name(words, at + 1, lexicon, first=False):
            return None if at + 1 < len(words) and is_office(words.texts[at + 1]) else at
        at += 1
    return at


def _may_be_name(words: Words, index: int, lexicon: Vocabulary, *, first: bool) -> bool:
    word = words.texts[index]
    if len(word) < 2 or words.shouts[index] or word in FUNCTION_WORDS or is_title(word):
        return False
    if not first:
        return True
    if _PARTICLE.search(words.before(index, 9)):
        return False
    if words.runs_in(index):
        return False
    entry = lexicon.single.get(word)
    alone = index + 1 >= len(words) or words.gaps[index] not in (SPACE, HYPHEN)
    if alone and (entry is not None or lexicon.is_plain(word)):
        return False
    return not (index and words.gaps[index - 1] == POSSESSIVE and alone)


def _evidence(words: Words, index: int, last: int) -> float:
    """The score that the text around a run gives it, 0 for none."""
    before = _MARKUP.sub("", words.before(index, 48)) or ""
    if _BEFORE.search(before):
        return BESIDE_TRADE
    after = _MARKUP.sub("", words.text[words.ends[last] : words.ends[last] + 360])[:120]
    if _APPOSITION.match(after):
        return BESIDE_TRADE
    if _PRONOUN.match(after):
        return BY_PRONOUN
    if _LED.match(after):
        return BESIDE_TRADE
    shown = any(pattern.match(after) for pattern in (_INVESTED, _OWNS, _WORKS, _DOES, _AT_POLLS, _REPORTS))
    return BY_PROPERTY if shown or _OF_PARTY.search(before) else 0.0
