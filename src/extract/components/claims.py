"""Claims."""

from __future__ import annotations

from spacy.tokens import Doc


class TradeClaims:
    """To be filled."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        return doc
