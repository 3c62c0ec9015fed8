"""What keeps one file from becoming a text. Every message names the place, what was found and the next step."""

from __future__ import annotations


class IngestError(Exception):
    """Anything that keeps a raw file from becoming a text."""


class DocumentReadError(IngestError):
    """One file cannot be read (gone, not readable, changed into something else): only that document fails."""


class DecodeError(IngestError):
    """The bytes of one file are no text that can be told: only that document fails."""
