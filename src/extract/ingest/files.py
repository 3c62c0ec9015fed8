"""Finding the documents below a raw folder: which files are read, in which order, and why the others are not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.ingest.errors import RawFolderError
from extract.ingest.kinds import SUFFIXES, suffix_of, why_unread

METADATA_NAME = "metadata.csv"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to be read. ``doc_id`` is its path below the raw folder, ``/``-separated, with its suffix."""

    doc_id: str
    place: str
    size_bytes: int
    mtime_ns: int

    @property
    def path(self) -> Path:
        return Path(self.place)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that gives no document, with the reason.

    ``is_failure`` tells what should have been read and could not be (unreadable folder, dead link, loop) from what is
    simply no document (another kind of file, a hidden file).
    """

    doc_id: str
    place: str
    reason: str
    is_failure: bool = False


def find_documents(raw: Path) -> tuple[list[RawFile], list[Skipped]]:
    """The documents below ``raw``, ordered by the parts of their ``doc_id``, and everything else with its reason.

    Links that lead out of the folder are not followed; nor are links within it, as what they point to is read under
    its own path. ``metadata.csv`` in the folder itself is neither. Raises ``RawFolderError`` if ``raw`` is no folder
    that can be read.
    """
    root = _checked_root(Path(raw))
    found: dict[str, RawFile] = {}
    skipped: list[Skipped] = []
    for item in _walk(root, str(root)):
        if isinstance(item, Skipped):
            skipped.append(item)
        elif item.doc_id in found:
            skipped.append(Skipped(item.doc_id, item.place, "another file has the same doc_id; rename one", True))
        else:
            found[item.doc_id] = item
    order = sorted(found, key=lambda doc_id: doc_id.split("/"))
    return [found[doc_id] for doc_id in order], sorted(skipped, key=lambda item: item.doc_id.split("/"))


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


def _walk(root: Path, folder: str) -> Iterator[RawFile | Skipped]:
    """Depth first over a list of folders still to do, so that no nesting is too deep for the stack."""
    waiting = [("", folder)]
    while waiting:
        here, current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(here.rstrip("/") or ".", current, f"folder cannot be listed: {error.strerror}", True)
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


def _judge(root: Path, doc_id: str, entry: os.DirEntry[str]) -> RawFile | Skipped:
    if _is_hidden(entry.name):
        return Skipped(doc_id, entry.path, "hidden (its name starts with a dot)")
    if entry.is_symlink():
        return _judge_link(root, doc_id, Path(entry.path))
    if reason := why_unread(suffix_of(entry.name)):
        return Skipped(doc_id, entry.path, reason)
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Skipped(doc_id, entry.path, f"cannot be examined: {error.strerror}", True)
    if not stat.S_ISREG(status.st_mode):
        return Skipped(doc_id, entry.path, "is a pipe, socket or device, not a file", True)
    return RawFile(doc_id, entry.path, status.st_size, status.st_mtime_ns)


def _judge_link(root: Path, doc_id: str, path: Path) -> Skipped:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, before Python 3.13
        reason = "link leads nowhere" if isinstance(error, FileNotFoundError) else "link leads in a circle"
        return Skipped(doc_id, str(path), reason, True)
    if target in (root, *path.resolve().parents) and path.parent.resolve().is_relative_to(target):
        return Skipped(doc_id, str(path), "link leads back to a folder that holds it (a loop)", True)
    if not target.is_relative_to(root):
        return Skipped(
            doc_id, str(path), f"link leads out of the raw folder, to {_printable(str(target))}; copy the file", True
        )
    inside = _printable(target.relative_to(root).as_posix())
    return Skipped(doc_id, str(path), f"link to {inside}, which is read under its own path")


def _is_hidden(name: str) -> bool:
    """One leading dot hides; names that start with two ('..draft.txt') are odd, but ordinary."""
    return name.startswith(".") and not name.startswith("..")


def _printable(name: str) -> str:
    r"""A name whose bytes are no UTF-8 written with ``\xe9`` for each odd byte: tables hold valid Unicode only."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
