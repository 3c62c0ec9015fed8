"""``trade_claims``: fills ``doc._.claims``: what each figure measures, for whom, when, how meant and who says so."""

from __future__ import annotations

from extract.components.claims.component import TradeClaims

__all__ = ["TradeClaims"]
