"""Measure, item, actor and partner: chosen among candidates by a learnt ranking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from extract.components.claims.candidates import N_BUCKETS, Candidate, Candidates
from extract.components.claims.frame import Frame, Place
from extract.components.claims.pairs import Pairs
from extract.components.claims.subjects import Subject
from extract.components.grammar import Grammar
from extract.learned import LinearModel, hash_names, join_bags
from extract.learned.linear import Floats, agree, softmax_within
from extract.normalize.table_labels import clean

ROLES = ("measure", "item", "actor", "partner")
# The least chance of the best phrase that is worth filling: where F1 of what is filled was highest on left-out sources.
LEAST = {"measure": 0.2, "item": 0.22, "actor": 0.2, "partner": 0.1}
# How much the chance of the phrase itself counts beside the chances of all that say the same: an item is named short.
OWN = {"item": 0.5}
# Of a role's candidates, how many are weighed against each other as phrases.
MAX_WEIGHED = 12
# Tokens of a place outside the sentence that are searched.
OUTSIDE_REACH = 40
# Names that a document speaks of most are candidates for all its claims: of each kind this many.
MAX_NAMED = 2
_NAMED = ("GPE", "ORG", "NORP", "PERSON")
# Two phrases with this share of common words name the same.
SAME = 0.5
_NO_CONTENT = frozenset({"the", "a", "an", "of", "s", "its", "their", "our", "his"})


class Choice(NamedTuple):
    """One possible answer: a phrase (``None`` for no answer) and the features that speak for it, hashed.

    ``place`` is where it comes from, ``first`` to ``last`` (exclusive) its tokens, -1 where it has none.
    """

    text: str | None
    indices: list[int]
    place: str = "none"
    first: int = -1
    last: int = -1


class Answer(NamedTuple):
    """The phrase of a role and its chance; ``text`` is ``None`` where nothing is likely enough."""

    text: str | None
    chance: float


@lru_cache(maxsize=2**12)
def content(text: str | None) -> frozenset[str]:
    """The words of a phrase that count when phrases are compared."""
    return frozenset(re.findall(r"\w+", (text or "").casefold())) - _NO_CONTENT


class Roles:
    """Answers for the claims of one Doc."""

    def __init__(
        self, grammar: Grammar, candidates: Candidates, pairs: Pairs, frame: Frame, genre: str,
        entities: Sequence[Mapping[str, Any]],
    ) -> None:  # fmt: skip
        self.grammar, self.candidates, self.pairs, self.frame, self.genre = grammar, candidates, pairs, frame, genre
        self.named = list(self._most_named(entities))

    def read(
        self, model: LinearModel, choices: Sequence[Sequence[Choice]], second: Sequence[Floats] | None = None
    ) -> list[dict[str, Answer]]:
        """The answers for the choices of each claim, by role. One pass of the model for all.

        ``second`` is another reader's opinion: for each claim the logarithms of its chances (choices, roles).
        """
        groups = np.repeat(np.arange(len(choices)), [len(each) for each in choices])
        bags = join_bags(choice.indices for each in choices for choice in each)
        chances = agree(softmax_within(model.margins_of(bags), groups), second, groups)
        found, start = [], 0
        for each in choices:
            texts = [choice.text for choice in each]
            found.append(answers_of(texts, chances[start : start + len(each)]))
            start += len(each)
        return found

    def choices(self, subject: Subject, places: Sequence[Place]) -> Iterator[Choice]:
        """All choices for a subject and its ``places``, the first of which is no answer."""
        yield Choice(None, hash_names(self.pairs.nothing(subject), N_BUCKETS))
        if subject.cell is None:
            for candidate in self.candidates.between(subject.low, subject.high):
                if candidate.last <= subject.first or candidate.first >= subject.first:
                    yield self._choice(candidate, "inside", self.pairs.inside(subject, candidate))
        for place in places:
            for candidate in self.candidates.between(place.first, place.last):
                if candidate.form != "last two":
                    names = self.pairs.outside(subject, candidate, place.kind)
                    yield self._choice(candidate, place.kind, names)
        for text, names in self.named:
            kind = [f"{names[0]} {subject.kind}"]
            yield Choice(text, hash_names([*names, *kind], N_BUCKETS), " ".join(names[0].split()[:2]))

    def _choice(self, candidate: Candidate, place: str, names: Iterable[str]) -> Choice:
        text = clean(self.grammar.written(candidate.first, candidate.last))
        indices = candidate.indices + hash_names(names, N_BUCKETS)
        return Choice(text, indices, place, candidate.first, candidate.last)

    def places(self, subject: Subject) -> list[Place]:
        """The places outside its sentence that a claim may take its phrases from."""
        places = self.frame.places(subject.start, subject.sentence, OUTSIDE_REACH)
        if subject.cell is None:
            return places
        return [*self._cell_places(subject.cell), *(place for place in places if place.kind != "before")]

    def _cell_places(self, cell: Mapping[str, Any]) -> Iterator[Place]:
        """What a cell belongs to: label of its row, heads of its column, section, title of the table."""
        spans = [("row", cell["row_label"]), *(("column", span) for span in cell["column_labels"])]
        for kind, span in [*spans, ("section", cell["section"]), ("table", cell["title"])]:
            if span is not None:
                first, last = self.grammar.tokens(span[0], span[1])
                yield Place(kind, first, min(last, first + OUTSIDE_REACH))

    def _most_named(self, entities: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
        """The names that a document mentions most, with their features."""
        counts = Counter((row["label"], row["canonical"]) for row in entities if row["label"] in _NAMED)
        for label in _NAMED:
            ranked = sorted((-n, name) for (kind, name), n in counts.items() if kind == label)[:MAX_NAMED]
            for rank, (less, name) in enumerate(ranked):
                times = min(8, -less)
                yield (
                    name,
                    [f"named {label} {rank}", f"named {label} {times} {self.genre}", f"named {label} {self.genre}"],
                )


def answers_of(texts: Sequence[str | None], chances: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, Answer]:
    """The answers of all roles. No phrase is measure and item at once: the item is then the next best; none is actor
    and partner: then there is no partner."""
    found = {role: _answer(role, texts, chances[:, column]) for column, role in enumerate(ROLES)}
    measure, item, actor, partner = (content(found[role].text) for role in ROLES)
    if item and item == measure:
        found["item"] = _answer("item", texts, chances[:, ROLES.index("item")], measure)
    if partner and partner == actor:
        found["partner"] = Answer(None, found["partner"].chance)
    return found


def _answer(
    role: str, texts: Sequence[str | None], chances: Floats, taken: frozenset[str] = frozenset()
) -> Answer:  # fmt: skip
    """The phrase with the most chance that it or one that says the same is right, but not the one that is ``taken``."""
    order = [int(i) for i in np.argsort(-chances, kind="stable")[: MAX_WEIGHED + 1] if texts[int(i)]]
    words = {i: content(texts[i]) for i in order}
    chance_of: dict[frozenset[str], float] = {}
    for i in order:
        chance_of[words[i]] = chance_of.get(words[i], 0.0) + float(chances[i])
    share_of = {a: sum(chance for b, chance in chance_of.items() if _same(a, b)) for a in chance_of}
    shares = {i: share_of[words[i]] for i in order if words[i]}
    free = [i for i in shares if words[i] != taken]
    if not free:
        return Answer(None, 0.0)
    best = max(free, key=lambda i: (shares[i] + OWN.get(role, 0.0) * chances[i], chances[i]))
    chance = float(shares[best])
    return Answer(texts[best] if chance >= LEAST[role] else None, chance)


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and 2 * len(a & b) / (len(a) + len(b)) >= SAME
