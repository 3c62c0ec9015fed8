"""Fits: log-linear models by L-BFGS, boosted trees by scikit-learn; no randomness but a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.learned import Bags, LinearModel, TreeModel
from extract.learned.linear import softmax, softmax_within
from models.judgements.feature_file import FeatureFile
from models.judgements.number_file import NumberFile

Floats = NDArray[np.float64]
MAX_STEPS = 200


def fit(features: FeatureFile) -> LinearModel:
    """The model that a feature file asks for: ranks where it has groups, else classes."""
    f = features
    return _fit(f.bags, f.wanted, f.labels, f.n_buckets, f.l2, f.groups)


def fit_numbers(features: NumberFile) -> TreeModel:
    """The trees that a file of named numbers asks for."""
    f = features
    return fit_trees(
        f.rows, f.wanted, f.columns, n_trees=f.n_trees, n_leaves=f.n_leaves, rate=f.rate, l2=f.l2, weight=f.weights
    )


def _fit(
    bags: Bags, wanted: Floats, labels: Sequence[str], n_buckets: int, l2: float, groups: NDArray[np.int64] | None
) -> LinearModel:
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    used, columns = np.unique(bags.indices, return_inverse=True)
    pointers = np.r_[bags.starts, len(bags.indices)]
    matrix = csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(bags), len(used)))
    turned = matrix.T.tocsr()
    shape = (len(used), len(labels))
    weight = wanted.sum(axis=1, keepdims=True) if groups is None else _group_weights(wanted, groups)

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        margins = matrix @ weights
        chances = softmax(margins) if groups is None else softmax_within(margins, groups)
        value = -float((wanted * np.log(np.maximum(chances, 1e-12))).sum()) + 0.5 * l2 * float(flat @ flat)
        return value, (turned @ (chances * weight - wanted)).ravel() + l2 * flat

    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": MAX_STEPS})
    weights = np.zeros((n_buckets, len(labels)), dtype=np.float32)
    weights[used] = found.x.reshape(shape).astype(np.float16)
    return LinearModel(tuple(labels), weights)


def _group_weights(wanted: Floats, groups: NDArray[np.int64]) -> Floats:
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    sizes = np.diff(np.r_[starts, len(groups)])
    return np.repeat(np.add.reduceat(wanted, starts, axis=0), sizes, axis=0)


def fit_trees(
    rows: Floats,
    wanted: NDArray[np.bool_],
    columns: Sequence[str],
    *,
    n_trees: int = 100,
    n_leaves: int = 15,
    rate: float = 0.1,
    l2: float = 1.0,
    weight: Floats | None = None,
) -> TreeModel:
    """Boosted trees for a yes-or-no judgement; ``rows`` (rows, columns) without missing values."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    learner = HistGradientBoostingClassifier(
        max_iter=n_trees, max_leaf_nodes=n_leaves, learning_rate=rate, l2_regularization=l2, early_stopping=False,
        random_state=0,
    )  # fmt: skip
    learner.fit(rows, wanted, sample_weight=weight)
    trees = [grown[0].nodes for grown in learner._predictors]
    roots = np.cumsum([0, *map(len, trees)])[:-1]
    nodes = np.concatenate(trees)
    offset = np.repeat(roots, [len(tree) for tree in trees])
    own = np.arange(len(nodes))
    leaf = nodes["is_leaf"].astype(bool)
    return TreeModel(
        tuple(columns),
        roots=roots.astype(np.int64),
        column=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        threshold=np.where(leaf, 0.0, nodes["num_threshold"]).astype(np.float64),
        left=np.where(leaf, own, nodes["left"] + offset).astype(np.int64),
        right=np.where(leaf, own, nodes["right"] + offset).astype(np.int64),
        value=np.where(leaf, nodes["value"], 0.0).astype(np.float64),
        base=float(np.ravel(learner._baseline_prediction)[0]),
        depth=int(nodes["depth"].max()),
    )
