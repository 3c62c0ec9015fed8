"""The order of a random sample and its strata: the same for the queue that asks and for the estimate that is made.

A row's place in the random order is a hash of its table and id, so that a sample goes on where it was left, in any
session. The rows at the front of that order that are all decided are a random sample, in whatever queue each of them
was decided.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

# Upper bounds of the bands of confidence that a stratum is cut by; rows without confidence are a band of their own.
CONFIDENCE_BANDS = (0.5, 0.7, 0.85)
STRATIFIED_BY = "table, kind, genre and confidence"


def random_ranks(tables: Sequence[str], row_ids: Sequence[str]) -> npt.NDArray[np.uint64]:
    """A number for each row that puts rows into a random order, always the same."""
    digests = (
        hashlib.blake2b(f"{table}/{row_id}".encode(), digest_size=8).digest()
        for table, row_id in zip(tables, row_ids, strict=True)
    )
    return np.frombuffer(b"".join(digests), dtype=np.uint64)


def strata(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """The number of each row's stratum; ``rows`` has table, kind, genre and confidence."""
    band = np.digitize(rows["confidence"].astype(float).fillna(2.0), CONFIDENCE_BANDS)
    band[rows["confidence"].isna()] = len(CONFIDENCE_BANDS) + 1
    groups = rows[["table", "kind", "genre"]].astype(str).assign(band=band)
    return np.asarray(groups.groupby(["table", "kind", "genre", "band"], sort=True).ngroup(), dtype=np.int64)


def rank_in_stratum(stratum: npt.NDArray[np.int64], rank: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """How many rows of the same stratum come before each row in the random order."""
    order = np.lexsort((rank, stratum))
    ordered = stratum[order]
    begins = np.r_[True, ordered[1:] != ordered[:-1]] if len(ordered) else np.zeros(0, dtype=bool)
    first = np.maximum.accumulate(np.where(begins, np.arange(len(ordered)), 0))
    out = np.empty(len(ordered), dtype=np.int64)
    out[order] = np.arange(len(ordered)) - first
    return out
