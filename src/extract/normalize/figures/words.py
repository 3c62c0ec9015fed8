"""The words that follow a number: which of them is what the number counts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extract.normalize.units import MODIFIERS, NO_COUNT, STOPS, UNCHANGED, is_plural

# Between two words: blanks, one line end, opening marks; the target of a link that ends here is passed over.
_GAP = re.compile(r"(?:\]\([^()\s]*\)|[*_]{1,3})?(?:[ \t\u00a0]+(?:\n[ \t\u00a0]*)?|\n[ \t\u00a0]*)[\[*_“\"‘']{0,3}")
_WORD = re.compile(
    r"[^\W\d_](?:[\w’'&/-]|\.(?=[^\W\d_]))*\.?|[$€£¥¢°][A-Z]?|\d{2,4}[A-Z]?(?=[ \n])|\d{1,4}-[a-z]{2,}(?=[ \n])"
)
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+|approx\.|cu\.|sq\.", re.IGNORECASE)
_KEEP_LESS = frozenset({"more", "other", "such"})
_PERSONS = frozenset({"people", "men", "women", "children", "workers", "jobs"})


# Behind these no word follows.
_ENDS_WORDS = frozenset(["", *".,;:()!?%/"])


class Word(NamedTuple):
    text: str
    start: int
    end: int


def words_after(text: str, position: int, limit: int = 9) -> list[Word]:
    """Up to ``limit`` words after ``position`` with only blanks (or one hyphen) between, none after punctuation."""
    if text[position : position + 1] in _ENDS_WORDS:
        return []
    return _words_after(text, position, limit)


@lru_cache(maxsize=8)
def _words_after(text: str, position: int, limit: int) -> list[Word]:
    """The words; the last answers are remembered, as the steps of reading one number ask for the same ones."""
    found: list[Word] = []
    here = position + (text[position : position + 1] == "+")
    hyphen = text[here : here + 1] in ("-", "\u2010")
    while len(found) < limit:
        gap = None if hyphen and not found else _GAP.match(text, here)
        start = here + 1 if hyphen and not found else gap.end() if gap else -1
        if start < 0 and not found and text[here : here + 1] in ("¢", "$", "€", "£", "¥", "°"):
            start = here
        word = _WORD.match(text, start) if start >= 0 else None
        if not word or (hyphen and not found and word[0][0] in "$€£¥"):  # "$40-$60": the next sum's own sign
            break
        end = word.end()
        if word[0].endswith(".") and not _ABBREVIATION.fullmatch(word[0]):
            end -= 1
        while text[end - 1] in "'’/-" and end > word.start() + 1:
            end -= 1
        found.append(Word(text[word.start() : end], word.start(), end))
        if end != word.end():
            break
        here = end
    return found


def split_hyphens(words: list[Word]) -> list[Word]:
    """The parts of a compound that is stuck to a number: "ton", "a", "day" of "50-ton-a-day"."""
    if not words or "-" not in words[0].text:
        return words
    parts, start = [], words[0].start
    for part in words[0].text.split("-"):
        parts.append(Word(part, start, start + len(part)))
        start += len(part) + 1
    return [part for part in parts if part.text]


def counted_noun(words: list[Word]) -> Word | None:
    """The head of the noun phrase that opens ``words``: what a number before them counts, ``None`` if nothing is.

    Without a tagger: the first plural that no other noun follows, within the words up to the first function word.
    A phrase joined by "and" is read on where its first part holds no plural ("Falcon and Atlas rockets").
    """
    best: Word | None = None
    for index, word in enumerate(words):
        low = word.text.casefold()
        if low in ("and", "or", "&") and best is None and index and words[index - 1].text[0].isupper():
            continue
        if low in STOPS and not (low in _KEEP_LESS and index == 0):
            break
        if low.endswith(("'s", "’s")):
            best = None
            continue
        if best is not None and not _goes_on(best, word):
            break
        if is_plural(word.text) or low in UNCHANGED:
            best = word
    return best


def _goes_on(best: Word, word: Word) -> bool:
    low = word.text.casefold()
    return best.text.casefold() in MODIFIERS or low in _PERSONS or low in UNCHANGED


def hyphenated(words: list[Word]) -> Word | None:
    """What a compound counts: "member" in "a 15-member council"; a plan of ten points counts nothing."""
    first = split_hyphens(words)
    if not first or not first[0].text[0].islower() or first[0].text in STOPS or first[0].text in NO_COUNT:
        return None
    return first[0]
