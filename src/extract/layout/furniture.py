"""Running heads and feet, page and line numbers: what a page's lines hold beside its text.

A line is taken for a page's where its own form says so ("[[Page S713]]", "- 2 -"), where lines of one form count the
pages and stand in the middle of sentences, or where a line comes back beside such marks. A label of a speaker comes
back too, but between sentences. What stands at the top of the document stays: it is its head.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
# Heads and feet are the first and last so many lines of a page; this share of all lines of their form stands there.
EDGE_LINES = 2
MIN_EDGE_SHARE = 0.75
# A record with numbered lines numbers this many of them in a row, and this share of all that have a number.
MIN_NUMBERED_RUN = 20
MIN_COUNTING_SHARE = 0.75
MAX_FIGURE_SHARE = 0.25
MIN_WRAPPED_SHARE = 0.2
MAX_LINE_NUMBER = 60

# Numbered paragraphs are longer than this on average; items of a list are not.
MIN_PARAGRAPH_CHARS = 120

_MARK = re.compile(
    r"\[\[?\s*page\s+\w{1,12}(?:-\d+)?\s*\]?\]|[-–—~]{1,3}\s*page\s+\d{1,4}\s*[-–—~]{0,3}"
    r"|page\s+\d{1,4}(?:\s+of\s+\d{1,4})?",
    re.I,
)
_DASHED = re.compile(r"[-–—~]{1,3}\s*(\d{1,3})\s*[-–—~]{0,3}")
_SHEET_NUMBER = re.compile(r"\d{1,4}")
# Years in a row, each alone on a line, are headings of a history, no numbers of pages.
_YEAR_HEADING = re.compile(r"1[5-9]\d\d|20\d\d")
_PARAGRAPH_MARK = re.compile(r"(?:\[(?=\d+\])|\(?¶\s?)(?P<number>\d{1,3})[\]).]?[ \t]+(?=\S)")
_FOOTNOTE_MARK = re.compile(r"[^\s(\[][ ]?\[\d{1,3}\]")
_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?:(?P<gap>[ \t]+)(?P<rest>\S.*))?\Z")


def find_furniture(text: str) -> list[Edit]:
    """Edits that take page furniture out of the running text, each with its kind."""
    lines = page_lines(text)
    pages = {*_marks(lines), *_dashed_numbers(lines)}
    numbers = _line_numbers(lines)
    kinds = dict.fromkeys(pages, "page_number") | _heads(lines, pages, pages | set(numbers))
    alone = {index: "line_number" for index in numbers if lines[index].text.isdigit()}
    taken = take_out(text, lines, alone | kinds)
    glued = _glued_numbers(text, [lines[index] for index in numbers if index not in alone and index not in kinds])
    return sorted((*taken, *glued, *(() if numbers else _paragraph_marks(text, lines))))


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


def _heads(lines: Sequence[PageLine], pages: set[int], known: set[int]) -> dict[int, str]:
    """Lines that count the pages or come back word for word, where they stand inside sentences or beside such lines."""
    counting, repeated = _counting_lines(lines, known), _repeated_lines(lines, known)
    others = known.union(*counting, *repeated)
    heads = [found for found in (*counting, *repeated) if _mostly_inside(lines, found, others)]
    heads += [found for found in counting if _all_alone(lines, found, others)]
    heads += _fed_heads(lines, known)
    pages = pages.union(*heads)
    for found in repeated:
        beside = [index for index in found if _beside_page(lines, index, pages)]
        enough = len(beside) >= MIN_REPEATS or len(beside) == len(found) - 1  # the first one may head the document
        if enough and len(beside) >= MIN_INSIDE_SHARE * len(found):
            heads.append(beside)
    return {index: "page_number" if _has_no_letter(lines[index]) else "page_head" for found in heads for index in found}


def _fed_heads(lines: Sequence[PageLine], known: set[int]) -> list[list[int]]:
    """Lines of one form at the edges of pages that form feeds part; a speaker's label also stands elsewhere."""
    starts = [index for index, line in enumerate(lines) if line.new_page and index]
    if not starts:
        return []
    bounds = [0, *starts, len(lines)]
    edges = {
        index
        for first, last in pairwise(bounds)
        if last - first >= MIN_PAGE_LINES
        for index in (*range(first, min(first + EDGE_LINES, last)), *range(max(first, last - EDGE_LINES), last))
    }
    forms: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index not in known and len(line.text) <= MAX_HEAD_CHARS and not line.text[0].islower():
            forms[_SHEET_NUMBER.sub("#", line.text)].append(index)
    at_edges = ((found, [index for index in found if index in edges]) for found in forms.values())
    return [kept for found, kept in at_edges if len(kept) > 1 and len(kept) >= MIN_EDGE_SHARE * len(found)]


def _counting_lines(lines: Sequence[PageLine], known: set[int]) -> list[list[int]]:
    """Lines of one form whose number counts up, pages apart."""
    forms: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        number = _SHEET_NUMBER.search(line.text) if len(line.text) <= MAX_HEAD_CHARS and index not in known else None
        if number and not _YEAR_HEADING.fullmatch(line.text):
            forms[line.text[: number.start()] + "#" + line.text[number.end() :]].append((index, int(number[0])))
    runs = (_counting(found) for found in forms.values())
    return [run for run in runs if len(run) >= MIN_REPEATS]


