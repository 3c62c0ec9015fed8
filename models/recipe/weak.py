"""Entities of text that has tags and trees but no entities: as far as its tags and lists of names tell.

What is no proper noun is no name: that is certain, and is what a recogniser trained on edited text gets wrong on the
web ("Personally", "Nope", "Link below"). Of the proper nouns, those that the lists know and the tree confirms get a
label; the others are left open.
"""

from __future__ import annotations

from functools import lru_cache

from models.recipe import gazetteer, names
from models.recipe.names import COMPASS, FAC, GENERIC, MONTHS, ORG, TITLES
from models.recipe.ner_corpora import put
from models.recipe.piece import MISSING, Piece
from models.recipe.words import WORDS

NAME_TAGS = {"NNP", "NNPS"}
LARGE_CITY = 100_000
ALSO_PEOPLE = frozenset(("jordan", "georgia", "chad", "man", "jersey"))
# Cities whose name is more often a common word, a firm or a service in such texts.
ALSO_WORDS = WORDS["PLACE_WORDS"]
# A run of proper nouns that these touch is a piece of a longer name ("Supreme Council | for …", "Fish and | Wildlife").
RUNS_ON = frozenset(("of", "for", "on", "and", "&"))
LONGEST = 5  # words; longer runs are several names side by side (letterheads)


@lru_cache(maxsize=1)
def known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Lower-case first names, surnames, and places (countries, US states, larger cities)."""
    first, last = gazetteer.person_names()
    large = {name.lower() for name, size in gazetteer.cities().items() if size > LARGE_CITY}
    large |= {name.lower() for name in gazetteer.us_states()}
    return frozenset(n.lower() for n in first), frozenset(n.lower() for n in last), frozenset(names.countries() | large)


def weak_entities(piece: Piece) -> list[str]:
    """IOB tags of a tagged and parsed sentence; ``MISSING`` where nothing is certain."""
    tags = ["O"] * len(piece)
    index = 0
    while index < len(piece):
        end = index
        while end < len(piece) and piece.tags[end] in NAME_TAGS:
            end += 1
        if end > index:
            label_run(piece, tags, index, end)
            index = end
        elif names.is_norp(piece.words[index], piece.tags[index]):
            tags[index] = "B-NORP"
        index += 1
    return tags


def label_run(piece: Piece, tags: list[str], begin: int, end: int) -> None:
    """A run of proper nouns: titles and months are no names, the rest has one label or is left open."""
    while begin < end and piece.words[begin].lower().rstrip(".") in TITLES:
        begin += 1
    words = [word.lower() for word in piece.words[begin:end]]
    if not words or all(word in MONTHS for word in words):
        return
    label = run_label(piece, words, begin, end)
    if label is None and len(words) == 1 and words[0] in GENERIC:
        return
    for index in range(begin, end):
        tags[index] = MISSING
    if label:
        put(tags, begin, end - 1, label)


def run_label(piece: Piece, words: list[str], begin: int, end: int) -> str | None:
    """The label of a run, if lists and tree agree on one."""
    first, last, places = known()
    text = " ".join(words)
    alone = end >= len(piece) or piece.deps[begin] not in ("compound", "flat")
    if len(words) == 1 and names.is_norp(piece.words[begin], piece.tags[begin]):
        return "NORP"
    is_place, is_first = text in places - ALSO_WORDS, words[0] in first
    cut = end < len(piece) and piece.words[end] == "-"  # "Salah Al | - Din"
    if text in names.countries() and text not in ALSO_PEOPLE:
        return "GPE"
    if is_place and not is_first and text not in last:
        return "GPE"
    if len(words) > 1 and words[-1] in ORG:
        return "ORG" if is_whole_body(piece, words, begin, end) and not is_first else None
    if len(words) > 1 and all(piece.deps[at] == "flat" for at in range(begin + 1, end)) and is_first:
        return "PERSON" if all(word[0].isalpha() for word in words) and not cut else None
    if len(words) == 1 and is_first and not is_place and alone and piece.words[begin][0].isupper():
        abbreviation = piece.words[begin].isupper() and len(text) < 4  # "PUK", "NEA"
        return None if cut or abbreviation or text in names.places() else "PERSON"
    return None


def is_whole_body(piece: Piece, words: list[str], begin: int, end: int) -> bool:
    """Whether a run that ends in a body's key word is its whole name, and no building."""
    before = piece.words[begin - 1].lower() if begin else ""
    after = piece.words[end].lower() if end < len(piece) else ""
    if before in RUNS_ON or after in RUNS_ON or len(words) > LONGEST:
        return False
    return words[0] not in COMPASS and words[-1] not in FAC - {"school", "college"} | {"government"}
