"""From scores of heads to heads, and whether they make a tree."""

from __future__ import annotations

from typing import Any

import numpy as np


def best_heads(scores: np.ndarray[Any, Any]) -> list[int]:
    """The best head of every word: ``scores[i, j]`` is the log probability of head ``j`` of word ``i``.

    Words are counted from 1 as heads, 0 is the root; ``scores`` is ``(n, n + 1)``. No word heads itself.
    """
    own = np.arange(len(scores))
    scores = scores.copy()
    scores[own, own + 1] = -np.inf
    return [int(head) for head in scores.argmax(axis=1)]


def is_tree(heads: list[int]) -> bool:
    """Whether one word hangs on the root and all others on it, at whatever distance."""
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True