def _repeated_lines(lines: Sequence[PageLine], known: set[int]) -> list[list[int]]:
    """Lines that come back word for word and may be heads of pages, nearly wherever they stand."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if index not in known and len(line.text) <= MAX_HEAD_CHARS and not line.text[0].islower():
            places[line.text].append(index)
    repeated = (found for found in places.values() if len(found) >= MIN_REPEATS)
    heads = ((found, [index for index in found if _may_head(lines, index)]) for found in repeated)
    return [kept for found, kept in heads if len(kept) >= max(MIN_REPEATS, MIN_EDGE_SHARE * len(found))]


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


def _may_head(lines: Sequence[PageLine], index: int) -> bool:
    """It holds letters, and is set apart or in capitals."""
    line = lines[index]
    apart = line.new_page or line.gap or (index + 1 < len(lines) and lines[index + 1].gap) or line.text.isupper()
    return bool(apart) and any(map(str.isalpha, line.text))


def _all_alone(lines: Sequence[PageLine], found: Sequence[int], others: set[int]) -> bool:
    """Bare numbers, each set apart from the text around it: chapters would have names, and cells neighbours."""
    behind = (index + 1 in others or index + 1 == len(lines) or lines[index + 1].gap for index in found)
    before = (index - 1 in others or lines[index].gap for index in found)
    return all(lines[index].text.isdigit() for index in found) and all(before) and all(behind)


def _has_no_letter(line: PageLine) -> bool:
    return not any(map(str.isalpha, line.text))


def _beside_page(lines: Sequence[PageLine], index: int, pages: set[int]) -> bool:
    after = lines[index + 1].new_page if index + 1 < len(lines) else False
    return lines[index].new_page or after or index - 1 in pages or index + 1 in pages


def _mostly_inside(lines: Sequence[PageLine], found: Sequence[int], others: set[int]) -> bool:
    """Most of these lines stand where a sentence goes on behind them; other lines of pages are looked past."""
    inside = 0
    for index in found:
        before, after = index - 1, index + 1
        while before in others:
            before -= 1
        while after in others:
            after += 1
        if before >= 0 and after < len(lines):
            inside += goes_on(lines[before], lines[after])
    return inside >= MIN_INSIDE_SHARE * len(found)


def _line_numbers(lines: Sequence[PageLine]) -> list[int]:
    """The lines that begin with their number on the page, in a record whose pages number their lines."""
    numbered = {
        index: int(match["number"])
        for index, line in enumerate(lines)
        if (match := _NUMBERED.match(line.text)) and 1 <= int(match["number"]) <= MAX_LINE_NUMBER
    }
    before = run = longest = 0
    counting: list[int] = []
    for index, number in numbered.items():
        step = number - before
        run = run + 1 if step == 1 else run if step == 2 else 1
        longest = max(longest, run)
        if step in (1, 2) or number == 1:
            counting.append(index)
        before = number
    if longest < MIN_NUMBERED_RUN or len(counting) < MIN_COUNTING_SHARE * len(numbered):
        return []
    return counting if _tells_words(lines, set(counting)) else []


def _tells_words(lines: Sequence[PageLine], numbered: set[int]) -> bool:
    """Beside the numbers of lines sentences go on, or there are words alone; in a table there would be figures."""
    rests = [line.text.lstrip("0123456789 ") if at in numbered else line.text for at, line in enumerate(lines)]
    filled = [rest for rest in rests if rest]
    if sum(rest[0].islower() for rest in filled) >= MIN_WRAPPED_SHARE * len(filled):
        return True
    return sum(any(map(str.isdigit, rest)) for rest in filled) <= MAX_FIGURE_SHARE * len(filled)


def _glued_numbers(text: str, lines: Sequence[PageLine]) -> Iterator[Edit]:
    """Edits that take numbers off the lines behind them; what the lines are indented beyond that stays."""
    found = [(line, match) for line in lines if (match := _NUMBERED.match(line.text))]
    gap = min((len(match["gap"]) for _, match in found), default=0)
    for line, match in found:
        start = text.rfind("\n", 0, line.start) + 1
        if start < line.start:
            yield Edit(start, line.start)
        yield Edit(line.start, line.start + match.end("number"), "", "line_number")
        yield Edit(line.start + match.end("number"), line.start + match.end("number") + gap)


def _paragraph_marks(text: str, lines: Sequence[PageLine]) -> list[Edit]:
    """The numbers in front of paragraphs: they count up through the document, and no footnote's mark answers them."""
    found = [(line, match) for line in lines if (match := _PARAGRAPH_MARK.match(line.text))]
    counting = all(int(to[1]["number"]) == int(at[1]["number"]) + 1 for at, to in pairwise(found))
    if len(found) < MIN_REPEATS or not counting or _FOOTNOTE_MARK.search(text):
        return []
    spread = found[-1][0].start - found[0][0].start
    if found[0][0].start > len(text) / 2 or spread < MIN_PARAGRAPH_CHARS * (len(found) - 1):
        return []
    return [Edit(line.start, line.start + match.end(), "", "paragraph_mark") for line, match in found]
