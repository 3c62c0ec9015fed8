"""Blank pipelines with some of the components, each made once a process: no test changes one."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from extract.components.rows import register_extensions


def made_of(*names: str) -> Language:
    """A blank English pipeline of these components."""
    register_extensions()
    pipeline = spacy.blank("en")
    for name in names:
        pipeline.add_pipe(name)
    return pipeline


@pytest.fixture(scope="session")
def entities_nlp() -> Language:
    """Finds names alone."""
    return made_of("trade_entities")


@pytest.fixture(scope="session")
def speakers_nlp() -> Language:
    """Reads turns and quotations up to their speakers."""
    before = ("trade_document", "trade_segments", "trade_turns", "sentencizer")
    return made_of(*before, "trade_entities", "trade_quotes", "trade_speakers")
