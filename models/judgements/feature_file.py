"""Feature files: hashed features and labels of one judgement, without a word of any text.

They are committed, so that anyone can train the weights again and a test can say that the weights follow from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extract.learned import Bags

FOLDER = Path(__file__).parent / "features"


@dataclass(frozen=True)
class FeatureFile:
    """What a log-linear judgement is trained from.

    ``wanted`` is (bags, labels): for classes the weight of the right one; for ranks the share that a candidate deserves
    in its group. ``groups`` numbers the group of each bag, and is ``None`` for classes. ``sources`` numbers the source
    of each bag's text: folds leave whole sources out. ``l2`` is the penalty chosen on such folds.
    """

    labels: tuple[str, ...]
    n_buckets: int
    l2: float
    bags: Bags
    wanted: NDArray[np.float64]
    sources: NDArray[np.int64]
    groups: NDArray[np.int64] | None = None

    def save(self, name: str, folder: Path = FOLDER) -> Path:
        """Write ``NAME.npz``; the same features give the same bytes."""
        path = folder / f"{name}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays = {
            "labels": np.array(self.labels),
            "n_buckets": np.array(self.n_buckets),
            "l2": np.array(self.l2),
            "indices": _smallest(self.bags.indices),
            "sizes": _smallest(np.diff(np.r_[self.bags.starts, len(self.bags.indices)])),
            "wanted": self.wanted.astype(np.float16),
            "sources": _smallest(self.sources),
        }
        if self.groups is not None:
            arrays["groups"] = _smallest(self.groups)
        np.savez_compressed(path, allow_pickle=False, **arrays)
        return path

    def part(self, keep: NDArray[np.bool_]) -> FeatureFile:
        """The bags where ``keep`` is true."""
        ends = np.r_[self.bags.starts[1:], len(self.bags.indices)]
        sizes = ends - self.bags.starts
        bags = Bags(self.bags.indices[np.repeat(keep, sizes)], np.r_[0, np.cumsum(sizes[keep])[:-1]])
        groups = None if self.groups is None else self.groups[keep]
        return FeatureFile(self.labels, self.n_buckets, self.l2, bags, self.wanted[keep], self.sources[keep], groups)


def read(name: str, folder: Path = FOLDER) -> FeatureFile:
    """Read ``NAME.npz``. Raises ``FileNotFoundError``."""
    with np.load(folder / f"{name}.npz", allow_pickle=False) as data:
        return FeatureFile(
            tuple(str(label) for label in data["labels"]),
            int(data["n_buckets"]),
            float(data["l2"]),
            Bags(data["indices"].astype(np.int64), np.r_[0, np.cumsum(data["sizes"], dtype=np.int64)[:-1]]),
            data["wanted"].astype(np.float64),
            data["sources"].astype(np.int64),
            data["groups"].astype(np.int64) if "groups" in data.files else None,
        )


def _smallest(numbers: NDArray[np.int64]) -> NDArray[np.unsignedinteger]:
    """Whole numbers from 0 in the fewest bytes."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
