"""Finding the documents below a raw folder: which files are read, in which order, and why the others are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import RawFolderError
from extract.ingest.kinds import SUFFIXES, suffix_of, why_unread

METADATA_NAME = "metadata.csv"


# a file or folder that gives no document, and why
Ignored = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A document below the raw folder. ``doc_id`` is its path there, ``/``-separated, with its suffix.

    ``token`` changes when the file does; ``problem`` says why it cannot be read.
    """

    doc_id: str
    place: str
    size_bytes: int = 0
    token: str = ""
    problem: str = ""


def find_documents(raw: Path) -> tuple[list[Source], list[Ignored]]:
    """The documents below ``raw``, ordered by the parts of their ``doc_id``, and everything else with its reason.

    What should have been read and cannot be (an unreadable folder, a dead link, a loop) is a document with a problem.
    Links that lead out of the folder are not followed; nor are links within it, as what they point to is read under
    its own path. ``metadata.csv`` in the folder itself is neither. Raises ``RawFolderError`` if ``raw`` is no folder
    that can be read.
    """
    root = _checked_root(Path(raw))
    found: dict[str, Source] = {}
    ignored: list[Ignored] = []
    for item in _walk(root, str(root)):
        if not isinstance(item, Source):
            ignored.append(item)
        elif item.doc_id in found:
            ignored.append((item.doc_id, "another file has the same doc_id; rename one"))
        else:
            found[item.doc_id] = item
    by_parts = sorted(found.values(), key=lambda source: source.doc_id.split("/"))
    return by_parts, sorted(ignored, key=lambda item: item[0].split("/"))


def _checked_root(raw: Path) -> Path:
    step = f"Give the folder that holds the documents ({', '.join(SUFFIXES)}), or make it."
    shown = repr(_printable(str(raw)))
    if not raw.exists():
        above = next((folder for folder in raw.absolute().parents if folder.is_dir()), Path("/"))
        raise RawFolderError(f"Raw folder {shown} does not exist (nearest existing folder: {above}). {step}")
    if not raw.is_dir():
        raise RawFolderError(f"Raw folder {shown} is a file, not a folder. {step}")
    root = raw.resolve()
    try:
        with os.scandir(root):
            return root
    except OSError as error:
        raise RawFolderError(f"Raw folder {shown} cannot be listed: {error.strerror}. {step}") from error


def _walk(root: Path, folder: str) -> Iterator[Source | Ignored]:
    """Depth first over a list of folders still to do, so that no nesting is too deep for the stack."""
    waiting = [("", folder)]
    while waiting:
        here, current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            name = here.rstrip("/") or "."
            yield Source(name, current, problem=f"folder cannot be listed: {error.strerror}")
            continue
        for entry in listed:
            name = entry.name
            if not here and name == METADATA_NAME:
                continue
            doc_id = here + _printable(name)
            if entry.is_dir(follow_symlinks=False) and not _is_hidden(name):
                waiting.append((doc_id + "/", entry.path))
            else:
                yield _judge(root, doc_id, entry)


def _judge(root: Path, doc_id: str, entry: os.DirEntry[str]) -> Source | Ignored:
    if _is_hidden(entry.name):
        return doc_id, "hidden (its name starts with a dot)"
    if entry.is_symlink():
        return _judge_link(root, doc_id, Path(entry.path))
    if reason := why_unread(suffix_of(entry.name)):
        return doc_id, reason
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Source(doc_id, entry.path, problem=f"cannot be examined: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return Source(doc_id, entry.path, problem="is a pipe, socket or device, not a file")
    return Source(doc_id, entry.path, status.st_size, str(status.st_mtime_ns))


def _judge_link(root: Path, doc_id: str, path: Path) -> Source | Ignored:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, before Python 3.13
        reason = "link leads nowhere" if isinstance(error, FileNotFoundError) else "link leads in a circle"
        return Source(doc_id, str(path), problem=reason)
    if target in (root, *path.resolve().parents) and path.parent.resolve().is_relative_to(target):
        return Source(doc_id, str(path), problem="link leads back to a folder that holds it (a loop)")
    if not target.is_relative_to(root):
        reason = f"link leads out of the raw folder, to {_printable(str(target))}; copy the file"
        return Source(doc_id, str(path), problem=reason)
    inside = _printable(target.relative_to(root).as_posix())
    return doc_id, f"link to {inside}, which is read under its own path"


def _is_hidden(name: str) -> bool:
    """One leading dot hides; names that start with two ('..draft.txt') are odd, but ordinary."""
    return name.startswith(".") and not name.startswith("..")


def _printable(name: str) -> str:
    r"""A name whose bytes are no UTF-8 written with ``\xe9`` for each odd byte: tables hold valid Unicode only."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
