"""``trade_figures``: fills ``doc._.figures`` with every number that has a unit."""

from __future__ import annotations

from extract.components.figures.component import TradeFigures

__all__ = ["TradeFigures"]
