"""Genre, title, date, number, sender, recipient and languages of a document, from its own text.

What the user knows (``doc._.given``) wins over what the text shows; what a web page's head says (``hint_title``,
``hint_date`` in ``given``) fills what neither tells. Nothing is taken from a file's name, nothing inferred from events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from extract.components.document.fields import find_day, find_title
from extract.components.document.genre import find_genre
from extract.components.document.languages import weigh_languages
from extract.components.document.parties import find_number, find_parties, is_routing
from extract.components.reading import label_starts
from extract.components.rows import DocumentData
from extract.components.segments.reader import read_layout

__all__ = ["TradeDocument", "read_document_data"]

FIELDS = ("genre", "title", "date", "languages", "number", "sender", "recipient")


class TradeDocument:
    """Sets ``doc._.document``."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc._.document = dict(read_document_data(doc.text, doc._.given or {}, _page_heads(doc), label_starts(doc)))
        return doc


def _page_heads(doc: Doc) -> str:
    """What stood between the pages of the raw text, taken out of the reading copy."""
    furniture = doc._.furniture if Doc.has_extension("furniture") else []
    return "\n".join(str(piece["text"]) for piece in furniture)


def read_document_data(
    text: str, given: Mapping[str, Any], page_heads: str = "", labels: frozenset[int] = frozenset()
) -> DocumentData:
    """The document data of a text; ``given`` holds known fields and hints, ``page_heads`` the heads of its pages,
    ``labels`` where labels of speakers start."""
    reading = read_layout(text, given.get("hint_title"), labels)
    parties = find_parties(reading)
    title = find_title(reading)
    title = None if title and is_routing(title, parties) else title
    genre = given.get("genre") or find_genre(reading, title)
    found: DocumentData = {
        "genre": genre,
        "title": title or given.get("hint_title"),
        "date": find_day(reading, genre, title, page_heads) or given.get("hint_date"),
        "languages": weigh_languages(reading),
        "number": find_number(reading, genre),
        "sender": parties.sender,
        "recipient": parties.recipient,
    }
    known = {name: given[name] for name in FIELDS if given.get(name)}
    return {**found, **known}  # type: ignore[typeddict-item]
