"""Precision and recall from decided rows: which sample a figure rests on, and intervals that hold the truth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.evaluation.estimates import Estimate, by_group, precision_of, recall_of, wilson
from extract.review.decisions import Decision, Subject
from extract.review.filters import Filters
from extract.review.queue import Desk
from extract.review.sampling import random_ranks
from tests.review.desk_data import TEXT, desk, doc_name

RIGHT, WRONG = 1, 2


@given(st.integers(0, 200), st.integers(0, 200))
def test_wilson_holds_the_share(a: int, b: int) -> None:
    low, high = wilson(a, a + b)
    assert 0 <= low <= high <= 1
    if a + b:
        assert low <= a / (a + b) + 1e-9
        assert a / (a + b) <= high + 1e-9


def test_wilson_of_a_known_case() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=0.001)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk of 300 documents, whose claims have the confidences 0.4, 0.6 and 0.9."""
    return desk(tmp_path_factory.mktemp("many"), copies=300)


def reviewed(some: Desk, order: str, number: int, truth: npt.NDArray[np.bool_]) -> Estimate:
    """The estimate once a reviewer who knows the truth has decided the first claims of a queue."""
    some._verdicts = np.zeros(len(some.rows), dtype=np.int8)
    places = some.select(Filters(table="claims", order=order))
    some._verdicts[places[:number]] = np.where(truth[places[:number]], RIGHT, WRONG)
    found = precision_of(some, places)
    assert found is not None
    return found


@pytest.mark.parametrize("order", ["random", "stratified"])
@pytest.mark.parametrize("right_of_doubtful", [0.3, 0.9])
def test_intervals_hold_the_truth_of_a_simulated_reviewer(many: Desk, order: str, right_of_doubtful: float) -> None:
    generator, held, tries = np.random.default_rng(7), 0, 200
    confidence = many.rows["confidence"].fillna(1).to_numpy()
    likely = np.where(confidence < 0.5, right_of_doubtful, np.where(confidence < 0.7, 0.8, 0.97))
    claims = many.select(Filters(table="claims"))
    for _ in range(tries):
        # the order is fixed, the truth is drawn anew: the same as drawing the sample anew
        truth = generator.random(len(many.rows)) < likely
        estimate = reviewed(many, order, 90, truth)
        assert estimate.is_sample
        held += estimate.low <= truth[claims].mean() <= estimate.high
    assert held / tries >= 0.93


def test_doubtful_rows_alone_are_no_sample_and_say_so(many: Desk) -> None:
    truth = np.ones(len(many.rows), dtype=bool)
    estimate = reviewed(many, "doubtful", 90, truth)
    assert not estimate.is_sample
    assert "the more doubtful rows only" in estimate.sample


def test_all_rows_decided_leave_nothing_to_estimate(many: Desk) -> None:
    truth = np.arange(len(many.rows)) % 3 > 0
    estimate = reviewed(many, "doubtful", len(many.rows), truth)
    assert estimate.low == estimate.share == estimate.high
    assert estimate.sample == "all 900 rows"


def test_a_sample_names_itself(many: Desk) -> None:
    truth = np.ones(len(many.rows), dtype=bool)
    assert reviewed(many, "random", 60, truth).sample == "random sample of 60 of 900 rows"
    found = reviewed(many, "stratified", 150, truth).sample
    assert found == "sample of 150 of 900 rows, stratified by table, kind, genre and confidence"


def decide(some: Desk, row_id: str, verdict: str) -> None:
    index = some.index_of("claims", row_id)
    assert index is not None
    fixed = {"status": "fact"} if verdict == "fix" else None
    subject = some.subject_in_full(index)
    some.decisions.record(subject, verdict, reviewer="ida", run_id=some.run_id, correction=fixed)


def add(some: Desk, copy: int, number: int) -> None:
    doc_id, start = doc_name(copy), TEXT.index("We asked") + number
    row = Subject("claims", f"added:{copy}-{number}", doc_id, "target", "", None, start, "We asked", {"n_chars": 8})
    some.decisions.record(row, "missed", reviewer="ida", run_id=some.run_id)


def test_groups_by_table_kind_and_rule(tmp_path: Path) -> None:
    some = desk(tmp_path)
    for row_id, verdict in (("c1", "right"), ("c2", "fix"), ("c3", "skip")):
        decide(some, row_id, verdict)
    some.refresh()
    found = {group: (e.right, e.decided) for group, e in by_group(some)}
    assert found == {
        ("claims", "", ""): (1, 2),
        ("claims", "tariff_rate", ""): (1, 2),
        ("claims", "tariff_rate", "rate_of"): (1, 2),
    }


def test_recall_of_documents_that_were_read_through(tmp_path: Path) -> None:
    some = desk(tmp_path, copies=2)
    for row_id, verdict in (("c1", "right"), ("c2", "fix"), ("c3", "wrong")):
        decide(some, row_id, verdict)
    add(some, 0, 0)
    some.refresh()
    assert recall_of(some, "claims") is None
    for copy in (0, 1):
        some.decisions.mark_read("ida", doc_name(copy), "claims", some.run_id)
    found = recall_of(some, "claims")
    assert found is not None
    assert (found.right, found.decided, found.is_sample) == (2, 3, False)
    assert "1 more left out: some of their rows are undecided" in found.sample


def test_recall_intervals_hold_the_truth_of_a_simulated_reviewer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """40 documents; each misses a number of claims drawn anew; 12 of them, in random order, are read through."""
    some, generator, held, tries = desk(tmp_path, copies=40), np.random.default_rng(3), 0, 60
    some._verdicts[:] = RIGHT
    order = sorted(some.texts, key=lambda d: int(random_rank(d)))
    read = {("claims", doc_id): "ida" for doc_id in order[:12]}
    monkeypatch.setattr(some.decisions, "readings", lambda: read)
    for _ in range(tries):
        missing = {doc_id: int(generator.poisson(generator.choice([0.2, 1.5]))) for doc_id in some.texts}
        some.missed = [missed(doc_id, n) for doc_id in order[:12] for n in range(missing[doc_id])]
        truth = 3 * 40 / (3 * 40 + sum(missing.values()))
        found = recall_of(some, "claims")
        assert found is not None
        assert found.is_sample
        held += found.low <= truth <= found.high
    assert held / tries >= 0.92


def random_rank(doc_id: str) -> np.uint64:
    return np.uint64(random_ranks(["documents"], [doc_id])[0])


def missed(doc_id: str, number: int) -> Decision:
    values = {"n_chars": 8}
    return Decision(
        number, "", "ida", "run-1", "claims", f"added:{doc_id}{number}", doc_id, "target", "", None, number, "", values,
        "missed", {}, "",
    )  # fmt: skip
