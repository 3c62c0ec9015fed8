"""Annotated claims with the files that they are of: those of a folder's own gold, and those that stand off from it.

A record that stands off (``models/annotations``) has the gold's form without the words of the text: the offsets count
in the text that is read from the file with its ``sha256``, and ``text_sha256`` is the hash of that text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.ingest.read import Document, hash_bytes, read_document

ANNOTATIONS = Path(__file__).parents[1] / "annotations"
LEARN = ANNOTATIONS / "learn"


class StandoffError(ValueError):
    """Annotations that may not be learnt from, or that are of another text."""


@dataclass(frozen=True)
class AnnotatedFile:
    """A document as it is read from its file, the source it comes from, and its annotated claims."""

    source: str
    document: Document
    claims: list[dict[str, Any]]


def annotated_files(folder: Path, standoff: Path = LEARN) -> Iterator[AnnotatedFile]:
    """The texts of a folder (``manifest.json``, ``open``, ``gold-open``) that may be learnt from, by name: first those
    with gold beside them, then those that the records of ``standoff`` are of. Records whose text is not there are left
    out. Raises ``StandoffError`` at a record whose text may not be learnt from, or has changed."""
    entries = {str(entry["file"]): entry for entry in json.loads((folder / "manifest.json").read_text("utf-8"))}
    for name, entry in sorted(entries.items()):
        gold = folder / "gold-open" / f"{Path(name).stem}.json"
        if entry["set"] == "open" and entry["train"] and gold.is_file():
            record = json.loads(gold.read_text("utf-8"))
            if "claims" in record:
                yield AnnotatedFile(entry["source"], _read(folder, name), record["claims"])
    for path in sorted(standoff.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        if (folder / "open" / record["doc"]).is_file() and record["doc"] in entries:
            yield _joined(folder, record, entries[record["doc"]])


def _joined(folder: Path, record: dict[str, Any], entry: dict[str, Any]) -> AnnotatedFile:
    name = record["doc"]
    if not entry["train"]:
        raise StandoffError(
            f"{name}: nothing may be learnt from this text (train: false in manifest.json); score it with "
            "`extract evaluate TABLES FOLDER` instead"
        )
    document = _read(folder, name)
    if document.sha256 != record["sha256"]:
        raise StandoffError(f"{name}: not the annotated file (its sha256 is {document.sha256})")
    if hash_bytes(document.text.encode()) != record["text_sha256"]:
        raise StandoffError(f"{name}: another text is read from it than was annotated; its offsets no longer hold")
    return AnnotatedFile(entry["source"], document, record["claims"])


def _read(folder: Path, name: str) -> Document:
    path = folder / "open" / name
    return read_document(name, str(path))
