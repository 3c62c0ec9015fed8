"""The errors that a user can meet, each saying place, value, what is allowed and the next step.

Every one is an ``ExtractError``; the command prints its message and exits with 2. Errors of a single document are not
here: they go to the table ``failures``.
"""

from __future__ import annotations

from collections.abc import Iterable


class ExtractError(Exception):
    """The command cannot do what it was asked for."""


class RawFolderError(ExtractError):
    """The raw folder is missing, no folder, or unreadable."""


class MetadataError(RawFolderError):
    """``metadata.csv`` breaks its rules: nothing runs before it is right."""


class OutputFolderError(ExtractError):
    """The output folder cannot be used."""


class StorageError(ExtractError):
    """The disk or the object store refused to write (full, read-only, gone)."""


class LockedError(ExtractError):
    """Another run is writing into the same output folder."""


class UnknownRunError(ExtractError):
    """A run id that is not in the history."""

    def __init__(self, run_id: str, known: Iterable[str]) -> None:
        recent = list(known)[-5:]
        listed = ", ".join(recent) if recent else "none yet"
        super().__init__(f"no run {run_id!r}; the latest runs are: {listed} (`extract runs` lists all)")


class UnknownNameError(ExtractError):
    """A table, column, kind or option that does not exist."""

    def __init__(self, what: str, value: str, allowed: Iterable[str]) -> None:
        super().__init__(f"no {what} {value!r}; allowed are: {', '.join(allowed)}")


class HistoryError(ExtractError):
    """What is asked for is no longer, or not yet, in the history of runs."""


class ModelError(ExtractError):
    """The statistical model cannot be found or loaded."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"cannot load the model {model!r}: {reason}; give the folder of a spaCy pipeline, the name of an installed"
            " one, or 'blank' for rules alone"
        )


class WorkerError(ExtractError):
    """The worker processes cannot do their work at all (not one document's fault)."""
