"""A real headless Chromium for the tests of pages, and axe-core where it can be had; tests that lack them skip."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from tests.run_support import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
NEEDS_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)"),
]
# where the checks put axe-core's axe.min.js (from the npm package axe-core)
AXE = os.environ.get("EXTRACT_AXE", "")


@contextmanager
def chromium() -> Iterator[Any]:
    """A started browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need the extra [browser]")
    with playwright.sync_playwright() as runner:
        started = runner.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


class Served:
    """An application on a loopback port, which can be killed and started again there."""

    def __init__(self, make_app: Any) -> None:
        self.make_app, self.port = make_app, free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        config = uvicorn.Config(self.make_app(), host="127.0.0.1", port=self.port, log_level="warning")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)

    def kill(self) -> None:
        self.server.should_exit = self.server.force_exit = True
        self.thread.join()


def axe_problems(tab: Any) -> list[str]:
    """What axe-core finds on a page, a line each; skips where axe-core is not there."""
    if not AXE or not Path(AXE).is_file():
        pytest.skip("no axe-core here: EXTRACT_AXE names its axe.min.js (npm pack axe-core)")
    tab.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run().then(r => r.violations)")
    return [f"{v['id']}: {', '.join(' '.join(map(str, n['target'])) for n in v['nodes'])}" for v in found]
