"""A claim's surroundings as named numbers: the verbs above it, words that bear on its meaning, who speaks, when.

From these it is judged whether a rate is a tariff's, whether the figure is the size of a change, whether it is to be
met, and how far the claim can be trusted.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from extract import lexicons
from extract.components.claims.frame import Frame
from extract.components.claims.status import STATUSES
from extract.components.claims.subjects import Subject
from extract.components.grammar import Clauses, Grammar, Part

GROUPS = "condition|future|ask|refuse|guess|goal|promise|tariff|other_rate|rise|fall|say|announce|state|impose|budget"
MODALS = "will|shall|would|could|might|may|should|must|can"
# Where a word of a group stands beyond this many words, or nowhere.
FAR = 40
N_VERBS = 3
# Characters before the claim's sentence in which words of tariffs and other rates are counted.
LOOK_BACK = 600
_NOT = frozenset({"not", "n't", "n’t", "never", "no"})
_PAST = frozenset({"was", "were", "had", "did"})
_PRESENT = frozenset({"is", "are", "am", "has", "have", "'s", "’s", "'re", "’re", "'ve", "’ve"})
_IF = frozenset({"if", "unless", "whether"})
_CLAUSE_MARKS = frozenset({",", ";", ":", "(", ")", "–", "—", "but", "while", "which", "who", "because"})
_RATES = frozenset({"tariff", "other_rate"})
_VERB_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_BEFORE = (
    "by", "to", "of", "at", "from", "a", "the", "for", "in", "about", "than", "over", "(", ",", "is", "was", "and",
    "or", "on", "only", "an", "additional",
)  # fmt: skip
_AFTER = (
    "of", "in", "a", "per", "for", "on", "to", "by", "from", "and", "or", "(", ")", ",", ".", "-", "point", "points",
    "at", "over", "each", "this", "last", "next", "ad", "worth",
)  # fmt: skip
_SEGMENTS = ("title", "summary", "body", "related")
_TURNS = ("turn", "quote", "reported")
_KINDS = ("percent", "money", "quantity", "ratio", "target")
_GENRES = ("cable", "transcript", "news", "essay", "other")
_QUALIFIERS = ("exact", "about", "at_least", "more_than", "at_most", "less_than", "range")
_PLACES = ("before", "intro", "heading", "title", "row", "column", "section", "table")


@lru_cache(maxsize=1)
def group_words() -> dict[str, tuple[str, ...]]:
    """The groups of each word of ``claim_words.tsv``; a lemma or a form, lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicons.load("en/claim_words", {"group": GROUPS, "word": "terms"}, key=("word", "group")):
        found[row["word"]] = (*found.get(row["word"], ()), row["group"])
    return found


class Packed(Mapping[str, float]):
    """Numbers by name in a tenth of a dict's memory: all with the same names share these."""

    __slots__ = ("_numbers", "_places")

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._places, self._numbers = _places(tuple(numbers)), array("d", numbers.values())

    def __getitem__(self, name: str) -> float:
        return self._numbers[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._numbers)


@lru_cache(maxsize=4)
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


