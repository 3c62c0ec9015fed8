"""Claims of the same thing across documents: grouping, relation, timeline."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.tables.groups import (
    group_rows,
    normal_items,
    normal_party,
    relation,
    timeline,
    translated_rows,
)
from extract.tables.schema import RELATIONS, to_table

DOCUMENTS = [
    {"doc_id": "a", "date": "2025-01-10", "title": "First"},
    {"doc_id": "b", "date": "2025-03-02", "title": "Second"},
    {"doc_id": "c", "date": "2025-03-02", "title": "Third"},
]


def claim(claim_id: str, doc_id: str, value: float | None, **more: Any) -> dict[str, Any]:
    row = {
        "claim_id": claim_id, "doc_id": doc_id, "start": 0, "kind": "tariff_rate",
        "value_min": value, "value_max": value,
        "unit": "%", "measure": "tariff", "item": "cars", "actor": "United States", "partner": "Japan", "period": None,
        "status": "fact", "speaker": None, "sentence": f"Sentence {claim_id} of {doc_id}.", "qualifier": "exact",
    }  # fmt: skip
    return row | more


def test_groups_span_documents_and_tell_the_relation() -> None:
    rows = group_rows(
        [
            claim("1", "a", 2.5),
            claim("2", "b", 25.0, item="autos", actor="American"),
            claim("3", "c", 25.0),
            claim("4", "c", 10.0, item="rice"),
        ],
        DOCUMENTS,
    )
    assert [(row["claim_id"], row["relation"], row["compared_claim_id"]) for row in rows] == [
        ("1", "first", None),
        ("2", "updates", "1"),
        ("3", "agrees", "2"),
    ]
    assert to_table("claim_groups", rows).num_rows == 3


def test_what_one_sentence_sets_side_by_side_is_in_no_group() -> None:
    both = [claim("1", "a", 5.0, sentence="From 5 to 7."), claim("2", "a", 7.0, sentence="From 5 to 7.", start=9)]
    assert group_rows([*both, claim("3", "b", 7.0)], DOCUMENTS) == []


def test_a_reprint_is_no_agreement() -> None:
    words = "Japan will keep its duty on cars from the United States at 25 percent until spring."
    rows = group_rows([claim("1", "a", 25.0, sentence=words), claim("2", "b", 25.0, sentence=words)], DOCUMENTS)
    assert [row["relation"] for row in rows] == ["first", "repeats"]


@pytest.mark.parametrize("unknown", [{"item": None}, {"actor": None, "partner": None}, {"unit": None}])
def test_what_is_not_known_is_not_compared(unknown: dict[str, Any]) -> None:
    assert group_rows([claim("1", "a", 5.0, **unknown), claim("2", "b", 7.0, **unknown)], DOCUMENTS) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"value": 25.0}, {"value": 25.1}, "agrees"),
        ({"value": 25.0, "period": "2025"}, {"value": 10.0, "period": "2025"}, "contradicts"),
        ({"value": 25.0, "period": "2025"}, {"value": 10.0, "period": "2025-02"}, None),
        ({"value": 25.0}, {"value": 10.0}, None),
        ({"value": 25.0, "period": "2024", "item": None}, {"value": 10.0, "period": "2025", "item": None}, None),
        ({"value": 25.0, "period": "2025", "qualifier": "about"}, {"value": 10.0, "period": "2025"}, None),
        ({"value": 25.0, "period": "2024"}, {"value": 10.0, "period": "2025"}, "updates"),
        ({"value": 25.0, "period": "2024", "link": "from"}, {"value": 10.0, "period": "2025"}, None),
        ({"value": 25.0, "status": "proposed"}, {"value": 25.0, "status": "fact"}, None),
        ({"value": None, "kind": "target"}, {"value": None, "kind": "target"}, "agrees"),
    ],
)
def test_relation(before: dict[str, Any], after: dict[str, Any], expected: str | None) -> None:
    first, second = claim("1", "b", **before), claim("2", "c", **after)
    assert relation(first, second, {"b": "2025-03-02", "c": "2025-03-02"}) == expected


def test_names_and_goods_are_written_in_one_way() -> None:
    assert normal_party("the Japanese government") == normal_party("Japan") == "JP"
    assert normal_items("autos and the auto parts") == ("car", "car part")
    assert normal_items("Aluminum, steel") == ("aluminium", "steel")
    assert normal_items(None) == ()


def test_timeline_shows_who_said_what_in_order_of_time() -> None:
    rows = timeline(
        [
            claim("2", "b", 25.0, status="proposed", speaker="Roe"),
            claim("1", "a", 2.5),
            claim("3", "a", 7.0, item="rice"),
        ],
        DOCUMENTS,
        item="cars",
        kind="tariff_rate",
        actor="U.S.",
    )
    assert [(row["as_of"], row["value"], row["speaker"], row["relation"]) for row in rows] == [
        ("2025-01-10", "2.5 %", None, None),
        ("2025-03-02", "25 %", "Roe", None),
    ]


def test_what_stands_in_both_languages_of_a_document_repeats() -> None:
    links = {"ja": "en", "en": "ja"}
    first = claim("1", "a", 10.0, turn_id="ja", item=None, actor=None, partner=None)
    second = claim("2", "a", 10.0, turn_id="en", start=90)
    other = claim("3", "a", 7.0, turn_id="en", start=99)
    rows = translated_rows([first, second, other], DOCUMENTS, links)
    assert [(row["claim_id"], row["relation"], row["compared_claim_id"]) for row in rows] == [
        ("1", "first", None),
        ("2", "repeats", "1"),
    ]
    assert translated_rows([first, second, claim("4", "a", 10.0, turn_id="en", start=95)], DOCUMENTS, links) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100), st.sampled_from(["cars", "rice", None])), max_size=8)
)
def test_any_claims_give_ordered_rows(parts: list[tuple[str, float, str | None]]) -> None:
    claims = [claim(str(i), doc, value, item=item) for i, (doc, value, item) in enumerate(parts)]
    rows = group_rows(claims, DOCUMENTS)
    assert rows == group_rows(list(reversed(claims)), DOCUMENTS)
    assert all(row["relation"] in RELATIONS for row in rows)
