"""The comparison's page in a real headless Chromium, by keyboard, from a file. Skips where there is no Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.compare import compare
from extract.compare.page import render
from tests.run_support import pin_pipeline, run, texts, write_raw

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need Playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The page of two pipelines over texts that hold markup; its errors are collected in ``page.errors``."""
    pin_pipeline(monkeypatch)
    attack = "Bell: <img src=x onerror=alert(1)> $3 million </script><script>alert(2)</script> & more.\n"
    raw = write_raw(tmp_path / "raw", texts(3) | {"<b>bold</b>.txt": attack})
    run(raw, tmp_path / "out")
    monkeypatch.setattr(extract, "__version__", "0.2.0")
    run(raw, tmp_path / "out", generation=2)
    (tmp_path / "changes.html").write_text(render(compare(tmp_path / "out")), encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page()
        opened.errors = []
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.on("dialog", lambda dialog: (opened.errors.append(dialog.message), dialog.dismiss()))
        opened.on("console", lambda message: opened.errors.append(message.text))
        opened.goto((tmp_path / "changes.html").as_uri())
        yield opened
        assert opened.errors == []
        browser.close()


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
    assert page.inner_text("article mark >> nth=0") == "$3"
    assert page.inner_text("article mark >> nth=1") == "$3 million"
    page.keyboard.press("Escape")
    page.locator("#groups tbody tr", has_text="speaker resolved").click()
    assert page.inner_text("#count") == "7 of 11 changes"
    cells = page.locator("article >> nth=0").locator("td").all_inner_texts()
    assert cells == ["speaker", "–", "Ada Bell"]
