"""What is judged: each figure and each word of a target, with its place in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.components.grammar import Grammar

# Tokens on either side within which a sentence is searched, and within which one is that seems never to end.
REACH, ENDLESS_REACH = 60, 8
# Tokens from which a sentence is taken for a list or table without full stops.
ENDLESS = 1000


@dataclass(slots=True)
class Subject:
    """A figure or a target phrase from offset ``start`` to ``end``.

    ``first`` to ``last`` (exclusive) are its tokens, ``anchor`` the one by which they hang on the sentence, ``above``
    that and its heads; ``low`` to ``high`` (exclusive) are the tokens of its sentence within reach. ``cell`` is the
    table cell that holds it, with the grid's title; ``year`` the one that its head or row names.
    """

    start: int
    end: int
    first: int
    last: int
    anchor: int
    sentence: int
    low: int
    high: int
    kind: str
    unit: str
    qualifier: str
    above: list[int] = field(default_factory=list)
    cell: Mapping[str, Any] | None = None
    year: str | None = None


def subject_of(grammar: Grammar, row: Mapping[str, Any], cell: Mapping[str, Any] | None = None) -> Subject:
    """The subject of a row with ``start, end, kind, unit, qualifier``."""
    first, last = grammar.tokens(row["start"], row["end"])
    sentence = grammar.sentence_of(first)
    begins, ends = grammar.sentences[sentence]
    anchor = grammar.anchor(first, last)
    reach = REACH if ends - begins < ENDLESS else ENDLESS_REACH
    return Subject(
        start=row["start"], end=row["end"], first=first, last=last, anchor=anchor, sentence=sentence,
        low=max(begins, first - reach), high=max(last, min(ends, last + reach)), kind=row["kind"],
        unit=row["unit"] or "", qualifier=row["qualifier"], above=grammar.ancestors(anchor), cell=cell,
        year=row.get("extra", {}).get("year"),
    )  # fmt: skip
