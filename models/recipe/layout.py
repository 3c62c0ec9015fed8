"""How records of talks look on the page: changes to training text that leave its annotation right.

Registered as spaCy augmenters ``trade_layout.v1``: cables and transcripts are hard-wrapped, put a blank line between
paragraphs, open a turn with a label, use curly quotation marks, and print headings and names in capitals. The corpora
that the models learn from hardly do any of this.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from models.recipe.labels import turn_label
from models.recipe.piece import SPACE_TAG, Piece
from models.recipe.swap import swap_names

CURLY = {"``": "“", "''": "”"}


@registry.augmenters("trade_layout.v1")  # type: ignore[untyped-decorator]
def make_layout_augmenter(
    seed: int, wrap: float, curly: float, upper: float, lower: float, label: float, swap: float, keep: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """Each number is the probability of that change for one piece; ``keep`` leaves the piece as it is."""
    rng = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        piece = Piece.from_doc(example.reference)
        if rng.random() >= keep:
            if rng.random() < curly:
                curl(piece)
            if rng.random() < swap:
                piece = swap_names(piece, rng)
            if rng.random() < label:
                piece = add_labels(piece, rng)
            chance = rng.random()
            if chance < upper:
                recase(piece, str.upper)
            elif chance < upper + lower:
                recase(piece, str.lower)
            if rng.random() < wrap:
                piece = wrap_lines(piece, rng)
        doc = piece.to_doc(nlp.vocab)
        yield Example(nlp.make_doc(doc.text), doc)

    return augment


def curl(piece: Piece) -> None:
    """Straight quotation marks and apostrophes become curly ones, in place."""
    opened = False
    for index, word in enumerate(piece.words):
        if word == '"':
            tag = piece.tags[index] if piece.tags else ("''" if opened else "``")
            piece.words[index] = CURLY.get(tag, word)
            opened = not opened
        elif "'" in word and len(word) > 1:
            piece.words[index] = word.replace("'", "’")


def recase(piece: Piece, change: Callable[[str], str]) -> None:
    """Apply ``str.upper`` or ``str.lower`` to all words, in place; a word whose length would change is left."""
    for index, word in enumerate(piece.words):
        changed = change(word)
        if len(changed) == len(word):
            piece.words[index] = changed


def add_labels(piece: Piece, rng: random.Random) -> Piece:
    """Open some sentences with a speaker's label, which is a sentence of its own."""
    out = Piece(source=piece.source)
    opening = rng.choice(("colon", "stop", "bracket", "letter"))
    for sentence in split_sentences(piece):
        if rng.random() < 0.35 and len(sentence) > 3:
            out.extend(trim_layers(turn_label(opening, rng), piece))
        out.extend(sentence)
    return out


def trim_layers(label: Piece, like: Piece) -> Piece:
    """Drop the layers of ``label`` that ``like`` does not have."""
    for name in ("tags", "pos", "morphs", "lemmas", "heads", "deps", "ents"):
        if not getattr(like, name):
            setattr(label, name, [])
    return label


def split_sentences(piece: Piece) -> Iterator[Piece]:
    """The sentences of a piece as pieces."""
    starts = [index for index, start in enumerate(piece.sent_starts) if start or index == 0] + [len(piece)]
    for begin, end in pairwise(starts):
        part = Piece(source=piece.source, paragraphs=[p - begin for p in piece.paragraphs if begin <= p < end])
        for name in ("words", "spaces", "sent_starts", "tags", "pos", "morphs", "lemmas", "deps", "ents"):
            setattr(part, name, getattr(piece, name)[begin:end])
        part.heads = [head - begin for head in piece.heads[begin:end]]
        yield part


def wrap_lines(piece: Piece, rng: random.Random) -> Piece:
    """Break lines at a width between 50 and 90 characters (sometimes with an indent), blank lines before paragraphs."""
    width = rng.randint(50, 90)
    newline = rng.choice(("\n", "\n", "\n", "\n", "\n  ", "\n    "))
    between = rng.choice(("\n\n", "\n\n", "\n", "\n\n    "))
    paragraphs = set(piece.paragraphs)
    if rng.random() < 0.25:  # one sentence a line, as in lists and minutes
        paragraphs |= {index for index, start in enumerate(piece.sent_starts) if start}
    breaks: dict[int, str] = {}
    column = 0
    for index, word in enumerate(piece.words):
        if index and piece.spaces[index - 1]:
            if index in paragraphs:
                breaks[index], column = between, 0
            elif column + len(word) > width:
                breaks[index], column = newline, 0
        column += len(word) + int(piece.spaces[index])
    return insert_spaces(piece, breaks)


def insert_spaces(piece: Piece, breaks: dict[int, str]) -> Piece:
    """Put the whitespace ``breaks[i]`` in the place of the blank before word ``i``, as a token of its own."""
    out = Piece(source=piece.source)
    position: list[int] = []
    for index in range(len(piece)):
        if index in breaks:
            _append_space(out, piece, index, breaks[index])
        position.append(len(out.words))
        out.words.append(piece.words[index])
        out.spaces.append(piece.spaces[index] and index + 1 not in breaks)
        out.sent_starts.append(piece.sent_starts[index])
        for name in ("tags", "pos", "morphs", "lemmas", "deps", "ents"):
            if layer := getattr(piece, name):
                getattr(out, name).append(layer[index])
    if piece.heads:
        heads = [0] * len(out)
        for index, head in enumerate(piece.heads):
            heads[position[index]] = position[head]
        for index, tag in enumerate(out.deps):
            if tag == "dep" and out.words[index].isspace():
                heads[index] = index - 1
        out.heads = heads
    out.paragraphs = [position[index] for index in piece.paragraphs if index < len(position)]
    return out


def _append_space(out: Piece, piece: Piece, index: int, blank: str) -> None:
    """Whitespace hangs on the word before it and never begins a sentence (spaCy's own way)."""
    out.words.append(blank)
    out.spaces.append(False)
    out.sent_starts.append(False)
    for name, value in (("tags", SPACE_TAG), ("pos", "SPACE"), ("morphs", ""), ("lemmas", blank), ("deps", "dep")):
        if getattr(piece, name):
            getattr(out, name).append(value)
    if piece.ents:
        inside = piece.ents[index].startswith("I-")
        out.ents.append(piece.ents[index] if inside else "O")
