"""Who holds an office that stands alone on a label: "PRIME MINISTER" beside "the Prime Minister, the Hon. J. Roe"."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from functools import lru_cache

from extract.components.speakers.roles import cased
from extract.lexicons import load
from extract.normalize.labels import tidy
from extract.normalize.names import surname, words
from extract.normalize.title_words import ADDRESS, DOMAIN, MODIFIER, OFFICE

_SHORT = {"pm": "prime minister", "dpm": "deputy prime minister", "vp": "vice president", "fm": "foreign minister"}
_NAME = r"(?-i:[A-ZÀ-Þ][\w’'-]*\.?(?:[\s\\_]{1,2}[A-ZÀ-Þ][\w’'-]*\.?){0,3})"
_HONOUR = r"(?:(?:the|rt\.?|right|hon\.?|honou?rable|mr\.?|mrs\.?|ms\.?|dr\.?|sir|senator)[\s\\_,]+){0,4}"
# "Prime Minister Roe", "the Prime Minister, the Hon. Jane Roe", "the Prime Minister. Mr Roe, good morning"
_BEHIND = (
    r"(?:(?P<straight>[ \\_]+)|(?P<comma>(?: of (?-i:[A-Z])\w+)?,\s+|\s?[-–—(]\s?)|(?P<stop>[.:]\s))"
    rf"(?P<honour>{_HONOUR})(?P<name>{_NAME})"
)
_BEFORE = re.compile(r"(?:former|then|ex|shadow|late|previous|future)[\s-]+(?:\w+\s)?$", re.IGNORECASE)
_CALENDAR = frozenset((*calendar.day_name, *calendar.month_name))
HEAD_CHARS = 1_200
HEAD_WEIGHT = 4
MAX_MENTIONS = 200


def holder_of(office: str, text: str, strangers: frozenset[str]) -> str | None:
    """The name of the one person whom the text calls by an office, most in its head; ``None`` if it is not plain.

    ``strangers``: the words of the names of those who have labels of their own.
    """
    wanted = _SHORT.get(office.casefold().rstrip("."), office.casefold().removeprefix("the "))
    if not wanted or len(wanted) < 4:
        return None
    written = re.escape(wanted).replace(r"\ ", r"[\s\\_]+")
    pattern = re.compile(rf"\b{written}{_BEHIND}", re.IGNORECASE)
    votes: Counter[str] = Counter()
    forms: dict[str, list[str]] = {}
    for number, found in enumerate(pattern.finditer(text)):
        if number >= MAX_MENTIONS:
            break
        if _BEFORE.search(text, max(0, found.start() - 24), found.start()) or _longer(text, found.start()):
            continue
        name = _bare(found["name"])
        if name is None or not strangers.isdisjoint(words(name)):
            continue
        honoured = bool(re.search(r"\b(?:hon|mr|mrs|ms|dr|sir|senator)", found["honour"], re.IGNORECASE))
        if not found["straight"] and not honoured and (found["stop"] or " " not in name):
            continue
        key = surname(name)
        lead = text[max(0, found.start() - 8) : found.start()].casefold()
        votes[key] += HEAD_WEIGHT * (2 if "by " in lead else 1) if found.start() < HEAD_CHARS else 1
        forms.setdefault(key, []).append(name)
    # "Hon. Jane Roe [chairman of the committee] presiding"
    behind = re.compile(rf"(?P<name>{_NAME})[\s,]{{1,3}}[\[(](?:the )?{written}\b[^\])\n]{{0,60}}[\])]", re.IGNORECASE)
    for found in behind.finditer(text[:HEAD_CHARS]):
        name = _bare(found["name"])
        if name and " " in name and strangers.isdisjoint(words(name)):
            votes[surname(name)] += HEAD_WEIGHT
            forms.setdefault(surname(name), []).append(name)
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return max(forms[ranked[0][0]], key=lambda name: (len(name.split()), len(name)))


def _longer(text: str, start: int) -> bool:
    """Is the office part of a longer one: "Deputy | Prime Minister", "Vice | President"?"""
    before = text[max(0, start - 16) : start].rstrip(" _\\").rsplit(" ", 1)[-1].rsplit("\n", 1)[-1].casefold()
    return before in ("deputy", "vice", "acting", "assistant", "prime", "foreign", "shadow")


def _bare(written: str) -> str | None:
    """The name without letters behind it and without the words of the next clause."""
    parts: list[str] = []
    for word in re.split(r"[\s\\_]+", written.strip()):
        low = word.casefold().strip(".,’'")
        if low in ("mp", "ac", "qc", "joins", "and", "i", "the", "hon", "honourable") and parts:
            break
        if low in OFFICE or low in ADDRESS or low in MODIFIER or low in DOMAIN or low in _plain() or word in _CALENDAR:
            if parts:
                break
            if low in ADDRESS:
                continue
            return None
        parts.append(word)
        if word.endswith(".") and len(word) > 2:
            break
    name = tidy(" ".join(parts)).removesuffix("'s").removesuffix("’s")
    return cased(name) if len(name) > 2 and not all(len(part.rstrip(".")) == 1 for part in parts) else None


@lru_cache(maxsize=1)
def _plain() -> frozenset[str]:
    return frozenset(row["word"] for row in load("en/plain_words", {"word": "text", "kind": "word|acronym"}))
