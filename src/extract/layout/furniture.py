"""Running heads and feet, page and line numbers: what a page's lines hold beside its text.

A line is taken for a page's where its own form says so ("[[Page S713]]", "- 2 -"), where lines of one form count the
pages and stand in the middle of sentences, or where a line comes back beside such marks. A label of a speaker comes
back too, but between sentences. What stands at the top of the document stays: it is its head.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extract.layout.offsets import Edit
from extract.layout.page_lines import PageLine, goes_on, page_lines, take_out

# No head of a page is longer.
MAX_HEAD_CHARS = 90
MAX_MARK_CHARS = 40
# A page named within so many lines of the start is where the document was found.
MAX_HEAD_LINES = 12
# So often must a line come back before its coming back says anything.
MIN_REPEATS = 3
# Pages hold more lines than this: what counts up more quickly is a list.
MIN_PAGE_LINES = 8
# Of the places where a page's line is thought to stand, this share must be inside a sentence.
MIN_INSIDE_SHARE = 0.5
# A record with numbered lines numbers this many of them in a row, and this share of all that have a number.
MIN_NUMBERED_RUN = 20
MIN_COUNTING_SHARE = 0.75
MAX_FIGURE_SHARE = 0.25
MAX_LINE_NUMBER = 60

_MARK = re.compile(
    r"\[\[?\s*page\s+\w{1,12}(?:-\d+)?\s*\]?\]|[-–—~]{1,3}\s*page\s+\d{1,4}\s*[-–—~]{0,3}"
    r"|page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    re.I,
)
_DASHED = re.compile(r"[-–—~]{1,3}\s*(\d{1,3})\s*[-–—~]{0,3}")
_SHEET_NUMBER = re.compile(r"\d{1,4}")
_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?:(?P<gap>[ \t]+)(?P<rest>\S.*))?\Z")


def find_furniture(text: str) -> list[Edit]:
    """Edits that take page furniture out of the running text, each with its kind."""
    lines = page_lines(text)
    kinds = dict.fromkeys((*_marks(lines), *_dashed_numbers(lines)), "page_number")
    numbers = _line_numbers(lines)
    kinds |= _counting_heads(lines, kinds | dict.fromkeys(numbers, ""))
    kinds |= _repeated_heads(lines, kinds)
    alone = {index: "line_number" for index in numbers if lines[index].text.isdigit()}
    taken = take_out(text, lines, kinds | alone)
    glued = (_glued_number(lines[index]) for index in numbers if index not in alone and index not in kinds)
    return sorted((*taken, *glued))


def _marks(lines: Sequence[PageLine]) -> list[int]:
    """Lines that say that they name a page; one alone among the first lines is part of the document's head."""
    found = [
        index for index, line in enumerate(lines) if len(line.text) <= MAX_MARK_CHARS and _MARK.fullmatch(line.text)
    ]
    return found[1:] if len(found) == 1 and found[0] < MAX_HEAD_LINES else found


def _dashed_numbers(lines: Sequence[PageLine]) -> list[int]:
    """Lines such as "- 2 -" that count the pages; a column of negative figures does not count so."""
    found = [(index, int(match[1])) for index, line in enumerate(lines) if (match := _DASHED.fullmatch(line.text))]
    apart = all(1 <= to[1] - at[1] <= 2 and to[0] - at[0] >= MIN_PAGE_LINES for at, to in pairwise(found))
    return [index for index, _ in found] if apart else []


def _counting_heads(lines: Sequence[PageLine], known: dict[int, str]) -> dict[int, str]:
    """Lines of one form whose number counts up, a page's length apart, and that stand inside sentences."""
    forms: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index in known or len(line.text) > MAX_HEAD_CHARS:
            continue
        number = _SHEET_NUMBER.search(line.text)
        if number:
            form = line.text[: number.start()] + "#" + line.text[number.end() :]
            forms[form].append((index, int(number[0])))
    kinds: dict[int, str] = {}
    for form, found in forms.items():
        run = _counting(found)
        if len(run) >= MIN_REPEATS and _mostly_inside(lines, run, known):
            kinds |= dict.fromkeys(run, "page_number" if form.strip(" .#") == "" else "page_head")
    return kinds


