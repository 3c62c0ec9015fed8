"""One raw file read: its bytes hashed, its text decoded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.ingest.decode import decode
from extract.ingest.errors import DecodeError, DocumentReadError
from extract.ingest.files import RawFile
from extract.ingest.html import declared_encoding, extract_page

HTML_SUFFIXES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready for the pipeline.

    ``sha256`` is of the raw bytes, ``text`` what all offsets count in. ``given`` is what ``metadata.csv`` says, and, of
    a web page, what its head says, as ``hint_title`` and ``hint_date``: these yield to the text and to metadata.
    """

    doc_id: str
    sha256: str
    text: str
    given: dict[str, Any]
    encoding: str


def read_bytes(raw: RawFile) -> bytes:
    """The file's bytes. Raises ``DocumentReadError`` if it is gone or cannot be read."""
    try:
        return raw.path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentReadError(
            f"{raw.doc_id}: the file is gone since the folder was listed. Put it back, or run again without it."
        ) from error
    except OSError as error:
        raise DocumentReadError(
            f"{raw.doc_id}: the file cannot be read: {error.strerror}. Check its permissions ({raw.path.name})."
        ) from error


def hash_bytes(data: bytes) -> str:
    """SHA-256 in hexadecimal, as in ``documents.sha256``."""
    return hashlib.sha256(data).hexdigest()


def read_document(raw: RawFile, given: Mapping[str, Any] | None = None) -> Document:
    """Read, hash and decode one file; ``given`` are its values from ``metadata.csv``.

    Raises ``DocumentReadError`` (gone, unreadable) or ``DecodeError`` (empty, binary, broken encoding, no text).
    """
    data = read_bytes(raw)
    text, encoding, hints = text_of(data, name=raw.doc_id)
    return Document(raw.doc_id, hash_bytes(data), text, {**hints, **dict(given or {})}, encoding)


def text_of(data: bytes, *, name: str) -> tuple[str, str, dict[str, str]]:
    """Text, encoding and hints of a file's bytes; the suffix of ``name`` tells HTML from plain text."""
    if Path(name).suffix.lower() not in HTML_SUFFIXES:
        decoded = decode(data, name=name)
        _require_text(decoded.text, name, "only blanks")
        return decoded.text, decoded.encoding, {}
    decoded = decode(data, name=name, declared=declared_encoding(data))
    page = extract_page(decoded.text)
    _require_text(page.text, name, "markup without text")
    return page.text, decoded.encoding, {f"hint_{key}": value for key, value in page.hints.items()}


def _require_text(text: str, name: str, found: str) -> None:
    if not text.strip("\0\ufeff \t\n\r\f\v\u3000\xa0"):
        raise DecodeError(f"{name}: the file holds no text ({found}). Fill it, or take it out of the raw folder.")
