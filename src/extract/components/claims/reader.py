"""The second reader of roles and periods: an encoder that has read whole sentences, where the extra is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from extract.components.claims.roles import ROLES
from extract.components.claims.windows import CLASSES, Asked, batch, windows
from extract.components.grammar import Grammar
from extract.learned.linear import LEAST_CHANCE, Floats, log_softmax_within, softmax

NAME = "claims_reader"
# Windows that are read at once, of about the same length.
BATCH = 8
# What the logarithm of a status's chance gains where the rules say it; chosen on left-out sources.
RULE_FAVOUR = 1.5

# What it is asked of a table's cell. It has learnt from sentences: what a column or a title says of all cells the
# features know better.
ASKED_OF_CELLS = ("item", "actor")
_NOT_OF_CELLS = [column for column, role in enumerate(ROLES) if role not in ASKED_OF_CELLS]


class Reader(Protocol):
    """What reads windows: the encoder, or the network that is being trained."""

    def pieces(self, word: str) -> list[int]: ...
    def scores(self, arrays: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]: ...


class Opinion(NamedTuple):
    """Logarithms of chances, for each claim: of its choices (choices, roles), of its options (options, 1), and, by the
    name of the question, of what it may be (claims, classes); ``nan`` where it has none. ``prose`` says which claims
    stand in running text: of others the classes are no answer."""

    roles: list[Floats]
    periods: list[Floats]
    classes: dict[str, Floats]
    prose: NDArray[np.bool_]


def read(encoder: Reader, grammar: Grammar, asked: Sequence[Asked], names: Sequence[str]) -> Opinion | None:
    """What the encoder thinks of all claims of a document; ``None`` where there are none."""
    if not asked:
        return None
    nothing: list[Floats] = [np.zeros((0, 0))] * len(asked)
    classes = {name: np.zeros((len(asked), len(each))) for name, each in CLASSES.items()}
    prose = np.array([each.subject.cell is None for each in asked])
    found = Opinion(list(nothing), list(nothing), classes, prose)
    pairs = sorted(windows(encoder, grammar, asked, names), key=lambda pair: len(pair[0].ids))
    for start in range(0, len(pairs), BATCH):
        part = pairs[start : start + BATCH]
        arrays = batch([(window, [asked[number] for number in numbers]) for window, numbers in part])
        roles, periods, said = encoder.scores(arrays)
        order = [number for _, numbers in part for number in numbers]
        _share_out(found.roles, order, roles, arrays["choice_of"])
        _share_out(found.periods, order, periods, arrays["option_of"])
        ends = np.cumsum([len(names) for names in CLASSES.values()])[:-1]
        for name, scores in zip(CLASSES, np.split(said.astype(np.float64), ends, axis=1), strict=True):
            found.classes[name][order] = np.log(np.maximum(softmax(scores), LEAST_CHANCE))
    for number in np.flatnonzero(~prose):
        found.roles[number][:, _NOT_OF_CELLS] = np.nan
        found.periods[number][:] = np.nan
    return found


def joined(opinions: Sequence[Opinion | None]) -> Opinion | None:
    """What was thought of some claims after others, without their choices and options, which are answered by then."""
    read = [opinion for opinion in opinions if opinion is not None]
    if not read:
        return None
    classes = {name: np.concatenate([opinion.classes[name] for opinion in read]) for name in CLASSES}
    return Opinion([], [], classes, np.concatenate([opinion.prose for opinion in read]))


def read_statuses(rules: Sequence[str], second: Opinion | None) -> list[str]:
    """The status of each claim: what the rules say, unless the reader is surer of another."""
    if second is None:
        return list(rules)
    names = CLASSES["status"]
    favour = np.array([[RULE_FAVOUR * (name == rule) for name in names] for rule in rules])
    best = np.argmax(second.classes["status"] + favour.reshape(-1, len(names)), axis=1)
    return [names[one] if prose else rule for one, prose, rule in zip(best, second.prose, rules, strict=True)]


def trust_numbers(statuses: Sequence[str], second: Opinion | None) -> list[dict[str, float]]:
    """What the reader's opinion says of how far the claims can be trusted; nothing without it."""
    if second is None:
        return [{} for _ in statuses]
    names, chances = CLASSES["status"], second.classes["status"]
    return [
        {
            "read status": float(own[names.index(status)]),
            "read best": float(own.max()),
            **{f"read {name}": float(chance) for name, chance in zip(names, own, strict=True)},
            "read goal": float(second.classes["goal"][number, 1]),
            "read tariff": float(second.classes["tariff"][number, 1]),
        }
        for number, (status, own) in enumerate(zip(statuses, chances, strict=True))
    ]


def _share_out(into: list[Floats], order: Sequence[int], scores: np.ndarray, owners: np.ndarray) -> None:
    chances = log_softmax_within(scores.astype(np.float64), owners)
    for number, each in zip(order, np.split(chances, np.flatnonzero(np.diff(owners)) + 1), strict=True):
        into[number] = each
