"""Log-linear models over hashed features: for classes of one thing, or for a choice among candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.learned.bags import Bags, hash_bags

Floats = NDArray[np.float64]
# Where logarithms of chances end.
LEAST_CHANCE = 1e-9


@dataclass(frozen=True)
class LinearModel:
    """``weights`` is (buckets, labels). A label is a class ("fact") or a role that candidates compete for ("item")."""

    labels: tuple[str, ...]
    weights: NDArray[np.float32]

    def margins(self, bags: Iterable[Sequence[str]]) -> Floats:
        """The sum of the weights of each bag's features: (bags, labels)."""
        return self.margins_of(hash_bags(bags, len(self.weights)))

    def margins_of(self, bags: Bags) -> Floats:
        """The same for bags that are hashed already."""
        if not len(bags):
            return np.zeros((0, len(self.labels)))
        return np.add.reduceat(self.weights[bags.indices].astype(np.float64), bags.starts, axis=0)


def softmax(margins: Floats) -> Floats:
    """Row by row."""
    powers = np.exp(margins - margins.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def sigmoid(margins: Floats) -> Floats:
    """``1 / (1 + exp(-x))`` without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(margins / 2)), dtype=np.float64)


def softmax_within(margins: Floats, groups: NDArray[np.int64]) -> Floats:
    """Column by column, over the rows of each group; rows of a group stand together."""
    if not len(margins):
        return margins
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    sizes = np.diff(np.r_[starts, len(groups)])
    powers = np.exp(margins - np.repeat(np.maximum.reduceat(margins, starts, axis=0), sizes, axis=0))
    return np.asarray(powers / np.repeat(np.add.reduceat(powers, starts, axis=0), sizes, axis=0), dtype=np.float64)


def log_softmax_within(margins: Floats, groups: NDArray[np.int64]) -> Floats:
    """The logarithms of ``softmax_within``."""
    return np.asarray(np.log(np.maximum(softmax_within(margins, groups), LEAST_CHANCE)), dtype=np.float64)


def agree(chances: Floats, second: Sequence[NDArray[np.floating[Any]]] | None, groups: NDArray[np.int64]) -> Floats:
    """The chances of two readers as one: their geometric mean, scaled so that each group's column adds up to 1 again.

    ``second`` holds the logarithms of the other's chances, group by group; ``None``, and ``nan`` in a whole column of a
    group, leave the chances as they are.
    """
    if second is None or not len(chances):
        return chances
    other = np.concatenate(second)
    both = (np.log(np.maximum(chances, LEAST_CHANCE)) + np.nan_to_num(other)) / 2
    return np.where(np.isnan(other), chances, softmax_within(both, groups))
