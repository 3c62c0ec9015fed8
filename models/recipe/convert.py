"""Step ``convert``: the corpora as spaCy's ``.spacy`` files in ``WORK/corpus``."""

from __future__ import annotations

from pathlib import Path

import spacy

from models.recipe.conllu import read_conllu
from models.recipe.ner_corpora import column_pieces, re3d_pieces, read_gum
from models.recipe.own import read_own
from models.recipe.piece import Piece, chunks, only_entities, write_corpus
from models.recipe.templates import FILLINGS, expand
from models.recipe.weak import weak_entities

TRAIN_SENTENCES = 6
DEV_SENTENCES = 10
# Of WikiGold, CrossNER and re3d, one piece in so many is kept from training, to be measured on.
HELD_OUT = 12
OWN_DATA = Path(__file__).parent.parent / "data"


def convert(corpora: Path, work: Path, fillings: int = FILLINGS) -> dict[str, int]:
    """Write all files, our own templates filled ``fillings`` times; returns the number of words in each.

    Raises ``FileNotFoundError`` naming a missing corpus.
    """
    for name in ("ewt/train.conllu", "ewt/dev.conllu", "gum/train", "gum/dev"):
        if not (corpora / name).exists():
            raise FileNotFoundError(
                f"{corpora / name}: not there; models/README.md says where each corpus is published"
            )
    out = work / "corpus"
    out.mkdir(parents=True, exist_ok=True)
    gum_train, gum_dev = (list(read_gum(corpora / "gum" / part)) for part in ("train", "dev"))
    ewt_dev = ewt_pieces(corpora / "ewt/dev.conllu", DEV_SENTENCES)
    gum_dev_pieces = [piece for document in gum_dev for piece in chunks(document, DEV_SENTENCES)]
    gum_pieces = [piece for document in gum_train for piece in chunks(document, TRAIN_SENTENCES)]
    files = {
        "syntax-train": ewt_pieces(corpora / "ewt/train.conllu", TRAIN_SENTENCES) + gum_pieces,
        "syntax-dev": ewt_dev + gum_dev_pieces,
        "ewt-dev": ewt_dev,
        "gum-dev": gum_dev_pieces,
        **entity_files(corpora, gum_pieces, gum_dev_pieces, fillings),
    }
    return {name: write_corpus(out / f"{name}.spacy", pieces) for name, pieces in files.items()}


def entity_files(corpora: Path, gum_train: list[Piece], gum_dev: list[Piece], fillings: int) -> dict[str, list[Piece]]:
    """The files of the entity recogniser; corpora that are not there are left out."""
    ner = corpora / "ner"
    others: dict[str, list[Piece]] = {}
    if (ner / "wikigold/wikigold.conll").exists():
        others["wikigold"] = chunks(column_pieces(ner / "wikigold/wikigold.conll", "wikigold"), 4)
    politics = [ner / f"crossner-politics/{part}.txt" for part in ("train", "dev")]
    if all(path.exists() for path in politics):
        others["crossner"] = [piece for path in politics for piece in chunks(column_pieces(path, "crossner"), 2)]
    if (ner / "re3d").exists():
        others["re3d"] = list(re3d_pieces(ner / "re3d", spacy.blank("en")))
    # GUM, whose scheme is nearest to ours, is seen twice in a pass.
    train = [only_entities(piece) for piece in 2 * gum_train + weak_pieces(corpora / "ewt/train.conllu")]
    train += read_own(expand(OWN_DATA, fillings))
    files = {"ner-dev": [only_entities(piece) for piece in gum_dev]}
    for name, pieces in others.items():
        files[f"{name}-dev"] = pieces[::HELD_OUT]
        train += [piece for index, piece in enumerate(pieces) if index % HELD_OUT]
    if (ner / "uner-ewt/dev.iob2").exists():
        files["uner-dev"] = chunks(column_pieces(ner / "uner-ewt/dev.iob2", "uner"), DEV_SENTENCES)
    return {"ner-train": train, **files}


def weak_pieces(path: Path) -> list[Piece]:
    """EWT's training text with the entities that are certain."""
    sentences = []
    for sentence in read_conllu(path):
        sentence.piece.ents = weak_entities(sentence.piece)
        sentences.append(sentence.piece)
    return chunks(sentences, TRAIN_SENTENCES)


def ewt_pieces(path: Path, max_sentences: int) -> list[Piece]:
    """EWT's documents, cut to pieces."""
    out: list[Piece] = []
    document: list[Piece] = []
    for sentence in read_conllu(path):
        if sentence.new_document and document:
            out += chunks(document, max_sentences)
            document = []
        document.append(sentence.piece)
    return out + chunks(document, max_sentences)
