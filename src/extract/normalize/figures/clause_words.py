"""Words of a clause that tell what a number beside them is (lexicon ``en/figure_clauses``): money, people, a share."""

from __future__ import annotations

import re

from extract import lexicons

_KINDS = "money|sum|people|harmed|deed|group|level|vote|rate|apart|ends|measured"
_ROWS = lexicons.load("en/figure_clauses", {"kind": _KINDS, "unit": "text?", "word": "terms"}, key=("word", "kind"))
# What a word of a kind counts, where it counts one thing.
UNITS = {(row["kind"], row["word"].casefold()): row["unit"] for row in _ROWS}
# What may stand between a word that leads to a number and the number.
ABOUT = r"(?:(?:at\s+least|as\s+many\s+as|up\s+to|more\s+than|\w+ly|about|some|another|over|around|just)\s+)?"


def words(kind: str) -> str:
    """A pattern for the words of a kind, in a group of that name."""
    listed = sorted((word for of, word in UNITS if of == kind), key=len, reverse=True)
    return rf"\b(?P<{kind}>{'|'.join(listed)})"


MONEY_WORD = re.compile(rf"{words('money')}\b", re.IGNORECASE)
PEOPLE_WORD = re.compile(rf"{words('people')}\b", re.IGNORECASE)
# Heads of rates, sums and shares count no things, whatever plurals they hold.
MEASURED = re.compile(rf"(?<!\ball ){words('measured')}\b", re.IGNORECASE)
# "A fine of up to", "it was worth about": a sum follows.
WORTH_LEFT = re.compile(
    rf"(?:{words('sum')}|{words('money')})\s+(?:(?:of|was|were|is)\s+)?{ABOUT}(?:an?\s+)?\Z", re.IGNORECASE
)
