"""``trade_speakers``: who the labels and sources of ``doc._.turns`` are, in what office, for which country."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

from extract.components.rows import set_rows
from extract.components.speakers.japanese import share_clusters
from extract.components.speakers.page_heads import read_page_heads
from extract.components.speakers.people import read_people
from extract.components.speakers.resolve import Resolver


class TradeSpeakers:
    """Fills ``speaker``, ``role`` and ``side`` of every row of ``doc._.turns``; the rows' spans stay as they are."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        if not doc._.turns:
            return doc
        rows: list[dict[str, Any]] = [dict(row) for row in doc._.turns]
        people = read_people(doc.text, doc._.entities, doc._.document)
        Resolver(doc.text, rows, people, doc._.document, doc._.entities).run()
        read_page_heads(doc, rows, people)
        set_rows(doc, "turns", rows)
        if any("linked_start" in row for row in rows):
            entities = [dict(row) for row in doc._.entities]
            share_clusters(doc.text, rows, entities)
            set_rows(doc, "entities", entities)
        return doc
