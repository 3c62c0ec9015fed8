"""Small models: what they score, how they are stored, that they are fitted as they should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extract.learned import LinearModel, TreeModel, WeightsError, hash_bags, load
from extract.learned.linear import softmax, softmax_within
from extract.learned.store import load_or_none, save

BUCKETS = 1024


def test_a_bag_is_hashed_alike_everywhere_and_holds_the_intercept() -> None:
    bags = hash_bags([["head tariff"], []], BUCKETS)
    assert bags.indices.tolist() == [0, 485, 0]
    assert bags.starts.tolist() == [0, 2]


def test_classes_add_up_to_one_and_follow_the_weights() -> None:
    weights = np.zeros((BUCKETS, 2), dtype=np.float32)
    weights[hash_bags([["if"]], BUCKETS).indices[1], 1] = 3.0
    model = LinearModel(("fact", "hypothetical"), weights)
    chances = softmax(model.margins([["if"], ["was"]]))
    assert chances.sum(axis=1) == pytest.approx([1, 1])
    assert chances[0, 1] > 0.9
    assert chances[1, 1] == pytest.approx(0.5)


def test_candidates_compete_within_their_group() -> None:
    margins = np.array([[1.0], [1.0], [0.0], [5.0]])
    chances = softmax_within(margins, np.array([0, 0, 1, 1]))
    assert chances[:2, 0] == pytest.approx([0.5, 0.5])
    assert chances[3, 0] > 0.99


def test_nothing_to_score_is_no_error() -> None:
    model = LinearModel(("yes",), np.zeros((BUCKETS, 1), dtype=np.float32))
    assert model.margins([]).shape == (0, 1)


@pytest.fixture
def trees() -> TreeModel:
    """One split at 2, then one at 0 on the left: -1, 1, 5."""
    return TreeModel(
        ("distance", "size"),
        roots=np.array([0]),
        column=np.array([0, 1, 0, 0, 0]),
        threshold=np.array([2.0, 0.0, 0.0, 0.0, 0.0]),
        left=np.array([1, 2, 2, 3, 4]),
        right=np.array([4, 3, 2, 3, 4]),
        value=np.array([0.0, 0.0, -1.0, 1.0, 5.0]),
        base=0.5,
        depth=2,
    )


def test_trees_send_each_row_to_its_leaf(trees: TreeModel) -> None:
    rows = np.array([[1.0, 0.0], [2.0, 1.0], [3.0, 0.0]])
    assert trees.margins(rows).tolist() == [-0.5, 1.5, 5.5]


def test_the_same_weights_give_the_same_bytes_and_come_back(
    tmp_path: Path, trees: TreeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = np.zeros((BUCKETS, 2), dtype=np.float32)
    weights[[3, 9]] = [[1, -2], [0.5, 0]]
    linear = LinearModel(("a", "b"), weights)
    for name, model in (("linear", linear), ("trees", trees)):
        first = save(name, model, tmp_path).read_bytes()
        assert save(name, model, tmp_path).read_bytes() == first
    monkeypatch.setattr("extract.learned.store.FOLDER", tmp_path)
    back = load("linear")
    assert back.labels == ("a", "b")
    assert (back.weights == weights).all()
    assert load("trees").margins(np.array([[3.0, 0.0]])).tolist() == [5.5]


def test_missing_or_broken_weights_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.learned.store.FOLDER", tmp_path)
    assert load_or_none("lost") is None
    with pytest.raises(WeightsError, match=r"lost\.npz: no such weights; .*python -m models\.judgements"):
        load("lost")
    (tmp_path / "torn.npz").write_bytes(b"PK")
    with pytest.raises(WeightsError, match=r"torn\.npz: cannot be read"):
        load("torn")
