"""A small encoder that reads whole sentences: word pieces in, scores out, run by onnxruntime.

Its libraries are the extra ``reader``; without them, or without its weights, ``load_encoder`` gives ``None`` and the
judgements do without. The card ``weights/claims_reader.md`` says where the weights come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.learned.store import FOLDER, WeightsError

# Pieces by which a longer word (an address, a row of digits) is known well enough.
MAX_WORD_PIECES = 6
Arrays = Mapping[str, NDArray[Any]]


class Encoder:
    """The weights of ``NAME.onnx`` with the word pieces of ``NAME.vocab.txt``. Raises ``WeightsError``."""

    def __init__(self, name: str) -> None:
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import BertWordPieceTokenizer

        options = SessionOptions()
        # a run has a process for each core already
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = FOLDER / f"{name}.onnx"
        try:
            self._session = InferenceSession(path, options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise WeightsError(f"{path}: cannot be read ({error}); `python -m models.reader` trains it anew") from error
        self._words = BertWordPieceTokenizer(str(path.with_suffix(".vocab.txt")), lowercase=True)
        self._kept: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """The numbers of a word's pieces, at most ``MAX_WORD_PIECES``; of blank space none."""
        if word not in self._kept:
            self._kept[word] = self._words.encode(word, add_special_tokens=False).ids[:MAX_WORD_PIECES]
        return self._kept[word]

    def scores(self, arrays: Arrays) -> list[NDArray[np.float32]]:
        """All outputs for named inputs, in the order of the weights' file."""
        found: list[NDArray[np.float32]] = self._session.run(None, dict(arrays))
        return found


@cache
def load_encoder(name: str) -> Encoder | None:
    """The encoder; ``None`` without the libraries of the extra or without weights. Raises ``WeightsError``."""
    there = find_spec("onnxruntime") is not None and find_spec("tokenizers") is not None
    return Encoder(name) if there and (FOLDER / f"{name}.onnx").is_file() else None
