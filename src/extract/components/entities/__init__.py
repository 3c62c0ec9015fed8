"""Named entities, clustered: ``trade_entities``. Brings nothing by itself: ``sudachi`` is asked without spaCy."""
