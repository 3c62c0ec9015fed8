"""The table that says which rule of names wins."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import extract.components.entities as entities
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
