"""The declared schemas, and the rows of a document."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnknownNameError
from extract.tables import describe as schema_text
from extract.tables import schema as tables
from extract.tables.rows import Provenance, row_id, rows_of
from tests.run_support import StandIn

PROVENANCE = Provenance("a/b.txt", "0" * 64, "20240101T000000Z", "0.1.0+abc", datetime(2024, 1, 1, tzinfo=UTC))
README = Path(__file__).parents[1] / "README.md"
CONTRACT = Path(__file__).parents[2] / "shared" / "TABLES.md"


def rows(text: str, generation: int = 1, **more: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    nlp = StandIn(generation)
    doc = nlp.make_doc(text)
    for _, component in nlp.pipeline:
        doc = component(doc)
    for name, value in more.items():
        doc._.set(name, value)
    return rows_of(doc, PROVENANCE)


def test_every_column_is_described() -> None:
    for table in tables.TABLES:
        schema = tables.schema(table)
        assert schema.metadata[b"schema_version"].decode() == tables.SCHEMA_VERSION
        for field in schema:
            assert len(field.metadata[b"description"]) > 5, f"{table}.{field.name}"


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract lies beside the project only where it is built")
def test_columns_are_those_of_the_contract() -> None:
    text = CONTRACT.read_text(encoding="utf-8")
    for table in tables.TABLES:
        section = re.search(rf"^## {table} — .*?(?=^## |\Z)", text, re.M | re.S)
        assert section, table
        for column in tables.schema(table).names:
            # a column is told in its table's section, or elsewhere by its full name
            told = re.search(rf"\b{column}\b", section[0]) or f"`{table}.{column}`" in text
            assert told, f"{table}.{column}"


def test_an_unknown_table_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="no table 'claim'; allowed are: documents, segments"):
        tables.schema("claim")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": None}, "segments.kind: 1 nulls"),
        ({"start": "one"}, "segments"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_rows_that_break_the_schema_are_refused(change: dict[str, Any], told: str) -> None:
    row = {"doc_id": "a", "segment_id": "s", "kind": "body", "language": "en", "start": 0, "end": 1}
    assert tables.to_table("segments", [row]).num_rows == 1
    with pytest.raises(ValueError, match=told):
        tables.to_table("segments", [row | change])
    with pytest.raises(ValueError, match="language"):
        tables.to_table("segments", [{k: v for k, v in row.items() if k != "language"}])


def test_conform_refuses_another_type() -> None:
    data = pa.table({"doc_id": ["a"]})
    with pytest.raises(ValueError, match="segments: has the schema"):
        tables.conform("segments", data)


def test_rows_of_a_document_fit_their_schemas_and_point_at_the_text() -> None:
    text = "Bell: Northland paid $5 million in 1994.\nMoss: Never.\n"
    found = rows(text)
    for table, table_rows in found.items():
        tables.to_table(table, table_rows)
        for row in table_rows:
            if "text" in row and table != "documents":
                assert text[row["start"] : row["end"]] == row["text"]
    document = found["documents"][0]
    assert (document["n_turns"], document["n_entities"], document["n_dates"], document["n_claims"]) == (2, 1, 1, 1)
    assert [turn["index"] for turn in found["turns"]] == [0, 1]
    first = found["turns"][0]["turn_id"]
    assert {found[table][0]["turn_id"] for table in ("entities", "dates", "claims")} == {first}
    assert found["dates"][0]["start_date"] == date(1994, 1, 1)
    assert found["claims"][0]["segment_id"] == found["segments"][0]["segment_id"]
    assert found["claims"][0]["sentence"] == "Bell: Northland paid $5 million in 1994."


def test_the_innermost_turn_counts() -> None:
    turn = {"label": None, "speaker": None, "role": None, "side": None, "cue": None}
    turns = [
        {"kind": "turn", "start": 0, "end": 30, **turn},
        {"kind": "quote", "start": 5, "end": 20, **turn},
        {"kind": "quote", "start": 22, "end": 25, **turn},
    ]
    text = "xxxx xxxx Eastland xxx $7 xxx 1999 after"
    found = rows(text, turns=turns)
    quote = found["turns"][1]["turn_id"]
    assert found["entities"][0]["turn_id"] == quote
    assert found["claims"][0]["turn_id"] == found["turns"][2]["turn_id"] if text[22] == "$" else True
    assert found["dates"][0]["turn_id"] is None


def test_links_become_ids() -> None:
    text = "It cost $5 or $7 then."
    plain = rows(text)["claims"]
    raw = [dict(c) for c in _claims(text)]
    raw[1] |= {"link": "converts", "linked_start": plain[0]["start"]}
    linked = rows(text, claims=raw)["claims"]
    assert linked[1]["linked_claim_id"] == linked[0]["claim_id"]
    raw[1] |= {"linked_start": 3}
    lost = rows(text, claims=raw)["claims"][1]
    assert (lost["link"], lost["linked_claim_id"]) == (None, None)


def _claims(text: str) -> list[dict[str, Any]]:
    nlp = StandIn()
    doc = nlp.make_doc(text)
    for _, component in nlp.pipeline:
        doc = component(doc)
    found: list[dict[str, Any]] = doc._.claims
    return found


def test_the_sentence_of_a_text_without_full_stops_is_cut() -> None:
    text = "so on " * 2000 + "$5" + " and on" * 2000
    sentence = rows(text)["claims"][0]["sentence"]
    assert "so on $5 and on" in sentence
    assert len(sentence) <= 4002


@pytest.mark.parametrize("span", [(5, 5), (-1, 3), (0, 99)])
def test_a_span_outside_of_the_text_is_refused(span: tuple[int, int]) -> None:
    row = {"start": span[0], "end": span[1], "kind": "body", "language": "en"}
    with pytest.raises(ValueError, match="the text has 10 characters"):
        rows("Ten chars.", segments=[row])


def test_overlapping_segments_are_refused() -> None:
    segments = [
        {"kind": "body", "language": "en", "start": 0, "end": 6},
        {"kind": "body", "language": "en", "start": 5, "end": 9},
    ]
    with pytest.raises(ValueError, match="overlaps"):
        rows("Ten chars.", segments=segments)


def test_ids_depend_on_place_and_kind_alone() -> None:
    assert row_id("a", "claims", 1, 2, "money") == row_id("a", "claims", 1, 2, "money")
    ids = {row_id(d, t, s, 9, k) for d in "ab" for t in ("claims", "dates") for s in (1, 2) for k in ("x", "y")}
    assert len(ids) == 16
    twice = rows("It cost $5.", claims=[*_claims("It cost $5."), *_claims("It cost $5.")])["claims"]
    assert twice[0]["claim_id"] != twice[1]["claim_id"]


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("AB: $1million\n.land9x "), max_size=120))
def test_any_text_gives_rows_that_fit(text: str) -> None:
    for table, table_rows in rows(text).items():
        made = tables.to_table(table, table_rows)
        id_column = tables.ID_COLUMNS[table]
        assert len(set(made[id_column].to_pylist())) == made.num_rows


def test_schema_texts_name_every_column() -> None:
    for render in (schema_text.as_text, schema_text.as_markdown):
        told = render()
        assert all(field.name in told for table in tables.TABLES for field in tables.schema(table))
    assert [t["table"] for t in schema_text.as_json()["tables"]] == list(tables.TABLES)


def test_the_readme_holds_the_data_dictionary() -> None:
    text = README.read_text(encoding="utf-8")
    between = text.split("<!-- tables:begin -->")[1].split("<!-- tables:end -->")[0].strip()
    assert between == schema_text.as_markdown().strip(), "put the output of `extract schema --markdown` there"
