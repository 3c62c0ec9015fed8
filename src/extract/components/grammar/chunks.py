"""Noun chunks, by tags alone: a parse attaches too freely to bound them."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from extract.components.grammar.parts import Part
from extract.components.grammar.reading import Grammar

_INSIDE = frozenset({Part.NOUN, Part.NAME, Part.ADJECTIVE, Part.NUMBER, Part.HYPHEN})
_HEADS = frozenset({Part.NOUN, Part.NAME})
_PARTICIPLES = frozenset({"VBN", "VBG"})
_ATTRIBUTES = frozenset({"amod", "compound", "nmod"})


class Chunk(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) without determiner, and the one that heads them."""

    first: int
    last: int
    head: int


def noun_chunks(grammar: Grammar, first: int, last: int, breaks: Container[int] = ()) -> list[Chunk]:
    """The noun chunks between two tokens; no chunk reaches over a token of ``breaks`` (a figure, a date).

    An adjective alone behind a determiner is a chunk too ("the poor"). A genitive ends one: "Japan" and
    "trade surplus" of "Japan's trade surplus".
    """
    found: list[Chunk] = []
    token = first
    while token < last:
        if not _is_inside(grammar, token, breaks):
            token += 1
            continue
        begin = token
        while token < last and (_is_inside(grammar, token, breaks) or _is_break(grammar, token)):
            token += 1
        chunk = _trimmed(grammar, begin, token)
        if chunk is not None:
            found.append(chunk)
    return found


def _is_inside(grammar: Grammar, token: int, breaks: Container[int]) -> bool:
    if token in breaks:
        return False
    if grammar.parts[token] in _INSIDE:
        return True
    return grammar.tags[token] in _PARTICIPLES and grammar.deps[token] in _ATTRIBUTES


def _is_break(grammar: Grammar, token: int) -> bool:
    """A single line break inside a chunk."""
    return grammar.spaces[token] and grammar.ends[token] - grammar.starts[token] <= 2


def _trimmed(grammar: Grammar, first: int, last: int) -> Chunk | None:
    parts = grammar.parts
    while first < last and (grammar.spaces[first] or parts[first] in (Part.NUMBER, Part.HYPHEN)):
        first += 1
    head = last - 1
    while head >= first and parts[head] not in _HEADS:
        head -= 1
    if head >= first:
        return Chunk(first, head + 1, head)
    alone = first < last and first and parts[first] == Part.ADJECTIVE and parts[first - 1] == Part.DETERMINER
    return Chunk(first, first + 1, first) if alone else None
