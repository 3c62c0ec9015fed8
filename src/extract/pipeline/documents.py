"""From a read document to a ``Doc`` with everything on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.ingest.read import Document


def to_doc(nlp: Language, document: Document) -> Doc:
    """A document through the pipeline, with what its user and its file's envelope say of it."""
    doc = nlp.make_doc(document.text)
    doc._.given = document.given
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def load_pipeline(model: str | None) -> Language:
    """The pipeline for a run. Raises ``ModelError``."""
    from extract.pipeline.build import load

    try:
        return load(model)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(model or "shipped", str(error)) from error
