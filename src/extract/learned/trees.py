"""Boosted trees over a few named numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.learned.linear import Floats, sigmoid


@dataclass(frozen=True)
class TreeModel:
    """A binary judgement by the sum of trees.

    All trees' nodes stand in one row; ``roots`` says where each tree begins. A node sends a value at most its
    ``threshold`` to ``left``, any other to ``right``; a leaf leads to itself and has a ``value``. ``columns`` names the
    numbers in the order in which ``margins`` takes them.
    """

    columns: tuple[str, ...]
    roots: NDArray[np.int64]
    column: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    base: float
    depth: int

    def margins(self, rows: Floats) -> Floats:
        """The log odds of each row of ``rows`` (rows, columns)."""
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        which = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            low = rows[which, self.column[node]] <= self.threshold[node]
            node = np.where(low, self.left[node], self.right[node])
        return np.asarray(self.base + self.value[node].sum(axis=1), dtype=np.float64)

    def probabilities(self, rows: Floats) -> Floats:
        """The probability of each row."""
        return sigmoid(self.margins(rows))
