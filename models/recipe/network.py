"""The teacher's network (PyTorch): words and letters, a bidirectional LSTM, and one head a layer of annotation.

Dependencies are scored as in Dozat & Manning (2017), "Deep Biaffine Attention for Neural Dependency Parsing": every
word against every word as its head. It is larger and slower than what ships; only the text that it labels is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import pad
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

PAD = 0
MAX_LETTERS = 16
# Not annotated: no loss is taken there.
IGNORE = -100


@dataclass(frozen=True)
class Sizes:
    """Widths of the layers; ``classes`` is the number of labels of each head that labels words."""

    words: int
    letters: int
    static: int
    classes: dict[str, int]
    relations: int = 0
    word_dim: int = 100
    letter_dim: int = 32
    letter_filters: int = 100
    hidden: int = 320
    layers: int = 3
    arc: int = 320
    relation: int = 100


class Encoder(nn.Module):
    """Word ids, letter ids and rows of the static table → one vector of ``2 * hidden`` a word."""

    def __init__(self, sizes: Sizes, dropout: float = 0.33) -> None:
        super().__init__()
        self.word = nn.Embedding(sizes.words, sizes.word_dim, padding_idx=PAD)
        self.letter = nn.Embedding(sizes.letters, sizes.letter_dim, padding_idx=PAD)
        self.filters = nn.Conv1d(sizes.letter_dim, sizes.letter_filters, 3, padding=1)
        width = sizes.word_dim + sizes.letter_filters + sizes.static
        self.lstm = nn.LSTM(width, sizes.hidden, sizes.layers, bidirectional=True, batch_first=True, dropout=dropout)
        self.dropout = nn.Dropout(dropout)

    def forward(self, words: Tensor, letters: Tensor, static: Tensor, lengths: Tensor) -> Tensor:
        batch, length, count = letters.shape
        embedded = self.letter(letters.view(-1, count)).transpose(1, 2)
        spelled = torch.relu(self.filters(embedded)).amax(dim=2).view(batch, length, -1)
        inputs = self.dropout(torch.cat((self.word(words), spelled, static), dim=2))
        packed = pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        out, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=length)
        return self.dropout(out)


class Biaffine(nn.Module):
    """Scores of pairs of words: ``x W y`` with a one appended to both."""

    def __init__(self, width: int, classes: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(classes, width + 1, width + 1))

    def forward(self, dependent: Tensor, head: Tensor) -> Tensor:
        dependent, head = pad(dependent, (0, 1), value=1.0), pad(head, (0, 1), value=1.0)
        return torch.einsum("bxi,oij,byj->boxy", dependent, self.weight, head)


class Teacher(nn.Module):
    """Encoder and heads. ``relations`` > 0 adds the dependency heads."""

    def __init__(self, sizes: Sizes, dropout: float = 0.33) -> None:
        super().__init__()
        width = 2 * sizes.hidden
        self.encoder = Encoder(sizes, dropout)
        self.labels = nn.ModuleDict({name: nn.Linear(width, count) for name, count in sizes.classes.items()})
        self.has_arcs = sizes.relations > 0
        if self.has_arcs:
            self.root = nn.Parameter(torch.randn(width) * 0.1)
            self.arc_dependent, self.arc_head = (mlp(width, sizes.arc, dropout) for _ in range(2))
            self.relation_dependent, self.relation_head = (mlp(width, sizes.relation, dropout) for _ in range(2))
            self.arcs = Biaffine(sizes.arc, 1)
            self.relations = Biaffine(sizes.relation, sizes.relations)

    def forward(
        self, words: Tensor, letters: Tensor, static: Tensor, lengths: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """The encoded words and the scores of every labelling head, ``(batch, length, classes)``."""
        encoded = self.encoder(words, letters, static, lengths)
        return encoded, {name: head(encoded) for name, head in self.labels.items()}

    def dependencies(self, encoded: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
        """Scores of heads ``(batch, length, length + 1)`` and of relations ``(batch, relations, length, length + 1)``.

        Column 0 is the root; columns of padding are minus infinity.
        """
        root = self.root.expand(len(encoded), 1, -1)
        heads = torch.cat((root, encoded), dim=1)
        arcs = self.arcs(self.arc_dependent(encoded), self.arc_head(heads))[:, 0]
        padding = torch.arange(heads.shape[1])[None, :] > lengths[:, None]
        arcs = arcs.masked_fill(padding[:, None, :], -1e9)
        return arcs, self.relations(self.relation_dependent(encoded), self.relation_head(heads))


def mlp(width: int, out: int, dropout: float) -> nn.Sequential:
    """One hidden layer."""
    return nn.Sequential(nn.Linear(width, out), nn.LeakyReLU(0.1), nn.Dropout(dropout))
