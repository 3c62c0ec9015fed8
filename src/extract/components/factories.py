"""The spaCy factories ``trade_*``.

spaCy imports this module for every pipeline that anyone makes (entry point ``spacy_factories``), so it imports only
spaCy and the standard library at the top: a broken import elsewhere must not break spaCy itself.
Every option of a component is a keyword with a default: it stands in ``config.cfg`` and in the fingerprint.
"""

from __future__ import annotations

import importlib
from typing import Any

from spacy.language import Language
from spacy.util import registry


@registry.tokenizers("trade_reading")  # type: ignore[untyped-decorator, unused-ignore]
def make_trade_reading(inner: Any) -> Any:
    """Makes a tokenizer that reads the reading copy of a text; ``inner`` makes the tokenizer of the language."""
    from extract.components.reading import ReadingTokenizer

    return lambda nlp: ReadingTokenizer(inner(nlp))


def _plain(room: str, place: str = "") -> Any:
    """The factory of a component without options: ``Trade…`` of the room ``extract.components.…``, or of a place in
    it."""

    def make(nlp: Language, name: str) -> Any:
        return getattr(importlib.import_module(f"extract.components.{room}{place}"), f"Trade{room.title()}")(name)

    Language.factory(f"trade_{room}", func=make)
    return make


make_trade_document = _plain("document")
make_trade_segments = _plain("segments")
make_trade_turns = _plain("turns")
make_trade_sentences = _plain("sentences")
make_trade_entities = _plain("entities", ".component")
make_trade_speakers = _plain("speakers")
make_trade_figures = _plain("figures")
make_trade_claims = _plain("claims")


@Language.factory(
    "trade_dates",
    default_config={"segments": ["header", "title", "summary", "attendees", "body", "related"], "mode": "auto"},
)
def make_trade_dates(nlp: Language, name: str, segments: list[str], mode: str) -> Any:
    from extract.components.dates import TradeDates

    return TradeDates(name, segments=segments, mode=mode)


@Language.factory(
    "trade_quotes",
    default_config={
        "skipped_segments": ["header", "title", "attendees", "references", "footer"],
        "follow_on_words": 3,
        "inherit_paragraphs": 3,
    },
)
def make_trade_quotes(
    nlp: Language, name: str, skipped_segments: list[str], follow_on_words: int, inherit_paragraphs: int
) -> Any:
    from extract.components.quotes import TradeQuotes

    return TradeQuotes(
        name,
        skipped_segments=skipped_segments,
        follow_on_words=follow_on_words,
        inherit_paragraphs=inherit_paragraphs,
    )
