"""Noun phrases over coarse word classes: where one ends, which word heads it, what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from extract.components.claims.tokens import Sentence, Word
from extract.normalize.word_lists import word_set

_INSIDE = frozenset("NPAHSM")
# Adjectives that only grade, time or praise: no part of what a measure or an item is called.
_VAGUE = word_set(
    "new additional further other such same whole entire total overall big large small huge massive significant"
    " historic"
    " potential major current annual recent further possible certain several many first last next unprecedented"
    " landmark"
    " great own former late early special largest biggest highest whopping record combined different various"
)


class Phrase(NamedTuple):
    """A noun phrase: word indexes of its first word (without determiner), its head and its last word."""

    first: int
    head: int
    last: int


def ends_at(sentence: Sentence, last: int) -> Phrase | None:
    """The noun phrase whose last word is ``last``, read to the left up to its determiner."""
    words = sentence.words
    if last < 0 or words[last].cls not in "NPAO":
        return None
    if words[last].cls == "O":
        return Phrase(last, last, last)
    if words[last].cls == "A" and not (last and words[last - 1].cls in "D"):
        return None
    first = last
    while first > 0 and _joins_left(words, first - 1):
        first -= 1
    while first < last and words[first].cls in "SHM":
        first += 1
    return Phrase(first, last, last)


def _joins_left(words: list[Word], index: int) -> bool:
    word = words[index]
    if word.cls in _INSIDE:
        return True
    return (
        word.cls == "V"
        and word.tag in ("VBN", "VBG")
        and words[index + 1].cls in "NPA"
        and index > 0
        and (words[index - 1].cls in "DASI" or words[index - 1].low in ("and", "of"))
    )


def starts_at(sentence: Sentence, first: int, *, join: bool = True) -> Phrase | None:
    """The noun phrase that begins at ``first`` (a determiner is skipped); ``join``: with what "and" adds to it."""
    words = sentence.words
    index = first
    while index < len(words) and (words[index].cls in "DR" and words[index].low != "not"):
        index += 1
    begin, head = index, -1
    while index < len(words) and _joins_right(words, index, head >= 0):
        if words[index].cls in "NP":
            head = index
        index += 1
    if head < 0:
        if begin < len(words) and words[begin].cls == "O":
            return Phrase(begin, begin, begin)
        return None
    begin = _drop_vague(words, begin, head)
    last = head
    if join and head + 2 < len(words) and words[head + 1].low in ("and", "or", "&", ","):
        last = _joined(sentence, head)
    return Phrase(begin, head, last)


def _joins_right(words: list[Word], index: int, headed: bool) -> bool:
    word = words[index]
    if word.cls in "NPHS":
        return True
    if word.cls in "AM":
        return not headed or (index + 1 < len(words) and words[index + 1].cls in "NPH")
    return (
        not headed
        and word.cls == "V"
        and word.tag in ("VBN", "VBG")
        and index + 1 < len(words)
        and words[index + 1].cls in "NPA"
    )


def _drop_vague(words: list[Word], begin: int, head: int) -> int:
    while begin < head and (words[begin].low in _VAGUE or words[begin].cls in "HM"):
        begin += 1
    return begin


def _joined(sentence: Sentence, head: int) -> int:
    """The last word of "X, Y and Z" where what follows is another bare noun phrase of the same list."""
    words, last, index = sentence.words, head, head + 1
    listed = False
    while index + 1 < len(words) and words[index].low in ("and", "or", "&", ","):
        step = index + 1 + (words[index + 1].low in ("and", "or") and words[index].low == ",")
        nxt = starts_at(sentence, step, join=False)
        if nxt is None or nxt.first - step > 1 or (nxt.head + 1 < len(words) and words[nxt.head + 1].cls in "VXF"):
            break
        closes = words[step - 1].low in ("and", "or", "&")
        last_candidate, index = nxt.last, nxt.last + 1
        listed = listed or closes
        if closes:
            last = last_candidate
            break
    return last if listed else head


def short(sentence: Sentence, text: str, phrase: Phrase) -> str:
    """The head with its noun modifier: "trade surplus" of "massive trade surplus"."""
    words, first = sentence.words, phrase.head
    while first > phrase.first and phrase.head - first < 2 and words[first - 1].cls == "N":
        first -= 1
    if (
        first == phrase.head
        and first > phrase.first
        and words[first - 1].cls == "A"
        and words[first - 1].low not in _VAGUE
    ):
        first -= 1
    return sentence.text(text, first, phrase.head)


def full(sentence: Sentence, text: str, phrase: Phrase) -> str:
    """The whole phrase without what only grades it."""
    return sentence.text(text, _drop_vague(sentence.words, phrase.first, phrase.head), phrase.last)


def possessor(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """Whose it is: the part before "'s" ("Japan" in "Japan's trade surplus")."""
    for index in range(phrase.head - 1, phrase.first - 1, -1):
        if sentence.words[index].cls == "S" and index > 0:
            return ends_at(sentence, index - 1)
    return None


def after_possessor(sentence: Sentence, phrase: Phrase) -> Phrase:
    """The phrase without its possessor."""
    for index in range(phrase.head - 1, phrase.first - 1, -1):
        if sentence.words[index].cls == "S":
            return Phrase(index + 1, phrase.head, phrase.last)
    return phrase


def is_place(sentence: Sentence, phrase: Phrase) -> bool:
    """A phrase of proper nouns only ("the United States"): who or where, not what."""
    return all(
        word.cls in "PHC." or word.low in ("and", "of") for word in sentence.words[phrase.first : phrase.last + 1]
    )


def counted(text: str, figure: Mapping[str, Any]) -> str | None:
    """The noun phrase of a count without its number and what only grades it."""
    part = " ".join(text[figure["extra"]["atom_end"] : figure["end"]].split()).lstrip("+-‐ ")
    tokens = part.split(" ")
    drop = ("of", "new", "additional", "other", "more", "such", "foreign")
    while len(tokens) > 1 and tokens[0].casefold() in drop:
        tokens = tokens[1:]
    return None if tokens == ["people"] else " ".join(tokens)
