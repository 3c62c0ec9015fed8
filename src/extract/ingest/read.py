"""One raw file read: its bytes hashed, its text decoded."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.ingest.decode import decode
from extract.ingest.errors import DecodeError, DocumentReadError
from extract.ingest.html import Page, declared_encoding, extract_page
from extract.ingest.kinds import DOCX, HTML, MAIL, PACKED, PDF, suffix_of
from extract.ingest.mail import read_mail
from extract.ingest.office import MAX_UNPACKED_BYTES, read_docx, read_pdf
from extract.ingest.places import is_url


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


def read_bytes(doc_id: str, place: str) -> bytes:
    """The bytes of a local file or of an object in a store. Raises ``DocumentReadError`` if they cannot be had."""
    try:
        return _remote_bytes(place) if is_url(place) else Path(place).read_bytes()
    except FileNotFoundError as error:
        raise DocumentReadError(
            f"{doc_id}: the file is gone since the folder was listed. Put it back, or run again without it."
        ) from error
    except OSError as error:
        reason = error.strerror or f"{type(error).__name__}: {error}"
        raise DocumentReadError(
            f"{doc_id}: the file cannot be read: {reason}. Check its permissions ({Path(place).name})."
        ) from error
    except Exception as error:  # each store has exceptions of its own
        raise DocumentReadError(f"{doc_id}: cannot be read: {type(error).__name__}: {error}") from error


def _remote_bytes(place: str) -> bytes:
    import fsspec

    filesystem, key = fsspec.core.url_to_fs(place)
    data: bytes = filesystem.cat_file(key)
    return data


def hash_bytes(data: bytes) -> str:
    """SHA-256 in hexadecimal, as in ``documents.sha256``."""
    return hashlib.sha256(data).hexdigest()


def read_document(doc_id: str, place: str, given: Mapping[str, Any] | None = None, problem: str = "") -> Document:
    """Read, hash and decode one document; ``given`` are its values from ``metadata.csv``, ``problem`` what bars it.

    Raises ``DocumentReadError`` (gone, unreadable) or ``DecodeError`` (empty, binary, broken encoding, no text).
    """
    if problem:
        raise DocumentReadError(f"{doc_id}: {problem}")
    data = read_bytes(doc_id, place)
    text, encoding, hints = text_of(data, name=doc_id)
    return Document(doc_id, hash_bytes(data), text, {**hints, **(given or {})}, encoding)


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
