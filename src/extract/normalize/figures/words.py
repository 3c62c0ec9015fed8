"""The words that follow a number: which of them is what the number counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.normalize.units import MODIFIERS, UNCHANGED, is_plural
from extract.normalize.word_lists import word_set

_GAP = re.compile(r"(?:[ \t\u00a0]+(?:\n[ \t\u00a0]*)?|\n[ \t\u00a0]*)[\[*_“\"‘']{0,3}")
_WORD = re.compile(r"[^\W\d_](?:[\w’'&/-]|\.(?=[^\W\d_]))*\.?|[$€£¥¢°][A-Z]?|\d{2,4}[A-Z]?(?=[ \n])")
_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+|approx\.|cu\.|sq\.", re.IGNORECASE)
STOPS = word_set(
    "a an the this that these those each every all both any some no another other such its his her their our my"
    " your whose"
    " of in on at to for from by with within without into onto upon over under above below between among against during"
    " before after since until till through throughout across along around about near off up down out via per than as"
    " like unlike except despite toward towards and or but nor yet so if because while when where which who whom"
    " what whether"
    " how why i you he she it we they them him us me there here then now not only also even just still already"
    " again too"
    " is are was were be been being am has have had having do does did done can could will would shall should may"
    " might must"
    " said says say told tells asked asks added adds noted notes reported reports announced announces came come"
    " comes went go"
    " goes made make makes took take takes got get gave give gives rose rise rises fell fall falls grew grow grows"
    " became"
    " become becomes remained remain stood stands stand reached reach reaches voted joined signed died die"
    " worth total totaling totalling totaled totalled valued respectively annually yearly daily monthly weekly"
    " altogether"
    " including included include compared apiece each ago later earlier more less fewer higher lower least most"
)
_KEEP_LESS = frozenset({"more", "other", "such"})
_PERSONS = word_set("people men women children workers jobs")


class Word(NamedTuple):
    text: str
    start: int
    end: int


def words_after(text: str, position: int, limit: int = 9) -> list[Word]:
    """Up to ``limit`` words after ``position`` with only blanks (or one hyphen) between, none after punctuation."""
    found: list[Word] = []
    here = position + (text[position : position + 1] == "+")
    hyphen = text[here : here + 1] in ("-", "\u2010")
    while len(found) < limit:
        gap = None if hyphen and not found else _GAP.match(text, here)
        start = here + 1 if hyphen and not found else gap.end() if gap else -1
        if start < 0 and not found and text[here : here + 1] in ("¢", "$", "€", "£", "¥", "°"):
            start = here
        word = _WORD.match(text, start) if start >= 0 else None
        if not word:
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
