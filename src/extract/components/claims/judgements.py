"""The learnt models that claims ask, and what is answered where their weights are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np

from extract.components.claims import reader
from extract.components.claims.contexts import group_words
from extract.components.claims.periods import Periods
from extract.components.claims.reader import Opinion, Reader
from extract.components.claims.roles import ROLES, Answer, Roles, content
from extract.components.claims.windows import Asked
from extract.learned import LinearModel, TreeModel, join_bags, load_or_none
from extract.learned.encoder import load_encoder
from extract.learned.linear import Floats, sigmoid
from extract.normalize.units import singular

# The least chance at which a judgement is answered with yes: where F1 was highest on left-out sources.
LEAST_TARIFF, LEAST_GOAL, LEAST_TARGET, LEAST_RISE, LEAST_FALL = 0.35, 0.2, 0.5, 0.25, 0.35
# The same where the measure is a word of tariffs, and where it is another noun ("a third of tariff lines").
LEAST_NAMED_TARIFF, LEAST_OTHER_TARIFF = 0.2, 0.8
Numbers = Mapping[str, float]
NEVER = 2.0
# Chances nearer to 0 or 1 are taken for this much.
LEAST_ODDS = 1e-4
# Rows that go through the trees together: they need some 10 kB for each.
AT_ONCE = 1_000
# What leaves open which rate is meant; and a tax on what crosses a border.
_GENERAL = frozenset({"rate", "rates", "pay", "pays", "paid"})
_TAXES, _BORDER = frozenset({"tax", "taxes"}), frozenset({"export", "exports", "import", "imports"})
_NO_ANSWER = Answer(None, 0.0)


@dataclass(frozen=True)
class Judgements:
    """The models; any of them may be missing. ``trust`` is the confidence where the reader has been asked."""

    roles: LinearModel | None
    period: LinearModel | None
    target: LinearModel | None
    tariff: TreeModel | None
    rise: TreeModel | None
    fall: TreeModel | None
    goal: TreeModel | None
    confidence: TreeModel | None
    trust: TreeModel | None = None
    reader: Reader | None = None

    def read_roles(self, roles: Roles, asked: Sequence[Asked], second: Opinion | None) -> list[dict[str, Answer]]:
        """Measure, item, actor and partner of each claim; none without weights."""
        if self.roles is None:
            return [dict.fromkeys(ROLES, _NO_ANSWER) for _ in asked]
        return roles.read(self.roles, [each.choices for each in asked], second.roles if second else None)

    def read_periods(self, periods: Periods, asked: Sequence[Asked], second: Opinion | None) -> list[Answer]:
        """The period of each claim; none without weights."""
        if self.period is None:
            return [_NO_ANSWER] * len(asked)
        return periods.read(self.period, [each.options for each in asked], second.periods if second else None)

    def target_chances(self, bags: Sequence[Sequence[int]]) -> Floats:
        """How likely each target phrase is a claim; 1 without weights."""
        if self.target is None:
            return np.ones(len(bags))
        margins = self.target.margins_of(join_bags(bags))
        return np.asarray(1 / (1 + np.exp(margins[:, 0] - margins[:, 1])), dtype=np.float64)

    def tariff_chances(self, rows: Sequence[Numbers]) -> Floats:
        """How likely each percentage is a tariff's rate; 0 without weights."""
        return _chances(self.tariff, rows, 0.0)

    def goal_chances(self, rows: Sequence[Numbers], second: Opinion | None) -> Floats:
        """How likely each figure is to be met; what the rule says without weights."""
        if self.goal is None:
            return np.array([row["goal rule"] for row in rows])
        return _both(_chances(self.goal, rows, 0.0), second, "goal", 1)

    def changes(self, rows: Sequence[Numbers], second: Opinion | None) -> list[str | None]:
        """``rise``, ``fall`` or ``None`` for each figure; ``None`` without weights."""
        rises = _both(_chances(self.rise, rows, 0.0), second, "change", 1)
        falls = _both(_chances(self.fall, rows, 0.0), second, "change", 2)
        return [_change(float(rise), float(fall)) for rise, fall in zip(rises, falls, strict=True)]

    def confidences(self, rows: Sequence[Numbers], *, otherwise: float) -> Floats:
        """How likely each record is right; ``otherwise`` without weights."""
        return _chances(self.trust if self.reader else self.confidence, rows, otherwise)


@lru_cache(maxsize=1)
def judgements() -> Judgements:
    """The shipped models."""
    plain = [each.name for each in fields(Judgements) if each.name != "reader"]
    return Judgements(**{name: load_or_none(f"claims_{name}") for name in plain}, reader=load_encoder(reader.NAME))


def _change(rise: float, fall: float) -> str | None:
    if rise < LEAST_RISE and fall < LEAST_FALL:
        return None
    return "rise" if rise / LEAST_RISE >= fall / LEAST_FALL else "fall"


def _both(chances: Floats, second: Opinion | None, question: str, number: int) -> Floats:
    """The chances of the trees and of the second reader's class as one: the mean of their log odds."""
    if second is None or not len(chances):
        return chances
    other = np.exp(second.classes[question][:, number])
    odds = [
        np.log(np.clip(p, LEAST_ODDS, 1 - LEAST_ODDS)) - np.log(np.clip(1 - p, LEAST_ODDS, 1)) for p in (chances, other)
    ]
    return np.where(second.prose, sigmoid((odds[0] + odds[1]) / 2), chances)


def _chances(model: TreeModel | None, rows: Sequence[Numbers], otherwise: float) -> Floats:
    if model is None or not rows:
        return np.full(len(rows), otherwise)
    some = (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))
    return np.concatenate(
        [model.probabilities(np.array([[row[name] for name in model.columns] for row in part])) for part in some]
    )


def least_tariff(measure: str | None, change: str | None, *, listed: bool = False) -> float:
    """The least chance at which a percentage is a tariff's, by what it measures and whether it is a change's size.

    ``listed``: the figure before it in the sentence is a tariff's rate; a list of rates keeps its kind.
    How much exports rose is never a duty, however much is said of duties around it.
    """
    words = content(measure) - _GENERAL
    named = any("tariff" in group_words().get(form, ()) for word in words for form in (word, singular(word)))
    if named or (words & _TAXES and words & _BORDER):
        return LEAST_NAMED_TARIFF
    if change:
        return NEVER
    if words:
        return LEAST_OTHER_TARIFF
    return LEAST_NAMED_TARIFF if listed else LEAST_TARIFF
