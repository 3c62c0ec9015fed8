"""From records of trade talks to Parquet tables.

``import extract`` is quick: spaCy, pandas and Prefect are imported by the functions that need them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.pipeline.build import load as load
    from extract.show import show as show
    from extract.store.read import last_run as last_run
    from extract.store.read import read as read

__version__ = "0.2.0"

# name -> module that defines it; looked up on first use (PEP 562), so that the import of the package stays light
_LAZY = {
    "last_run": "extract.store.read",
    "load": "extract.pipeline.build",
    "read": "extract.store.read",
    "show": "extract.show",
}

__all__ = ["__version__", "last_run", "load", "read", "show"]


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        value = getattr(import_module(_LAZY[name]), name)
        # kept, and over the submodule of the same name, which importing it has put there
        globals()[name] = value
        return value
    raise AttributeError(f"module 'extract' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
