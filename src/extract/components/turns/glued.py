"""Openers glued to the words before them, inside a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extract.components.turns.scanner import Opener, read_opener
from extract.components.turns.shapes import BRACKET, bracketed, marked
from extract.components.turns.words import turn_words

_GLUED_QA = re.compile(r"(?<=[.?!\"”)\]—–-])\s{0,4}(?P<label>[QA])(?P<delimiter>[.:])\s{1,3}(?=[A-Z“\"(\[])")
# A place in a line where a label may be glued: behind the end of a sentence, a bracket or a dash.
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Messrs|Hon|Prof|Sen|Rep|Gov|Gen|St|[A-Z])\.$", re.IGNORECASE)
_GLUED_COLON = re.compile(r"[:：](?=\s)")
_BREAK = re.compile(r"[.?!\])”\"’…—](?:\s+(?=[A-Z])|(?=[A-Z]{2,}))(?=[^.?!\n]{1,80}$)")
_GLUED_BRACKET = re.compile(r"(?<=[.?!。！？)）」”\"])[ \u3000]?(?=[(（][^()（）\n]{1,40}[)）])|(?=\{[^{}\n]{1,40}\})")
GLUED_LOOK_BACK_CHARS = 90
# "… next.JANE ROE. Thank you", "… next. Jane Roe (ALDE). – Mr President"
_GLUED_NAME = re.compile(
    r"(?<=[^\w\s,(\[])\s{0,6}(?=(?:[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,24}\s){1,3}[A-ZÀ-Þ][A-ZÀ-Þ'’-]{2,24}\.\s)"
)
_GLUED_DASH = re.compile(r"(?<=[.?!…”\")])\s{1,4}(?=[A-ZÀ-Þ][^.?!:\n]{1,90}\.\s?[-–—]\s)")


@lru_cache(maxsize=1)
def _glued_title() -> re.Pattern[str]:
    """A title behind the end of a sentence; in capitals also right behind a sign or a figure ("basis.MR. ROE.")."""
    words = turn_words()
    some = {*words.titles, *words.roles, "the"} - words.joining | {"the"}
    capitals = "|".join(sorted((re.escape(word.upper()) for word in some), key=len, reverse=True))
    others = "|".join(sorted((re.escape(word.capitalize()) for word in some), key=len, reverse=True))
    return re.compile(
        rf"(?<=[^\w\s,(\[])\s{{1,6}}(?=(?:{capitals}|{others})\b\.?\s)|(?<=[^A-Za-z\s,(\[])(?=(?:{capitals})\b[.(]?)"
    )


def glued_openers(text: str) -> Iterator[Opener]:
    """Every opener inside a line: behind a title, a mark, before a colon, in brackets, names in capitals."""
    for found in _glued_title().finditer(text):
        if _ABBREVIATION.search(text, max(0, found.start() - 8), found.start()):
            continue
        opener = read_opener(text, found.end(), lead="", glued=True, loose=True)
        if opener and opener.rank != "name" and _stands_glued(opener) and not _ends_heading(text, opener):
            yield opener
    for pattern in (_GLUED_NAME, _GLUED_DASH):
        for found in pattern.finditer(text):
            opener = read_opener(text, found.end(), lead="", glued=True)
            if opener and _stands_glued(opener):
                yield opener
    for found in _GLUED_QA.finditer(text):
        opener = marked(text, found, glued=True)
        if opener:
            yield opener
    for found in _GLUED_COLON.finditer(text):
        floor = max(0, found.start() - GLUED_LOOK_BACK_CHARS)
        start = max(text.rfind("\n", floor, found.start()) + 1, floor)
        breaks = list(_BREAK.finditer(text, start, found.start()))
        if not breaks:
            continue
        cut = breaks[-1]
        opener = read_opener(text, cut.end(), lead="", glued=True)
        if opener and opener.delimiter == "colon" and opener.text_start > found.start():
            yield opener
    for found in _GLUED_BRACKET.finditer(text):
        bracket = BRACKET.match(text, found.end())
        opener = bracketed(text, bracket, turn_words(), glued=True) if bracket else None
        if opener:
            yield opener


def _ends_heading(text: str, opener: Opener) -> bool:
    """Is the whole line in capitals, with the label as its last words ("TIN DUTIES—QUESTION.")?"""
    floor = max(0, opener.start - GLUED_LOOK_BACK_CHARS)
    line = text[text.rfind("\n", floor, opener.start) + 1 or floor : opener.end]
    return "\n" in text[opener.end : opener.text_start] and line.isupper()


def _stands_glued(opener: Opener) -> bool:
    """Before a full stop a label inside a line must be in capitals: "Thank you. Mr. Roe. I think" is two sentences."""
    return opener.delimiter in ("colon", "colon-line", "stop-dash") or (
        opener.delimiter == "stop" and opener.case == "capitals"
    )
