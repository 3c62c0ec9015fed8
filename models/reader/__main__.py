"""``python -m models.reader TEXTS…``: train the second reader of claims and write its weights (ONNX, 8 bits).

Each of TEXTS is a folder with ``manifest.json``, ``open`` and ``gold-open``; what stands off under
``models/annotations`` is joined, and ``models/written`` is learnt from too. Unlike the other judgements this one cannot
be trained without the texts: it reads their words. With ``--trust`` it writes instead how often records are right of
which readers that have not seen their source think this or that (``models/judgements/features/claims_trust.npz``).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from extract.components.claims.windows import batch
from extract.learned.store import FOLDER
from models.judgements.claims import (
    Annotated,
    collect,
    confidence_file,
    feature_files,
    number_files,
    open_texts,
    written_texts,
)
from models.judgements.number_file import NumberFile
from models.judgements.written import WRITTEN
from models.reader.examples import Example, examples
from models.reader.network import INPUTS, Reader, base_folder
from models.reader.train import train, train_mean
from models.reader.words import BaseWords

NAME = "claims_reader"
# Trainings for the confidence: a third of the sources is left out of each.
N_TRUST_FOLDS = 3
# Few and small trees over what the reader thinks alone: what stands around a claim says more of its source than of it.
TRUST_TREES: dict[str, Any] = {"n_trees": 60, "n_leaves": 4, "rate": 0.06, "l2": 20.0}
_OUTPUTS = ("roles", "periods", "classes")
_ROWS = {"ids": "windows", "types": "windows", "mask": "windows", "window": "claims", "kind": "claims",
         "rules": "claims", "figure": "claims", "choice_of": "choices", "choices": "choices", "option_of": "options",
         "options": "options"}  # fmt: skip


def export(net: Reader, example: Example, folder: Path = FOLDER) -> Path:
    """Write ``claims_reader.onnx`` with weights of 8 bits, and its vocabulary beside it."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    arrays = batch([(example.window, example.asked)] * 2)
    axes = {name: {0: rows} for name, rows in _ROWS.items()}
    axes |= {"roles": {0: "choices"}, "periods": {0: "options"}, "classes": {0: "claims"}}
    for name in ("ids", "types", "mask"):
        axes[name][1] = "pieces"
    path = folder / f"{NAME}.onnx"
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "whole.onnx"
        torch.onnx.export(
            net, tuple(torch.from_numpy(arrays[name]) for name in INPUTS), str(whole), input_names=list(INPUTS),
            output_names=list(_OUTPUTS), dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8)
    shutil.copyfile(base_folder() / "vocab.txt", path.with_suffix(".vocab.txt"))
    return path


class NetReader(BaseWords):
    """A network in training as the pipeline's second reader."""

    def __init__(self, net: Reader) -> None:
        super().__init__()
        self._net = net

    def scores(self, arrays: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """As ``extract.learned.encoder.Encoder`` has it."""
        with torch.no_grad():
            return [found.numpy() for found in self._net(*(torch.from_numpy(arrays[name]) for name in INPUTS))]


def trust_file(texts: Sequence[Annotated], written: Sequence[Annotated]) -> NumberFile:
    """Whether each record is right, with what readers think that have not seen its source."""
    learnt = collect([*texts, *written])
    found = list(examples(BaseWords(), [*texts, *written]))

    def reader_without(left_out: Collection[str]) -> NetReader:
        return NetReader(train([each for each in found if each.source not in left_out]))

    bags, numbers = feature_files(learnt), number_files(learnt)
    found_right = confidence_file(
        texts, bags, numbers, n_folds=N_TRUST_FOLDS, by_source=False, reader_without=reader_without
    )
    return replace(found_right, **TRUST_TREES)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.reader", description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="folder with manifest.json and open")
    parser.add_argument("--written", type=Path, default=WRITTEN, help="folder of passages written to be learnt from")
    parser.add_argument("--trust", action="store_true", help="write what the confidence is learnt from, no weights")
    given = parser.parse_args()
    texts = [text for folder in given.texts for text in open_texts(folder)]
    written = list(written_texts(given.written))
    if given.trust:
        print(trust_file(texts, written).save("claims_trust"))
        return
    found = list(examples(BaseWords(), [*texts, *written]))
    print(export(train_mean(found), found[0]))


if __name__ == "__main__":
    main()
