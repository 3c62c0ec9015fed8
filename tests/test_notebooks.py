"""The notebooks run from beginning to end on the samples' tables."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_a_notebook_runs(path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason="the notebooks need the extra [notebooks]")
    nbclient = pytest.importorskip("nbclient", reason="the notebooks need the extra [notebooks]")
    monkeypatch.setenv("EXTRACT_OUT", str(samples))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), f"{path.name} was saved with outputs; clear them"
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert shown


def test_there_are_two_notebooks() -> None:
    assert len(NOTEBOOKS) == 2
