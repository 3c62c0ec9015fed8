"""Why turns were cut where they were: the rule and the words on either side of each cut, for a reviewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from extract.components.turns import refused
from extract.ingest.read import read_document
from extract.pipeline.documents import load_pipeline, to_doc

if TYPE_CHECKING:
    from extract.work.batch import BatchDocument

SHOWN_CHARACTERS = 48


def explain(documents: Iterable[BatchDocument], model: str | None) -> Iterator[dict[str, Any]]:
    """One dict a turn, quotation or report, and a place taken for no label, of every document to be done; nothing is
    written.

    Keys: ``doc_id, start, end, kind, label, speaker, cue, rule, before, words``. A document that cannot be read gives
    one dict with ``doc_id`` and ``error``.
    """
    nlp = load_pipeline(model)
    for document in documents:
        try:
            read = read_document(document.doc_id, document.place, document.given, document.problem)
            doc = to_doc(nlp, read)
        except Exception as error:  # one document never stops the others
            yield {"doc_id": document.doc_id, "error": f"{type(error).__name__}: {error}"}
            continue
        missed = refused(doc.text, doc._.segments, doc._.labels)
        for row in sorted([*doc._.turns, *missed], key=lambda row: int(row["start"])):
            kept = {name: row[name] for name in ("start", "end", "kind", "label", "speaker", "cue", "rule")}
            before, words = (
                doc.text[max(0, row["start"] - SHOWN_CHARACTERS) : row["start"]],
                doc.text[row["start"] : row["end"]],
            )
            yield (
                {"doc_id": document.doc_id}
                | kept
                | {
                    "before": " ".join(before.split()),
                    "words": " ".join(words[:SHOWN_CHARACTERS].split()),
                }
            )
