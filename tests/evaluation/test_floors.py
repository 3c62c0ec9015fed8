"""Floors rise, fall only with a reason, and hold only for the corpus they were measured on."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from extract.evaluation.floors import FloorError, check_floors, update_floors

TODAY = dt.date(2024, 5, 1)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps({"doc": "a.txt", "sha256": "0", "document": {}}), encoding="utf-8")
    return folder


def test_floors_rise_and_hold(tmp_path: Path, gold: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors({"claims": 0.8}, path, gold, reason=None, today=TODAY)
    update_floors({"claims": 0.9}, path, gold, reason=None, today=TODAY)
    assert check_floors({"claims": 0.9}, path, gold) == []
    assert check_floors({"claims": 0.87}, path, gold) == ["claims: 0.8700 is below its floor 0.8800"]
    assert check_floors({}, path, gold) == ["claims: 0.0000 is below its floor 0.8800"]


def test_a_floor_falls_only_with_a_reason(tmp_path: Path, gold: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors({"claims": 0.8}, path, gold, reason=None, today=TODAY)
    with pytest.raises(FloorError, match=r"claims.*--reason"):
        update_floors({"claims": 0.7}, path, gold, reason=None, today=TODAY)
    assert update_floors({"claims": 0.7}, path, gold, reason="stricter gold", today=TODAY) == ["claims"]
    history = json.loads(path.read_text(encoding="utf-8"))["history"]
    assert history[-1] == {"date": "2024-05-01", "reason": "stricter gold", "lowered": ["claims"]}


def test_another_corpus_is_refused(tmp_path: Path, gold: Path) -> None:
    path = tmp_path / "floors.json"
    update_floors({"claims": 0.8}, path, gold, reason=None, today=TODAY)
    (gold / "b.json").write_text(json.dumps({"doc": "b.txt", "sha256": "1", "document": {}}), encoding="utf-8")
    with pytest.raises(FloorError, match="another corpus"):
        check_floors({"claims": 0.9}, path, gold)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"corpus": "x"}'])
def test_a_broken_floor_file_is_named(tmp_path: Path, gold: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FloorError, match=r"floors\.json"):
        check_floors({}, path, gold)
