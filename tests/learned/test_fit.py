"""Training: fits find what is there, and a feature file keeps what it was given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extract.learned import hash_bags
from extract.learned.linear import softmax

pytest.importorskip("scipy", reason="training needs the extra 'train'")

from models.judgements import feature_file, fit

BUCKETS = 1024


def test_ranks_learn_which_candidate_wins() -> None:
    bags = [[f"place {i % 4}"] for i in range(40)]
    groups = np.repeat(np.arange(10), 4)
    wanted = np.zeros((40, 1))
    wanted[2::4] = 1
    sources = np.zeros(40, dtype=np.int64)
    made = feature_file.FeatureFile(("item",), BUCKETS, 0.1, hash_bags(bags, BUCKETS), wanted, sources, groups)
    assert fit.fit(made).margins(bags[:4])[:, 0].argmax() == 2


def test_a_feature_file_comes_back_and_asks_for_its_model(tmp_path: Path) -> None:
    bags = [["if"], ["was"]] * 20
    wanted = np.eye(2)[[1, 0] * 20]
    sources = np.array([0, 1] * 20)
    made = feature_file.FeatureFile(("fact", "hypothetical"), BUCKETS, 0.1, hash_bags(bags, BUCKETS), wanted, sources)
    made.save("status", tmp_path)
    back = feature_file.read("status", tmp_path)
    assert back.bags.indices.tolist() == made.bags.indices.tolist()
    assert back.part(sources == 1).bags.starts.tolist() == list(range(0, 40, 2))
    assert softmax(fit.fit(back).margins([["if"]]))[0, 1] > 0.9


def test_trees_are_exported_as_they_were_fitted() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble", reason="training needs the extra 'train'")
    rows = np.random.default_rng(0).normal(size=(400, 3))
    wanted = rows[:, 0] * rows[:, 1] > 0
    model = fit.fit_trees(rows, wanted, ["a", "b", "c"], n_trees=20)
    same = ensemble.HistGradientBoostingClassifier(
        max_iter=20, max_leaf_nodes=15, learning_rate=0.1, l2_regularization=1.0, early_stopping=False, random_state=0
    ).fit(rows, wanted)
    assert model.probabilities(rows) == pytest.approx(same.predict_proba(rows)[:, 1])
