"""Quotation marks paired by kind: which characters open and close a quotation, and which are only apostrophes.

Pure functions over a text and the bounds of its paragraphs. A mark is read by its shape and by its two neighbours
(blank, letter, digit, punctuation), as typographers' manuals describe their use: the Chicago Manual of Style 6.9 to
6.11 and 13.30 (a paragraph that goes on with a quotation opens with a mark, only the last one closes), and the
Unicode Standard 6.2, table 6-2, for the marks of other languages. Time is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

OPEN, CLOSE = "open", "close"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: ``start`` and ``end`` with its marks, ``inner_start`` and ``inner_end`` without them.

    ``kind`` names the marks; ``closed`` is false where the paragraph ends first (or another quotation begins);
    ``continues`` is true where a paragraph opens again what the one before left open; ``depth`` 0 is the outermost.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    kind: str
    closed: bool = True
    continues: bool = False
    depth: int = 0


@dataclass(slots=True)
class _Mark:
    """A character (or doubled character) that may be a mark; ``roles`` holds what its neighbours let it be."""

    start: int
    end: int
    kind: str
    roles: frozenset[str]
    sure: bool = True


_MARKS = re.compile(r"``|''|,,(?=\w)|‘‘|’’|[“”„‟\"＂‘’‚'`«»‹›「」『』]")
_FIXED = {"«": ("guillemet", OPEN), "»": ("guillemet", CLOSE), "‹": ("guillemet1", OPEN), "›": ("guillemet1", CLOSE)}
_CORNER = {"「": ("corner", OPEN), "」": ("corner", CLOSE), "『": ("corner2", OPEN), "』": ("corner2", CLOSE)}
# Words that begin with an apostrophe for letters left out, and decades ("'80s", "class of '99").
_ELISION = re.compile(
    r"['‘’](?:\d\ds?\b(?!['’\d])|(?:em|til|tis|twas|twere|cause|bout|round|cos|coz|ere|neath|n)\b)", re.IGNORECASE
)
_DOUBLE = frozenset({"double", "low", "straight", "latex"})
# Single marks are a quotation only if they close within so many characters: beyond it an apostrophe is likelier.
MAX_SINGLE_CHARACTERS = 3000
MAX_OPEN = 50


def pair_marks(text: str, paragraphs: Iterable[tuple[int, int]] | None = None) -> list[Quotation]:
    """All quotations of ``text`` in text order, nested ones (``depth`` > 0) included.

    ``paragraphs`` are the bounds of the paragraphs, in order (default: the whole text is one). No quotation crosses
    the end of its paragraph. Nothing is raised on any text.
    """
    found: list[Quotation] = []
    left_open: str | None = None
    for start, end in [(0, len(text))] if paragraphs is None else paragraphs:
        pairs = _pair_paragraph(text, start, end)
        first = pairs[0] if pairs else None
        if left_open and first and first.kind == left_open and not text[start : first.start].strip():
            pairs[0] = replace(first, continues=True)
        if text[start:end].strip():
            last = max((q for q in pairs if q.depth == 0), key=lambda q: q.start, default=None)
            left_open = last.kind if last and not last.closed and last.end == _rstrip(text, start, end) else None
        found.extend(pairs)
    return found


def outermost(quotations: Iterable[Quotation]) -> list[Quotation]:
    """Only the quotations that stand in no other one."""
    return [quotation for quotation in quotations if quotation.depth == 0]


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _pair_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    marks = list(_read_marks(text, start, end))
    if not marks:
        return []
    closers = _closer_positions(marks)
    pairs = _match(text, marks, closers, (start, _rstrip(text, start, end)))
    return _with_depth(pairs)


def _read_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARKS.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        mark = _read_mark(text, match, before, after)
        if mark is not None:
            yield mark


def _read_mark(text: str, match: re.Match[str], before: str, after: str) -> _Mark | None:
    shape, at, to = match.group(), match.start(), match.end()
    if shape in _FIXED or shape in _CORNER:
        return _angle_mark(shape, at, to, before, after)
    if shape in "„‟‚" or shape == ",,":
        return _Mark(at, to, "low1" if shape == "‚" else "low", frozenset({OPEN}))
    if shape in ("``", "‘‘"):
        return _Mark(at, to, "latex", frozenset({OPEN}))
    if shape in "“”":
        return _curly_mark(shape, at, to, before, after)
    if shape in ('"', "＂", "''", "’’"):
        return _straight_mark(at, to, shape, before, after)
    return _single_mark(text, match, before, after)


def _angle_mark(shape: str, at: int, to: int, before: str, after: str) -> _Mark | None:
    kind, role = _FIXED.get(shape) or _CORNER[shape]
    if shape in "»«" and not before.isspace() and after.isspace() and role == OPEN:
        role = CLOSE  # German books turn the marks inward: »so«
    elif shape in "»«" and before.isspace() and _opens(before, after):
        role = OPEN
    return _Mark(at, to, kind, frozenset({role}))


def _curly_mark(shape: str, at: int, to: int, before: str, after: str) -> _Mark:
    opens, closes = _opens(before, after), _closes(before, after)
    if shape == "“":
        # Also closes what „ opened; a mark typed the wrong way round follows a word.
        return _Mark(at, to, "double", frozenset({CLOSE} if closes and not opens else {OPEN}))
    return _Mark(at, to, "double", frozenset({OPEN} if opens and not closes else {CLOSE}))


def _straight_mark(at: int, to: int, shape: str, before: str, after: str) -> _Mark:
    roles = {role for role, fits in ((OPEN, _opens(before, after)), (CLOSE, _closes(before, after))) if fits}
    # A digit before a straight mark: inches, seconds, unless a quotation waits to be closed.
    sure = not (before.isdigit() and len(shape) == 1)
    if before in ",:" and after == " ":
        roles.add(OPEN)  # a blank in the wrong place: said," It is
    return _Mark(at, to, "straight", frozenset(roles or {OPEN, CLOSE}), sure)


def _single_mark(text: str, match: re.Match[str], before: str, after: str) -> _Mark | None:
    shape, at, to = match.group(), match.start(), match.end()
    if (before.isalnum() and after.isalnum()) or _ELISION.match(text, at):
        return None
    if shape in "‘`":
        return _Mark(at, to, "single", frozenset({OPEN})) if _opens(before, after) else None
    opens = shape == "'" and _opens(before, after)
    closes = not before.isspace() and not after.isalnum()
    if not opens and not closes:
        return None
    # After s (plural possessive), after n (a dropped g) and after a digit (feet) the mark may be no quotation mark.
    sure = not (before in "sSnz" or before.isdigit())
    return _Mark(at, to, "single", frozenset({OPEN} if opens else {CLOSE}), sure)


def _opens(before: str, after: str) -> bool:
    return (before.isspace() or before in "([{—–-/“‘\"'`«:>*_„…") and not after.isspace() and after not in ".,;!?)"


def _closes(before: str, after: str) -> bool:
    return not before.isspace() and before not in "([{" and not after.isalnum()


def _closer_positions(marks: Sequence[_Mark]) -> dict[str, list[int]]:
    """By kind, the indexes of marks that can only close and surely do."""
    found: dict[str, list[int]] = {}
    for index, mark in enumerate(marks):
        if mark.roles == {CLOSE} and mark.sure:
            found.setdefault(mark.kind, []).append(index)
    return found


def _next_after(positions: Sequence[int], index: int) -> int | None:
    place = bisect_left(positions, index + 1)
    return positions[place] if place < len(positions) else None


@dataclass(slots=True)
class _State:
    """What is open while a paragraph is read, and what has been paired."""

    stack: list[_Mark]
    pairs: list[Quotation]
    nested: frozenset[str]


def _match(text: str, marks: list[_Mark], closers: dict[str, list[int]], bounds: tuple[int, int]) -> list[Quotation]:
    state = _State([], [], _balanced(marks))
    next_single_open = _next_openers(marks)
    for index, mark in enumerate(marks):
        if _closes_two_singles(state, mark):
            _close(state, _single_half(mark.start))
            _close(state, _single_half(mark.start + 1))
        elif CLOSE in mark.roles and _can_close(state, mark, index, marks, closers, next_single_open):
            _close(state, mark)
        elif OPEN in mark.roles:
            _open(text, state, mark, index, marks)
    _close_rest(state, bounds[1])
    return sorted(state.pairs, key=lambda pair: (pair.start, -pair.end))


def _closes_two_singles(state: _State, mark: _Mark) -> bool:
    """Two single marks side by side that close a quotation and the one in it, not the doubled mark of typewriters."""
    doubled = mark.kind == "straight" and mark.end - mark.start == 2 and CLOSE in mark.roles
    return doubled and [opened.kind for opened in state.stack[-2:]] == ["single"] * 2


def _single_half(start: int) -> _Mark:
    return _Mark(start, start + 1, "single", frozenset({CLOSE}))


def _balanced(marks: Sequence[_Mark]) -> frozenset[str]:
    """The kinds with as many openers as closers: only there may a quotation stand in one of its own kind."""
    kinds = {mark.kind for mark in marks} - {"straight"}
    opened = {kind: sum(mark.kind == kind and mark.roles == {OPEN} for mark in marks) for kind in kinds}
    closed = {kind: sum(mark.kind == kind and mark.roles == {CLOSE} for mark in marks) for kind in kinds}
    return frozenset(kind for kind in kinds if opened[kind] == closed[kind] or kind == "single")


def _next_openers(marks: Sequence[_Mark]) -> list[int]:
    """For every mark the index of the next single mark that opens (the number of marks if there is none)."""
    found, nearest = [0] * len(marks), len(marks)
    for index in range(len(marks) - 1, -1, -1):
        found[index] = nearest
        if marks[index].kind == "single" and OPEN in marks[index].roles:
            nearest = index
    return found


def _can_close(
    state: _State,
    mark: _Mark,
    index: int,
    marks: list[_Mark],
    closers: dict[str, list[int]],
    next_single_open: list[int],
) -> bool:
    waiting = next((opened for opened in reversed(state.stack) if _fits(opened, mark)), None)
    if waiting is None or mark.start == waiting.end:
        return False
    if mark.sure:
        return True
    if mark.kind == "single":
        better = _next_after(closers.get("single", ()), index)
        return better is None or better > next_single_open[index]
    # A straight mark after a digit closes, unless the next straight one can only close.
    following = next((other for other in marks[index + 1 : index + 6] if other.kind == "straight"), None)
    return following is None or CLOSE not in following.roles


def _fits(opened: _Mark, mark: _Mark) -> bool:
    if opened.kind == mark.kind:
        return True
    if opened.kind in _DOUBLE and mark.kind in _DOUBLE:
        return opened.kind != "straight" or mark.kind == "double"
    return opened.kind == "low1" and mark.kind == "single"


def _close(state: _State, mark: _Mark) -> None:
    while state.stack:
        opened = state.stack.pop()
        if _fits(opened, mark):
            if opened.kind != "single" or mark.start - opened.end <= MAX_SINGLE_CHARACTERS:
                state.pairs.append(Quotation(opened.start, mark.end, opened.end, mark.start, opened.kind))
            return


def _open(text: str, state: _State, mark: _Mark, index: int, marks: list[_Mark]) -> None:
    if mark.kind == "straight" and CLOSE in mark.roles:
        # Nothing is open that it could close: inches, or an opener that only another mark can prove.
        following = next((other for other in marks[index + 1 : index + 6] if other.kind == "straight"), None)
        if not mark.sure or (mark.roles != {OPEN} and (following is None or following.roles == {OPEN})):
            return
    same = next((opened for opened in state.stack if opened.kind == mark.kind), None)
    if same is not None and mark.kind not in state.nested and mark.kind != "single":
        end = _rstrip(text, same.end, mark.start)
        if end > same.end:
            state.pairs.append(Quotation(same.start, end, same.end, end, same.kind, closed=False))
        del state.stack[state.stack.index(same) :]
    state.stack.append(mark)
    if len(state.stack) > MAX_OPEN:
        # So many marks wait in vain that the first was an apostrophe; a short stack keeps the work linear.
        del state.stack[0]


def _close_rest(state: _State, end: int) -> None:
    """A double quotation left open ends with its paragraph; a single mark left open was an apostrophe."""
    outer = next((opened for opened in state.stack if opened.kind in _DOUBLE), None)
    if outer is not None and end > outer.end:
        state.pairs.append(Quotation(outer.start, end, outer.end, end, outer.kind, closed=False))


def _with_depth(pairs: list[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    ends: list[int] = []
    for pair in pairs:
        while ends and ends[-1] <= pair.start:
            ends.pop()
        found.append(replace(pair, depth=len(ends)) if ends else pair)
        ends.append(pair.end)
    return found
