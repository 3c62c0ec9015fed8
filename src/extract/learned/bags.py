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


def hash_names(names: Iterable[str], n_buckets: int) -> list[int]:
    """The indices of named features, 1 to ``n_buckets - 1``.

    CRC-32 is the same on every machine and in every process, which Python's own ``hash`` is not.
    """
    return [crc32(name.encode()) % (n_buckets - 1) + 1 for name in names]


def join_bags(bags: Iterable[Sequence[int]]) -> Bags:
    """Bags of hashed features; index 0 is put into every bag (the intercept)."""
    indices: list[int] = []
    starts: list[int] = []
    for bag in bags:
        starts.append(len(indices))
        indices.append(0)
        indices += bag
    return Bags(np.array(indices, dtype=np.int64), np.array(starts, dtype=np.int64))


def hash_bags(bags: Iterable[Sequence[str]], n_buckets: int) -> Bags:
    """Bags of named features."""
    return join_bags(hash_names(bag, n_buckets) for bag in bags)
