"""Bags of named features as arrays of hashed indices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Bags:
    """``indices`` of all bags one after the other; bag ``i`` begins at ``starts[i]``. No bag is empty."""

    indices: NDArray[np.int64]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts)


def hash_bags(bags: Iterable[Sequence[str]], n_buckets: int) -> Bags:
    """Hash the names of each bag into ``n_buckets`` indices; index 0 is in every bag (the intercept).

    CRC-32 is the same on every machine and in every process, which Python's own ``hash`` is not.
    """
    indices: list[int] = []
    starts: list[int] = []
    for bag in bags:
        starts.append(len(indices))
        indices.append(0)
        indices += [crc32(name.encode()) % (n_buckets - 1) + 1 for name in bag]
    return Bags(np.array(indices, dtype=np.int64), np.array(starts, dtype=np.int64))
