"""The kinds of file that are read, by suffix, and what each one needs to be readable here.

``.gz`` behind any of them is taken off ("talks.txt.gz" is read as text). PDF and DOCX are read where their libraries
are installed; elsewhere such a file is left unread, and the run says so with the extra that reads it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

TEXT = (".txt", ".md", ".srt", ".vtt")
HTML = (".html", ".htm")
MAIL = ".eml"
PDF = ".pdf"
DOCX = ".docx"
SUFFIXES = (*TEXT, *HTML, MAIL, PDF, DOCX)
PACKED = ".gz"
# The module that reads a kind, and the extra of this package that brings it.
_NEEDS = {PDF: ("pypdf", "pdf"), DOCX: ("docx", "docx")}


def suffix_of(name: str) -> str:
    """The suffix that tells a file's kind, in lower case, ``.gz`` taken off; empty where the name has none."""
    stem, dot, ending = name.rsplit("/", 1)[-1].lower().removesuffix(PACKED).rpartition(".")
    return dot + ending if stem else ""


@cache
def why_unread(suffix: str) -> str:
    """Why files of a suffix are not read; empty where they are."""
    if suffix not in SUFFIXES:
        return f"suffix {suffix or '(none)'!r} is not one of {', '.join(SUFFIXES)}"
    module, extra = _NEEDS.get(suffix, ("", ""))
    if module and find_spec(module) is None:
        return f"{suffix} files are read with the extra {extra!r}: pip install 'trade-extract[{extra}]'"
    return ""
