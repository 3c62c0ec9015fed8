"""What reviewers' decisions say of the tables beside precision and recall: calibration and regressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from extract.evaluation.confidence import in_bins
from extract.evaluation.matching import same
from extract.review.decisions import Decision
from extract.review.follow import follow
from extract.review.queue import Desk

_NOT_COMPARED = frozenset({"text", "start", "end"})


def calibration(decisions: Iterable[Decision]) -> list[dict[str, float]]:
    """Stated confidence against the share that was right, in tenths."""
    decided = [d for d in decisions if d.verdict in ("right", "wrong", "fix")]
    return in_bins((d.confidence, d.verdict == "right") for d in decided if d.confidence is not None)


@dataclass(frozen=True)
class Regression:
    """A decided row that the tables do not treat as decided: ``lost``, ``changed``, ``back`` or ``unmended``."""

    decision: Decision
    what: str
    detail: str


def regressions(desk: Desk) -> list[Regression]:
    """Hold the desk's tables to its decisions.

    A right row that is gone is ``lost``, one with another value in a field that was seen is ``changed``; a wrong row
    that stands with the same values is ``back`` once it comes from a later run than the verdict's; a fix whose values
    have not arrived is ``unmended``.
    """
    found: list[Regression] = []
    standing = [d for d in desk.decisions.standing() if d.is_of_a_found_row]
    documents = {d.doc_id for d in standing}
    places = [int(i) for doc_id in documents for i in desk.places_in(doc_id) if not desk.items[int(i)].is_lost]
    for followed in follow(standing, map(desk.subject, places)):
        decision = followed.decision
        if followed.row_id is None:
            if decision.verdict == "right":
                found.append(Regression(decision, "lost", "no such row any more"))
            continue
        index = desk.index_of(decision.table, followed.row_id)
        assert index is not None
        found += _compare(decision, desk.subject_in_full(index).fields, desk.run_id)
    return found


def _compare(decision: Decision, now: Mapping[str, Any], run_id: str) -> list[Regression]:
    wanted = decision.fields | {k: v for k, v in decision.correction.items() if k not in _NOT_COMPARED}
    skipped = {"n_chars"} if decision.verdict == "fix" else set()
    differing = [k for k, v in wanted.items() if k in now and k not in skipped and not same(v, now[k])]
    detail = ", ".join(f"{k}: {wanted[k]!r} expected, {now[k]!r} found" for k in differing)
    if decision.verdict == "right" and differing:
        return [Regression(decision, "changed", detail)]
    if decision.verdict == "fix" and differing:
        return [Regression(decision, "unmended", detail)]
    if decision.verdict == "wrong" and not differing and decision.run_id != run_id:
        return [Regression(decision, "back", "the row stands as it was")]
    return []
