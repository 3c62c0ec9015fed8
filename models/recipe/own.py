"""Sentences with names marked ``[Ministry of Finance](ORG)``: the strict reader of our own training sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import spacy
from spacy.language import Language

from models.recipe.piece import Piece

LABELS = frozenset(("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"))
_MARK = re.compile(r"\[([^\[\]]+)\]\(([A-Z_]+)\)")


class MarkupError(ValueError):
    """A training sentence whose markup cannot be read; the message names file and line."""


def parse(line: str, place: str = "") -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text of a marked-up line and its ``(start, end, label)``. Raises ``MarkupError``."""
    text, out, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        if match[2] not in LABELS:
            raise MarkupError(f"{place}: label {match[2]!r}; allowed: {', '.join(sorted(LABELS))}")
        if match[1] != match[1].strip():
            raise MarkupError(f"{place}: blanks at the edge of {match[1]!r}")
        out.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        at = match.end()
    text += line[at:]
    rest = _MARK.sub("", line)
    if "](" in rest or re.search(r"\]\s*\([A-Z_]+\)", rest):
        raise MarkupError(f"{place}: markup left over in {rest!r}")
    return text.replace("\\n", "\n"), _shift(text, out)


def _shift(text: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Offsets after each written-out ``\\n`` has become one character."""
    return [(s - text.count("\\n", 0, s), e - text.count("\\n", 0, e), label) for s, e, label in spans]


def read_own(marked: Iterable[tuple[str, str]]) -> list[Piece]:
    """``(place, line)`` as pieces with entities. A span that cuts through spaCy's tokens raises ``MarkupError``."""
    return [to_piece(line, place) for place, line in marked]


def to_piece(line: str, place: str = "") -> Piece:
    """One marked-up line as a piece; raises ``MarkupError``."""
    text, found = parse(line, place)
    doc = blank().make_doc(text)
    tags = ["O"] * len(doc)
    for start, end, label in found:
        span = doc.char_span(start, end)
        if span is None:
            raise MarkupError(f"{place}: {text[start:end]!r} does not end where spaCy's tokens do")
        for token in span:
            tags[token.i] = ("B-" if token.i == span.start else "I-") + label
    return Piece(
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        sent_starts=[t.i == 0 for t in doc],
        ents=tags,
        source="own",
    )


@lru_cache(maxsize=1)
def blank() -> Language:
    """spaCy's English tokenizer."""
    return spacy.blank("en")
