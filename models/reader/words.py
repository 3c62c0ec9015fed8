"""The word pieces of the base weights, as the package cuts them once the trained weights ship."""

from __future__ import annotations

from tokenizers import BertWordPieceTokenizer

from extract.learned.encoder import MAX_WORD_PIECES
from models.reader.network import base_folder


class BaseWords:
    """``pieces`` as ``extract.learned.encoder.Encoder`` has it."""

    def __init__(self) -> None:
        self._words = BertWordPieceTokenizer(str(base_folder() / "vocab.txt"), lowercase=True)

    def pieces(self, word: str) -> list[int]:
        """The numbers of a word's pieces."""
        return self._words.encode(word, add_special_tokens=False).ids[:MAX_WORD_PIECES]
