"""What is counted by numbers that stand far from its name: a question or a heading before them says it.

"How many looms stood idle in each parish?", with the parishes and their numbers as the answer.
"""

from __future__ import annotations

import re

from extract.normalize.figures.words import counted_noun, words_after
from extract.normalize.units import DURATIONS, counted, singular

# So far behind the question its answer may go on, with the words that lead to it.
MAX_ASKED = 900
_COUNTS = re.compile(r"\b(?:how\s+many|numbers?\s+of)\s+(?:\(\w{1,3}\)\s+)?(?=[a-z])", re.IGNORECASE)
# What is asked after it is another thing: a further question, or how much something cost.
_FURTHER = re.compile(r"\bask(?:s|ed)?\b|\bhow\s+(?:much|long|often|far)\b|\b[QP]\s?\d+\.", re.IGNORECASE)


def asked_noun(text: str, end: int, heads: str = "") -> str | None:
    """What the last count that is asked for or announced before ``end`` is a count of: "loom"; of several that a
    question asks for the one that the ``heads`` of its answer name."""
    before = text[max(0, end - MAX_ASKED) : end]
    found = list(_COUNTS.finditer(before))
    if not found or _FURTHER.search(before, found[-1].end()):
        return None
    since = max((further.end() for further in _FURTHER.finditer(before)), default=0)
    nouns = [_noun(before, match.end()) for match in found if match.start() >= since]
    named = [noun for noun in nouns if noun and noun in heads.casefold()]
    return (named or nouns)[-1]


def _noun(text: str, start: int) -> str | None:
    noun = counted_noun(words_after(" " + text[start:], 0))
    return counted(noun.text) if noun is not None and singular(noun.text) not in DURATIONS else None
