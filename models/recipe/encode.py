"""Words and labels as the numbers that the teacher's network works with."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import spacy
import torch
from torch import Tensor

from models.recipe.network import IGNORE, MAX_LETTERS
from models.recipe.piece import Piece

UNKNOWN = 1
MIN_COUNT = 2
ROOT = "ROOT"


@dataclass
class Sentence:
    """A sentence in numbers; ``labels`` may be empty, ``number`` is its place in a text."""

    words: list[int]
    letters: list[list[int]]
    rows: list[int]
    labels: dict[str, list[int]]
    number: int = 0


@dataclass
class Batch:
    """What the network reads, and the labels, padded with ``IGNORE``."""

    tensors: tuple[Tensor, Tensor, Tensor, Tensor]
    lengths: Tensor
    labels: dict[str, Tensor]


@dataclass
class Coder:
    """Numbers of words, letters and labels, and the static table (its last row is for unknown words)."""

    words: dict[str, int]
    letters: dict[str, int]
    rows: dict[str, int]
    static: Tensor
    labels: dict[str, list[str]]
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = {name: {label: index for index, label in enumerate(known)} for name, known in self.labels.items()}

    @classmethod
    def of(cls, train: list[Piece], vectors: Path) -> Coder:
        """The coder of a training text; ``vectors`` is the folder that the step of that name leaves."""
        counts = Counter(word.lower() for piece in train for word in piece.words)
        letters = sorted({letter for piece in train for word in piece.words for letter in word})
        table = spacy.load(vectors).vocab.vectors
        static = np.vstack((table.data, np.zeros((1, table.data.shape[1]), dtype="float32")))
        known = [word for word, count in counts.most_common() if count >= MIN_COUNT]
        labels = {name: sorted({label for piece in train for label in layer(piece, name)}) for name in LAYERS}
        return cls(
            words={word: index + 2 for index, word in enumerate(known)},
            letters={letter: index + 2 for index, letter in enumerate(letters)},
            rows=dict(table.key2row),
            static=torch.from_numpy(static),
            labels=labels,
        )

    def sizes(self) -> dict[str, object]:
        """The arguments of ``Sizes`` that depend on the data."""
        return {
            "words": len(self.words) + 2,
            "letters": len(self.letters) + 2,
            "static": self.static.shape[1],
            "classes": {name: len(self.labels[name]) for name in ("tag", "morph")},
            "relations": len(self.labels["relation"]),
        }

    @property
    def punctuation(self) -> int:
        """The number of the relation that is not scored."""
        return self.ids["relation"].get("punct", -1)

    def encode(self, piece: Piece, number: int = 0) -> Sentence:
        """A sentence in numbers; labels that training never saw are ignored."""
        labels: dict[str, list[int]] = {}
        if piece.heads:
            labels = {name: [self.ids[name].get(label, IGNORE) for label in layer(piece, name)] for name in LAYERS}
            labels["head"] = [0 if head == index else head + 1 for index, head in enumerate(piece.heads)]
        return Sentence(
            words=[self.words.get(word.lower(), UNKNOWN) for word in piece.words],
            letters=[[self.letters.get(letter, UNKNOWN) for letter in clipped(word)] for word in piece.words],
            rows=[
                self.rows.get(spacy.strings.get_string_id(word.lower()), len(self.static) - 1) for word in piece.words
            ],
            labels=labels,
            number=number,
        )

    def annotate(self, piece: Piece, found: dict[str, list[int]]) -> Piece:
        """A copy of a bare sentence with the labels that were found."""
        out = piece.copy()
        out.tags = [self.labels["tag"][index] for index in found["tag"]]
        morphs = [self.labels["morph"][index].split(" ", 1) for index in found["morph"]]
        out.pos, out.morphs = [pos for pos, _ in morphs], [features for _, features in morphs]
        out.heads = [index if head == 0 else head - 1 for index, head in enumerate(found["head"])]
        out.deps = [self.labels["relation"][index] for index in found["relation"]]
        out.deps = [ROOT if head == 0 else dep for head, dep in zip(found["head"], out.deps, strict=True)]
        out.sent_starts = [index == 0 for index in range(len(out))]
        return out


LAYERS = ("tag", "morph", "relation")


def layer(piece: Piece, name: str) -> list[str]:
    """One layer of a piece as strings; ``morph`` is the part of speech, a blank, and the features."""
    if name == "tag":
        return piece.tags
    if name == "relation":
        return piece.deps
    return [f"{pos} {features}" for pos, features in zip(piece.pos, piece.morphs, strict=True)]


def clipped(word: str) -> str:
    """At most ``MAX_LETTERS`` letters: the beginning and the end of a longer word."""
    half = MAX_LETTERS // 2
    return word if len(word) <= MAX_LETTERS else word[:half] + word[-half:]


def collate(batch: list[Sentence], static: Tensor, drop: float = 0.0, rng: random.Random | None = None) -> Batch:
    """Sentences as padded tensors; with probability ``drop`` a word is read as unknown (by its letters alone)."""
    length = max(len(sentence.words) for sentence in batch)
    words = torch.zeros((len(batch), length), dtype=torch.long)
    letters = torch.zeros((len(batch), length, MAX_LETTERS), dtype=torch.long)
    rows = torch.full((len(batch), length), len(static) - 1)
    labels = {name: torch.full((len(batch), length), IGNORE) for name in batch[0].labels}
    for row, sentence in enumerate(batch):
        size = len(sentence.words)
        ids = sentence.words
        if rng and drop:
            ids = [UNKNOWN if rng.random() < drop else word for word in ids]
        words[row, :size] = torch.tensor(ids)
        rows[row, :size] = torch.tensor(sentence.rows)
        spelled = [spelling + [0] * (MAX_LETTERS - len(spelling)) for spelling in sentence.letters]
        letters[row, :size] = torch.tensor(spelled)
        for name, values in sentence.labels.items():
            labels[name][row, :size] = torch.tensor(values)
    lengths = torch.tensor([len(sentence.words) for sentence in batch])
    return Batch((words, letters, static[rows], lengths), lengths, labels)
