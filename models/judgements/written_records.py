"""Records of talks, and documents of other kinds, that were written to be learnt from (``models/written/records``).

A file holds records in this form; marks stand in the text, the first lines say what document it is:

    == transcript; en; GB; 1947
    title = Third Meeting
    date = 1947-03-12
    --
    THIRD MEETING
    12 March 1947

    MR. ROE (United Kingdom): ⟪turn Roe; side=GB⟫We cannot accept that.⟪/⟫

The head line names genre, language, the record's country (``-``: none) and year; a key holds what the document itself
shows. A mark is ``turn``, ``quote`` or ``reported`` with the speaker (``-``: nobody is named).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from extract.tables.schema import GENRES, TURN_KINDS
from models.judgements.written import cut_files

RECORDS = Path(__file__).parents[1] / "written" / "records"
KEYS = ("title", "date", "number", "sender", "recipient")
_MARK = re.compile(r"⟪([^⟪⟫\n]*)⟫")
_HEAD = re.compile(
    rf"(?P<genre>{'|'.join(GENRES)}); (?P<language>[a-z]{{2}}); (?P<country>[A-Z]{{2}}|-); (?P<year>\d{{4}})"
)
_SPEECH = re.compile(
    rf"(?P<kind>{'|'.join(TURN_KINDS)}) (?P<speaker>[^;]+)(?:; (?:side=(?P<side>[A-Z]{{2}})|role=(?P<role>[^;]+)))*"
)


class RecordError(ValueError):
    """A record breaks its form; the message names the file, the line and what was found."""


@dataclass(frozen=True)
class Speech:
    """A marked stretch: the offsets of its words in the text, and who says it (``None``: nobody is named)."""

    kind: str
    start: int
    end: int
    speaker: str | None
    side: str | None
    role: str | None


@dataclass(frozen=True)
class WrittenRecord:
    """A text without its marks; ``line`` is where it stands in its file, ``fields`` what it shows of itself."""

    file: str
    line: int
    genre: str
    language: str
    country: str | None
    fields: dict[str, str]
    text: str
    speech: tuple[Speech, ...]

    @property
    def source(self) -> str:
        """Each record has a layout of its own: it is a source of its own."""
        return f"record {self.file}:{self.line}"

    @property
    def turns(self) -> list[Speech]:
        return [each for each in self.speech if each.kind == "turn"]


def read_records(folder: Path = RECORDS) -> Iterator[WrittenRecord]:
    """All records of the folder's ``*.txt``, by name and place. Raises ``RecordError``."""
    for file, line, lines in cut_files(folder):
        yield _record(file, line, lines)


def _record(file: str, line: int, lines: list[str]) -> WrittenRecord:
    try:
        if "--" not in lines:
            raise ValueError(f"{lines[0]!r}: no line '--' behind it")
        cut = lines.index("--")
        head = _HEAD.fullmatch(lines[0][3:].strip())
        if head is None:
            raise ValueError(f"{lines[0]!r} is not '== GENRE; LANGUAGE; COUNTRY; YEAR'; genres: {', '.join(GENRES)}")
        fields = dict(_field(row) for row in lines[1:cut])
        marked = "\n".join(lines[cut + 1 :]).strip("\n")
        text, speech = _read_marks(marked, line + cut + 1)
    except ValueError as error:
        raise RecordError(f"{file}.txt, record of line {line}: {error}") from error
    country = None if head["country"] == "-" else head["country"]
    return WrittenRecord(file, line, head["genre"], head["language"], country, fields, text, tuple(speech))


def _field(row: str) -> tuple[str, str]:
    key, _, value = (part.strip() for part in row.partition("="))
    if key not in KEYS or not value:
        raise ValueError(f"{row!r} is not 'KEY = VALUE'; keys: {', '.join(KEYS)}")
    if key == "date":
        date.fromisoformat(value)
    return key, value


def _read_marks(marked: str, first_line: int) -> tuple[str, list[Speech]]:
    """The text without marks, and what they mark."""
    text, speech, at = "", list[Speech](), 0
    opened: re.Match[str] | None = None
    start = 0
    for mark in _MARK.finditer(marked):
        text, at = text + marked[at : mark.start()], mark.end()
        said = f"line {first_line + marked.count(chr(10), 0, mark.start())}: {mark[0]!r}"
        if (mark[1] == "/") != (opened is not None):
            raise ValueError(f"{said} {'closes nothing' if opened is None else 'stands inside ' + opened[0]}")
        if opened is None:
            opened, start = _SPEECH.fullmatch(mark[1]), len(text)
            if opened is None:
                raise ValueError(f"{said} is no mark: KIND SPEAKER[; side=XX][; role=…]")
            continue
        if text[start:] != text[start:].strip() or start == len(text):
            raise ValueError(f"{said} closes words that begin or end with a blank")
        speaker = None if opened["speaker"] == "-" else opened["speaker"].strip()
        speech.append(Speech(opened["kind"], start, len(text), speaker, opened["side"], opened["role"]))
        opened = None
    text += marked[at:]
    if opened is not None or "⟪" in text or "⟫" in text:
        raise ValueError("a mark is not closed")
    return text, speech
