"""Documents and claims in colour, safe against what documents say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from spacy.language import Language

import extract

TEXT = "MS. ABARA: The duty on <b>tin</b> was 12 percent in 1994.\n\nMR. LIND: We asked for 4 percent.\n"
ROW = {
    "doc_id": "a.txt", "sentence": "The duty <i>is</i> 5 percent.", "text": "5 percent", "kind": "tariff_rate",
    "status": "fact", "value_min": 5.0, "value_max": 5.0, "unit": "%", "speaker": pd.NA, "item": None,
    "partner": float("nan"), "rule": "rate", "confidence": 0.9,
}  # fmt: skip


@pytest.fixture(scope="module")
def html(blank: Language) -> str:
    return extract.show(blank(TEXT)).html


def test_a_document_shows_its_turns_dates_and_claims(html: str) -> None:
    assert "<h4>Abara" in html
    for name in ("dates", "claims"):
        assert f'<mark class="{name}' in html
    assert "12 percent" in html


def test_nothing_that_a_document_says_becomes_markup(html: str) -> None:
    assert "<b>tin</b>" not in html
    assert "&lt;b&gt;tin&lt;/b&gt;" in html


def test_a_claim_shows_what_is_known_of_it(tmp_path: Path) -> None:
    shown = extract.show(pd.Series(ROW))
    assert '<mark class="claims fact">5 percent</mark>' in shown.html
    assert "&lt;i&gt;" in shown.html
    assert "speaker" not in shown.html
    assert shown._repr_html_() == shown.html
    shown.save(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("what", [3, "text", {"kind": "money"}])
def test_anything_else_is_refused(what: object) -> None:
    with pytest.raises(TypeError, match="Doc or a row of the claims table"):
        extract.show(what)  # type: ignore[arg-type]


def test_importing_the_module_does_not_hide_the_function() -> None:
    row = {"sentence": "It is 5 percent.", "text": "5 percent", "status": "fact"}
    code = f"import extract.show; print(extract.show({row!r}).html)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith('<div class="extract"')