def _counting(found: Sequence[tuple[int, int]]) -> list[int]:
    """The longest run of lines whose numbers go up by one or two, pages apart."""
    best: list[int] = []
    run: list[tuple[int, int]] = []
    for index, number in found:
        steps = run and 1 <= number - run[-1][1] <= 2 and index - run[-1][0] >= MIN_PAGE_LINES
        run = [*run, (index, number)] if steps else [(index, number)]
        if len(run) > len(best):
            best = [at for at, _ in run]
    return best


def _repeated_heads(lines: Sequence[PageLine], pages: dict[int, str]) -> dict[int, str]:
    """Lines that come back word for word where pages end: beside their marks, or inside sentences."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index not in pages and len(line.text) <= MAX_HEAD_CHARS and _may_head(lines, index):
            places[line.text].append(index)
    kinds: dict[int, str] = {}
    for found in places.values():
        if len(found) < MIN_REPEATS:
            continue
        beside = [index for index in found if _beside_page(lines, index, pages)]
        if len(beside) >= MIN_REPEATS and len(beside) >= MIN_INSIDE_SHARE * len(found):
            kinds |= dict.fromkeys(beside, "page_head")
        elif _mostly_inside(lines, found, pages):
            kinds |= dict.fromkeys(found, "page_head")
    return kinds


def _may_head(lines: Sequence[PageLine], index: int) -> bool:
    """It holds letters, does not go on from the line before, and is set apart or in capitals."""
    line = lines[index]
    apart = line.new_page or line.gap or (index + 1 < len(lines) and lines[index + 1].gap) or line.text.isupper()
    return bool(apart) and not line.text[0].islower() and any(map(str.isalpha, line.text))


def _beside_page(lines: Sequence[PageLine], index: int, pages: dict[int, str]) -> bool:
    after = lines[index + 1].new_page if index + 1 < len(lines) else False
    return lines[index].new_page or after or index - 1 in pages or index + 1 in pages


def _mostly_inside(lines: Sequence[PageLine], found: Sequence[int], pages: dict[int, str]) -> bool:
    """Most of these lines stand where a sentence goes on behind them; other lines of pages are looked past."""
    others = pages.keys() | set(found)
    inside = 0
    for index in found:
        before, after = index - 1, index + 1
        while before in others:
            before -= 1
        while after in others:
            after += 1
        if before >= 0 and after < len(lines):
            inside += goes_on(lines[before], lines[after]) or lines[index].new_page
    return inside >= MIN_INSIDE_SHARE * len(found)


def _line_numbers(lines: Sequence[PageLine]) -> list[int]:
    """The lines that begin with their number on the page, in a record whose pages number their lines."""
    numbered: list[tuple[int, int]] = []
    figures = 0
    for index, line in enumerate(lines):
        match = _NUMBERED.match(line.text)
        if match and 1 <= int(match["number"]) <= MAX_LINE_NUMBER:
            numbered.append((index, int(match["number"])))
            figures += any(map(str.isdigit, match["rest"] or ""))
    run = longest = counting = 0
    kept: list[int] = []
    for (_, before), (index, number) in zip([(0, 0), *numbered], numbered, strict=False):
        step = number - before
        run = run + 1 if step == 1 else run if step == 2 else 1
        longest = max(longest, run)
        if step in (1, 2) or number == 1:
            counting += 1
            kept.append(index)
    enough = longest >= MIN_NUMBERED_RUN and counting >= MIN_COUNTING_SHARE * len(numbered)
    return kept if enough and figures <= MAX_FIGURE_SHARE * len(numbered) else []


def _glued_number(line: PageLine) -> Edit:
    match = _NUMBERED.match(line.text)
    assert match is not None
    return Edit(line.start, line.start + match.end("gap"), "", "line_number")
