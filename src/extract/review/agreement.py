"""How far two reviewers agree: Cohen's kappa of their verdicts and of the value of each column.

The value of a column is the one that the reviewer left standing: the corrected one, or the row's own if the row was
called right. Kappa (Cohen 1960) is the agreement beyond chance: 1 is full, 0 what two who guess would reach.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from extract.review.decisions import Decision
from extract.review.fields import fields_of
from extract.review.queue import Desk


@dataclass(frozen=True)
class Agreement:
    """Two reviewers on one column of a table (``verdict`` is one): rows both decided, share alike, kappa if defined."""

    reviewers: tuple[str, str]
    table: str
    column: str
    rows: int
    alike: float
    kappa: float | None


def agreement(desk: Desk) -> list[Agreement]:
    """All pairs of reviewers, by table, the verdict first and then every column that both left standing."""
    pairs: dict[tuple[str, str, str], list[tuple[Decision, Decision]]] = defaultdict(list)
    for key in sorted(desk.ledger.decided_rows()):
        opinions = {who: d for who, d in desk.ledger.opinions(key).items() if d.verdict != "skip" and not d.settles}
        for a, b in combinations(sorted(opinions), 2):
            pairs[(key[0], a, b)].append((opinions[a], opinions[b]))
    return [found for (table, a, b), some in pairs.items() for found in _by_column(table, (a, b), some)]


def _by_column(table: str, who: tuple[str, str], pairs: list[tuple[Decision, Decision]]) -> list[Agreement]:
    found = [_measured(who, table, "verdict", [(a.verdict, b.verdict) for a, b in pairs])]
    both = [(_values(a), _values(b)) for a, b in pairs if {a.verdict, b.verdict} <= {"right", "fix"}]
    if both:
        for field in fields_of(table):
            found.append(_measured(who, table, field.name, [(a.get(field.name), b.get(field.name)) for a, b in both]))
    return found


def _values(decision: Decision) -> dict[str, Any]:
    return decision.fields | decision.correction


def _measured(who: tuple[str, str], table: str, column: str, values: Sequence[tuple[Any, Any]]) -> Agreement:
    alike = sum(a == b for a, b in values) / len(values)
    return Agreement(who, table, column, len(values), alike, kappa(values))


def kappa(values: Sequence[tuple[Any, Any]]) -> float | None:
    """Cohen's kappa of two raters; ``None`` where both always say the same one thing, so that chance explains all."""
    total = float(len(values))
    first, second = Counter(repr(a) for a, _ in values), Counter(repr(b) for _, b in values)
    chance = sum(first[value] * second[value] for value in first) / total**2
    alike = sum(a == b for a, b in values) / total
    return None if chance == 1.0 else (alike - chance) / (1 - chance)
