"""Step ``evaluate``: what the pipeline scores on text that it was never trained on.

Words are spaCy's own, from raw text: tags and dependencies are compared where a word is the same as the treebank's
(some 98 in 100 are), as ``spacy evaluate`` does. The treebanks are read twice: all on one line, as ``spacy evaluate``
does, and with an empty line between paragraphs, as the texts were published (the shared tasks of CoNLL 2017 and 2018).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import get_ner_prf
from spacy.tokens import DocBin, Span
from spacy.training import Example

from models.recipe.layout import insert_spaces
from models.recipe.piece import MISSING, Piece

TREEBANKS = ("ewt-dev", "gum-dev")
PARAGRAPHS = ", paragraphs"
ENTITY_SETS = ("gum-dev", "wikigold-dev", "crossner-dev", "re3d-dev", "uner-dev")
SYNTAX_SCORES = ("token_acc", "tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
# UNER knows three kinds; ours are put together to compare, and what it does not mark is left out.
THREE_KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
Scores = dict[str, Any]


def evaluate(nlp: Language, work: Path) -> Scores:
    """Scores by corpus: ``{"ewt-dev": {"tag_acc": …}, "ner": {"gum-dev": {"all": …, "PERSON": …}}}``."""
    out: Scores = {}
    for name in TREEBANKS:
        for row, paragraphs in ((name, False), (f"{name}{PARAGRAPHS}", True)):
            scores = nlp.evaluate(examples(nlp, work / "corpus" / f"{name}.spacy", paragraphs))
            out[row] = {key: round(float(scores[key]), 4) for key in SYNTAX_SCORES if scores.get(key) is not None}
    out["ner"] = {}
    for name in ENTITY_SETS:
        path = work / "corpus" / f"{name}.spacy"
        if path.exists():
            out["ner"][name] = entity_scores(nlp, list(examples(nlp, path)), three=name == "uner-dev")
    return out


def examples(nlp: Language, path: Path, paragraphs: bool = False) -> list[Example]:
    """Raw text against gold, on one line or with an empty line between paragraphs."""
    golds = list(DocBin(store_user_data=True).from_disk(path).get_docs(nlp.vocab))
    if paragraphs:
        golds = [apart(Piece.from_doc(gold)).to_doc(nlp.vocab) for gold in golds]
    return [Example(nlp.make_doc(gold.text), gold) for gold in golds]


def apart(piece: Piece) -> Piece:
    """The piece with an empty line before each paragraph but the first.

    The line breaks are left open and their relation is one that is not scored: spaCy's scorer counts white space in
    gold and not in what was found.
    """
    out = insert_spaces(piece, {index: "\n\n" for index in piece.paragraphs if index and piece.spaces[index - 1]})
    for index, word in enumerate(out.words):
        if word.isspace():
            out.tags[index] = out.pos[index] = out.morphs[index] = out.lemmas[index] = MISSING
            out.deps[index] = "punct"
    return out


def entity_scores(nlp: Language, found: list[Example], three: bool = False) -> Scores:
    """Precision, recall and F1 of exact spans, in all and by label."""
    for example, doc in zip(found, nlp.pipe([example.predicted for example in found]), strict=True):
        example.predicted = doc
    if three:
        merge_kinds(found)
    scores = get_ner_prf(found)
    out = {"all": prf(scores["ents_p"], scores["ents_r"], scores["ents_f"])}
    for label, row in sorted((scores["ents_per_type"] or {}).items()):
        out[label] = prf(row["p"], row["r"], row["f"])
    return out


def merge_kinds(found: Iterable[Example]) -> None:
    """Replace our labels by UNER's, in place, on both sides; other labels are dropped."""
    for example in found:
        for doc in (example.predicted, example.reference):
            spans = [span for span in doc.ents if span.label_ in THREE_KINDS]
            doc.set_ents([Span(doc, span.start, span.end, THREE_KINDS[span.label_]) for span in spans])


def prf(precision: float | None, recall: float | None, f_score: float | None) -> list[float]:
    """Three numbers, rounded."""
    return [round(float(value or 0.0), 3) for value in (precision, recall, f_score)]


def table(scores: Scores) -> str:
    """The scores as Markdown, as they stand in the model card."""
    lines = ["| | " + " | ".join(SYNTAX_SCORES) + " |", "| --- |" + " ---: |" * len(SYNTAX_SCORES)]
    for name in (name for name in scores if name != "ner"):
        lines.append(f"| {name} | " + " | ".join(f"{scores[name].get(key, 0):.4f}" for key in SYNTAX_SCORES) + " |")
    labels = sorted({label for rows in scores["ner"].values() for label in rows} - {"all"})
    lines += ["", "| F1 | all | " + " | ".join(labels) + " |", "| --- |" + " ---: |" * (len(labels) + 1)]
    for name, rows in scores["ner"].items():
        cells = [f"{rows[label][2]:.3f}" if label in rows else "" for label in ["all", *labels]]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
