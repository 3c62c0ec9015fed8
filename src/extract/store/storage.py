"""Reading and writing below one output folder: a local path or any fsspec URL.

Every write is whole or not at all: locally a temporary file beside the target, flushed to the disk and renamed; an
object store puts objects whole by itself. Names are relative, ``/``-separated and may not leave the folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from extract.errors import OutputFolderError, StorageError
from extract.ingest.places import is_url, remote_token

TEMPORARY = re.compile(r"^\..*\.tmp$")


@dataclass(frozen=True, slots=True)
class FileStat:
    """``token`` changes when the file does: modification time in nanoseconds, or the store's entity tag."""

    size_bytes: int
    token: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A file made ready: where it lies until it is put in place. An object store has it in place already."""

    name: str
    ready: str

    def drop(self) -> None:
        """Remove it, if it was not put in place."""
        if self.ready != self.name:
            Path(self.ready).unlink(missing_ok=True)


class Storage(Protocol):
    """What the store needs of a file system."""

    url: str
    local_root: Path | None

    def read(self, name: str) -> bytes:
        """The whole file; ``FileNotFoundError`` if there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file there, atomically and durably. Raises ``StorageError``."""

    def stage(self, name: str, data: bytes) -> Staged:
        """Make a whole file ready to be put there by ``put_staged``. Raises ``StorageError``."""

    def put_staged(self, staged: Sequence[Staged]) -> None:
        """Put staged files in place, one right after the other. Raises ``StorageError``."""

    def stat(self, name: str) -> FileStat | None:
        """Size and token, or ``None`` if there is no such file."""

    def names(self, folder: str) -> list[str]:
        """The names of files and folders directly below, sorted; temporary files left out."""

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all that is in it, if it is there."""

    def clean(self, folder: str) -> None:
        """Remove temporary files that a killed process left below a folder; "": in the output folder itself."""


def open_storage(place: str | Path) -> Storage:
    """The storage at a local path or an fsspec URL. Raises ``OutputFolderError`` for an unknown scheme."""
    text = str(place)
    if text.startswith("file://"):
        text = text.removeprefix("file://")
    return RemoteStorage(text) if is_url(text) else LocalStorage(Path(text))


def existing_storage(place: str | Path) -> Storage:
    """The same for a folder that must be there already: ``OutputFolderError`` if it is not."""
    storage = open_storage(place)
    if storage.local_root is not None and not storage.local_root.is_dir():
        raise OutputFolderError(f"there is no folder {storage.url!r}; give the folder of the tables with --out")
    return storage


def checked(name: str) -> str:
    """The name, if it stays below the folder it is for; else ``ValueError``."""
    parts = name.split("/")
    if name.startswith("/") or "\\" in name or "\0" in name or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{name!r} is no name below the output folder")
    return name


class LocalStorage:
    """A folder on this machine (or a mounted share)."""

    def __init__(self, root: Path) -> None:
        self.local_root: Path | None = root.absolute()
        self._root = root.absolute()
        self.url = str(self._root)
        if self._root.exists() and not self._root.is_dir():
            raise OutputFolderError(f"output folder {self.url!r} is a file; give a folder")

    def path(self, name: str) -> Path:
        return self._root / checked(name)

    def read(self, name: str) -> bytes:
        return self.path(name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        self.put_staged([self.stage(name, data)])

    def stage(self, name: str, data: bytes) -> Staged:
        path = self.path(name)
        temporary = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(temporary, data)
        except OSError as error:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise StorageError(_cannot_write(str(path), error)) from error
        return Staged(name, str(temporary))

    def put_staged(self, staged: Sequence[Staged]) -> None:
        for each in staged:
            try:
                os.replace(each.ready, self.path(each.name))
            except OSError as error:
                with contextlib.suppress(OSError):
                    each.drop()
                raise StorageError(_cannot_write(str(self.path(each.name)), error)) from error
        for folder in {self.path(each.name).parent for each in staged}:
            _sync_folder(folder)

    def stat(self, name: str) -> FileStat | None:
        try:
            found = self.path(name).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return FileStat(found.st_size, str(found.st_mtime_ns))

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(name for name in os.listdir(self.path(folder)) if not TEMPORARY.match(name))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def remove(self, name: str) -> None:
        path = self.path(name)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def clean(self, folder: str) -> None:
        for parent, folders, files in os.walk(self.path(folder) if folder else self._root):
            if not folder:
                folders.clear()
            for name in files:
                if TEMPORARY.match(name):
                    Path(parent, name).unlink(missing_ok=True)


def _write_durably(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_write(path: str, error: BaseException) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return f"cannot write {path}: {reason}; make room or give another --out, then run again: finished batches are kept"


class RemoteStorage:
    """A folder behind an fsspec URL. Objects are put whole; there is no rename."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.local_root: Path | None = None
        self._fs, self._root = _filesystem(self.url)

    def _key(self, name: str) -> str:
        return f"{self._root}/{checked(name)}"

    def read(self, name: str) -> bytes:
        data: bytes = self._fs.cat_file(self._key(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        key = self._key(name)
        try:
            self._fs.makedirs(key.rsplit("/", 1)[0], exist_ok=True)
            self._fs.pipe_file(key, data)
        except Exception as error:  # each store has exceptions of its own
            raise StorageError(_cannot_write(f"{self.url}/{name}", error)) from error

    def stage(self, name: str, data: bytes) -> Staged:
        self.write(name, data)
        return Staged(name, name)

    def put_staged(self, staged: Sequence[Staged]) -> None:
        """Nothing to do: an object store has no rename, so that staging put them there."""

    def stat(self, name: str) -> FileStat | None:
        try:
            found = self._fs.info(self._key(name))
        except FileNotFoundError:
            return None
        return FileStat(int(found["size"]), remote_token(found))

    def names(self, folder: str) -> list[str]:
        self._fs.invalidate_cache()
        try:
            listed = self._fs.ls(self._key(folder), detail=False)
        except FileNotFoundError:
            return []
        names = (str(key).rstrip("/").rsplit("/", 1)[-1] for key in listed)
        return sorted(name for name in names if not TEMPORARY.match(name))

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._fs.rm(self._key(name), recursive=True)

    def clean(self, folder: str) -> None:
        """Nothing to do: an object store never shows half an object."""


def _filesystem(url: str) -> tuple[Any, str]:
    import fsspec

    try:
        filesystem, root = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise OutputFolderError(f"cannot use {url!r}: {error}") from error
    return filesystem, str(root).rstrip("/")
