"""Counted nouns by part-of-speech tags (Penn Treebank)."""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Token

from extract.normalize.figures.figure import NounFinder
from extract.normalize.units import UNCHANGED, is_plural

_INSIDE = frozenset(
    {"JJ", "JJR", "JJS", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "HYPH", "POS", "CD", "AFX", "FW", "RB"}
)
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PROPERTIES = frozenset({"JJ", "JJR", "VBN", "RB"})
# What ties a property to the words before it.
_JOINTS = frozenset({"HYPH", "CC", ",", "RB"})
# Longest stretch between a number and the noun it counts.
MAX_TOKENS = 12


def noun_finder(doc: Doc) -> NounFinder:
    """A function from the offset of the word after a number to the span of the noun that it counts."""
    starts = [token.idx for token in doc]

    def find(offset: int) -> tuple[int, int] | None:
        index = bisect_left(starts, offset)
        head = _head(doc, index)
        return (head.idx, head.idx + len(head)) if head is not None else None

    return find


def _head(doc: Doc, index: int) -> Token | None:
    head: Token | None = None
    if index < len(doc) and doc[index].tag_ == "CC":
        return None
    for token in doc[index : index + MAX_TOKENS]:
        if token.is_space:
            if "\n\n" in token.text:
                break
            continue
        if token.tag_ == "POS":
            head = None
        elif _is_passed(token, head):
            continue
        elif token.tag_ not in _INSIDE:
            break
        elif token.tag_ in _NOUNS or token.lower_ in UNCHANGED:
            if head is not None and head.tag_ == "NNS" and token.tag_ in ("NNP", "NNPS"):
                break
            head = token
        elif head is not None and (_is_counted(head) or not _may_follow(token)):
            break
    return head if head is not None and _is_counted(head) else None


def _may_follow(token: Token) -> bool:
    """Whether a property may stand behind a noun that is not counted: its own hyphen, "state-owned and well run"."""
    joined = token.tag_ in _PROPERTIES and token.i > 0 and token.nbor(-1).tag_ in _JOINTS
    return joined or token.tag_ in ("HYPH", "CD", "JJ")


def _is_passed(token: Token, head: Token | None) -> bool:
    """Marks, and what joins two properties or two nouns of which none is counted yet."""
    if token.tag_ == "CC" and token.lower_ in ("and", "or", "&", "but"):
        return head is None or not _is_counted(head)
    return token.text in "[]*_“”\"'‘’" or (
        token.text == "," and (head is None or not _is_counted(head)) and _joins_adjectives(token)
    )


def _joins_adjectives(comma: Token) -> bool:
    """Whether two properties of the same thing stand beside it: "large, well run ports"."""
    inside = 0 < comma.i < len(comma.doc) - 1
    return inside and comma.nbor(-1).tag_ in _PROPERTIES and comma.nbor(1).tag_ in _PROPERTIES


def _is_counted(token: Token) -> bool:
    """Whether a noun is in the plural; of words in capitals the tags tell too little."""
    return (
        (token.tag_ in ("NNS", "NNPS") and not token.text.isupper())
        or is_plural(token.text)
        or token.lower_ in UNCHANGED
    )
