"""What the encoder is given: the words around a claim as word pieces, and where its figure and its choices stand there.

Claims of one sentence with the same places outside it share a window: what governs them (row and column of a table,
introduction, sentence before, heading, title, the names that the document speaks of most), then the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from extract.components.claims.periods import Option
from extract.components.claims.roles import Choice
from extract.components.claims.subjects import Subject
from extract.components.grammar import Grammar

# Word pieces of a sentence, of what governs it without and with the names, and tokens between two claims of a window.
MAX_SENTENCE, MAX_PLACES, MAX_CONTEXT, MAX_APART = 110, 56, 80, 50
# The numbers of the vocabulary's marks.
_BEGIN, _END, _SEMICOLON, _COMMA = 101, 102, 1025, 1010
# Places by how much they say of a claim, the nearest first; what does not fit is left out.
_ORDER = ("row", "column", "section", "table", "intro", "before", "heading", "title")
PLACES = (
    "none", "inside", *_ORDER, "named GPE", "named ORG", "named NORP", "named PERSON", "earlier", "rate", "head",
    "later",
)  # fmt: skip
KINDS = ("percent", "money", "quantity", "ratio", "target")
FORMS = ("none", "rate", "head", "date", "split", "year to", "range", "month")
# What a claim may be: its status, the direction of a change, whether it is to be met, whether it is a tariff's rate.
CLASSES = {
    "status": ("fact", "planned", "proposed", "rejected", "hypothetical"), "change": ("none", "rise", "fall"),
    "goal": ("no", "yes"), "tariff": ("no", "yes"),
}  # fmt: skip
SHAPES = ("other", "none", "9999", "9999-99", "9999-99-99", "9999/9999", "P9Y", "9999-Q9", "PRESENT_REF")
# Steps of distance to either side, and the one of what stands outside the sentence.
MAX_STEP, OUTSIDE = 7, 15
MAX_WIDTH = 5
Numbers = NDArray[np.int64]
Span = tuple[int, int, int]
_NOWHERE: Span = (0, 0, 0)


class Words(Protocol):
    """Gives the numbers of a word's pieces."""

    def pieces(self, word: str) -> list[int]: ...


@dataclass
class Window:
    """``ids`` (pieces), of which ``n_context`` stand before the sentence; where each token and name is, from and to."""

    ids: list[int]
    n_context: int = 0
    tokens: dict[int, tuple[int, int]] = field(default_factory=dict)
    names: dict[str, tuple[int, int]] = field(default_factory=dict)

    def span(self, first: int, last: int) -> Span:
        """Pieces of the tokens ``first`` to ``last`` (exclusive): from, to, and where the last word begins."""
        inside = [self.tokens[token] for token in range(first, last) if token in self.tokens]
        return (inside[0][0], inside[-1][1], inside[-1][0]) if inside else _NOWHERE


class Asked(NamedTuple):
    """A claim with all that may be answered: ``choices`` for its roles, ``options`` for its period.

    ``status`` and ``goal`` are what the rules say of it.
    """

    subject: Subject
    places: tuple[tuple[str, int, int], ...]
    choices: Sequence[Choice]
    options: Sequence[Option]
    status: str
    goal: bool


def windows(
    words: Words, grammar: Grammar, asked: Sequence[Asked], names: Sequence[str]
) -> list[tuple[Window, list[int]]]:
    """Each window with the numbers of the claims that it holds."""
    together: dict[tuple[object, ...], list[int]] = {}
    for number, each in enumerate(asked):
        together.setdefault((each.subject.sentence, each.places, each.subject.cell is not None), []).append(number)
    return [
        (_window(words, grammar, [asked[number] for number in part], names), part)
        for numbers in together.values()
        for part in _parts(asked, numbers)
    ]


