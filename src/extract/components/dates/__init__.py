"""Time expressions on the ``Doc``: ``doc._.dates`` and ``doc.spans["dates"]``."""

from extract.components.dates.component import TradeDates

__all__ = ["TradeDates"]
