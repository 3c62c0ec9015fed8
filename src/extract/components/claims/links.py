"""Links between figures: conversions ("15 trillion yen (140 billion dollars)") and changes ("from … to …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from extract.components.claims.contexts import group_words
from extract.components.grammar import Grammar, Part

# How far apart figures may stand (characters): converted sums, the ends of a change, an end and its start behind
# "from", the same behind "up from".
MAX_CONVERTED, MAX_CHANGED, MAX_FROM, MAX_COMPARED = 45, 80, 60, 140
# Words of a noun phrase before its figure ("a record of nearly"), and figures between the two ends.
MAX_LEAD, MAX_BETWEEN = 6, 2
_CONVERTS = re.compile(
    r"(?:\s+(?:in|during|by)\s+(?:[A-Z][a-z]+\s+)?\d{4})?"
    r"\s*(?:[(\[—–]|,\s*(?:or|that is(?: to say)?|i\.e\.,?)\s|\s(?:or|=)\s|,\s*equivalent to\s)"
    r"\s*(?!of which|incl|plus|and|with)(?:[a-z]+,?\s+){0,4}"
)
_BREAK = re.compile(r"[;:?!]|\.\s+[A-Z]|\n\s*\n")
_REPLACED = re.compile(r"\binstead\b|\b(?:insert|substitut)\w*\W+$")
_AND_AGAIN = re.compile(r"[^.;:()]{0,40}\band\s+(?:to\s+)?(?:[a-z]+\s+){0,2}$")
# What a figure's noun phrase holds before the figure.
_LEADING = (Part.DETERMINER, Part.ADJECTIVE, Part.ADVERB, Part.NOUN, Part.NAME, Part.OWNER, Part.NUMBER, Part.HYPHEN,
            Part.GENITIVE)  # fmt: skip
_LEADING_WORDS = frozenset({"of", "at", "than", "as", "over"})
_SKIPPED = (Part.ADVERB, Part.PRONOUN)
_UP_OR_DOWN = frozenset({"up", "down", "back"})
Figures = Sequence[Mapping[str, Any]]


def links(grammar: Grammar, figures: Figures, sentence_of: Sequence[int]) -> dict[int, tuple[str, int]]:
    """For each linked figure (by index): how, and the index of the other one."""
    found: dict[int, tuple[str, int]] = {}
    for index in range(1, len(figures)):
        if _same_sum(grammar.text, figures[index - 1], figures[index]):
            found[index] = ("converts", index - 1)
    changes = _Changes(grammar, figures, sentence_of)
    for start, end in changes.pairs():
        if start in found or end in found:
            continue
        found[start], found[end] = ("from", end), ("to", start)
        other = end + 1
        if end > start and other < len(figures) and other not in found and changes.goes_on(end):
            found[other] = ("to", start)
    return found


def _same_sum(text: str, before: Mapping[str, Any], figure: Mapping[str, Any]) -> bool:
    if before["kind"] != figure["kind"] or before["unit"] == figure["unit"]:
        return False
    if figure["start"] - before["end"] > MAX_CONVERTED or figure["kind"] not in ("money", "quantity"):
        return False
    if figure["kind"] == "quantity" and not ("measure" in before["rule"] and "measure" in figure["rule"]):
        return False
    return bool(_CONVERTS.fullmatch(text, before["end"], figure["start"]))


class _Changes:
    """Which figures are the two ends of a change, by the word before each one's noun phrase."""

    def __init__(self, grammar: Grammar, figures: Figures, sentence_of: Sequence[int]) -> None:
        self.grammar, self.figures, self.sentence_of = grammar, figures, sentence_of
        spans = [grammar.tokens(figure["start"], figure["end"]) for figure in figures]
        self.before = [self._lead(spans[index][0], spans[index - 1][1] if index else 0) for index in range(len(spans))]
        self.leads = [grammar.lows[token] if token >= 0 else "" for token in self.before]

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Start and end of each change, those said with "from" first."""
        for index, lead in enumerate(self.leads):
            if lead == "from":
                other = index - 1 if self._is_from_back(index) else self._end_behind(index)
                other = self._end_before(index) if other is None else other
                if other is not None:
                    yield index, other
        for index in range(1, len(self.figures)):
            if self._is_raised(index):
                yield index - 1, index

    def goes_on(self, index: int) -> bool:
        """ "to 1.9 percent in 2017 and 2 percent in 2018": the second end is an end too."""
        gap = self._gap(index, index + 1)
        return self._alike(index, index + 1) and self._together(index, index + 1) and bool(_AND_AGAIN.fullmatch(gap))

    def _lead(self, first: int, floor: int) -> int:
        """The token before the noun phrase that a figure ends; -1 where none is near."""
        for token in range(first - 1, max(floor, first - 2 - MAX_LEAD) - 1, -1):
            low, part = self.grammar.lows[token], self.grammar.parts[token]
            if not (part in _LEADING or low in _LEADING_WORDS or low in "“\"‘'$" or self.grammar.spaces[token]):
                return token
        return -1

    def _is_from_back(self, start: int) -> bool:
        """ "to B from A": nothing but "from" and A's noun phrase behind B."""
        if start == 0 or not self._alike(start - 1, start) or self.leads[start - 1] not in ("to", "into"):
            return False
        return self._gap(start - 1, start).split()[:1] == ["from"]

    def _end_behind(self, start: int) -> int | None:
        """ "from A … to B": the next figure of that kind after "to"."""
        for other in range(start + 1, min(len(self.figures), start + 2 + MAX_BETWEEN)):
            if _BREAK.search(self._gap(start, other)):
                return None
            if self._alike(start, other) and self.leads[other] in ("to", "into"):
                return other
        return None

    def _end_before(self, start: int) -> int | None:
        """ "B …, up from A", "to B from A": the figure of that kind before."""
        above = self.grammar.lows[self.before[start] - 1] if self.before[start] else ""
        reach = MAX_COMPARED if above in ("up", "down") else MAX_FROM
        for other in range(start - 1, max(-1, start - 2 - MAX_BETWEEN), -1):
            gap = self._gap(other, start)
            if _BREAK.search(gap) or len(gap) >= reach:
                return None
            if self._alike(other, start):
                return other
        return None

    def _is_raised(self, end: int) -> bool:
        """ "A, rising to B", "A has become B", "deleting A and inserting B"."""
        gap = self._gap(end - 1, end)
        if len(gap) >= MAX_CHANGED or not (self._alike(end - 1, end) and self._together(end - 1, end)):
            return False
        if _REPLACED.search(gap):
            return True
        verb = self.before[end]
        if self.leads[end] in ("to", "into"):
            verb = self._verb_before(verb)
        elif verb < 0 or self.grammar.lemmas[verb] != "become":
            return False
        by_much = self.leads[end - 1] == "by" or self._is_change(self.before[end - 1])
        return not by_much and verb > self.before[end - 1] and (self._is_change(verb) or self._is_moved(verb))

    def _verb_before(self, token: int) -> int:
        token -= 1
        while token > 0 and (self.grammar.parts[token] in _SKIPPED or self.grammar.lows[token] in _UP_OR_DOWN):
            token -= 1
        return token

    def _is_change(self, token: int) -> bool:
        if token < 0 or self.grammar.parts[token] is not Part.VERB:
            return False
        lemma = self.grammar.lemmas[token]
        return lemma == "become" or bool({"rise", "fall"} & set(group_words().get(lemma, ())))

    def _is_moved(self, token: int) -> bool:
        """ "brought it down to", "goes up to"."""
        behind = self.grammar.lows[token + 1 : token + 4]
        return self.grammar.lemmas[token] in ("bring", "go", "come", "take") and bool(_UP_OR_DOWN & set(behind))

    def _alike(self, one: int, other: int) -> bool:
        a, b = self.figures[one], self.figures[other]
        return bool(a["kind"] == b["kind"] and a["unit"] == b["unit"])

    def _together(self, one: int, other: int) -> bool:
        return self.sentence_of[one] == self.sentence_of[other]

    def _gap(self, one: int, other: int) -> str:
        return self.grammar.text[self.figures[one]["end"] : self.figures[other]["start"]]
