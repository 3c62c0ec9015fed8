"""What is read: the text with link targets and emphasis blanked out, and the bounds of its paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,200}(?:\n[^\[\]\n]{0,200}){0,3})\]"
    r"\([^\s()]{1,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,2000})?\)"
)
_EMPHASIS = re.compile(r"(?<!\w)_(?=\w)|(?<=[\w.,;:!?)])_(?!\w)")
_BREAK = re.compile(r"\n[ \t\r\f\v\u00a0]*(?:\n[ \t\r\f\v\u00a0]*)+")
_OPENER = re.compile(r"[ \t]*(?:[-*•·▪–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])[ \t]+|\t| {4,}")
# Lines are taken as wrapped by a machine where (nearly) none is longer than this many characters.
WRAP_CHARACTERS = 110
# Fewer lines than this, followed by another line, show no width; a line of this share of the width is full.
WRAP_LINES = 3
FULL_LINE_SHARE = 0.75
WRAPPED_SHARE = 0.3
# Share of the widest line below which a line that ends a sentence ends its paragraph too.
SHORT_LINE_SHARE = 0.7


def reading_view(text: str) -> str:
    """``text`` with Markdown link targets and asterisks as blanks: the same length, the same offsets."""
    if "](" in text:
        text = _LINK.sub(_blank_link, text)
    if "_" in text:
        text = _EMPHASIS.sub(" ", text)
    return text.replace("*", " ").replace("\u00a0", " ")


def _blank_link(match: re.Match[str]) -> str:
    if match.group(1).isdigit():  # the mark of a footnote
        return " " * len(match.group())
    shown_at = match.start(1) - match.start()
    return " " * shown_at + match.group(1) + " " * (match.end() - match.end(1))


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The bounds of the paragraphs between two offsets, blank ones left out.

    A blank line always ends a paragraph. A single line break does so too, unless the lines are wrapped by a machine.
    """
    found: list[tuple[int, int]] = []
    blocks: list[tuple[int, int]] = []
    at = start
    for match in _BREAK.finditer(text, start, end):
        blocks.append((at, match.start()))
        at = match.end()
    blocks.append((at, end))
    widest = _wrap_width(text[start:end])
    for block_start, block_end in blocks:
        found.extend(_block_paragraphs(text, block_start, block_end, widest))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _wrap_width(text: str) -> int:
    """The width that a machine wrapped the lines to; 0 where line breaks are the author's own.

    Wrapped lines are short and of nearly one width, but for the last of a paragraph.
    """
    lines = [len(" ".join(line.split())) for line in text.split("\n")]
    filled = [width for width, following in pairwise(lines) if width and following]
    if len(filled) < WRAP_LINES:
        return 0
    widest = sorted(filled)[int(len(filled) * 0.95)]
    full = sum(width >= FULL_LINE_SHARE * widest for width in filled)
    return widest if widest <= WRAP_CHARACTERS and full >= WRAPPED_SHARE * len(filled) else 0


def _block_paragraphs(text: str, start: int, end: int, widest: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = line_start = start
    while (line_end := text.find("\n", line_start, end)) >= 0:
        if not _is_soft(text, line_start, line_end, end, widest):
            found.append((at, line_end))
            at = line_end + 1
        line_start = line_end + 1
    found.append((at, end))
    return found


def _is_soft(text: str, line_start: int, line_end: int, end: int, widest: int) -> bool:
    """Whether a line break only wraps the line."""
    if line_end + 1 >= end:
        return False
    line = text[line_start:line_end].rstrip()
    following = text[line_end + 1 : line_end + 200].lstrip(" \t")[:1]
    if following.islower():
        return True
    if not widest:
        return False
    hanging = len(line) - len(line.lstrip()) > 0 or _OPENER.match(line) is not None
    if _OPENER.match(text, line_end + 1, end) and not hanging:
        return False
    if _OPENER.match(text, line_end + 1, end) and text[line_end + 1 : end][:8].lstrip()[:1] in "-•·▪*(":
        return False
    ends_sentence = line[-1:] in ".!?\"”’':" and len(line) < SHORT_LINE_SHARE * widest
    return not ends_sentence
