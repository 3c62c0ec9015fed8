"""Which rule wins where two find overlapping names: one ordered table, ``lexicons/en/name_precedence.tsv``."""

from __future__ import annotations

from functools import cache

from extract import lexicons


@cache
def table() -> dict[str, float]:
    """Rule → weight, from the highest."""
    rows = lexicons.load("en/name_precedence", {"rule": "text", "weight": "number", "reason": "text"})
    return {row["rule"]: float(row["weight"]) for row in rows}


def weight(rule: str) -> float:
    """The weight of a rule; the higher wins. Raises ``KeyError`` for a rule that the table does not know."""
    return table()[rule]


def weights(*rules: str) -> tuple[float, ...]:
    """The weights of several rules, in their order."""
    return tuple(map(weight, rules))
