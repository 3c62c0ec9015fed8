"""Writing the files that a user names on the command line."""

from __future__ import annotations

from pathlib import Path

from extract.errors import StorageError


def write_file(path: Path, data: bytes) -> None:
    """Write a file as a whole. Raises ``StorageError``."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror}; give a file in a folder that exists") from error
