"""Labels of speakers as strings: how they are written, and what they say. Pure functions; no string raises.

A label is what stands beside the words of a speaker in a record of talks: "MR. ROE", "Mr. BROWN of Ohio",
"Jane Roe (Minister of Trade)", "Prime Minister", "総理", "Q".
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from extract.normalize.title_words import ADDRESS, OFFICE, SMALL_WORDS

_SPACE = re.compile(r"\s+")
_PAREN = re.compile(r"[(（\[]([^()（）\[\]]{1,160})[)）\]]")
_CLOCK = re.compile(r"[\[(]?\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[ap]\.?m\.?)?[\])]?", re.IGNORECASE)
_EDGE = " \t\n\r\f\v.,:;：—–―-*_|>»<#　"
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_APPOSED = re.compile(r"\s*(?:,\s+|\s--?\s|\s[—–―]\s|--)")
# "Mr.Roe"
_FUSED = re.compile(
    r"(?<=\b(?:Mr|Ms|Dr|MR|MS|DR))\.(?=[^\W\d_])|(?<=\b(?:Mrs|MRS|Hon|HON|Sen|SEN|Rep|REP))\.(?=[^\W\d_])"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SEAT = re.compile(r"\s+of\s+[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,3}$")


class LabelParts(NamedTuple):
    """``head``: the label without brackets, clock and apposition; ``inside``: what stood in brackets or behind a comma
    or dash (a name, an office, an electorate), in order."""

    head: str
    inside: tuple[str, ...]


def tidy(text: str) -> str:
    """One line, single-spaced, no punctuation or markup at the ends: "MR. \\nROE\\n" → "MR. ROE"."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip(_EDGE)


def _without_brackets(label: str) -> tuple[str, list[str]]:
    """The label without what stands in brackets, and that, the outer brackets first: "Chair (Jane Roe (Corran))"."""
    inside: list[str] = []
    while found := _PAREN.findall(label):
        inside = [*(tidy(part) for part in found), *inside]
        label = _PAREN.sub(" ", label)
    return label, inside


def split_label(label: str) -> LabelParts:
    """ "Jane Roe (Minister of Trade, CPC)" → ("Jane Roe", ("Minister of Trade, CPC",)); a clock time is dropped.

    "Jane Roe -- Chief Executive Officer" and "Jane Roe, Minister of Trade" are split as well; "Roe, Jane" is turned
    into "Jane Roe".
    """
    bare, inside = _without_brackets(label)
    text = _FUSED.sub(". ", tidy(_CLOCK.sub(" ", bare)))
    cut = _APPOSED.search(text)
    if cut and cut.start() > 0:
        head, tail = text[: cut.start()], tidy(text[cut.end() :])
        if "," in cut.group() and _is_given(head, tail):
            text = f"{tail} {head}"
        else:
            text = head
            inside.insert(0, tail)
    return LabelParts(tidy(text), tuple(part for part in inside if part and not _CLOCK.fullmatch(part)))


def shown_label(label: str) -> str:
    """The label as it goes into tables: as written, without brackets, clock time and what is said of the speaker.

    "Mr ROE (Corran—Minister) (2.05 pm)" → "Mr ROE", "Jane Roe -- Chief Executive Officer" → "Jane Roe"; "Roe, Jane"
    stays, and so does a Japanese label, whose brackets hold the name. Never empty for a label with a letter outside
    brackets.
    """
    if _CJK.search(label):
        return tidy(label)
    text = tidy(_CLOCK.sub(" ", _without_brackets(label)[0]))
    cut = _APPOSED.search(text)
    if cut and cut.start() > 0 and not ("," in cut.group() and _is_given(text[: cut.start()], tidy(text[cut.end() :]))):
        text = text[: cut.start()]
    return tidy(text) or tidy(label)


def _is_given(head: str, tail: str) -> bool:
    """Is it a family name before a given name ("Roe, Jane")? One or two words on each side, nothing of an office."""
    names = tail.split()
    if any(word.strip(".").casefold() in ADDRESS or word.strip(".").casefold() in OFFICE for word in head.split()):
        return False
    if head.isupper() and " " in head:  # "JANE ROE, HOST"
        return False
    if len(head.split()) > 3 or not 1 <= len(names) <= 2:
        return False
    return all(
        name[:1].isupper() and name.rstrip(".").casefold() not in ("jr", "sr") and len(name) > 1 for name in names
    )


def case_of(label: str) -> str:
    """How the name in a label is written: ``cjk``, ``capitals`` ("Mr. BROWN of Ohio"), ``capitalised`` or ``small``."""
    if _CJK.search(label):
        return "cjk"
    head = _SEAT.sub("", _PAREN.sub(" ", label))
    words = [word for word in _LETTERS.findall(head) if word.casefold() not in SMALL_WORDS]
    if not words:
        words = _LETTERS.findall(head)
    if not words:
        return "small"
    if all(_in_capitals(word) for word in words) and any(len(word) > 1 for word in words):
        return "capitals"
    if words[0][0].isupper() or head.lstrip()[:1].isupper():
        return "capitals" if all(len(w) == 1 for w in words) else "capitalised"
    return "small"


def _in_capitals(word: str) -> bool:
    """ "BROWN", and "McCLURE", "DeLAY": no small letter behind the second capital."""
    return word.isupper() or bool(re.fullmatch(r"(?:Mc|Mac|De|Di|Le|La|Van|Fitz|O)[A-Z]{2,}", word))


def label_key(label: str) -> str:
    """What two labels of one speaker share: head in small letters, no article, no full stops."""
    head = split_label(label).head.casefold().replace(".", "")
    head = _SPACE.sub(" ", head).strip()
    return head.removeprefix("the ")
