"""The zones of a text: header, title, summary, attendees, body, related, references, footer.

``head`` tells where a zone's text begins and what stands before it, ``tail`` what follows and interrupts it,
``languages`` where a text changes its language, ``reader`` puts them together; ``patterns`` holds the shapes of lines.
"""

from __future__ import annotations

from spacy.tokens import Doc

from extract.components.reading import label_starts
from extract.components.rows import set_rows
from extract.components.segments.reader import read_layout

__all__ = ["TradeSegments"]


class TradeSegments:
    """Sets ``doc._.segments``: spans in order, without overlap or blank ends, each with its kind and language."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        reading = read_layout(doc.text, (doc._.given or {}).get("hint_title"), label_starts(doc))
        set_rows(doc, "segments", reading.segments)
        return doc
