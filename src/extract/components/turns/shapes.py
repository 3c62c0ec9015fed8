"""Openers whose form needs no reading word by word: labels in brackets, and the marks Q and A."""

from __future__ import annotations

import re

from extract.components.turns.scanner import Opener
from extract.components.turns.words import TurnWords
from extract.normalize.labels import case_of, label_key, tidy

BRACKET = re.compile(
    r"[ \t\r\u3000]*(?:\*\*)?([(（\[【〔「＜〈])[ \u3000]?([^()（）\[\]【】〔〕「」＜＞〈〉\n]{1,60}?)[ \u3000]?([)）\]】〕」＞〉])(?:\*\*)?[ \t\u3000]*[:：]?[ \t\u3000]*(?=[^\s)）\]])"  # noqa: E501
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
        inner = label.split()
        if len(inner) > 7 or not all(w[0].isupper() or w.isdigit() or w.casefold() in words.inner for w in inner):
            return None
    start, end = found.start(2), found.end(2)
    rank = words.rank(label) if case != "cjk" else "titled"
    return Opener(start, end, found.end(), label, "bracket", case, rank, "bracket", glued, label_key(label))


def marked(text: str, found: re.Match[str], *, glued: bool) -> Opener | None:
    start, end = found.span("label")
    delimiter = found["delimiter"]
    kind = (
        "colon"
        if delimiter[0] in ":："
        else "stop"
        if delimiter[0] in ".)"
        else "dash"
        if delimiter[0] in "—–"
        else "gap"
    )
    if kind == "gap" and len(delimiter) == 1 and delimiter != "\t":
        kind = "space"
    label = found["label"]
    return Opener(start, end, found.end(), label, "", "mark", "role", kind, glued, "a" if label[0] in "Aa答" else "q")


def skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
