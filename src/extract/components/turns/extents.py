"""Where the words of a turn end: before the next label, without what the record adds behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.components.turns.scanner import Opener
from extract.components.turns.words import turn_words

_LINE = re.compile(r"[^\n]+")
_ENDS = re.compile(r"[.?!。！？…—–-][\"'”’»」』)\]*_]*\s*$")
_HEADING_SMALL = frozenset(
    ["of", "the", "and", "for", "on", "in", "to", "a", "an", "by", "with", "at", "or", "de", "la", "from"]
)
# A page head inside a turn is short; a zone of document data that ends the talks is not.
SHORT_HEAD_CHARS = 120
# Behind the last word in its line: tags, a stage direction or a noise in brackets, the stamp of a page and its date.
_TAIL = re.compile(
    r"(?:\s*</?(?:p|li|div|td|tr|span|br ?/?)>)+\s*\Z|"
    r"(?<=[.?!…”\"’)\]])\s{0,3}[(\[{][^()\[\]{}\n]{3,60}[)\]}][\s.]*\Z|"
    r"(?<=[。？！」）])\s{0,3}（[^（）\n]{1,30}）\s*\Z|"
    r"(?<=[.?!…”\"—–-])\s*(?:[-–—]\s?\d{1,3}\s?[-–—])?\d{1,2}/\d{1,2}(?:-\d{1,2})?(?:-\d{1,2}/\d{1,2})?/\d{2,4}(?:\s?[-–—]\s?\d{1,3}\s?[-–—])?\s*\Z|"
    r"(?<=[.?!…”\"—–-])[-–—]\s?\d{1,3}\s?[-–—]\s*\Z"
)
_NUMBER = re.compile(r"\d{1,3}\.\s+")
TAIL_CHARS = 80
MAX_HEADING_WORDS = 7
MAX_TAIL_LINES = 400
# A stamp of several lines is no longer than this.
STAMP_CHARS = 200
_ENDING_KINDS = ("title", "summary", "attendees", "related")


def turn_end(text: str, opener: Opener, limit: int, *, last: bool) -> int:
    """The end of the last word of the turn. ``limit``: the next label, or the end of the zone of talks."""
    start = opener.text_start
    end = _closed(text, start, limit, last=last)
    end = _trimmed(text, start, end)
    return max(end, start)


def zone_end(opener: Opener, limit: int, segments: Sequence[Mapping[str, Any]]) -> tuple[int, bool]:
    """The end of the zone that a turn stands in, at most ``limit``; and whether the zone, not the next label, ends it.

    Page heads and footnotes in between do not end it; another title, language, summary or list does.
    """
    own = next((s for s in segments if s["start"] <= opener.text_start < s["end"]), None)
    end = limit
    rest = [s for s in segments if opener.text_start < s["start"] < limit]
    for number, segment in enumerate(rest):
        body_follows = any(s["kind"] == "body" and _same_language(s, own) for s in rest[number + 1 :])
        if _ends_talk(segment, own, body_follows):
            end = int(segment["start"])
            break
    return end, end < limit


def _same_language(segment: Mapping[str, Any], own: Mapping[str, Any] | None) -> bool:
    return own is None or segment["language"] == own["language"]


def _ends_talk(segment: Mapping[str, Any], own: Mapping[str, Any] | None, body_follows: bool) -> bool:
    kind = segment["kind"]
    if kind == "body":
        return not _same_language(segment, own)
    if kind in _ENDING_KINDS:
        return True
    short = segment["end"] - segment["start"] <= SHORT_HEAD_CHARS
    if kind == "header":
        return not (short and body_follows)
    return not body_follows


def _closed(text: str, start: int, limit: int, *, last: bool) -> int:
    """The first line that puts something else into the record, or, behind the last label, closes it."""
    words = turn_words()
    for line in _LINE.finditer(text, start, limit):
        said = line.group().strip()
        if line.start() > start and said and (words.insert.match(said) or (last and words.close.match(said))):
            return line.start()
    return limit


def _trimmed(text: str, start: int, end: int) -> int:
    """Without the lines at the end that nobody says: headings, stage directions, page heads, stamps."""
    for _ in range(MAX_TAIL_LINES):
        while end > start and (
            text[end - 1].isspace() or (text[end - 1] in "*_<>#|" and text[end - 2 : end - 1].isspace())
        ):
            end -= 1
        tail = _TAIL.search(text, max(start, end - TAIL_CHARS), end)
        if tail and tail.start() > start:
            end = tail.start()
            continue
        begin = text.rfind("\n", start, end) + 1
        if begin <= start:
            return _without_lead(text, start, end)
        if not _is_furniture(text, start, begin, end):
            return _without_lead(text, start, end)
        end = begin
    return end


def _without_lead(text: str, start: int, end: int) -> int:
    """Without an opening bracket or clock of the next label at the end of the line."""
    tail = text[max(start, end - 24) : end]
    found = re.search(r"\s(?:[(（\[【「〈]|\*\*|[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?(?:\s[-–—])?|<v)$", tail)
    return end - (len(tail) - found.start()) if found else end


def _is_furniture(text: str, start: int, begin: int, end: int) -> bool:
    line = text[begin:end].strip()
    if not line or re.fullmatch(r"[\W_]+", line) or line.startswith(("<", "{time}")):
        return True
    words = turn_words()
    if words.page.match(line) or words.close.match(line):
        return True
    apart = text[max(start, begin - 2) : begin].count("\n") >= 2 or not text[max(start, begin - 3) : begin].strip()
    if words.note.match(line):
        return apart or not line.startswith(("(", "["))
    if _is_heading(line):
        return apart or _in_stamp(text, start, begin)
    return apart and _is_plain_heading(line) and bool(_ENDS.search(text[max(start, begin - 12) : begin]))


def _in_stamp(text: str, start: int, begin: int) -> bool:
    """Are the lines above it, up to a blank one, stamps or headings too?"""
    block = text[max(start, begin - STAMP_CHARS) : begin].rstrip("\n").split("\n")
    lines: list[str] = []
    for line in reversed(block):
        if not line.strip():
            return all(turn_words().page.match(above) or _is_heading(above) for above in lines)
        lines.append(line.strip())
    return False


def _is_plain_heading(line: str) -> bool:
    """ "Other business" behind a finished sentence: a few words that end none and speak to nobody."""
    line = _NUMBER.sub("", line)
    return (
        line[:1].isupper()
        and len(line.split()) <= MAX_HEADING_WORDS
        and bool(re.fullmatch(r"[\w’' -]+(?:\([^()]+\))?", line))
        and not turn_words().talk.search(line)
    )


def _is_heading(line: str) -> bool:
    """Short, no end of a sentence, in capitals or with capitalised words."""
    if len(line) > 90 or _ENDS.search(line[-6:]) or line.endswith((",", ";")):
        return False
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    if len(words) < 1 or len(words) > 12:
        return False
    plain = [word for word in words if word.casefold() not in _HEADING_SMALL]
    return bool(plain) and all(word[0].isupper() for word in plain) and (len(words) > 1 or line.isupper())
