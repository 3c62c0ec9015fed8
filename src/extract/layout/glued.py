"""Texts whose line ends were lost: all on one line, words and labels glued to what stood at the line's end before.

"…as they see it.MR. ROE. I think thatthe bank…" is read as "…as they see it.⏎MR. ROE. I think that the bank…".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from extract import lexicons
from extract.layout.offsets import Edit
from extract.layout.words import plain_words

# A line from here on is a whole document on one line.
ENDLESS_CHARS = 3_000
_ENDLESS = re.compile(rf"[^\n]{{{ENDLESS_CHARS},}}")
# So many glued places show that line ends were lost.
MIN_GLUED = 5
# A label in capitals, and right before it the end of a sentence, a dash, or (before a title and a name) anything.
_LABEL = re.compile(
    r"(?<=[a-z0-9\"”)\]-])[.?!-][\"”)\]]?(?=[A-Z][A-Z.'’ -]{3,40}[.:]\s)|[a-z\d](?=[A-Z]{2,}\.? [A-Z][A-Z'’-]+[.:]\s)"
)
_LETTERS = re.compile(r"(?<![\w'’-])[a-z]{5,30}(?![\w'’-])")
_MIN_HALF_LETTERS = 2
_MIN_OTHER_LETTERS = 4


@cache
def _small_words() -> frozenset[str]:
    rows = lexicons.load("mul/document_stopwords", {"languages": "text", "word": "terms"})
    english = (row["word"] for row in rows if "en" in row["languages"].split())
    return frozenset(word for word in english if len(word) >= _MIN_HALF_LETTERS)


def part_glued(text: str) -> Iterator[Edit]:
    """Edits that part what a lost line end glued together, in documents of one endless line."""
    for line in _ENDLESS.finditer(text):
        labels = (Edit(*match.span(), match[0] + "\n") for match in _LABEL.finditer(text, *line.span()))
        edits = sorted((*labels, *_parted_words(text, line)))
        yield from edits if len(edits) >= MIN_GLUED else ()


def _parted_words(text: str, line: re.Match[str]) -> Iterator[Edit]:
    """What a line's end glued occurs once; letters that come back are a word, though perhaps a rare one."""
    counts = Counter(_LETTERS.findall(text, *line.span()))
    for match in _LETTERS.finditer(text, *line.span()):
        joint = _joint(match[0]) if counts[match[0]] == 1 and match[0] not in plain_words() else 0
        if joint:
            at = match.start() + joint
            yield Edit(at - 1, at, f"{text[at - 1]} ")


def _joint(letters: str) -> int:
    """Where a small word and another common word meet that make up the letters; 0 where none do."""
    for at in range(_MIN_HALF_LETTERS, len(letters) - _MIN_HALF_LETTERS + 1):
        first, second = letters[:at], letters[at:]
        if (first in _small_words() and _is_common(second)) or (second in _small_words() and _is_common(first)):
            return at
    return 0


def _is_common(letters: str) -> bool:
    return letters in _small_words() or (len(letters) >= _MIN_OTHER_LETTERS and letters in plain_words())
