"""How far a claim can be trusted: shares measured by status, kind, rules and source (``claim_confidence.tsv``)."""

from __future__ import annotations

from functools import lru_cache

from extract import lexicons
from extract.components.rows import ClaimRow

# Nothing is stated surer than the surest claims were when their own document was left out of the fit.
LOWEST, HIGHEST = 0.05, 0.9


@lru_cache(maxsize=1)
def _factors() -> dict[tuple[str, str], float]:
    columns = {"part": "status|kind|found|read|speaker", "name": "text", "factor": "number"}
    rows = lexicons.load("en/claim_confidence", columns, key=("part", "name"))
    return {(row["part"], row["name"]): float(row["factor"]) for row in rows}


def confidence(row: ClaimRow) -> float:
    """Between 0 and 1, rounded to hundredths: the status's share times what kind, rules and source change in it."""
    factors = _factors()
    found, _, read = row["rule"].partition("+")
    share = factors[("status", row["status"])] * factors.get(("kind", row["kind"]), 1.0)
    share *= factors.get(("read", read), 1.0) * factors.get(("speaker", "named" if row["speaker"] else "author"), 1.0)
    for part in found.split("."):
        share *= factors.get(("found", part), 1.0)
    return round(min(HIGHEST, max(LOWEST, share)), 2)
