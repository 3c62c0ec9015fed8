"""Judgements on claims: their weights follow from the committed feature files."""

from __future__ import annotations

import numpy as np
import pytest

from extract.learned import load

pytest.importorskip("sklearn", reason="training needs the extra 'train'")

from models.judgements import feature_file
from models.judgements.fit import fit, fit_numbers
from models.judgements.number_file import read_numbers


@pytest.mark.slow
@pytest.mark.parametrize("name", ["roles", "period", "target"])
def test_log_linear_weights_follow_from_the_feature_file(name: str) -> None:
    features = feature_file.read(f"claims_{name}")
    shipped = load(f"claims_{name}")
    assert shipped.labels == features.labels
    assert np.allclose(fit(features).weights, shipped.weights, atol=0.02)


@pytest.mark.parametrize("name", ["tariff", "rise", "fall", "goal", "confidence", "trust"])
def test_trees_follow_from_the_feature_file(name: str) -> None:
    features = read_numbers(f"claims_{name}")
    assert features is not None
    some = features.rows[::20]
    assert np.allclose(fit_numbers(features).margins(some), load(f"claims_{name}").margins(some), atol=1e-4)
