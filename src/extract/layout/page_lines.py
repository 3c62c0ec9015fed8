"""The lines of a text as they lie on its pages, and the taking out of some of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.layout.offsets import Edit

_LINE = re.compile(r"[^\n]+")
_BLANKS = " \t\r\f\v\u3000"
_OPEN_END = re.compile(r"[\w,;%’'\"”)-]\Z")
_SENTENCE_END = re.compile(r"[.!?:。！？][\"'”’»)\]]*\Z")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line that is not blank, without its blank ends. A blank line (``gap``) or a form feed may stand before it."""

    start: int
    end: int
    text: str
    gap: bool
    new_page: bool


def page_lines(text: str) -> list[PageLine]:
    """The lines of a text that are not blank, in order."""
    lines: list[PageLine] = []
    fed = False
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip(_BLANKS)
        fed = fed or "\f" in line
        if stripped:
            start = match.start() + len(line) - len(line.lstrip(_BLANKS))
            gap = bool(lines) and text.count("\n", lines[-1].end, start) > 1
            lines.append(PageLine(start, start + len(stripped), stripped, gap, fed))
            fed = False
    return lines


def ends_sentence(line: str) -> bool:
    """The line ends as a sentence does, perhaps with a mark that closes a quotation or a bracket."""
    return _SENTENCE_END.search(line) is not None


def goes_on(before: PageLine, after: PageLine) -> bool:
    """A sentence of the one line goes on in the other, whatever stands between them."""
    return bool(_OPEN_END.search(before.text)) and not ends_sentence(before.text) and after.text[0].islower()


def take_out(text: str, lines: Sequence[PageLine], kinds: dict[int, str]) -> Iterator[Edit]:
    """Edits that take out the lines whose indexes ``kinds`` names, with the blank lines around them.

    Where a sentence goes on behind them, its next line follows directly; elsewhere a paragraph's end stays one. What
    stands before the first line that is kept stays too: it is the head of the document.
    """
    for first, last in _runs(sorted(kinds)):
        if first == 0:
            continue
        before = lines[first - 1]
        after = lines[last + 1] if last + 1 < len(lines) else None
        if after is None:
            gap = ""
        elif goes_on(before, after):
            gap = "\n"
        else:
            gap = "\n\n" if _has_blank_line(text, before.end, after.start, lines[first : last + 1]) else "\n"
        yield Edit(before.end, lines[first].start, gap)
        for index in range(first, last + 1):
            line = lines[index]
            yield Edit(line.start, line.end, "", kinds[index])
            end = lines[index + 1].start if index + 1 < len(lines) else len(text)
            if line.end < end and (index < last or after is not None):
                yield Edit(line.end, _line_start(text, end) if index == last else end, "")


def _line_start(text: str, offset: int) -> int:
    """Where the line of ``offset`` starts: its indent shows a paragraph, and stays."""
    return text.rfind("\n", 0, offset) + 1


def _has_blank_line(text: str, start: int, end: int, taken: Iterable[PageLine]) -> bool:
    bounds = [start, *(bound for line in taken for bound in (line.start, line.end)), end]
    return any(text.count("\n", a, b) > 1 for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def _runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of indexes that follow upon each other."""
    first = last = -1
    for index in indexes:
        if index != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = index
        last = index
    if first >= 0:
        yield first, last
