"""The review pages in a real headless Chromium, by keyboard. Skips, and says so, where there is no Chromium."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from extract.review.app import create_app
from extract.review.decisions import Decisions
from tests.review.desk_data import desk

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need the extra [browser]")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)"),
]
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server on a free loopback port over the small desk."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(desk(tmp_path / "out"), reviewer="ida")
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as runner:
        started = runner.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


def test_filter_decide_by_keyboard_reload_and_undo(browser, address: str, tmp_path: Path) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(address)
    tab.select_option("select[name=table]", "claims")
    tab.click("text=Show")
    assert tab.locator(".queue li").count() == 3
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/item/claims/c1**")
    tab.keyboard.press("r")
    tab.wait_for_url("**/item/claims/c3**")
    assert "table=claims" in tab.url
    tab.keyboard.press("f")
    tab.keyboard.press("Escape")
    tab.keyboard.press("m")
    tab.keyboard.type("r is a letter here")
    tab.keyboard.press("Escape")
    tab.keyboard.press("w")
    tab.wait_for_url("**/item/claims/c2**")
    tab.reload()
    assert "2 of 7 decided" in tab.inner_text("header")
    found = {d.row_id: (d.verdict, d.note) for d in Decisions(tmp_path / "out").standing()}
    assert found == {"c1": ("right", ""), "c3": ("wrong", "r is a letter here")}
    tab.keyboard.press("u")
    tab.wait_for_url("**/item/claims/c3**")
    assert "1 of 7 decided" in tab.inner_text("header")


def test_a_script_in_a_document_does_not_run(browser, address: str) -> None:
    tab = browser.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    for path in ("/", "/item/claims/c1", "/document/talks/tin.txt"):
        tab.goto(address + path)
        assert "owned" not in tab.title()
        assert "<script>" in tab.inner_text("main")
    assert errors == []


def test_two_tabs_at_once(browser, address: str, tmp_path: Path) -> None:
    first, second = browser.new_page(), browser.new_page()
    first.goto(address + "/item/claims/c1")
    second.goto(address + "/item/claims/c2")
    first.keyboard.press("r")
    first.wait_for_url("**/item/claims/c3")
    second.keyboard.press("w")
    second.wait_for_url(lambda url: not url.endswith("c2"))
    found = {d.row_id: d.verdict for d in Decisions(tmp_path / "out").standing()}
    assert found == {"c1": "right", "c2": "wrong"}
    first.reload()
    assert "2 of 7 decided" in first.inner_text("header")


def test_the_pages_fit_and_can_be_read_by_a_screen_reader(browser, address: str) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    for path in ("/", "/item/claims/c1"):
        tab.goto(address + path)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        unnamed = tab.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select')].filter(e => !e.labels.length).length"
        )
        assert unnamed == 0
        assert tab.get_by_role("main").count() == 1
        assert tab.get_by_role("progressbar").count() >= 1
