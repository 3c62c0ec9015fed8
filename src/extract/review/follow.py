"""Finding the row that an earlier decision speaks of among the rows of another run, by meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.review.decisions import Decision, Subject

# How far a row may have moved in the text and still be the same row, in characters: an edited paragraph above it.
MAX_SHIFT_CHARACTERS = 2000
_Meaning = tuple[str, str, str, str]


@dataclass(frozen=True)
class Followed:
    """A decision and the row of the current tables that it speaks of: ``how`` is ``same``, ``moved`` or ``gone``."""

    decision: Decision
    row_id: str | None
    how: str


def follow(decisions: Iterable[Decision], subjects: Iterable[Subject]) -> list[Followed]:
    """Find each decision's row among the current rows.

    The same id is the same row. Otherwise a row of the same document, table, kind and text, within
    ``MAX_SHIFT_CHARACTERS``, that no other decision claims: in text order if there are as many rows as decisions
    (a paragraph came in above them all), else the nearest. A row with the kind and words that a correction gives is the
    row too. What is found by neither is gone.
    """
    current = list(subjects)
    ids = {(s.table, s.row_id) for s in current}
    ordered = list(decisions)
    followed = [Followed(d, d.row_id, "same") for d in ordered if (d.table, d.row_id) in ids]
    taken = {(f.decision.table, f.row_id) for f in followed}
    lost = [d for d in ordered if (d.table, d.row_id) not in ids]
    for corrected in (False, True):
        found = _by_meaning(lost, [s for s in current if (s.table, s.row_id) not in taken], corrected=corrected)
        followed += found
        taken |= {(f.decision.table, f.row_id) for f in found}
        known = {f.decision.id for f in found}
        lost = [d for d in lost if d.id not in known]
    followed += [Followed(d, None, "gone") for d in lost]
    return sorted(followed, key=lambda f: f.decision.id)


def _by_meaning(decisions: list[Decision], rows: list[Subject], *, corrected: bool) -> list[Followed]:
    free: dict[_Meaning, list[Subject]] = defaultdict(list)
    for subject in sorted(rows, key=lambda s: s.start):
        free[_meaning(subject)].append(subject)
    waiting: dict[_Meaning, list[Decision]] = defaultdict(list)
    for decision in sorted(decisions, key=lambda d: d.start):
        waiting[_meaning(_corrected(decision) if corrected else decision)].append(decision)
    return [found for meaning, some in waiting.items() for found in _follow_alike(some, free[meaning])]


def _corrected(decision: Decision) -> Decision:
    text, start = (str(decision.correction.get(name, getattr(decision, name))) for name in ("text", "start"))
    kind = next((decision.correction[name] for name in ("kind", "type", "label") if name in decision.correction), None)
    return replace(decision, kind=kind or decision.kind, text=text, start=int(start))


def _follow_alike(decisions: list[Decision], rows: list[Subject]) -> list[Followed]:
    """Pair decisions and rows of one meaning, both in text order; decisions without a row are left out."""
    if len(decisions) == len(rows):
        pairs = list(zip(decisions, rows, strict=True))
        if all(abs(d.start - s.start) <= MAX_SHIFT_CHARACTERS for d, s in pairs):
            return [Followed(d, s.row_id, "moved") for d, s in pairs]
    free, followed = list(rows), []
    for decision in decisions:
        near = [s for s in free if abs(s.start - decision.start) <= MAX_SHIFT_CHARACTERS]
        if near:
            best = min(near, key=lambda s: (abs(s.start - decision.start), s.start))
            free.remove(best)
            followed.append(Followed(decision, best.row_id, "moved"))
    return followed


def _meaning(row: Subject | Decision) -> _Meaning:
    return row.doc_id, row.table, row.kind, " ".join(row.text.split()).casefold()
