"""``extract.read`` gives dtypes that fit, and nulls stay missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import extract
from tests.published import publish_text


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_text(tmp_path_factory.mktemp("reading"))


def test_dtypes_fit(out: Path) -> None:
    dates, claims = extract.read("dates", out), extract.read("claims", out)
    assert pd.api.types.is_datetime64_any_dtype(dates["start_date"])
    assert isinstance(claims["kind"].dtype, pd.CategoricalDtype)
    assert isinstance(extract.read("entities", out)["label"].dtype, pd.CategoricalDtype)
    assert claims["text"].dtype == "string"
    assert claims["doc_id"].dtype == "string"
    assert claims["value_min"].dtype == "float64"


def test_tables_join_and_nulls_stay_missing(out: Path) -> None:
    claims, turns = extract.read("claims", out), extract.read("turns", out)
    joined = claims.merge(turns[["turn_id", "label"]], on="turn_id", how="left")
    assert joined["label"].tolist() == ["MS. ABARA", "MR. LIND"]
    assert claims["partner"].isna().all()


def test_a_date_can_be_computed_with(out: Path) -> None:
    dates = extract.read("dates", out)
    assert dates["start_date"].dt.year.tolist() == [1994]
