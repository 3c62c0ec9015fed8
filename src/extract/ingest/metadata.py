"""``metadata.csv``: what the user already knows about the documents. Its values win over what the texts show."""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.errors import MetadataError
from extract.ingest.decode import decode
from extract.ingest.errors import DecodeError
from extract.ingest.files import METADATA_NAME

GENRES = ("cable", "transcript", "news", "essay", "other")
COLUMNS = (
    *("doc_id", "date", "title", "genre", "number", "sender", "recipient"),
    *("languages", "source", "url", "licence"),
)
# BCP 47, the forms in use: language, then optionally script and region ("zh-Hant-TW"); grandfathered tags are refused.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[0-9a-z]{4,8})*")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read_metadata(path: Path, known_doc_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The given values by ``doc_id``; a blank cell gives nothing. No file: nothing given.

    Values are strings, but ``languages`` is a list of BCP 47 tags (written with ``;`` or spaces between them) and
    ``date`` is checked to be ``YYYY-MM-DD``. Raises ``MetadataError`` with file, line, what was found, what is allowed.
    """
    if not path.exists():
        return {}
    try:
        text = decode(path.read_bytes(), name=path.name).text
    except (OSError, DecodeError) as error:
        raise MetadataError(f"{path}: cannot be read: {error}") from error
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    known = {unicodedata.normalize("NFC", doc_id): doc_id for doc_id in known_doc_ids}
    given: dict[str, dict[str, Any]] = {}
    try:
        head = _checked_head(path, next(rows, []))
        for cells in rows:
            if any(cell.strip() for cell in cells):
                doc_id, values = _checked_row(path, rows.line_num, head, cells, known)
                if doc_id in given:
                    raise MetadataError(f"{path}:{rows.line_num}: doc_id {doc_id!r} stands there twice; keep one line.")
                given[doc_id] = values
    except csv.Error as error:
        raise MetadataError(f"{path}:{rows.line_num}: this is no well-formed CSV: {error}") from error
    return given


def _checked_head(path: Path, cells: list[str]) -> list[str]:
    head = [cell.strip() for cell in cells]
    allowed = f"Allowed are {', '.join(COLUMNS)}, separated by commas."
    for cell in head:
        if cell not in COLUMNS:
            near = difflib.get_close_matches(cell, COLUMNS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise MetadataError(f"{path}:1: unknown column {cell!r}.{hint} {allowed}")
        if head.count(cell) > 1:
            raise MetadataError(f"{path}:1: column {cell!r} stands there twice.")
    if "doc_id" not in head:
        raise MetadataError(f"{path}:1: there is no column 'doc_id'; found {head}. {allowed}")
    return head


def _checked_row(
    path: Path, line: int, head: list[str], cells: list[str], known: dict[str, str]
) -> tuple[str, dict[str, Any]]:
    where = f"{path}:{line}"
    if len(cells) != len(head):
        raise MetadataError(
            f"{where}: {len(cells)} cells, but {len(head)} columns ({', '.join(head)}). "
            "Put a value that holds a comma between double quotation marks."
        )
    row = {column: cell.strip() for column, cell in zip(head, cells, strict=True)}
    doc_id = known.get(unicodedata.normalize("NFC", row.pop("doc_id")))
    if doc_id is None:
        written = cells[head.index("doc_id")].strip()
        near = difflib.get_close_matches(written, list(known.values()), n=3, cutoff=0.5)
        hint = f"Nearest: {', '.join(near)}." if near else f"There are {len(known)} documents."
        raise MetadataError(
            f"{where}: doc_id {written!r} is no document of {METADATA_NAME}'s folder. {hint} "
            f"A doc_id is the path below that folder, with '/' and suffix."
        )
    return doc_id, {column: _checked_value(where, column, value) for column, value in row.items() if value}


def _checked_value(where: str, column: str, value: str) -> Any:
    if column == "date":
        return _checked_date(where, value)
    if column == "genre" and value not in GENRES:
        raise MetadataError(f"{where}: genre {value!r} is not allowed; allowed are {', '.join(GENRES)}.")
    if column == "languages":
        return _checked_languages(where, value)
    return value


def _checked_date(where: str, value: str) -> str:
    try:
        if not _ISO_DATE.fullmatch(value):
            raise ValueError("not of the form YYYY-MM-DD")
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise MetadataError(f"{where}: date {value!r}: {error}; write it as 1994-02-12.") from error


def _checked_languages(where: str, value: str) -> list[str]:
    tags = [tag for tag in re.split(r"[;\s]+", value) if tag]
    for tag in tags:
        if not _LANGUAGE_TAG.fullmatch(tag):
            raise MetadataError(
                f"{where}: language {tag!r} is no BCP 47 tag; write codes such as en, ja, pt-BR, zh-Hant, "
                "separated by ';'."
            )
    return list(dict.fromkeys(tags))
