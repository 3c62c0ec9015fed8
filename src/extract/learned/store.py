"""Weights as data files: reading, writing, and what is said where one is missing or broken."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from extract.learned.linear import LinearModel
from extract.learned.trees import TreeModel

FOLDER = Path(__file__).parent / "weights"
Model = LinearModel | TreeModel
_TREE_ARRAYS = ("roots", "column", "threshold", "left", "right", "value")


class WeightsError(ValueError):
    """A file of weights is missing or not what it should be; the message names the file and the next step."""


@cache
def load(name: str) -> Any:
    """The model ``weights/NAME.npz``: a ``LinearModel`` or a ``TreeModel``. Raises ``WeightsError``."""
    path = FOLDER / f"{name}.npz"
    if not path.is_file():
        raise WeightsError(f"{path}: no such weights; `python -m models.judgements` trains them from the feature files")
    try:
        with np.load(path, allow_pickle=False) as data:
            return _model({key: data[key] for key in data.files})
    except (KeyError, ValueError, OSError) as error:
        raise WeightsError(f"{path}: cannot be read ({error}); train the weights anew") from error


def load_or_none(name: str) -> Any:
    """The same, ``None`` where the weights are missing: for judgements that have a plain rule to fall back on."""
    return load(name) if (FOLDER / f"{name}.npz").is_file() else None


def save(name: str, model: Model, folder: Path = FOLDER) -> Path:
    """Write a model's weights: the same model gives the same bytes."""
    path = folder / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = _linear_arrays(model) if isinstance(model, LinearModel) else _tree_arrays(model)
    np.savez_compressed(path, allow_pickle=False, **arrays)
    return path


def _linear_arrays(model: LinearModel) -> dict[str, Any]:
    """Only the rows that are not zero, in half precision."""
    used = np.flatnonzero(np.abs(model.weights).max(axis=1) > 0)
    return {
        "labels": np.array(model.labels),
        "n_buckets": np.array(len(model.weights)),
        "used": used.astype(np.uint32),
        "weights": model.weights[used].astype(np.float16),
    }


def _tree_arrays(model: TreeModel) -> dict[str, Any]:
    scalars = {"columns": np.array(model.columns), "base": np.array(model.base), "depth": np.array(model.depth)}
    return scalars | {name: getattr(model, name) for name in _TREE_ARRAYS}


def _model(arrays: dict[str, Any]) -> Model:
    if "labels" in arrays:
        labels = tuple(str(label) for label in arrays["labels"])
        weights = np.zeros((int(arrays["n_buckets"]), len(labels)), dtype=np.float32)
        weights[arrays["used"]] = arrays["weights"]
        return LinearModel(labels, weights)
    columns = tuple(str(column) for column in arrays["columns"])
    trees = {name: arrays[name] for name in _TREE_ARRAYS}
    return TreeModel(columns, base=float(arrays["base"]), depth=int(arrays["depth"]), **trees)
