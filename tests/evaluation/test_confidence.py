"""Stated confidence against what was right, on cases that can be counted by hand."""

from __future__ import annotations

import random

import pytest

from extract.evaluation.confidence import area_under_curve, calibration_error, in_bins
from extract.evaluation.scores import Tally, score_document

TEXT = "The duty fell to 5 percent. Exports rose 7 percent."


def test_the_error_is_the_distance_of_each_bin_by_its_rows() -> None:
    bins = in_bins([(0.9, True), (0.9, True), (0.9, False), (0.2, False), (1.0, True)])
    assert [(b["low"], b["rows"], b["right"]) for b in bins] == [(0.2, 1.0, 0.0), (0.9, 4.0, 0.75)]
    assert calibration_error(bins) == pytest.approx((0.2 + 4 * (0.925 - 0.75)) / 5)
    assert calibration_error([]) == 0.0


def test_a_probability_that_holds_has_hardly_an_error() -> None:
    rng = random.Random(5)
    stated = [(p, rng.random() < p) for p in (rng.random() for _ in range(20_000))]
    assert calibration_error(in_bins(stated)) < 0.015
    assert calibration_error(in_bins([(p * p, right) for p, right in stated])) > 0.1


def test_the_area_is_the_chance_that_the_right_one_states_more_ties_half() -> None:
    assert area_under_curve([(0.9, True), (0.8, False), (0.7, True)]) == 0.5
    assert area_under_curve([(0.9, True), (0.1, False)]) == 1.0
    assert area_under_curve([(0.5, True), (0.5, False)]) == 0.5
    assert area_under_curve([(0.5, True)]) is None


def claim(start: int, words: str, **fields: object) -> dict[str, object]:
    empty = dict.fromkeys(("measure", "item", "actor", "partner", "period", "speaker", "change"))
    row = {"claim_id": words, "start": start, "end": start + len(words), "text": words, "kind": "percent", "unit": "%"}
    row |= {"value_min": float(words[0]), "value_max": float(words[0]), "qualifier": "exact", "status": "fact"}
    return row | {"is_target": False, "confidence": 0.8} | empty | fields


def test_what_is_filled_the_statuses_and_the_confidence_of_claims() -> None:
    """A field that is always filled gains nothing; a row that the gold has not counts as wrong."""
    five, seven = (TEXT.index(words) for words in ("5 percent", "7 percent"))
    gold = [claim(five, "5 percent", measure="duty"), claim(seven, "7 percent", status="planned", change="rise")]
    found = [
        claim(five, "5 percent", measure="duty", item="duty"),
        claim(seven, "7 percent", measure="duty", change="rise", confidence=0.3),
        claim(0, "3 percent", confidence=0.1) | {"end": 3},
    ]
    tally = Tally()
    document = {"genre": None}
    tables: dict[str, list] = {name: [] for name in ("segments", "turns", "entities", "dates")} | {"claims": found}
    score_document(tally, {"doc": "a", "document": document, "claims": gold}, tables, {"text": TEXT})
    figures = tally.figures()
    assert figures["claims.measure.filled"] == pytest.approx(2 / 3, abs=1e-4)
    assert (figures["claims.item.filled"], figures["claims.change.filled"]) == (0.0, 1.0)
    assert figures["claims.status.macro"] == pytest.approx((2 / 3 + 0) / 2, abs=1e-4)
    assert tally.stated == [(0.8, True), (0.3, False), (0.1, False)]
    assert (tally.confidence()["auc"], tally.confidence()["rows"]) == (1.0, 3)
