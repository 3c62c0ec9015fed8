"""Stated confidence against what was right: bins, expected calibration error, area under the curve."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

BINS = 10
# a row's stated confidence, and whether the row was right
Stated = tuple[float, bool]


def in_bins(stated: Iterable[Stated]) -> list[dict[str, float]]:
    """Stated confidence against the share that was right, in tenths: ``low, high, stated, right, rows``."""
    bins: dict[int, list[Stated]] = defaultdict(list)
    for confidence, right in stated:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [
        {
            "low": place / BINS,
            "high": (place + 1) / BINS,
            "stated": sum(c for c, _ in some) / len(some),
            "right": sum(right for _, right in some) / len(some),
            "rows": float(len(some)),
        }
        for place, some in sorted(bins.items())
    ]


def calibration_error(bins: Sequence[dict[str, float]]) -> float:
    """Expected calibration error: the mean distance between stated and right, each bin by its number of rows."""
    rows = sum(b["rows"] for b in bins)
    return sum(abs(b["stated"] - b["right"]) * b["rows"] for b in bins) / rows if rows else 0.0


def area_under_curve(stated: Sequence[Stated]) -> float | None:
    """The chance that a right row states more than a wrong one, ties half; ``None`` where one of the two is missing."""
    right, wrong = [c for c, r in stated if r], sorted(c for c, r in stated if not r)
    if not right or not wrong:
        return None
    below = sum(bisect_left(wrong, c) + bisect_right(wrong, c) for c in right)
    return below / 2 / len(right) / len(wrong)
