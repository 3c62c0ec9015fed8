"""Bodies of one word that no list knows, by how the whole text uses the word: as subject, owner and object of bodies.

"*Roe* cut its prices. … a share of *Roe*'s sales. … the chairman of *Roe*": signs of a firm, a party or a department.
Each lone mention of such a word is then its name.
"""

from __future__ import annotations

import re
from collections import Counter

from extract.components.entities import signs
from extract.components.entities.companies import shows_company
from extract.components.entities.lists import FUNCTION_WORDS, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weight
from extract.components.entities.vocabulary import Vocabulary, is_title
from extract.components.entities.words import CONNECTOR, HYPHEN, SPACE, Words
from extract.normalize.cities import homes
from extract.normalize.names import fold

BY_USAGE = weight("by_usage")
# So many signs make a body of an acronym (a sign itself), an ordinary word, a town's, a person's or a given name; one
# makes it of others. What only bodies do counts as many.
ENOUGH = 2
_APART = ("and", "to", "for", "in")
_SUBJECT = sign(r"(?:\s+and\s+[A-Z][\w'’-]+)?\s+(?:also\s+|already\s+|now\s+)?(?:{body_does})\b")
_OWNER = sign(r"['’]s?\s+(?:[a-z-]+\s+){0,2}?(?:{body_owns})\b|\s+(?:{body_members})\b")
_OBJECT = sign(r"\b(?:{body_object})\s+(?:the\s+)?$")
# What a body is not: a person, or a thing that letters stand for ("QRX (quick reading)").
_OTHER = sign(r"\s+(?:himself|herself)\b|,\s+(?:who|aged|\d\d)\b|['’]s?\s+(?:{person_owns})\b|\s*\([a-z]")
# No figures, no plurals of acronyms.
_WORD = re.compile(r"(?![A-Z]{2,}s$)[^\W\d_]+")
_OPENS = re.compile(r"(?:^|[.!?:;]\s|[\n\"“(—–]\s*)$")


def names_by_usage(words: Words, lexicon: Vocabulary, found: list[Mention]) -> list[Mention]:
    """All lone mentions of words that the text uses as bodies; ``found`` tells the persons of the text."""
    persons = {
        fold(words.text[m.start : m.end].split()[-1]) for m in found if m.label == "PERSON" and m.rule != "model"
    }
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words.texts):
        if _is_lone(words, index, lexicon) and fold(word) not in persons:
            places.setdefault(word, []).append(index)
    guessed = Counter(words.text[m.start : m.end] for m in found if m.label == "PERSON" and m.rule == "model")
    bodies = [word for word, at in places.items() if _is_body(words, word, at, lexicon, guessed[word] >= ENOUGH)]
    return [
        Mention(words.starts[index], words.ends[index], "ORG", BY_USAGE, "usage")
        for word in bodies
        for index in places[word]
    ]


def _is_lone(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is this an unknown word in capitals that no other stands beside, but for one that opens the sentence?"""
    word = words.texts[index]
    if len(word) < 3 or not _WORD.fullmatch(word) or words.shouts[index] or word in FUNCTION_WORDS or is_title(word):
        return False
    if lexicon.lists(word) or lexicon.given.get(word) == "strong":
        return False
    if words.gaps[index] in (SPACE, HYPHEN) or (words.gaps[index] == CONNECTOR and words.links[index] not in _APART):
        return False
    if not index or words.gaps[index - 1] not in (SPACE, HYPHEN, CONNECTOR):
        return True
    opened = words.gaps[index - 1] == SPACE and words.texts[index - 1] in FUNCTION_WORDS
    return opened or words.links[index - 1] in _APART


def _is_body(words: Words, word: str, indices: list[int], lexicon: Vocabulary, guessed: bool) -> bool:
    """Do the signs around a word's mentions speak for a body? An ordinary word needs its capital inside a sentence.

    ``guessed``: whether the recogniser took several of them for a person's.
    """
    if lexicon.is_plain(word):
        inside = any(not _OPENS.search(words.before(index, 3)) for index in indices)
        if words.is_small(word) or not inside or len(indices) < ENOUGH:
            return False
    votes = Counter(body=int(word.isupper()))
    for index in indices:
        votes.update(_signs(words, index))
    known = guessed or word.isupper() or lexicon.is_plain(word) or word in lexicon.given or bool(homes(word))
    return votes["body"] >= (ENOUGH if known else 1) + votes["place"] and not votes["other"]


def _signs(words: Words, index: int) -> dict[str, int]:
    """What stands beside one mention: signs of a body, of something else, of a place."""
    end, before = words.ends[index], " ".join(words.before(index, 48).split()) + " "
    after = words.text[end : end + 90]
    seen = (_SUBJECT.match(after), _OWNER.match(after), _OBJECT.search(before))
    body = sum(match is not None for match in seen) + ENOUGH * shows_company(words, index, index)
    placed = signs.IN_BEFORE.search(before) and not signs.NO_PLACE_IN.search(before)
    return {"body": body, "other": int(_OTHER.match(after) is not None), "place": int(bool(placed))}
