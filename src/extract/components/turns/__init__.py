"""Labelled turns: the style of a document's labels is discovered from the document itself."""

from extract.components.turns.component import TradeTurns, find_turns, refused

__all__ = ["TradeTurns", "find_turns", "refused"]
