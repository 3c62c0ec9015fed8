"""Named entities, clustered: ``trade_entities``."""

from extract.components.entities.component import TradeEntities

__all__ = ["TradeEntities"]
