"""One raw file read: its bytes hashed, its text decoded."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from extract.ingest.decode import decode
from extract.ingest.errors import DecodeError, DocumentReadError
from extract.ingest.files import RawFile
from extract.ingest.html import Page, declared_encoding, extract_page
from extract.ingest.kinds import DOCX, HTML, MAIL, PACKED, PDF, suffix_of
from extract.ingest.mail import read_mail
from extract.ingest.office import MAX_UNPACKED_BYTES, read_docx, read_pdf


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready for the pipeline.

    ``sha256`` is of the raw bytes, ``text`` what all offsets count in. ``given`` is what ``metadata.csv`` says, and, of
    a web page or a message, what its head says, as ``hint_title`` and ``hint_date``: these yield to text and metadata.
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
    """Text, encoding and hints of a file's bytes; the suffix of ``name`` tells its kind. Raises ``DecodeError``."""
    if name.lower().endswith(PACKED):
        data = _unpacked(data, name)
    suffix = suffix_of(name)
    if suffix in HTML:
        decoded = decode(data, name=name, declared=declared_encoding(data))
        page, encoding, found = extract_page(decoded.text), decoded.encoding, "markup without text"
    elif suffix == MAIL:
        page, encoding, found = read_mail(data), "utf-8", "a message without words"
    elif suffix == PDF:
        page, encoding, found = read_pdf(data, name), "utf-8", "pages without words"
    elif suffix == DOCX:
        page, encoding, found = read_docx(data, name), "utf-8", "no paragraph with words"
    else:
        decoded = decode(data, name=name)
        page, encoding, found = Page(decoded.text), decoded.encoding, "only blanks"
    _require_text(page.text, name, found)
    return page.text, encoding, {f"hint_{key}": value for key, value in page.hints.items()}


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            unpacked = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DecodeError(
            f"{name}: cannot be unpacked as gzip: {error}. Pack it anew, or put it there plain."
        ) from error
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise DecodeError(f"{name}: unpacks to more than {MAX_UNPACKED_BYTES} bytes. Split it, or take it out.")
    return unpacked


def _require_text(text: str, name: str, found: str) -> None:
    if not text.strip("\0\ufeff \t\n\r\f\v\u3000\xa0"):
        raise DecodeError(f"{name}: the file holds no text ({found}). Fill it, or take it out of the raw folder.")
