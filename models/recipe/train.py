"""Step ``train``: the statistical models, each from its config.

``mixed``: the syntax model on the treebanks and on what the teacher labelled (left out where nothing is). ``syntax``:
the treebanks alone, from where ``mixed`` ended. ``narrow``: the syntax model in the entity recogniser's width, briefly,
for its tok2vec. ``ner``: the entity recogniser, from there.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as training_loop
from spacy.util import load_config, load_model
from thinc.api import Config

import models.recipe.layout  # noqa: F401  (registers the augmenter that the configs name)
from extract.pipeline.build import faster_products

CONFIGS = Path(__file__).parent.parent / "configs"
PARTS = ("mixed", "syntax", "narrow", "ner")
EMBED = "components.tok2vec.model.embed"
NER_EMBED = "components.ner.model.tok2vec.embed"
# The treebanks stand so many times beside the teacher's text, which is longer and of one kind.
GOLD_TIMES = 2
Values = dict[str, Any]


def train(part: str, work: Path, overrides: Values | None = None, output: Path | None = None) -> Values:
    """Train ``part`` into ``work/part`` (or ``output``); returns the scores of the best model.

    ``overrides`` are config values by dotted name (``{"training.max_steps": 200}``). Raises ``ValueError`` for an
    unknown part.
    """
    if part not in PARTS:
        raise ValueError(f"part {part!r}; allowed: {', '.join(PARTS)}")
    name = "ner" if part == "ner" else "syntax"
    values = {**common(name, work), **PART_VALUES[part](work), **(overrides or {})}
    config = load_config(CONFIGS / f"{name}.cfg", overrides=values, interpolate=False)
    if part == "syntax" and (work / "mixed" / "model-best").exists():
        config = continued(config, work / "mixed" / "model-best")
    faster_products()
    nlp = init_nlp(config)
    if part == "ner" and (work / "narrow" / "model-best").exists():
        start_from_syntax(nlp, work / "narrow" / "model-best")
    target = output or work / part
    target.mkdir(parents=True, exist_ok=True)
    training_loop(nlp, target, stdout=sys.stdout, stderr=sys.stderr)
    best = load_model(target / "model-best")
    return dict(best.meta["performance"])


def common(name: str, work: Path) -> Values:
    """Where the corpora and vectors are; without vectors the models do without."""
    has_vectors = (work / "vectors").exists()
    return {
        "paths.train": str(work / "corpus" / f"{name}-train.spacy"),
        "paths.dev": str(work / "corpus" / f"{name}-dev.spacy"),
        "paths.vectors": str(work / "vectors") if has_vectors else None,
        f"{NER_EMBED if name == 'ner' else EMBED}.include_static_vectors": has_vectors,
    }


def mixed_values(work: Path) -> Values:
    """From the pretrained weights, on treebanks and teacher's text."""
    return {"paths.train": str(mixture(work)), "training.max_steps": 5000, **pretrained(work)}


def syntax_values(work: Path) -> Values:
    """What ``mixed`` learned is refined with small steps; where there is no ``mixed``, all is learnt here."""
    if (work / "mixed" / "model-best").exists():
        return {"training.optimizer.learn_rate.initial_rate": 0.0004, "training.max_steps": 2000}
    return pretrained(work)


def narrow_values(work: Path) -> Values:
    """The entity recogniser's tok2vec, so that its weights fit."""
    ner = load_config(CONFIGS / "ner.cfg")["components"]["ner"]["model"]["tok2vec"]
    embed, encode = ner["embed"], ner["encode"]
    return {
        "paths.train": str(mixture(work)),
        f"{EMBED}.width": embed["width"],
        f"{EMBED}.rows": embed["rows"],
        "components.tok2vec.model.encode.width": encode["width"],
        "components.tok2vec.model.encode.depth": encode["depth"],
        "training.max_steps": 2500,
    }


PART_VALUES = {"mixed": mixed_values, "syntax": syntax_values, "narrow": narrow_values, "ner": lambda _work: {}}


def pretrained(work: Path) -> Values:
    """The weights that the step ``pretrain`` left, if it was run."""
    path = work / "pretrain" / "model-last.bin"
    return {"paths.init_tok2vec": str(path)} if path.exists() else {}


def mixture(work: Path) -> Path:
    """A folder with the treebanks ``GOLD_TIMES`` times and the teacher's text, if any; the reader takes them all."""
    corpus = work / "corpus"
    out = corpus / "syntax-mixed"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for number in range(GOLD_TIMES):
        shutil.copy(corpus / "syntax-train.spacy", out / f"gold-{number}.spacy")
    silver = corpus / "syntax-silver.spacy"
    if silver.exists():
        shutil.copy(silver, out / "silver.spacy")
    return out


def continued(config: Config, best: Path) -> Config:
    """The config with every component taken, trained, from the pipeline ``best``."""
    config["components"] = {name: {"source": str(best)} for name in config["nlp"]["pipeline"]}
    return config


def start_from_syntax(nlp: Language, syntax: Path) -> None:
    """Copy the syntax tok2vec's weights into the entity recogniser's own: it then knows nouns from verbs."""
    weights = load_model(syntax).get_pipe("tok2vec").model.to_bytes()  # type: ignore[attr-defined]
    nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(weights)  # type: ignore[attr-defined]
