"""Precision and recall of all rows from the decided ones: weighted by stratum, with intervals, the sample named.

Precision comes from the rows at the front of the random order that are all decided (``review.sampling``): of all rows,
or of each stratum. Recall comes from documents that were read through. What is neither is said to be no sample.
Intervals are Wilson's (1927) at 95 % over the effective number of rows (Korn and Graubard 1998), which hold for small
numbers and for shares near 0 and 1; what no sample covers widens them as if it could be all right or all wrong.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from extract.review.decisions import VERDICTS
from extract.review.queue import Desk, Places
from extract.review.sampling import STRATIFIED_BY, random_ranks

Z_95 = 1.959964
# Fewer rows than this at the front of the random order are no sample worth a name.
LEAST_ROWS, LEAST_DOCUMENTS = 20, 3
# A random sample is preferred where it has nearly all rows that the strata's samples have; the strata that are sampled
# must hold most rows.
MOSTLY, COVERED = 0.95, 0.8
RIGHT, FIX, UNSURE = (VERDICTS.index(name) + 1 for name in ("right", "fix", "skip"))
# Two-sided 95 % points of Student's distribution by degrees of freedom: few documents say little of their spread.
_STUDENT = (12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
_STUDENT_LATER = ((15, 2.131), (20, 2.086), (30, 2.042), (60, 2.0), (120, 1.98))


@dataclass(frozen=True)
class Estimate:
    """A share with its 95 % interval; ``sample`` names what it rests on, ``is_sample``: whether that stands for all.

    ``right`` of ``decided`` are the counts behind it, ``total`` the rows (or documents) that it is meant to stand for.
    """

    share: float
    low: float
    high: float
    right: int
    decided: int
    total: int
    sample: str
    is_sample: bool


def wilson(right: float, of: float, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval of a share at 95 %; (0, 1) where nothing was decided. Counts may be effective ones."""
    if of <= 0:
        return 0.0, 1.0
    share, z2 = right / of, z**2
    centre = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = z * math.sqrt(max(0.0, share * (1 - share) / of + z2 / (4 * of * of))) / (1 + z2 / of)
    return max(0.0, centre - half), min(1.0, centre + half)


def precision_of(desk: Desk, places: Places) -> Estimate | None:
    """The precision of some rows of a desk; ``None`` if none of them is decided (unsure does not count)."""
    places = places[np.argsort(desk.rank[places], kind="stable")]
    verdicts, stratum = desk.verdicts[places], desk.stratum[places]
    judged = (verdicts > 0) & (verdicts != UNSURE)
    if not judged.any():
        return None
    if (verdicts > 0).all():
        return _whole(verdicts[judged] == RIGHT, len(places))
    front = _front(verdicts > 0)
    in_strata = np.zeros(len(places), dtype=bool)
    for number in np.unique(stratum):
        own = np.flatnonzero(stratum == number)
        in_strata[own[: _front(verdicts[own] > 0)]] = True
    sampled = int((in_strata & judged).sum())
    covered = float(np.isin(stratum, stratum[in_strata & judged]).mean())
    if front >= LEAST_ROWS and front >= MOSTLY * in_strata.sum():
        return _random(verdicts[:front], len(places))
    if sampled >= LEAST_ROWS and covered >= COVERED:
        return _stratified(verdicts, stratum, in_strata & judged)
    return _chosen(desk, places, verdicts, judged)


def _front(decided: npt.NDArray[np.bool_]) -> int:
    """How many rows from the first on are decided without a gap."""
    return len(decided) if decided.all() else int(np.argmin(decided))


def _whole(right: npt.NDArray[np.bool_], total: int) -> Estimate:
    share = float(right.mean())
    unsure = 1 - len(right) / total
    sample = f"all {total:,} rows"
    return Estimate(
        share, share * (1 - unsure), share * (1 - unsure) + unsure, int(right.sum()), len(right), total, sample, True
    )


def _random(verdicts: npt.NDArray[np.int8], total: int) -> Estimate:
    right = verdicts[verdicts != UNSURE] == RIGHT
    number, share = len(right), float(right.mean())
    effective = number * (total - 1) / max(1, total - number)
    low, high = wilson(share * effective, effective)
    sample = f"random sample of {number:,} of {total:,} rows"
    return Estimate(share, low, high, int(right.sum()), number, total, sample, True)


def _stratified(
    verdicts: npt.NDArray[np.int8], stratum: npt.NDArray[np.int64], used: npt.NDArray[np.bool_]
) -> Estimate:
    total, weight, right, smooth, variance = len(verdicts), 0.0, 0.0, 0.0, 0.0
    for number in np.unique(stratum[used]):
        size, own = int((stratum == number).sum()), verdicts[used & (stratum == number)] == RIGHT
        part, rows, found = size / total, len(own), int(own.sum())
        likely = (found + 1) / (rows + 2)
        weight, right, smooth = weight + part, right + part * found / rows, smooth + part * likely
        variance += part**2 * (1 - rows / size) * likely * (1 - likely) / rows
    share, middle = right / weight, smooth / weight
    effective = middle * (1 - middle) * weight**2 / variance if variance else math.inf
    low, high = (share, share) if math.isinf(effective) else wilson(share * effective, effective)
    decided, unseen = int(used.sum()), 1 - weight
    sample = f"sample of {decided:,} of {total:,} rows, stratified by {STRATIFIED_BY}"
    count = int((verdicts[used] == RIGHT).sum())
    return Estimate(share, low * weight, high * weight + unseen, count, decided, total, sample, True)


