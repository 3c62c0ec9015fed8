"""Where the goods of a duty come from: "articles of Norland", "imports from Norland", "a tariff on Norland".

The prose of tariff actions names goods, rate and date in three clauses, so that no path of the parse is short enough
for the ranking of partners to learn; but it names the origin in few ways. On sources left out, the partner of duties
rises from 0.02 to 0.21.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from extract import lexicons
from extract.components.claims.subjects import Subject
from extract.components.grammar import Grammar, Part

_PLACES = frozenset({"GPE", "NORP", "LOC"})
# Words before "of" among which one of goods must stand.
GOODS_REACH = 6


@lru_cache(maxsize=1)
def _goods() -> frozenset[str]:
    return lexicons.words("en/goods_nouns")


class Origins:
    """The places that a text names as origin of goods; ``entities`` are its names."""

    def __init__(self, grammar: Grammar, entities: Sequence[Mapping[str, Any]]) -> None:
        self.grammar = grammar
        spans = [(*grammar.tokens(row["start"], row["end"]), row) for row in entities if row["label"] in _PLACES]
        self._found = [(first, row) for first, last, row in spans if self._is_origin(first, last, row["label"])]

    def nearest(self, subject: Subject) -> str | None:
        """The origin in the sentence of a rate that stands nearest to it, as written."""
        low, high = self.grammar.sentences[subject.sentence]
        near = [(abs(first - subject.first), row) for first, row in self._found if low <= first < high]
        if not near:
            return None
        row = min(near, key=lambda pair: pair[0])[1]
        return " ".join(self.grammar.text[row["start"] : row["end"]].split())

    def _is_origin(self, first: int, last: int, label: str) -> bool:
        grammar, token = self.grammar, first - 1
        while token >= 0 and (grammar.parts[token] == Part.DETERMINER or grammar.spaces[token]):
            token -= 1
        word = grammar.lows[token] if token >= 0 else ""
        if word == "of":
            return not _goods().isdisjoint(grammar.lemmas[max(0, token - GOODS_REACH) : token])
        attribute = last < len(grammar.parts) and grammar.parts[last] == Part.NOUN
        return word == "from" or (word == "on" and label == "GPE" and not attribute)
