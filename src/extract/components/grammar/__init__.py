"""What the statistical base says of a text, read once and asked by all: parts of speech, noun chunks, clauses."""

from __future__ import annotations

from extract.components.grammar.chunks import Chunk, noun_chunks
from extract.components.grammar.clauses import Clauses
from extract.components.grammar.parts import Part
from extract.components.grammar.reading import Grammar

__all__ = ["Chunk", "Clauses", "Grammar", "Part", "noun_chunks"]
