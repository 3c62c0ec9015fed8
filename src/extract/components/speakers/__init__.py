"""Speakers resolved."""

from __future__ import annotations

from spacy.tokens import Doc


class TradeSpeakers:
    """Resolves labels to persons."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        return doc
