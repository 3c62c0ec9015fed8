"""Openers whose form needs no reading word by word: labels in brackets, and the marks Q and A."""

from __future__ import annotations

import re

from extract.components.turns.scanner import Opener
from extract.components.turns.words import TurnWords
from extract.normalize.labels import case_of, label_key, tidy

_INSIDE = r"[^()（）\[\]【】〔〕「」＜＞〈〉{}\n]"
BRACKET = re.compile(
    r"[ \t\r\u3000]*(?:\*\*)?([(（\[【〔「＜〈{])[ \u3000]?"
    rf"({_INSIDE}{{1,60}}?(?:\({_INSIDE}{{1,30}}\))?)[ \u3000]?([)）\]】〕」＞〉}}])"
    r"(?:\*\*)?[ \t\u3000]*[:：]?[ \t\u3000]*(?:\n[ \t]*)?(?=[^\s)）\]])"
)
_PAIRS = {"(": ")）", "（": "）)", "[": "]", "【": "】", "〔": "〕", "「": "」", "＜": "＞", "〈": "〉", "{": "}"}
MAX_BRACKET_WORDS = 7
# What stands behind a mark, by its first character.
_MARKED = {":": "colon", "：": "colon", ".": "stop", ")": "stop", "—": "dash", "–": "dash"}
_CJK_SENTENCE = re.compile(r"[。、！？，]")


def bracketed(text: str, found: re.Match[str], words: TurnWords, *, glued: bool) -> Opener | None:
    label = tidy(found[2])
    case = case_of(label)
    if found[3] not in _PAIRS[found[1]] or not label or words.is_aside(label):
        return None
    if case == "small" or (case == "cjk" and (_CJK_SENTENCE.search(label) or len(label) > 20)):
        return None
    if case != "cjk":
        small = [word for word in label.split(",")[0].split() if word[0].islower() and word not in words.inner]
        if small or len(label.split()) > MAX_BRACKET_WORDS:
            return None
    start, end = found.start(2), found.end(2)
    rank = words.rank(label) if case != "cjk" else "titled"
    return Opener(start, end, found.end(), label, "bracket", case, rank, "bracket", glued, label_key(label))


def marked(text: str, found: re.Match[str], *, glued: bool) -> Opener | None:
    start, end = found.span("label")
    delimiter = found["delimiter"]
    kind = "space" if delimiter in " \u00a0" else _MARKED.get(delimiter[0], "gap")
    label = found["label"]
    return Opener(start, end, found.end(), label, "", "mark", "role", kind, glued, "a" if label[0] in "AR答" else "q")


def skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
