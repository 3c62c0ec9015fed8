"""Openers whose form needs no reading word by word: labels in brackets, and the marks Q and A."""

from __future__ import annotations

import re

from extract.components.turns.scanner import Opener, make_opener
from extract.components.turns.words import TurnWords
from extract.normalize.labels import case_of, tidy

BRACKET = re.compile(
    r"[ \t\r\u3000]*(?:[-–—]\s)?(?:\*\*)?([(（\[【〔「＜〈])[ \u3000]?([^()（）\[\]【】〔〕「」＜＞〈〉\n]{1,60}?(?:\s\([^()\n]{1,40}\))?)[ \u3000]?([)）\]】〕」＞〉])(?:\*\*)?[ \t\u3000]*[:：]?[ \t\u3000]*(?:(?=[^\s)）\]])|$)"  # noqa: E501
)
_PAIRS = {"(": ")）", "（": "）)", "[": "]", "【": "】", "〔": "〕", "「": "」", "＜": "＞", "〈": "〉"}
_CJK_SENTENCE = re.compile(r"[。、！？，]")


def bracketed(text: str, found: re.Match[str], words: TurnWords, *, glued: bool) -> Opener | None:
    label = tidy(found[2])
    case = case_of(label)
    if found[3] not in _PAIRS[found[1]] or not label or words.is_aside(label):
        return None
    if case == "small" or (case == "cjk" and (_CJK_SENTENCE.search(label) or len(label) > 20)):
        return None
    if case != "cjk":
        inner = re.split(r"[\s(]+", label)
        if len(inner) > 7 or not all(w[0].isupper() or w.isdigit() or w.casefold() in words.inner for w in inner):
            return None
    rank = "titled" if case == "cjk" else ""
    behind = skip_blanks(text, found.end())
    return make_opener(text, *found.span(2), behind, "bracket", lead="bracket", glued=glued, rank=rank)


_KINDS = {":": "colon", "：": "colon", ".": "stop", ")": "stop", "—": "dash", "–": "dash", " ": "space"}


def marked(text: str, found: re.Match[str], *, glued: bool) -> Opener | None:
    """The mark of a question or an answer."""
    mark, delimiter = found["label"], found["delimiter"]
    kind = "gap" if delimiter.isspace() and delimiter != " " else _KINDS.get(delimiter[0], "gap")
    key = "a" if mark[0] in "Aa答" else "q"
    return make_opener(text, *found.span("label"), found.end(), kind, glued=glued, case="mark", rank="role", key=key)


def skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
