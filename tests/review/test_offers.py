"""Corrections that one key makes: what is offered, in which order, and that each is one that the desk takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.review.fields import correction
from extract.review.filters import Filters
from extract.review.offers import MOST_OFFERS, offers
from extract.review.view import FIELD_KEYS, fields_of, offers_of
from tests.review.desk_data import claim, desk

ROW = claim("c1", "12 percent", speaker="Abara")


def said(*args: object, **more: object) -> list[str]:
    return [o.says for o in offers("claims", ROW, *args, **more)]  # type: ignore[arg-type]


def test_what_the_earlier_run_had_comes_first_all_of_it_together_and_an_amount_as_one() -> None:
    changed = [("status", "fact", "planned"), ("value_min", 38.37e9, 12.0), ("value_max", 38.37e9, 12.0)]
    found = offers("claims", ROW, changed, ["Abara", "Lind"])
    assert [(o.says, o.is_before) for o in found[:3]] == [
        ("all", True), ("value 38.37 billion", True), ("status fact", True),
    ]  # fmt: skip
    assert dict(found[0].written) == {"value_min": "38.37 billion", "value_max": "38.37 billion", "status": "fact"}


def test_a_row_that_did_not_change_is_offered_other_values_and_the_speakers_near_it() -> None:
    assert said([], ["Lind", "Abara", "Okoro", "Weiss"]) == [
        "fact", "proposed", "rejected", "hypothetical", "a target", "speaker Lind", "speaker Okoro", "speaker nobody",
        "percent",
    ]  # fmt: skip


def test_rule_confidence_and_span_are_no_corrections() -> None:
    changed = [("rule", "a", "b"), ("confidence", 0.4, 0.5), ("span", "12", "12 percent")]
    assert not [o for o in offers("claims", ROW, changed, []) if o.is_before]


@pytest.mark.parametrize("table", ["claims", "turns", "dates", "entities"])
def test_every_offer_changes_its_row_as_the_forms_gate_reads_it(tmp_path: Path, table: str) -> None:
    some = desk(tmp_path)
    index = next(i for i, item in enumerate(some.items) if item.table == table)
    found = offers_of(some, index, some.record(index))
    assert len(found) <= MOST_OFFERS
    assert found or table == "dates"
    for offer in found:
        form = {f"field.{name}": value for name, value in offer.written}
        assert set(correction(table, some.record(index), form)) >= {name for name, _ in offer.written}


def test_a_key_for_every_field() -> None:
    for table, keys in FIELD_KEYS.items():
        assert len(set(keys)) == len(keys) == len(fields_of(table)), table


def test_rows_that_changed_in_the_same_way_are_found_across_documents(tmp_path: Path) -> None:
    change = {"how": "changed", "fields": [("status", "fact", "planned"), ("confidence", 0.3, 0.4)]}
    other = {"how": "changed", "fields": [("status", "proposed", "planned")]}
    changes = {("claims", "c1"): change, ("claims", "c1-1"): change | {"fields": change["fields"][:1]}}
    some = desk(tmp_path, copies=3, changes=changes | {("claims", "c1-2"): other})
    place = some.index_of("claims", "c1")
    assert place is not None
    assert some.alike(place) == 1
    found = [some.items[i].row_id for i in some.select(Filters(alike="claims/c1"))]
    assert sorted(found) == ["c1", "c1-1"]
    ordered = [some.items[i].row_id for i in some.select(Filters(order="alike", changed="any"))]
    assert sorted(ordered[:2]) == ["c1", "c1-1"]
    assert ordered[2:] == ["c1-2"]
    assert len(some.select(Filters(alike="claims/none"))) == 0
