"""``extract.load()``: an ordinary ``spacy.Language`` with the ``trade_*`` components around a statistical base."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, get_current_ops

import extract.components.factories  # noqa: F401  (registers the factories where the entry points are not installed)
from extract.components.reading import READING_TOKENIZER, ReadingTokenizer
from extract.components.rows import register_extensions
from extract.pipeline.model_folder import BLANK, shipped_model
from extract.pipeline.pieces import read_in_pieces

# Read before the statistical parts: they need the layout only, and what they find is where sentences may begin.
BEFORE = ("trade_document", "trade_segments", "trade_turns", "trade_sentences")
AFTER = ("trade_entities", "trade_dates", "trade_quotes", "trade_speakers", "trade_figures", "trade_claims")
# Whole documents are read at once; spaCy's own limit of a million characters guards parsers far larger than ours.
MAX_CHARACTERS = 10_000_000


def load(model: str | Path | None = None) -> Language:
    """The whole pipeline as a ``spacy.Language``.

    ``model`` names an installed spaCy pipeline or the folder of one; it takes the place of the shipped one.
    ``"blank"`` builds on rules alone. Raises ``OSError`` (spaCy's own message) if it cannot be found.
    """
    register_extensions()
    faster_products()
    nlp = _base(model)
    read_in_pieces(nlp)
    first = nlp.pipe_names[0] if nlp.pipe_names else None
    for name in BEFORE:
        if first is None:
            nlp.add_pipe(name)
        else:
            nlp.add_pipe(name, before=first)
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        nlp.add_pipe("sentencizer", config={"overwrite": False})
    for name in AFTER:
        nlp.add_pipe(name)
    nlp.max_length = MAX_CHARACTERS
    _read_copies(nlp)
    return nlp


def _read_copies(nlp: Language) -> None:
    """Have the tokenizer read the reading copy of a text, also where the pipeline is saved and loaded again."""
    settings: dict[str, Any] = nlp.config["nlp"]
    if settings["tokenizer"].get("@tokenizers") != READING_TOKENIZER:
        nlp.tokenizer = ReadingTokenizer(nlp.tokenizer)
        settings["tokenizer"] = {"@tokenizers": READING_TOKENIZER, "inner": settings["tokenizer"]}


def faster_products() -> None:
    """Have thinc multiply matrices with numpy's BLAS instead of the one it ships, for the whole process.

    On the convolutions of the shipped model that is three times as fast, and doubles the words a second of the whole
    (benchmarks/model_speed.py); results differ in the last bits only.
    """
    ops = get_current_ops()
    if isinstance(ops, NumpyOps):
        ops.use_blis = False


def _base(model: str | Path | None) -> Language:
    if model is None:
        folder = shipped_model()
        return spacy.load(folder) if folder else spacy.blank("en")
    if str(model) == BLANK:
        return spacy.blank("en")
    return spacy.load(model)
