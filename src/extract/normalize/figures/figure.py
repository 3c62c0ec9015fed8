"""What the finder finds: one figure with its unit, value, qualifier and rule."""

from __future__ import annotations

from dataclasses import dataclass

from extract.normalize.figures.atoms import Atom


@dataclass(slots=True)
class Figure:
    """A figure; ``kind`` is ``None`` while its unit is unknown. ``unit`` may be a currency family until resolved."""

    start: int
    end: int
    atom: Atom
    kind: str | None = None
    low: float = 0.0
    high: float = 0.0
    unit: str | None = None
    qualifier: str = "exact"
    rule: str = "bare"
    unit_start: int = -1
    factor: float = 1.0
    joined: str = ""
    table: tuple[str, str, str | None] | None = None