def _parts(asked: Sequence[Asked], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The claims of a sentence, cut where they stand too far apart for one window."""
    part = [numbers[0]]
    for number in numbers[1:]:
        if asked[number].subject.last - asked[part[0]].subject.first > MAX_APART:
            yield part
            part = []
        part.append(number)
    yield part


def _window(words: Words, grammar: Grammar, asked: Sequence[Asked], names: Sequence[str]) -> Window:
    sizes: dict[int, list[int]] = {}

    def pieces(token: int) -> list[int]:
        if token not in sizes:
            sizes[token] = words.pieces(grammar.text[grammar.starts[token] : grammar.ends[token]])
        return sizes[token]

    window = Window([_BEGIN])
    for kind, first, last in sorted(asked[0].places, key=lambda place: _ORDER.index(place[0])):
        room = MAX_PLACES - len(window.ids)
        if room <= 0:
            break
        _put(window, _fitting(pieces, first, last, room, from_end=kind == "before"), pieces)
        window.ids.append(_SEMICOLON)
    for name in names:
        ids = [piece for word in name.split() for piece in words.pieces(word)]
        if len(window.ids) + len(ids) < MAX_CONTEXT:
            window.names[name] = (len(window.ids), len(window.ids) + len(ids))
            window.ids += [*ids, _COMMA]
    window.ids.append(_END)
    window.n_context = len(window.ids)
    _put(window, _around([each.subject for each in asked], pieces), pieces)
    window.ids.append(_END)
    return window


class _Pieces(Protocol):
    def __call__(self, token: int) -> list[int]: ...


def _put(window: Window, tokens: range, pieces: _Pieces) -> None:
    for token in tokens:
        ids = pieces(token)
        if ids:
            window.tokens.setdefault(token, (len(window.ids), len(window.ids) + len(ids)))
            window.ids += ids


def _fitting(pieces: _Pieces, first: int, last: int, room: int, *, from_end: bool) -> range:
    """As many tokens as have room: of the sentence before its end, of other places their beginning."""
    order = range(last - 1, first - 1, -1) if from_end else range(first, last)
    for n, token in enumerate(order):
        room -= len(pieces(token))
        if room < 0:
            return range(last - n, last) if from_end else range(first, first + n)
    return range(first, last)


def _around(subjects: Sequence[Subject], pieces: _Pieces) -> range:
    """The sentence around the claims, grown to both sides by turns as far as there is room."""
    first, last = min(s.first for s in subjects), max(s.last for s in subjects)
    low, high = min(s.low for s in subjects), max(s.high for s in subjects)
    size, left = sum(len(pieces(token)) for token in range(first, last)), True
    while size < MAX_SENTENCE and (first > low or last < high):
        if (left and first > low) or last >= high:
            first -= 1
            size += len(pieces(first))
        else:
            size += len(pieces(last))
            last += 1
        left = not left
    return range(first, last)


def batch(pairs: Sequence[tuple[Window, Sequence[Asked]]]) -> dict[str, Numbers]:
    """The encoder's inputs for windows with their claims.

    ``ids``, ``types``, ``mask`` (windows, pieces); for each claim ``window``, ``kind``, ``rules`` (status, goal) and
    ``figure`` (from, to, last word); for each choice ``choice_of`` (the claim) and ``choices`` (from, to, last word,
    place, distance, width); for each option ``option_of`` and ``options`` (… place, distance, form, shape).
    """
    length = max(len(window.ids) for window, _ in pairs)
    ids, types, mask = (np.zeros((len(pairs), length), dtype=np.int64) for _ in range(3))
    found: dict[str, list[object]] = {name: [] for name in ("window", "kind", "rules", "figure")}
    lists: dict[str, list[tuple[int, ...]]] = {"choices": [], "options": []}
    owners: dict[str, list[int]] = {"choice_of": [], "option_of": []}
    for row, (window, asked) in enumerate(pairs):
        n = len(window.ids)
        ids[row, :n], mask[row, :n], types[row, window.n_context : n] = window.ids, 1, 1
        for each in asked:
            number = len(found["window"])
            found["window"].append(row)
            found["kind"].append(KINDS.index(each.subject.kind))
            found["rules"].append((CLASSES["status"].index(each.status), int(each.goal)))
            found["figure"].append(window.span(each.subject.first, each.subject.last))
            lists["choices"] += [_choice(window, each.subject, choice) for choice in each.choices]
            lists["options"] += [_option(window, each.subject, option) for option in each.options]
            owners["choice_of"] += [number] * len(each.choices)
            owners["option_of"] += [number] * len(each.options)
    return {
        "ids": ids, "types": types, "mask": mask,
        **{name: np.array(values, dtype=np.int64) for name, values in (found | lists | owners).items()},
    }  # fmt: skip


def _choice(window: Window, subject: Subject, choice: Choice) -> tuple[int, ...]:
    if choice.first >= 0:
        span = window.span(choice.first, choice.last)
    else:
        begin, end = window.names.get(choice.text or "", (0, 1))
        span = (begin, end, end - 1) if begin else _NOWHERE
    width = min(choice.last - choice.first, MAX_WIDTH)
    return (*span, PLACES.index(choice.place), _distance(subject, choice.first, choice.place), width)


def _option(window: Window, subject: Subject, option: Option) -> tuple[int, ...]:
    period = option.period
    span = window.span(period.first, period.last) if period.first >= 0 else _NOWHERE
    shape = re.sub(r"\d", "9", period.value or "none")
    return (
        *span, PLACES.index(option.place), _distance(subject, period.first, option.place), FORMS.index(period.form),
        SHAPES.index(shape) if shape in SHAPES else 0,
    )  # fmt: skip


def _distance(subject: Subject, first: int, place: str) -> int:
    """Doubling steps from the figure: ``MAX_STEP`` is none, less to the left, more to the right."""
    if place != "inside":
        return OUTSIDE
    away = first - subject.first
    step = min(MAX_STEP, abs(away).bit_length())
    return MAX_STEP + step if away >= 0 else MAX_STEP - step
