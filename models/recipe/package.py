"""Step ``package``: the trained parts joined to one pipeline folder that ``spacy.load`` reads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import DocBin

from models.recipe.lemmas import tables
from models.recipe.piece import Piece

META = Path(__file__).parent.parent / "data" / "meta.json"
MAX_MEGABYTES = 25.0


def package(work: Path, target: Path, scores: dict[str, Any] | None = None) -> float:
    """Join ``work/syntax`` and ``work/ner``, add the lemmatizer and the credits, write ``target``.

    Returns the folder's size in megabytes; raises ``ValueError`` if it is larger than ``MAX_MEGABYTES``.
    """
    nlp = assemble(work)
    nlp.meta.update(json.loads(META.read_text(encoding="utf-8")))
    nlp.meta["performance"] = scores or {}
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    prune_strings(nlp, fresh)
    size = sum(path.stat().st_size for path in fresh.rglob("*") if path.is_file()) / 1e6
    if size > MAX_MEGABYTES:
        raise ValueError(f"{fresh}: {size:.1f} MB, allowed are {MAX_MEGABYTES:.0f}; use fewer or shorter vectors")
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return size


def prune_strings(nlp: Language, folder: Path) -> None:
    """Leave the words of the training texts out of the folder's string store: a megabyte that nothing needs.

    spaCy stores every string that it ever saw. Needed are labels and features; words come with the texts.
    """
    keep = set(spacy.blank("en").vocab.strings)
    for name in nlp.pipe_names:
        for label in nlp.pipe_labels.get(name, []):
            keep |= {label, *label.replace("=", "|").split("|")}
    keep |= {string for string in nlp.vocab.strings if "=" in string and string[:1].isupper()}
    path = folder / "vocab" / "strings.json"
    path.write_text(json.dumps(sorted(keep), ensure_ascii=False), encoding="utf-8")


def assemble(work: Path) -> Language:
    """The pipeline of the trained parts in memory."""
    nlp = spacy.load(best(work / "syntax"))
    ner = spacy.load(best(work / "ner"))
    treebank = DocBin().from_disk(work / "corpus" / "syntax-train.spacy").get_docs(nlp.vocab)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=tables(Piece.from_doc(doc) for doc in treebank))  # type: ignore[attr-defined]
    nlp.add_pipe("ner", source=ner)
    # What only training needs would have spaCy ask for our augmenter when somebody resolves the whole config.
    nlp.config["corpora"] = {}
    nlp.config["paths"] = {}
    nlp.config["initialize"] = {"components": {}, "tokenizer": {}}
    return nlp


def best(folder: Path) -> Path:
    """The best model that ``spacy train`` left in a folder."""
    found = folder / "model-best"
    if not found.exists():
        raise FileNotFoundError(f"{found}: not trained yet; run the step 'train' first")
    return found
