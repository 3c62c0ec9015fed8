"""What is counted by numbers that stand far from its name: a question or a heading before them says it.

"How many looms stood idle in each parish?", with the parishes and their numbers as the answer.
"""

from __future__ import annotations

import re

from extract.normalize.figures.words import counted_noun, words_after
from extract.normalize.units import NOT_COUNTED, counted, singular

# So far behind the question its answer may go on, with the words that lead to it.
MAX_ASKED = 900
_COUNTS = re.compile(r"\b(?:how\s+many|numbers?\s+of)\s+(?:\(\w{1,3}\)\s+)?(?=[a-z])", re.IGNORECASE)
# What is asked after it is another thing: a further question, or how much something cost.
_FURTHER = re.compile(r"\bask(?:s|ed)?\b|\bhow\s+(?:much|long|often|far)\b|\b[QP]\s?\d+\.", re.IGNORECASE)


def asked_noun(text: str, end: int, reach: int = MAX_ASKED) -> str | None:
    """What the last count that is asked for or announced before ``end`` is a count of: "loom"."""
    low = max(0, end - reach)
    before = text[low:end]
    found = next(reversed(list(_COUNTS.finditer(before))), None)
    if found is None or _FURTHER.search(before, found.end()):
        return None
    noun = counted_noun(words_after(" " + before[found.end() :], 0))
    return counted(noun.text) if noun is not None and singular(noun.text) not in NOT_COUNTED else None
