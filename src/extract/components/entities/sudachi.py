"""Proper nouns of Japanese text by SudachiPy's dictionary (Apache-2.0), where the extra ``ja`` is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from extract.normalize.dates.words import ERAS

# the analyser takes at most some 49,000 bytes at once
_LINE = re.compile(r"[^\n]{1,10000}")
_LABELS = {"人名": "PERSON", "地名": "GPE", "一般": "ORG"}
_PROPER = "固有名詞"
_TITLE = re.compile(r"(?:大統領|首相|総理|さん|氏)$")
# Of what is proper and neither a person nor a place, what is long or in kana is a thing or an idea; eras are dates.
_FIRM = re.compile(rf"(?!(?:{'|'.join(ERAS)}))[一-龥々]{{2,3}}")
_SURE = re.compile(r"(?!.*[一-龥][ァ-ヴー]$)[ァ-ヴー一-龥々A-ZＡ-Ｚ]{2,}")


@lru_cache(maxsize=1)
def is_installed() -> bool:
    """Whether the analyser and its dictionary are there."""
    return find_spec("sudachipy") is not None and find_spec("sudachidict_core") is not None


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="core").tokenizer(mode=SplitMode.C)


def proper_nouns(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Spans of persons, places and bodies with OntoNotes labels; nothing where the extra is not installed."""
    if not is_installed():
        return
    for line in _LINE.finditer(text, start, end):
        tokens = [
            (line.start() + token.begin(), line.start() + token.end(), token.part_of_speech())
            for token in _tokenizer().tokenize(line[0])
        ]
        yield from _names(text, tokens)


def _names(text: str, tokens: list[tuple[int, int, tuple[str, ...]]]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(tokens):
        kind = _kind(tokens[at][2])
        last = at
        while kind == "PERSON" and last + 1 < len(tokens) and _kind(tokens[last + 1][2]) == kind:
            last += 1
        start, end = tokens[at][0], tokens[last][1]
        title = _TITLE.search(text[start:end])
        end -= len(title[0]) if title else 0
        if kind and (_SURE if kind != "ORG" else _FIRM).fullmatch(text[start:end].replace("・", "")):
            yield start, end, kind
        at = last + 1


def _kind(part_of_speech: tuple[str, ...]) -> str | None:
    _, proper, what, *_ = part_of_speech
    return _LABELS.get(what) if proper == _PROPER else None
