"""Targets: goals, quotas, caps and pledges with or without a figure of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from extract import lexicons
from extract.components.claims.candidates import N_BUCKETS
from extract.components.claims.subjects import Subject
from extract.components.grammar import Chunk, Clauses, Grammar, Part, noun_chunks
from extract.learned import hash_names

# Tokens before a target word that may belong to its phrase.
MAX_BEFORE = 5
# Tokens behind a target word within which a figure is its own.
MAX_AFTER = 25
_VAGUE = frozenset(
    {
        "new",
        "other",
        "such",
        "same",
        "own",
        "huge",
        "big",
        "great",
        "further",
        "additional",
        "certain",
        "several",
        "many",
    }
)
# A finite verb between a target word and a figure: the target is subject of something else.
_COPULA = re.compile(
    r"\s*(?:is|was|are|were)\s+(?:to\s+[^,;]{1,60}|(?:an?\s+)?(?:about\s+|at least\s+)?)", re.IGNORECASE
)
_FINITE = re.compile(r"\b(?:has|have|had|is|was|were|are)\b")
_CLAUSE = re.compile(r"[;:!?]\s|(?<!\.[A-Z])(?<!\b[A-Z])\.\s|\bwhile\b|\bwhereas\b|\bbut\b|\byet\b")
_NEAR_LEFT, _NEAR_RIGHT = 130, 45
# Between a figure and the target that it is said of: "30 percent in its", "2 million tons cut from the".
_SAID_OF = re.compile(r"\s+(?:[a-z]+\s+(?:in|of|to|from)|in|of)\s+(?:[a-z]+\s+)?")


@lru_cache(maxsize=1)
def _nouns() -> dict[str, str]:
    """The nouns that may head a target without a figure: of a ``target`` or of a ``promise``."""
    rows = lexicons.load("en/target_nouns", {"group": "target|promise", "word": "terms"})
    return {row["word"]: row["group"] for row in rows}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What names a target by itself, and what marks a figure beside it as one to be met."""
    rows = lexicons.load("en/claim_targets", {"group": "target|promise|figure", "pattern": "regexes"})
    named = "|".join(row["pattern"] for row in rows if row["group"] != "figure")
    marked = "|".join(row["pattern"] for row in rows)
    return tuple(re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE) for body in (named, marked))  # type: ignore[return-value]


def target_beside(left: str, right: str) -> bool:
    """Whether a figure between ``left`` and ``right`` is to be met: a target word governs its clause."""
    named, marked = _patterns()
    near_left = _CLAUSE.split(left)[-1][-_NEAR_LEFT:]
    for match in marked.finditer(near_left):
        if not _FINITE.search(near_left, match.end()) or _COPULA.fullmatch(near_left, match.end()):
            return True
    near_right = re.match(rf"[^;:.!?,]{{0,{_NEAR_RIGHT}}}", right)
    return bool(near_right and named.match(near_right[0].lstrip(" -")))


def is_said_of(text: str, end: int, start: int) -> bool:
    """Whether the figure that ends before a target's start tells of it ("a cut of 30 percent in its quota"): the figure
    is the claim."""
    return bool(_SAID_OF.fullmatch(text, end, start))


def target_phrases(grammar: Grammar, breaks: set[int]) -> Iterator[Chunk]:
    """The noun phrases of a text whose head is a target word."""
    nouns = _nouns()
    for token, lemma in enumerate(grammar.lemmas):
        noun = grammar.parts[token] in (Part.NOUN, Part.NAME)
        if lemma not in nouns or not noun or token in breaks:
            continue
        chunk = next(
            (c for c in noun_chunks(grammar, max(0, token - MAX_BEFORE), token + 1, breaks) if c.head == token), None
        )
        if chunk is not None:
            first = chunk.first
            while first < token and grammar.lows[first] in _VAGUE:
                first += 1
            yield Chunk(first, token + 1, token)


class Targets:
    """Features by which it is judged whether a target word is a position to be met."""

    def __init__(self, grammar: Grammar, clauses: Clauses, figures: Sequence[int], breaks: set[int]) -> None:
        self.grammar, self.clauses, self.breaks = grammar, clauses, breaks
        self._figures = sorted(figures)

    def indices(self, subject: Subject, outside: Mapping[str, Any]) -> list[int]:
        """Hashed features of a target phrase; ``outside`` as for ``Contexts``."""
        grammar = self.grammar
        head, first = subject.last - 1, subject.first
        lemma, number = grammar.lemmas[head], grammar.tags[head]
        group = _nouns()[lemma]
        before, after = self._low(first - 1), self._low(subject.last)
        follows = f"{after} {grammar.tags[subject.last + 1] if subject.last + 1 < len(grammar.tags) else '-'}"
        verbs = self.clauses.verbs_above(subject.above)
        verb = grammar.lemmas[verbs[0]] if verbs else "-"
        helps = self.clauses.helps(verbs[0]) if verbs else ()
        names = [
            f"word {lemma}", f"word {lemma} {number}", f"group {group}", f"before {before}", f"before {before} {lemma}",
            f"after {follows}", f"after {after} {group}", f"after {follows} {lemma}", f"verb {verb}",
            f"verb {verb} {group}", f"dep {grammar.deps[head]}", f"dep {grammar.deps[head]} {verb}",
            f"size {subject.last - first} {group}",
            f"owned {grammar.parts[first - 1].value if first else '-'} {group}", f"figure {self._figure(subject)}",
            f"figure {self._figure(subject)} {group}", f"segment {outside['segment']}", f"turn {outside['turn']}",
            f"status {outside['status']} {group}",
        ]  # fmt: skip
        names += [f"modifier {grammar.lemmas[token]}" for token in range(first, head)]
        names += [f"help {help_} {group}" for help_ in helps]
        return hash_names(names, N_BUCKETS)

    def _figure(self, subject: Subject) -> str:
        """Where the next figure of the sentence stands: a target phrase followed by its figure is no claim itself."""
        number = bisect_left(self._figures, subject.last)
        steps = self._figures[number] - subject.last if number < len(self._figures) else MAX_AFTER
        if steps < MAX_AFTER and self._figures[number] < subject.high:
            between = range(subject.last, self._figures[number])
            return f"after {min(4, steps.bit_length())} {sum(self.grammar.parts[t] == Part.VERB for t in between)}"
        back = self._figures[number - 1] if number else -MAX_AFTER
        return f"before {min(3, (subject.first - back).bit_length())}" if back >= subject.low else "none"

    def _low(self, token: int) -> str:
        return self.grammar.lows[token] if 0 <= token < len(self.grammar.lows) else "-"
