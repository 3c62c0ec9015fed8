"""How far a claim can be trusted: shares measured by status, kind and rule (``claim_confidence.tsv``)."""

from __future__ import annotations

from functools import lru_cache

from extract import lexicons
from extract.components.rows import ClaimRow

LOWEST, HIGHEST = 0.05, 0.99


@lru_cache(maxsize=1)
def _factors() -> dict[tuple[str, str], float]:
    columns = {"part": "status|kind|found|read", "name": "text", "factor": "number"}
    rows = lexicons.load("claim_confidence", columns, key=("part", "name"))
    return {(row["part"], row["name"]): float(row["factor"]) for row in rows}


def confidence(row: ClaimRow) -> float:
    """Between 0 and 1, rounded to hundredths: the status's share times what kind and rules change in it."""
    factors = _factors()
    found, _, read = row["rule"].partition("+")
    share = factors[("status", row["status"])] * factors[("kind", row["kind"])] * factors.get(("read", read), 1.0)
    for part in found.split("."):
        share *= factors.get(("found", part), 1.0)
    return round(min(HIGHEST, max(LOWEST, share)), 2)
