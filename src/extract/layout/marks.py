"""Marks of footnotes that are glued to the words or figures before them: they are no part of either.

"7 percent.2 The", "$30 million4 in", "5 %³", "300 tons[2] of": a superscript, a bracketed number, or a bare number
behind a common word, a rate, or the full stop behind a year. Powers and units ("10⁶", "km²") stay, and numbers behind
words that bear them ("annex2").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract import lexicons
from extract.layout.offsets import Edit
from extract.layout.words import plain_words

KIND = "footnote_mark"
_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_MARK = re.compile(
    rf"(?P<raised>(?<=\S)[{_SUPERSCRIPT}†‡]+)"
    r"|(?<=[^\s\[(])(?P<bracketed>[ ]?\[\d{1,3}\](?:\[\d{1,3}\])*)(?=[\s.,;:)”\"]|\Z)"
    r"|(?<=[^\W\d_A-Z]{3})(?P<stop>[.,;:]?[\"”’)]?)(?P<bare>\d{1,2}(?:,\d{1,2})*)(?=[\s,;:]|\.(?:\s|\Z)|\Z)"
    r"|(?<=\d%)(?P<rate>\d{1,2})(?=[\s,;]|\.\s)"
    r"|(?:(?<=\D(?:19|20)\d\d\.)|(?<=[a-z\d]\)\.))(?P<final>\d{1,2})(?=\s+[\"“‘]?[A-Z]|\s*\Z|[ \t]*\n)"
)
_NUMBER_BEFORE = re.compile(r"(?P<sign>[$£€¥]?)(?P<digits>\d[\d,]*)\Z")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_SENTENCE_AFTER = re.compile(r"\s+[\"“‘(]?[A-Z]|\s*\Z|[ \t]*\n")
_LOOK_CHARS = 40
# A shorter word with a superscript is a unit or a variable: "km²", "R²".
_MIN_MARKED_LETTERS = 3
# A number of fewer digits with a superscript may be a power.
_MIN_MARKED_DIGITS = 3
_MIN_WORD_LETTERS = 4


@cache
def _numbered_nouns() -> frozenset[str]:
    return lexicons.words("en/numbered_nouns")


def find_marks(text: str) -> Iterator[Edit]:
    """Edits that take out the marks of footnotes."""
    for match in _MARK.finditer(text):
        name = match.lastgroup or ""
        judge = _JUDGES.get(name)
        if judge is None or judge(text, match):
            yield Edit(*match.span(name), "", KIND)


def _is_raised(text: str, match: re.Match[str]) -> bool:
    if match[0][0] in "†‡":
        return True
    start = max(0, match.start() - _LOOK_CHARS)
    number = _NUMBER_BEFORE.search(text, start, match.start())
    if number:
        return bool(number["sign"]) or len(number["digits"]) >= _MIN_MARKED_DIGITS
    letters = _LETTERS_BEFORE.search(text, start, match.start())
    return letters is None or len(letters[0]) >= _MIN_MARKED_LETTERS


def _is_bare(text: str, match: re.Match[str]) -> bool:
    letters = _LETTERS_BEFORE.search(text, max(0, match.start() - _LOOK_CHARS), match.start())
    if letters is None or len(letters[0]) < _MIN_WORD_LETTERS or match["bare"][0] == "0":
        return False
    word = letters[0]
    if not word.islower() or word not in plain_words() or word.removesuffix("s") in _numbered_nouns():
        return False
    return not match["stop"].startswith(".") or bool(_SENTENCE_AFTER.match(text, match.end()))


# The other forms are marks by themselves.
_JUDGES = {"raised": _is_raised, "bare": _is_bare}
