"""The second reader of roles and periods: an encoder that has read whole sentences, where the extra is installed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from extract.components.claims.windows import CLASSES, Asked, batch, windows
from extract.components.grammar import Grammar
from extract.learned.linear import LEAST_CHANCE, Floats, log_softmax_within, softmax

NAME = "claims_reader"
# Windows that are read at once, of about the same length.
BATCH = 8
# What the logarithm of a status's chance gains where the rules say it; chosen on left-out sources, but for refusals,
# of which they have too few: there the rules are nearly always right in sentences that were written to mislead them.
RULE_FAVOUR = {"fact": 1.5, "planned": 2.0, "proposed": 2.0, "rejected": 2.5, "hypothetical": 1.0}


class Reader(Protocol):
    """What reads windows: the encoder, or the network that is being trained."""

    def pieces(self, word: str) -> list[int]: ...
    def scores(self, arrays: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]: ...


class Opinion(NamedTuple):
    """Logarithms of chances, for each claim: of its choices (choices, roles), of its options (options, 1), and, by the
    name of the question, of what it may be (claims, classes)."""

    roles: list[Floats]
    periods: list[Floats]
    classes: dict[str, Floats]


def read(encoder: Reader, grammar: Grammar, asked: Sequence[Asked], names: Sequence[str]) -> Opinion | None:
    """What the encoder thinks of all claims of a document; ``None`` where there are none."""
    if not asked:
        return None
    nothing: list[Floats] = [np.zeros((0, 0))] * len(asked)
    found = Opinion(list(nothing), list(nothing), {n: np.zeros((len(asked), len(c))) for n, c in CLASSES.items()})
    pairs = sorted(windows(encoder, grammar, asked, names), key=lambda pair: len(pair[0].ids))
    for start in range(0, len(pairs), BATCH):
        part = pairs[start : start + BATCH]
        arrays = batch([(window, [asked[number] for number in numbers]) for window, numbers in part])
        roles, periods, classes = encoder.scores(arrays)
        order = [number for _, numbers in part for number in numbers]
        _share_out(found.roles, order, roles, arrays["choice_of"])
        _share_out(found.periods, order, periods, arrays["option_of"])
        ends = np.cumsum([len(names) for names in CLASSES.values()])[:-1]
        for name, scores in zip(CLASSES, np.split(classes.astype(np.float64), ends, axis=1), strict=True):
            found.classes[name][order] = np.log(np.maximum(softmax(scores), LEAST_CHANCE))
    return found


def read_statuses(rules: Sequence[str], second: Opinion | None) -> list[str]:
    """The status of each claim: what the rules say, unless the reader is surer of another."""
    if second is None:
        return list(rules)
    names = CLASSES["status"]
    favour = np.array([[RULE_FAVOUR[name] * (name == rule) for name in names] for rule in rules])
    return [names[int(best)] for best in np.argmax(second.classes["status"] + favour.reshape(-1, len(names)), axis=1)]


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
