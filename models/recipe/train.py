"""Step ``train``: the two statistical models, ``syntax`` and ``ner``, each from its config."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as training_loop
from spacy.util import load_config, load_model

import models.recipe.layout  # noqa: F401  (registers the augmenter that the configs name)
from extract.pipeline import faster_products

CONFIGS = Path(__file__).parent.parent / "configs"
PARTS = ("syntax", "ner")
DEV = {"syntax": "syntax-dev", "ner": "ner-dev"}
EMBED = {"syntax": "components.tok2vec.model.embed", "ner": "components.ner.model.tok2vec.embed"}


def train(part: str, work: Path, overrides: dict[str, Any] | None = None, output: Path | None = None) -> dict[str, Any]:
    """Train ``part`` into ``work/part`` (or ``output``); returns the scores of the best model.

    ``overrides`` are config values by dotted name (``{"training.max_steps": 200}``). The entity recogniser starts from
    the tok2vec of ``work/syntax`` where that is trained and of the same shape.
    """
    if part not in PARTS:
        raise ValueError(f"part {part!r}; allowed: {', '.join(PARTS)}")
    has_vectors = (work / "vectors").exists()
    values: dict[str, Any] = {
        "paths.train": str(work / "corpus" / f"{part}-train.spacy"),
        "paths.dev": str(work / "corpus" / f"{DEV[part]}.spacy"),
        "paths.vectors": str(work / "vectors") if has_vectors else None,
        f"{EMBED[part]}.include_static_vectors": has_vectors,
        **(overrides or {}),
    }
    config = load_config(CONFIGS / f"{part}.cfg", overrides=values, interpolate=False)
    faster_products()
    nlp = init_nlp(config)
    if part == "ner" and (work / "syntax" / "model-best").exists():
        start_from_syntax(nlp, work / "syntax" / "model-best")
    target = output or work / part
    target.mkdir(parents=True, exist_ok=True)
    training_loop(nlp, target, stdout=sys.stdout, stderr=sys.stderr)
    best = load_model(target / "model-best")
    return dict(best.meta["performance"])


def start_from_syntax(nlp: Language, syntax: Path) -> None:
    """Copy the syntax tok2vec's weights into the entity recogniser's own: it then knows nouns from verbs."""
    weights = load_model(syntax).get_pipe("tok2vec").model.to_bytes()  # type: ignore[attr-defined]
    nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(weights)  # type: ignore[attr-defined]
