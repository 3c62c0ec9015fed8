"""Where the statistical model lies; found without importing spaCy, so that a plan is quick."""

from __future__ import annotations

from importlib.machinery import PathFinder
from importlib.resources import files
from pathlib import Path

from extract.errors import ModelError

SHIPPED_NAME = "en_trade"
BLANK = "blank"


def shipped_model() -> Path | None:
    """The folder of the pipeline that ships with the package, or ``None`` where it has not been trained yet."""
    beside_sources = Path(__file__).resolve().parents[3] / "models" / SHIPPED_NAME
    for folder in (Path(str(files("extract"))) / "_model", beside_sources):
        if (folder / "meta.json").is_file():
            return folder
    return None


def find_model(model: str | None) -> Path | None:
    """The folder of a model given by folder or installed name; ``None`` for rules alone. Raises ``ModelError``."""
    if model is None:
        return shipped_model()
    if model == BLANK:
        return None
    if (Path(model) / "meta.json").is_file():
        return Path(model).resolve()
    found = PathFinder.find_spec(model) if model.isidentifier() else None
    if found is None or not found.submodule_search_locations:
        raise ModelError(model, "there is no such folder with a meta.json, and no such package is installed")
    return Path(next(iter(found.submodule_search_locations)))
