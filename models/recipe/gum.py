"""Named entities from GUM's ``Entity=`` column.

GUM annotates whole noun phrases, named or not, nested ("North Korea's main news agency Korean Central News Agency
(KCNA)"). A named one has a proper noun as its head; what we keep of it is the name: the head with what is compounded
or flat-joined to it, without determiners, titles of office, possessive marks and what comes after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.recipe.conllu import ConlluSentence
from models.recipe.names import TITLES, label_of, trim
from models.recipe.piece import Piece
from models.recipe.words import WORDS

_TOKEN = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")
NAME_TAGS = {"NNP", "NNPS"}
INSIDE = {
    "flat",
    "compound",
    "goeswith",
    "nummod",
    "nmod:unmarked",
    "amod",
    "flat:foreign",
    "nmod:desc",
    "punct",
    "dep",
}
LINKED = {"nmod", "nmod:poss", "conj", "cc", "case", "det", "punct", "compound", "flat", "amod", "nummod", "nmod:desc"}
OF_HEADS = WORDS["OF_HEADS"]


@dataclass(frozen=True)
class Mention:
    """A span of GUM: first and last word, type, whether it has a Wikipedia title."""

    first: int
    last: int
    etype: str
    identity: str


def mentions(sentence: ConlluSentence) -> list[Mention]:
    """All spans of a sentence that begin and end in it."""
    stack: dict[str, list[tuple[int, str, str]]] = {}
    out: list[Mention] = []
    for index, misc in enumerate(sentence.misc):
        for match in _TOKEN.finditer(misc.get("Entity", "")):
            if match["open"]:
                fields = match["open"].split("-")
                etype, identity = fields[1], "-".join(fields[6:]) if len(fields) > 6 else ""
                if match["single"]:
                    out.append(Mention(index, index, etype, identity))
                else:
                    stack.setdefault(fields[0], []).append((index, etype, identity))
            elif stack.get(match["close"]):
                first, etype, identity = stack[match["close"]].pop()
                out.append(Mention(first, index, etype, identity))
    return out


def head_of(piece: Piece, first: int, last: int) -> int:
    """The word of a span that hangs on a word outside it (the first such)."""
    for index in range(first, last + 1):
        head = piece.heads[index]
        if head == index or not first <= head <= last:
            return index
    return first


def named(sentence: ConlluSentence) -> Iterator[tuple[int, int, str]]:
    """``(first, last, label)`` of the names in a sentence; may overlap, longest first."""
    piece = sentence.piece
    found: list[tuple[int, int, str]] = []
    for mention in mentions(sentence):
        head = head_of(piece, mention.first, mention.last)
        span = _by_title(piece, mention) or (
            _around_head(piece, mention, head) if piece.tags[head] in NAME_TAGS else None
        )
        if span is None:
            continue
        span = trim(piece, *span, person=mention.etype == "person")
        if span is None:
            continue
        words = piece.words[span[0] : span[1] + 1]
        label = label_of(words, piece.tags[span[0] : span[1] + 1], mention.etype, bool(mention.identity))
        if label:
            found.append((*span, label))
    yield from sorted(set(found), key=lambda item: (item[0] - item[1], item[0]))


def _by_title(piece: Piece, mention: Mention) -> tuple[int, int] | None:
    """The span's words that are the Wikipedia title itself, where the title stands in the span."""
    title = re.sub(r"_?\(.*|_?%28.*", "", mention.identity).replace("_", " ").lower()
    if not title:
        return None
    for size in range(mention.last - mention.first + 1, 0, -1):
        for first in range(mention.first, mention.last - size + 2):
            text = "".join(
                word + (" " if space else "")
                for word, space in zip(
                    piece.words[first : first + size], piece.spaces[first : first + size], strict=True
                )
            )
            if text.strip().lower() == title and any(
                tag in NAME_TAGS or word[:1].isupper()
                for tag, word in zip(piece.tags[first : first + size], piece.words[first : first + size], strict=True)
            ):
                head = head_of(piece, mention.first, mention.last)
                return (first, first + size - 1) if first <= head < first + size or size > 1 else None
    return None


def _around_head(piece: Piece, mention: Mention, head: int) -> tuple[int, int]:
    """The proper-noun run that the head is in, joined by "of", "and", "for" where the whole is one body's name."""
    first = last = head
    person = mention.etype == "person"
    while first - 1 >= mention.first and _joins(piece, first - 1, head, person):
        first -= 1
    while last + 1 <= mention.last and _joins(piece, last + 1, head, person):
        last += 1
    if not person:
        last = _extend_of(piece, head, last, mention.last)
    return first, last


def _joins(piece: Piece, index: int, head: int, person: bool) -> bool:
    """Whether a neighbour is part of the name: compounded or flat-joined and written with a capital."""
    dep, word, tag = piece.deps[index], piece.words[index], piece.tags[index]
    if tag in ("POS", "DT", "CC", "IN", ",", ":", "PRP$"):
        return False
    if person and (dep == "nmod:desc" or word.lower().rstrip(".") in TITLES):
        return False
    if word in "-–'.&" or tag == "HYPH":
        return True
    capital = word[:1].isupper() or word[:1].isdigit()
    return capital and (tag in NAME_TAGS or dep in INSIDE) and piece.heads[index] != index and dep != "conj"


def _extend_of(piece: Piece, head: int, last: int, end: int) -> int:
    """ "Bank of Japan", "Department of Health and Human Services": names of bodies run on over "of (the)"."""
    if piece.words[head].lower() not in OF_HEADS:
        return last
    at = last
    while at + 1 <= end:
        word, tag = piece.words[at + 1], piece.tags[at + 1]
        if tag in NAME_TAGS or (word[:1].isupper() and tag in ("JJ", "NN", "NNS", "CD", "VBG")):
            at += 1
            last = at
        elif word.lower() in ("of", "for", "the", "and", "&") and at + 2 <= end:
            at += 1
        else:
            break
    return last