class Contexts:
    """The numbers of the claims of one Doc. ``year`` is the document's, 0 where it has none."""

    def __init__(self, grammar: Grammar, clauses: Clauses, frame: Frame, genre: str, year: int) -> None:
        self.grammar, self.clauses, self.frame, self.genre, self.year = grammar, clauses, frame, genre, year
        self.groups = [self._groups(token) for token in range(len(grammar.lows))]
        self._rates = [t for t, groups in enumerate(self.groups) if not _RATES.isdisjoint(groups)]
        self._shares = {
            group: 1000.0 * sum(group in self.groups[t] for t in self._rates) / max(100, len(grammar.lows))
            for group in sorted(_RATES)
        }

    def _groups(self, token: int) -> tuple[str, ...]:
        words = group_words()
        return words.get(self.grammar.lemmas[token]) or words.get(self.grammar.lows[token]) or ()

    def numbers(self, subject: Subject, outside: Mapping[str, Any]) -> Mapping[str, float]:
        """All numbers of one claim, in an order that is always the same.

        ``outside`` is what other parts say: ``segment``, ``turn`` (kinds), ``years`` (of time expressions in the
        sentence), ``status`` and ``goal`` (the rules' answers), ``places`` (kind, first and last token).
        """
        found = self._own(subject, outside)
        found |= self._beside(subject)
        found |= self._words(subject)
        found |= self._verbs(subject)
        found |= self._rates_around(subject, outside["places"])
        return Packed(found)

    def _own(self, subject: Subject, outside: Mapping[str, Any]) -> dict[str, float]:
        years = [year - self.year for year in outside["years"] if self.year]
        size = max(1, len(self.grammar.text))
        return {
            "kind": _place(_KINDS, subject.kind),
            "points": float(subject.unit == "pp"),
            "percent": float(subject.unit == "%"),
            "qualifier": _place(_QUALIFIERS, subject.qualifier),
            "genre": _place(_GENRES, self.genre),
            "segment": _place(_SEGMENTS, outside["segment"]),
            "turn": _place(_TURNS, outside["turn"]),
            "latest year": float(max(years, default=-99)),
            "earliest year": float(min(years, default=-99)),
            "years": float(len(outside["years"])),
            "status rule": _place(STATUSES.split("|"), outside["status"]),
            "goal rule": float(outside["goal"]),
            "in a table": float(subject.cell is not None),
            "in a list": float(self.frame.is_item(subject.start)),
            "sentence": float(subject.high - subject.low),
            "place in sentence": float(subject.first - subject.low),
            "place in text": subject.start / size,
            "question": float(self._is_question(subject)),
        }

    def _is_question(self, subject: Subject) -> bool:
        return "?" in self.grammar.lows[max(subject.last, subject.high - 3) : subject.high]

    def _beside(self, subject: Subject) -> dict[str, float]:
        """The words right beside the claim."""
        low, parts = self.grammar.lows, self.grammar.parts
        left, right = [self._next(subject.first, -1)], [self._next(subject.last, 1)]
        left.append(self._next(left[0], -1) if left[0] >= 0 else -1)
        right.append(self._next(right[0] + 1, 1) if right[0] >= 0 else -1)
        found = {f"before {n}": _place(_BEFORE, low[t] if t >= 0 else "") for n, t in enumerate(left)}
        found |= {f"after {n}": _place(_AFTER, low[t] if t >= 0 else "") for n, t in enumerate(right)}
        after = parts[right[0]] if right[0] >= 0 else Part.OTHER
        return found | {
            "noun follows": float(after in (Part.NOUN, Part.NAME)),
            "verb follows": float(after == Part.VERB),
        }

    def _next(self, token: int, step: int) -> int:
        """The word that stands before (``step`` -1) or at a token, blanks skipped; -1 for none."""
        token += min(step, 0)
        while 0 <= token < len(self.grammar.lows) and self.grammar.spaces[token]:
            token += step
        return token if 0 <= token < len(self.grammar.lows) else -1

    def _words(self, subject: Subject) -> dict[str, float]:
        """How near the nearest word of each group stands on either side, and how many clause marks are between."""
        found: dict[str, float] = {}
        for group in GROUPS.split("|"):
            for side in ("left", "right"):
                found[f"{group} {side}"], found[f"{group} {side} marks"] = float(FAR), 0.0
        for side, tokens in (
            ("left", range(subject.first - 1, max(subject.low, subject.first - FAR) - 1, -1)),
            ("right", range(subject.last, min(subject.high, subject.last + FAR))),
        ):
            marks = 0
            for steps, token in enumerate(tokens):
                marks += self.grammar.lows[token] in _CLAUSE_MARKS
                for group in self.groups[token]:
                    if found[f"{group} {side}"] == FAR:
                        found[f"{group} {side}"], found[f"{group} {side} marks"] = float(steps), float(marks)
        return found

    def _verbs(self, subject: Subject) -> dict[str, float]:
        """The verbs above the claim: form, helping verbs, groups."""
        grammar, found = self.grammar, dict[str, float]()
        verbs: list[int | None] = [*self.clauses.verbs_above(subject.above)[:N_VERBS]]
        for number in range(N_VERBS):
            verb = verbs[number] if number < len(verbs) else None
            helps = self.clauses.helps(verb) if verb is not None else ()
            groups = self.groups[verb] if verb is not None else ()
            found |= {
                f"verb {number} tag": _place(_VERB_TAGS, grammar.tags[verb]) if verb is not None else -2.0,
                f"verb {number} modal": max((_place(MODALS.split("|"), help_) for help_ in helps), default=-1.0),
                f"verb {number} not": float(not _NOT.isdisjoint(helps)),
                f"verb {number} if": float(not _IF.isdisjoint(helps)),
                f"verb {number} to": float("to" in helps),
                f"verb {number} past": float(not _PAST.isdisjoint(helps)),
                f"verb {number} present": float(not _PRESENT.isdisjoint(helps)),
                f"verb {number} steps": float(subject.first - verb) if verb is not None else 99.0,
            }
            found |= {f"verb {number} {group}": float(group in groups) for group in GROUPS.split("|")}
        for number in range(1, 3):
            groups = self.groups[subject.above[number]] if number < len(subject.above) else ()
            found |= {f"above {number} {group}": float(group in groups) for group in ("rise", "fall", "tariff", "goal")}
        return found

    def _rates_around(self, subject: Subject, places: Iterable[tuple[str, int, int]]) -> dict[str, float]:
        """Words of tariffs and of other rates before the sentence, in its frame, in the whole text."""
        begins = bisect_left(self.grammar.starts, subject.start - LOOK_BACK)
        back = self._rates[bisect_left(self._rates, begins) : bisect_left(self._rates, subject.first)]
        found: dict[str, float] = {}
        for group in sorted(_RATES):
            mine = [token for token in back if group in self.groups[token]]
            found[f"{group} back"] = float(subject.first - mine[-1]) if mine else 999.0
            found[f"{group} back count"] = float(len(mine))
            found[f"{group} share"] = self._shares[group]
            found |= {f"{group} {place}": -1.0 for place in _PLACES}
            for kind, first, last in places:
                if kind in _PLACES:
                    found[f"{group} {kind}"] = float(sum(group in self.groups[token] for token in range(first, last)))
        return found


def _place(values: Iterable[str], value: str) -> float:
    """The place of a value among those known, -1 for any other."""
    return next((float(number) for number, known in enumerate(values) if known == value), -1.0)
