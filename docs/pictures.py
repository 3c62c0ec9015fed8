"""The pictures of README and docs: a figure of the notebook, and the desk in a headless Chromium.

``python docs/pictures.py OUT`` makes them from the tables in OUT, which the samples of ``data/raw`` gave.
"""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "docs" / "assets"
NOTEBOOK = ROOT / "notebooks" / "rates_and_targets.ipynb"
SIZE = {"width": 1280, "height": 760}


def figures(out: Path) -> None:
    """Run the notebook and keep the figures of the cells that have a tag ``picture:NAME``."""
    import nbclient
    import nbformat

    os.environ["EXTRACT_OUT"] = str(out)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    for cell in notebook.cells:
        for tag in cell.metadata.get("tags", []):
            pictures = [o["data"]["image/png"] for o in cell.outputs if "image/png" in o.get("data", {})]
            (ASSETS / f"{tag.removeprefix('picture:')}.png").write_bytes(base64.b64decode(pictures[0]))


def desk(out: Path) -> None:
    """The page of a planned rate on the reviewer's desk."""
    sys.path.insert(0, str(ROOT))
    from extract.review.app import create_app
    from extract.review.load import load_desk
    from tests.browser import Served, chromium

    some = load_desk(out)
    planned = some.frames["claims"].query("status == 'planned' and kind == 'tariff_rate' and item.notna()")
    served = Served(lambda: create_app(some, reviewer="ida"))
    with chromium() as browser:
        tab = browser.new_page(viewport=SIZE)
        tab.goto(f"{served.address}/item/claims/{planned.iloc[0]['claim_id']}?table=claims")
        tab.screenshot(path=str(ASSETS / "desk.png"))
    served.kill()


if __name__ == "__main__":
    ASSETS.mkdir(exist_ok=True)
    figures(Path(sys.argv[1]).resolve())
    desk(Path(sys.argv[1]))
