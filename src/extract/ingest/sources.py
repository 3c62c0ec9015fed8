"""The raw documents of a run, from a local folder or an fsspec URL."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import RawFolderError
from extract.ingest.errors import IngestError
from extract.ingest.files import METADATA_NAME, Ignored, Source, find_documents
from extract.ingest.kinds import suffix_of, why_unread
from extract.ingest.places import is_url, remote_token
from extract.ingest.read import hash_bytes, read_bytes


@dataclass(frozen=True)
class Sources:
    """What is there: documents, what ``metadata.csv`` gives them, and what is no document."""

    documents: list[Source]
    given: dict[str, dict[str, Any]]
    ignored: list[Ignored]


def find_sources(raw: str) -> Sources:
    """All documents in stable order, and what metadata.csv says of them. Raises ``RawFolderError``."""
    return _find_remote(raw) if is_url(raw) and not raw.startswith("file://") else _find_local(local_path(raw))


def local_path(place: str) -> Path:
    """A local place as a path; ``file://`` in front is taken off."""
    return Path(place.removeprefix("file://"))


def _find_local(raw: Path) -> Sources:
    from extract.ingest.metadata import read_metadata

    documents, ignored = find_documents(raw)
    return Sources(documents, read_metadata(raw / METADATA_NAME, [source.doc_id for source in documents]), ignored)


def _find_remote(raw: str) -> Sources:
    import fsspec

    try:
        filesystem, root = fsspec.core.url_to_fs(raw)
        filesystem.invalidate_cache()
        listed: Mapping[str, dict[str, Any]] = filesystem.find(root, detail=True)
    except Exception as error:  # each store has exceptions of its own
        raise RawFolderError(f"cannot list {raw}: {type(error).__name__}: {error}") from error
    if not listed and not filesystem.exists(root):
        raise RawFolderError(f"raw folder {raw!r} does not exist")
    documents, ignored = [], []
    prefix = str(root).rstrip("/") + "/"
    for key, info in sorted(listed.items()):
        doc_id = key.removeprefix(prefix)
        if doc_id == METADATA_NAME:
            continue
        if reason := why_unread(suffix_of(doc_id)):
            ignored.append((doc_id, reason))
        else:
            documents.append(Source(doc_id, filesystem.unstrip_protocol(key), int(info["size"]), remote_token(info)))
    return Sources(documents, _remote_metadata(filesystem, prefix + METADATA_NAME, documents), ignored)


def _remote_metadata(filesystem: Any, key: str, documents: list[Source]) -> dict[str, dict[str, Any]]:
    from extract.ingest.metadata import read_metadata

    if not filesystem.exists(key):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, METADATA_NAME)
        copy.write_bytes(filesystem.cat_file(key))
        return read_metadata(copy, [source.doc_id for source in documents])


def hash_source(source: Source) -> str:
    """SHA-256 of the raw bytes, hexadecimal; empty where it cannot be read (its batch will tell why)."""
    if source.problem:
        return ""
    try:
        return hash_bytes(read_bytes(source.doc_id, source.place))
    except IngestError:
        return ""


def given_hash(given: Mapping[str, Any] | None) -> str:
    """What a document's line in metadata.csv says, as 16 hexadecimal digits; empty where it has none."""
    if not given:
        return ""
    return hashlib.sha256(json.dumps(given, sort_keys=True, default=str).encode()).hexdigest()[:16]
