"""The comparison's page in a real headless Chromium, by keyboard, from a file. Skips where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.compare import compare
from extract.compare.page import render
from tests.browser import NEEDS_CHROMIUM, axe_problems, chromium
from tests.run_support import run, texts, write_raw

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pinned: None) -> Iterator[Any]:
    """The page of two pipelines over texts that hold markup; its errors are collected in ``page.errors``."""
    attack = "Bell: <img src=x onerror=alert(1)> $3 million </script><script>alert(2)</script> & more.\n"
    raw = write_raw(tmp_path / "raw", texts(3) | {"<b>bold</b>.txt": attack})
    run(raw, tmp_path / "out")
    monkeypatch.setattr(extract, "__version__", "9.9.9")
    run(raw, tmp_path / "out", generation=2)
    (tmp_path / "changes.html").write_text(render(compare(tmp_path / "out")), encoding="utf-8")
    with chromium() as browser:
        opened = browser.new_page()
        opened.errors = []
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.on("dialog", lambda dialog: (opened.errors.append(dialog.message), dialog.dismiss()))
        opened.on("console", lambda message: opened.errors.append(message.text))
        opened.goto((tmp_path / "changes.html").as_uri())
        yield opened
        assert opened.errors == []


def test_the_page_by_keyboard(page: Any) -> None:
    assert page.inner_text("#count") == "11 of 11 changes"
    assert page.locator("article").count() == 11
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement === document.querySelector('article')")
    page.keyboard.press("/")
    page.keyboard.type("onerror")
    assert page.inner_text("#count") == "2 of 11 changes"
    assert page.locator("article img").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.inner_text("article >> nth=0")
    page.keyboard.press("Escape")
    assert page.inner_text("#count") == "11 of 11 changes"


def test_filters_and_groups(page: Any) -> None:
    page.select_option("#table", "claims")
    assert page.inner_text("#count") == "4 of 11 changes"
    page.select_option("#field", "value_min")
    assert page.locator("#groups tbody tr").count() == 2
    card = page.locator("article", has_text="bold")
    assert card.locator("tr").all_inner_texts() == ["span\t$3 million", "value\t3 → 3 million USD"]
    assert card.locator("ins").all_inner_texts() == [" million", "3 million"]
    page.keyboard.press("Escape")
    page.locator("#groups button", has_text="speaker resolved").click()
    assert page.inner_text("#count") == "7 of 11 changes"
    assert page.locator("article >> nth=0").locator("tr").all_inner_texts() == ["speaker\t– → Ada Bell"]


def test_claims_lead_and_filters_live_in_the_address(page: Any) -> None:
    assert page.inner_text("article h2 >> nth=0").startswith("claims: ")
    page.select_option("#table", "turns")
    page.fill("#search", "bold")
    page.reload()
    assert page.inner_text("#count") == "1 of 11 changes"
    assert page.input_value("#table") == "turns"
    page.click("#clear")
    assert page.inner_text("#count") == "11 of 11 changes"
    assert page.url.endswith("#")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_can_be_read_by_a_screen_reader(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 560, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_problems(page) == []
