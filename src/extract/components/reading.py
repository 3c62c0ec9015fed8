"""The Doc is built on the reading copy of a text; the way back to the raw text goes with it.

``doc._.raw`` is the raw text, ``token._.raw_start``, ``span._.raw_start`` and their ``raw_end`` are offsets in it.
``doc._.furniture`` holds what was taken out of the running text, as plain dicts, ``doc._.labels`` the names that the
form of the file itself (captions, chats) marks as speakers', with offsets in the Doc. All of it is plain data, so that
``Doc.to_bytes`` and any number of processes keep it. A text that is clean is its own copy and costs nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from spacy.tokens import Doc, Span, Token

from extract.layout.copy import ReadingCopy, read_copy
from extract.layout.offsets import OffsetMap

# The name that a saved pipeline's config gives its tokenizer.
READING_TOKENIZER = "trade_reading"
# A stretch without a blank that is longer than this stays one token: the tokenizer strips punctuation a mark at a time,
# copying what is left, so that a line of ten thousand quotation marks would take minutes.
MAX_SPLIT_CHARACTERS = 400
_ENDLESS_STRETCH = rf"(?s:.{{{MAX_SPLIT_CHARACTERS},}})"
_ENDLESS = re.compile(_ENDLESS_STRETCH)


def register_reading() -> None:
    """Declare the extensions that lead back to the raw text; safe to call again."""
    if Doc.has_extension("raw"):
        return
    Doc.set_extension("reading", default=None)
    Doc.set_extension("furniture", default=[])
    Doc.set_extension("labels", default=[])
    Doc.set_extension("raw", getter=raw_text)
    for holder in (Token, Span):
        holder.set_extension("raw_start", getter=lambda part: raw_offsets(part.doc).raw_start(_bounds(part)[0]))
        holder.set_extension("raw_end", getter=lambda part: raw_offsets(part.doc).raw_end(_bounds(part)[1]))


def raw_text(doc: Doc) -> str:
    """The raw text that the Doc's text is the reading copy of."""
    reading: dict[str, Any] | None = doc._.reading
    return doc.text if reading is None else str(reading["raw"])


def raw_offsets(doc: Doc) -> OffsetMap:
    """The map from the Doc's text to its raw text."""
    reading: dict[str, Any] | None = doc._.reading
    if reading is not None:
        return OffsetMap(*reading["offsets"])
    last = doc[-1] if len(doc) else None
    return OffsetMap.identity(last.idx + len(last.text_with_ws) if last is not None else 0)


class ReadingTokenizer:
    """A spaCy tokenizer that reads the reading copy of a text.

    ``inner`` is the tokenizer of the language: it gets the copy, and answers for everything else.
    """

    def __init__(self, inner: Any) -> None:
        register_reading()
        self.inner = inner
        if hasattr(inner, "token_match"):
            inner.token_match = _keep_endless(inner.token_match)

    def __call__(self, text: str) -> Doc:
        copy = read_copy(text)
        doc: Doc = self.inner(copy.text)
        if copy.text != text or copy.furniture:
            _remember(doc, copy)
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """One Doc for each text, in order."""
        return map(self, texts)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "inner":  # while it is unpickled there is no inner one to ask
            raise AttributeError(name)
        return getattr(self.inner, name)


def _keep_endless(known: Any) -> Any:
    """What tells a token that stays whole: what the tokenizer keeps anyway (a compiled pattern's match), or an endless
    stretch. A bound match again, as that is what spaCy can save."""
    if known is None:
        return _ENDLESS.match
    pattern = known.__self__
    bare = re.sub(r"\A\(\?[a-zA-Z]+\)", "", pattern.pattern)
    return re.compile(rf"{_ENDLESS_STRETCH}|(?:{bare})", pattern.flags).match


def _remember(doc: Doc, copy: ReadingCopy) -> None:
    offsets = copy.offsets
    plain = [offsets.length, offsets.starts, offsets.raw_starts, offsets.raw_ends]
    doc._.reading = {"raw": copy.raw, "offsets": plain}
    doc._.furniture = [dict(item) for item in copy.furniture]
    spans = (offsets.clean_span(item["start"], item["end"]) for item in copy.labels)
    doc._.labels = [{"start": start, "end": end, "text": copy.text[start:end]} for start, end in spans if start < end]


def label_starts(doc: Doc) -> frozenset[int]:
    """Where the form of the file shows that a speaker's label starts: characters of the Doc's text."""
    return frozenset(label["start"] for label in doc._.labels) if Doc.has_extension("labels") else frozenset()


def _bounds(part: Token | Span) -> tuple[int, int]:
    if isinstance(part, Token):
        return part.idx, part.idx + len(part)
    return part.start_char, part.end_char