def _chosen(desk: Desk, places: Places, verdicts: npt.NDArray[np.int8], judged: npt.NDArray[np.bool_]) -> Estimate:
    right, number = int((verdicts[judged] == RIGHT).sum()), int(judged.sum())
    confidence = desk.rows["confidence"].to_numpy()[places]
    known = ~np.isnan(confidence)
    is_doubtful = (known & judged).any() and confidence[known & judged].mean() < confidence[known].mean() - 0.02
    why = "the more doubtful rows only" if is_doubtful else "the rows that were chosen only"
    return Estimate(
        right / number, *wilson(right, number), right, number, len(places), f"{why}: stands for no others", False
    )


def recall_of(desk: Desk, table: str) -> Estimate | None:
    """The share of a table's true rows that the run found, from documents that were read through and decided in full.

    A row that was called right or fixed counts as found. ``None`` if no such document has a true row.
    """
    read = {doc_id for name, doc_id in desk.decisions.readings() if name == table and doc_id in desk.texts}
    counts = {doc_id: _found_and_missed(desk, table, doc_id) for doc_id in sorted(read)}
    known = {doc_id: count for doc_id, count in counts.items() if count is not None}
    found, missed = (sum(count[side] for count in known.values()) for side in (0, 1))
    if not found + missed:
        return None
    share, total = found / (found + missed), len(desk.texts)
    low, high = _ratio_interval(list(known.values()), total)
    ranks = random_ranks(["documents"] * total, list(desk.texts)).tolist()
    order = [doc_id for _, doc_id in sorted(zip(ranks, desk.texts, strict=True))]
    is_front = set(order[: len(known)]) == set(known)
    is_sample = len(known) == total or (is_front and len(known) >= LEAST_DOCUMENTS)
    kind = "random sample of " if is_front and len(known) < total else ""
    sample = f"{kind}{len(known):,} of {total:,} documents read through"
    left_out = len(counts) - len(known)
    sample += f" ({left_out} more left out: some of their rows are undecided)" if left_out else ""
    sample += "" if is_sample else ": too few, or not from the top of the list of documents, to stand for the others"
    return Estimate(share, low, high, found, found + missed, total, sample, is_sample)


def _found_and_missed(desk: Desk, table: str, doc_id: str) -> tuple[int, int] | None:
    """True rows of a document that the run has and that it has not; ``None`` while some are undecided."""
    places = [
        int(i) for i in desk.places_in(doc_id) if desk.items[int(i)].table == table and not desk.items[int(i)].is_lost
    ]
    added = [d for d in (*desk.missed, *desk.lost) if (d.table, d.doc_id) == (table, doc_id)]
    spans = {(desk.items[i].start, desk.items[i].kind): i for i in places}
    found_since = {spans[d.start, d.kind] for d in added if (d.start, d.kind) in spans}
    verdicts = {i: RIGHT if i in found_since else int(desk.verdicts[i]) for i in places}
    if 0 in verdicts.values():
        return None
    missed = {(d.start, d.kind) for d in added if (d.start, d.kind) not in spans}
    return sum(verdict in (RIGHT, FIX) for verdict in verdicts.values()), len(missed)


def _ratio_interval(counts: list[tuple[int, int]], total: int) -> tuple[float, float]:
    """The interval of found / (found + missed), documents drawn and not rows; counts are (found, missed)."""
    found, of = sum(a for a, _ in counts), sum(a + b for a, b in counts)
    share, number = found / of, len(counts)
    effective = float(of)
    if number > 1:
        residuals = sum((a - share * (a + b)) ** 2 for a, b in counts)
        variance = (1 - number / total) * number / (number - 1) * residuals / of**2
        if variance > 0:
            effective = min(effective, share * (1 - share) / variance)
    if number == total:
        return share, share
    return wilson(share * effective, effective, _student(number - 1))


def _student(freedom: int) -> float:
    if freedom < 1:
        return _STUDENT[0]
    if freedom <= len(_STUDENT):
        return _STUDENT[freedom - 1]
    return next((point for least, point in reversed(_STUDENT_LATER) if freedom >= least), _STUDENT[-1])


def by_group(desk: Desk) -> list[tuple[tuple[str, str, str], Estimate]]:
    """Precision by table, by table and kind, and by table, kind and rule; an empty name stands for all of them."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for place, item in enumerate(desk.items):
        if not item.is_lost:
            for group in {(item.table, "", ""), (item.table, item.kind, ""), (item.table, item.kind, item.rule)}:
                groups.setdefault(group, []).append(place)
    estimates = ((group, precision_of(desk, np.array(places))) for group, places in sorted(groups.items()))
    return [(group, estimate) for group, estimate in estimates if estimate is not None]
