"""The table that says which rule of names wins, and the words that patterns of names are filled with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import extract.components.entities as entities
from extract import lexicons
from extract.components.entities.lists import sign
from extract.components.entities.precedence import table, weight

SOURCES = "".join(p.read_text(encoding="utf-8") for p in Path(entities.__file__).parent.glob("*.py"))


def test_the_table_is_ordered() -> None:
    weights = list(table().values())
    assert weights == sorted(weights, reverse=True)
    assert weight("labelled") > weight("titled") > weight("country") > weight("model_one")


def test_every_rule_of_the_table_is_asked_for_and_no_weight_stands_elsewhere() -> None:
    asked = set(re.findall(r'"(\w+)"', "".join(re.findall(r"\bweights?\(([^)]*)\)", SOURCES))))
    assert asked == set(table())
    assert not re.findall(r"^[A-Z_, ]+ = \d+\.\d+", SOURCES, re.MULTILINE)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(KeyError):
        weight("no such rule")


def test_every_sign_that_a_pattern_names_is_listed_and_every_listed_one_is_used() -> None:
    rows = lexicons.load("en/name_signs", {"concept": "text", "word": "terms"}, key=("concept", "word"))
    concepts = {row["concept"] for row in rows}
    assert not {c for c in concepts if f"{{{c}}}" not in SOURCES and f'listed("{c}")' not in SOURCES}
    with pytest.raises(KeyError):
        sign("{no_such_concept}")
    assert sign(r"\b(?:{kind_of_town})\b").search("a village by the sea")
