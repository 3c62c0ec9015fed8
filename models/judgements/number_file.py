"""Feature files of judgements by boosted trees: a few named numbers for each candidate, without a word of any text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.judgements.feature_file import FOLDER

_SETTINGS = ("n_trees", "n_leaves", "rate", "l2")


@dataclass(frozen=True)
class NumberFile:
    """What a yes-or-no judgement is trained from.

    ``rows`` is (candidates, columns); ``sources`` numbers the source of each candidate's text. The settings of the
    trees were chosen on folds that leave whole sources out.
    """

    columns: tuple[str, ...]
    rows: NDArray[np.float64]
    wanted: NDArray[np.bool_]
    weights: NDArray[np.float64]
    sources: NDArray[np.int64]
    n_trees: int
    n_leaves: int
    rate: float
    l2: float

    def save(self, name: str, folder: Path = FOLDER) -> Path:
        """Write ``NAME.npz``; the same features give the same bytes."""
        path = folder / f"{name}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        small = {"rows": self.rows.astype(np.float32), "weights": self.weights.astype(np.float32)}
        arrays = {"columns": np.array(self.columns), "wanted": self.wanted, "sources": self.sources.astype(np.uint16)}
        settings = {name: np.array(getattr(self, name)) for name in _SETTINGS}
        np.savez_compressed(path, allow_pickle=False, **small, **arrays, **settings)
        return path

    def part(self, keep: NDArray[np.bool_]) -> NumberFile:
        """The candidates where ``keep`` is true."""
        kept = {name: getattr(self, name)[keep] for name in ("rows", "wanted", "weights", "sources")}
        return replace(self, **kept)


def from_arrays(arrays: dict[str, NDArray[np.generic]]) -> NumberFile:
    """The file's arrays as they were saved."""
    return NumberFile(
        tuple(str(column) for column in arrays["columns"]),
        arrays["rows"].astype(np.float64),
        arrays["wanted"].astype(np.bool_),
        arrays["weights"].astype(np.float64),
        arrays["sources"].astype(np.int64),
        n_trees=int(arrays["n_trees"]),
        n_leaves=int(arrays["n_leaves"]),
        rate=float(arrays["rate"]),
        l2=float(arrays["l2"]),
    )


def read_numbers(name: str, folder: Path = FOLDER) -> NumberFile | None:
    """Read ``NAME.npz``; ``None`` if it is a file of hashed features. Raises ``FileNotFoundError``."""
    with np.load(folder / f"{name}.npz", allow_pickle=False) as data:
        return from_arrays({key: data[key] for key in data.files}) if "columns" in data.files else None
