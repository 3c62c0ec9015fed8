"""French records that retell: "M. DUVAL (Belgique) dit que …", one row for each run of sentences of one speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from babel import Locale

from extract import lexicons

LANGUAGE = "fr"
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+")
_SENTENCE = re.compile(r"\S.*?(?:(?<!\bM)(?<!\bMM)(?<!\b[A-Z])[.!?][»\"]?(?=\s+[A-ZÀ-ÞŒ«]|\s*\Z)|\Z)", re.DOTALL)
_PRONOUN = re.compile(r"(?:Il|Elle|Ils|Elles)\Z")
MAX_PARAGRAPH_CHARS = 20_000


@lru_cache(maxsize=1)
def _attribution() -> re.Pattern[str]:
    """A source at the start of its sentence, a verb of saying and "que"."""
    verbs = "|".join(lexicons.alternatives("fr/said_verbs"))
    name = r"[^\s,.;:()«»]+(?:[ \u00a0][^\s,.;:()«»]+){0,6}?"
    source = rf"(?:MM?\.[ \u00a0]?|Mmes?[ \u00a0]|Mlle[ \u00a0]){name}|Ils?|Elles?"
    office = rf"(?:Les?[ \u00a0]|La[ \u00a0]|L['’])(?P<office>{name})"
    aside = r"(?:\s*\((?P<country>[^()\n]{2,60})\))?(?:,[^,.;\n]{2,80},)?"
    return re.compile(
        rf"(?:(?P<label>{source})|{office}){aside}\s+(?:\w+ment\s+)?(?P<cue>{verbs})(?:\s+[^,.;:]{{1,40}}?|,[^,.;:]{{1,40}},)?"
        r"\s+(?:que\s+|qu['’])"
    )


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    return {str(name): code for code, name in Locale(LANGUAGE).territories.items() if len(code) == 2 and code.isalpha()}


def retold_rows(text: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Rows of kind ``reported`` between two offsets: what is said from a source up to the next one, or the next
    paragraph that no pronoun continues."""
    row: dict[str, Any] | None = None
    for paragraph in _PARAGRAPH.finditer(text, start, end):
        if len(paragraph[0]) > MAX_PARAGRAPH_CHARS:
            continue
        for sentence in _SENTENCE.finditer(text, *paragraph.span()):
            found = _attribution().match(text, *sentence.span())
            stop = sentence.end() - (text[sentence.end() - 1] == ".")
            if row is not None and _goes_on(found, first=sentence.start() == paragraph.start()):
                row["end"] = stop
                continue
            if row is not None:
                yield row
            row = _row(found, stop) if found and not _PRONOUN.match(found["label"] or "") else None
    if row is not None:
        yield row


def _goes_on(found: re.Match[str] | None, *, first: bool) -> bool:
    """Does a sentence, the first of its paragraph or a later one, go on with what is told?"""
    return bool(_PRONOUN.match(found["label"] or "")) if found else not first


def _row(found: re.Match[str], stop: int) -> dict[str, Any]:
    group = "label" if found["label"] else "office"
    return {
        "kind": "reported", "start": found.end(), "end": max(found.end(), stop),
        "label": found[group], "label_start": found.start(group), "label_end": found.end(group), "speaker": None,
        "role": None, "side": _countries().get(found["country"] or ""), "cue": found["cue"], "rule": "record",
    }  # fmt: skip
