"""The spaCy factories ``trade_*``.

spaCy imports this module for every pipeline that anyone makes (entry point ``spacy_factories``), so it imports only
spaCy and the standard library at the top: a broken import elsewhere must not break spaCy itself.
Every option of a component is a keyword with a default: it stands in ``config.cfg`` and in the fingerprint.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.util import registry


@registry.tokenizers("trade_reading")  # type: ignore[untyped-decorator, unused-ignore]
def make_trade_reading(inner: Any) -> Any:
    """Makes a tokenizer that reads the reading copy of a text; ``inner`` makes the tokenizer of the language."""
    from extract.components.reading import ReadingTokenizer

    return lambda nlp: ReadingTokenizer(inner(nlp))


@Language.factory("trade_document")
def make_trade_document(nlp: Language, name: str) -> Any:
    from extract.components.document import TradeDocument

    return TradeDocument(name)


@Language.factory("trade_segments")
def make_trade_segments(nlp: Language, name: str) -> Any:
    from extract.components.segments import TradeSegments

    return TradeSegments(name)


@Language.factory("trade_turns")
def make_trade_turns(nlp: Language, name: str) -> Any:
    from extract.components.turns import TradeTurns

    return TradeTurns(name)


@Language.factory("trade_sentences")
def make_trade_sentences(nlp: Language, name: str) -> Any:
    from extract.components.sentences import TradeSentences

    return TradeSentences(name)


@Language.factory("trade_entities")
def make_trade_entities(nlp: Language, name: str) -> Any:
    from extract.components.entities import TradeEntities

    return TradeEntities(name)


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


@Language.factory("trade_speakers")
def make_trade_speakers(nlp: Language, name: str) -> Any:
    from extract.components.speakers import TradeSpeakers

    return TradeSpeakers(name)


@Language.factory("trade_figures")
def make_trade_figures(nlp: Language, name: str) -> Any:
    from extract.components.figures import TradeFigures

    return TradeFigures(name)


@Language.factory("trade_claims")
def make_trade_claims(nlp: Language, name: str) -> Any:
    from extract.components.claims import TradeClaims

    return TradeClaims(name)
