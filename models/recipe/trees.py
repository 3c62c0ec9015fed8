"""From scores of heads to a tree."""

from __future__ import annotations

from typing import Any

import numpy as np

# Taken off every arc from the root, so that a best tree has one such arc.
ROOT_COST = 1000.0


def best_tree(scores: np.ndarray[Any, Any]) -> list[int]:
    """Heads of the best tree with one root: ``scores[i, j]`` is the log probability of head ``j`` of word ``i``.

    Words are counted from 1 as heads, 0 is the root; ``scores`` is ``(n, n + 1)``. Most often the best head of every
    word makes a tree; otherwise Edmonds' algorithm (``networkx``) finds it.
    """
    own = np.arange(len(scores))
    scores = scores.copy()
    scores[own, own + 1] = -np.inf
    heads = [int(head) for head in scores.argmax(axis=1)]
    return heads if is_tree(heads) else _edmonds(scores)


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


def _edmonds(scores: np.ndarray[Any, Any]) -> list[int]:
    import networkx

    graph = networkx.DiGraph()
    for word in range(len(scores)):
        for head in range(scores.shape[1]):
            if head != word + 1:
                graph.add_edge(head, word + 1, weight=float(scores[word, head]) - (ROOT_COST if head == 0 else 0.0))
    tree = networkx.maximum_spanning_arborescence(graph, preserve_attrs=False)
    heads = [0] * len(scores)
    for head, word in tree.edges:
        heads[word - 1] = head
    return heads
