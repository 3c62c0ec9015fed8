"""Parts of speech, coarser than the Penn Treebank's tags."""

from __future__ import annotations

from enum import Enum


class Part(Enum):
    """What a word can do in a sentence."""

    NOUN = "noun"
    NAME = "name"
    PRONOUN = "pronoun"
    OWNER = "owner"  # "our", "its"
    ADJECTIVE = "adjective"
    VERB = "verb"
    MODAL = "modal"
    ADVERB = "adverb"
    PREPOSITION = "preposition"
    DETERMINER = "determiner"
    CONJUNCTION = "conjunction"
    NUMBER = "number"
    GENITIVE = "genitive"  # the mark "'s"
    HYPHEN = "hyphen"
    WH = "wh"
    OTHER = "other"


_BY_TAG = {
    "NN": Part.NOUN, "NNS": Part.NOUN, "FW": Part.NOUN, "NNP": Part.NAME, "NNPS": Part.NAME, "PRP": Part.PRONOUN,
    "EX": Part.PRONOUN, "PRP$": Part.OWNER, "JJ": Part.ADJECTIVE, "JJR": Part.ADJECTIVE, "JJS": Part.ADJECTIVE,
    "AFX": Part.ADJECTIVE, "VB": Part.VERB, "VBD": Part.VERB, "VBG": Part.VERB, "VBN": Part.VERB, "VBP": Part.VERB,
    "VBZ": Part.VERB, "MD": Part.MODAL, "RB": Part.ADVERB, "RBR": Part.ADVERB, "RBS": Part.ADVERB, "RP": Part.ADVERB,
    "IN": Part.PREPOSITION, "TO": Part.PREPOSITION, "DT": Part.DETERMINER, "PDT": Part.DETERMINER,
    "CC": Part.CONJUNCTION, "CD": Part.NUMBER, "$": Part.NUMBER, "SYM": Part.NUMBER, "POS": Part.GENITIVE,
    "HYPH": Part.HYPHEN, "WDT": Part.WH, "WP": Part.WH, "WP$": Part.WH, "WRB": Part.WH,
}  # fmt: skip


def part_of(tag: str) -> Part:
    """The part of speech of a Penn tag; ``OTHER`` for punctuation, space and what is no tag."""
    return _BY_TAG.get(tag, Part.OTHER)
