"""The subcommands of ``extract``, a module each.

A module of this package that defines ``register(app)`` is found by itself; its name decides nothing. To keep the
command quick, modules import what they need inside their functions.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

import typer


def register_all(app: typer.Typer) -> None:
    """Let every module of this package add its commands, in the order of the modules' names."""
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        module = import_module(f"{__name__}.{found.name}")
        if hasattr(module, "register"):
            module.register(app)
