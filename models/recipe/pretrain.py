"""Step ``pretrain``: the shared tok2vec learns to guess hidden words from plain text before it sees a treebank.

spaCy's own way (``spacy pretrain``, objective ``PretrainCharacters``): of a hidden word the first and last letters are
to be told from the words around it. The settings are in ``configs/syntax.cfg``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import srsly
from spacy.training.pretrain import pretrain as spacy_pretrain
from spacy.util import load_config, load_model_from_config, minibatch

import models.recipe.layout  # noqa: F401  (registers the augmenter that the config names)
from extract.pipeline.build import faster_products
from models.recipe import prose
from models.recipe.piece import corpus_texts

CONFIG = Path(__file__).parent.parent / "configs" / "syntax.cfg"
PASSAGE_SENTENCES = 6


def pretrain(work: Path, text_folder: Path | None, epochs: int | None = None) -> Path:
    """Leave the pretrained weights in ``work/pretrain/model-last.bin``; returns that path."""
    out = work / "pretrain"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    srsly.write_jsonl(out / "text.jsonl", ({"text": text} for text in passages(work, text_folder)))
    overrides = {"paths.raw_text": str(out / "text.jsonl"), "paths.vectors": str(work / "vectors")}
    config = load_config(CONFIG, overrides=overrides, interpolate=False)
    if epochs is not None:
        config["pretraining"]["max_epochs"] = epochs
    faster_products()
    filled = load_model_from_config(config, auto_fill=True).config.interpolate()
    spacy_pretrain(filled, out, silent=False)
    return out / "model-last.bin"


def passages(work: Path, text_folder: Path | None) -> Iterator[str]:
    """The text of the training corpora, and plain text in stretches of some sentences."""
    yield from corpus_texts(work)
    if text_folder:
        for group in minibatch(prose.sentences(text_folder), PASSAGE_SENTENCES):
            yield "".join(word + " " * space for sentence in group for word, space in zip(*sentence, strict=True))
