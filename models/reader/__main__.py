"""``python -m models.reader TEXTS…``: train the second reader of claims and write its weights (ONNX, 8 bits).

Each of TEXTS is a folder with ``manifest.json``, ``open`` and ``gold-open``; what stands off under
``models/annotations`` is joined. Unlike the other judgements this one cannot be trained without the texts: it reads
their words.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import torch

from extract.components.claims.windows import batch
from extract.learned.store import FOLDER
from models.judgements.claims import open_texts
from models.reader.examples import Example, examples
from models.reader.network import INPUTS, Reader, base_folder
from models.reader.train import train
from models.reader.words import BaseWords

NAME = "claims_reader"
_OUTPUTS = ("roles", "periods")
_ROWS = {"ids": "windows", "types": "windows", "mask": "windows", "window": "claims", "kind": "claims",
         "figure": "claims", "choice_of": "choices", "choices": "choices", "option_of": "options",
         "options": "options"}  # fmt: skip


def export(net: Reader, example: Example, folder: Path = FOLDER) -> Path:
    """Write ``claims_reader.onnx`` with weights of 8 bits, and its vocabulary beside it."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    arrays = batch([(example.window, example.asked)] * 2)
    axes = {name: {0: rows} for name, rows in _ROWS.items()}
    for name in ("ids", "types", "mask"):
        axes[name][1] = "pieces"
    path = folder / f"{NAME}.onnx"
    with tempfile.TemporaryDirectory() as place:
        whole = Path(place) / "whole.onnx"
        torch.onnx.export(
            net, tuple(torch.from_numpy(arrays[name]) for name in INPUTS), str(whole), input_names=list(INPUTS),
            output_names=list(_OUTPUTS), dynamic_axes=axes | {"roles": {0: "choices"}, "periods": {0: "options"}},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8)
    shutil.copyfile(base_folder() / "vocab.txt", path.with_suffix(".vocab.txt"))
    return path


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.reader", description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="folder with manifest.json and open")
    folders = parser.parse_args().texts
    found = [each for folder in folders for each in examples(BaseWords(), open_texts(folder))]
    print(export(train(found), found[0]))


if __name__ == "__main__":
    main()
