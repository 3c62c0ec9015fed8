"""What can go wrong from raw folder to text. Every message names the place, what was found and the next step."""

from __future__ import annotations


class IngestError(Exception):
    """Anything that keeps a raw file from becoming a text."""


class RawFolderError(IngestError):
    """The raw folder cannot be used at all: nothing can run."""


class DocumentReadError(IngestError):
    """One file cannot be read (gone, not readable, changed into something else): only that document fails."""


class DecodeError(IngestError):
    """The bytes of one file are no text that can be told: only that document fails."""


class MetadataError(IngestError):
    """``metadata.csv`` breaks its rules: nothing runs before it is right."""
