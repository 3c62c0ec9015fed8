"""Captions of films (SubRip, WebVTT): the words without the cues' numbers and times, each voice as a label.

"<v Ann Roe>Good morning" becomes "Ann Roe: Good morning" where the voice changes. Words that go on in the next cue
stand on one line with it; a line that a rolling caption shows again is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.layout.offsets import LABEL, Edit
from extract.layout.page_lines import PageLine, ends_sentence, page_lines

TIME_CODE = "time_code"
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_CUE = re.compile(rf"(?P<start>{_TIME})[ \t]+-->[ \t]+(?P<end>{_TIME})(?:[ \t]\S.*)?")
_CLOCK = re.compile(r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}[\])]?")
_CLOCKS = re.compile(rf"(?m)\A\s*{_CLOCK.pattern}\s*$")
# So many lines that hold a time alone are captions, if the first is of the film's first minute.
MIN_CLOCKS = 3
MAX_FIRST_CLOCK_S = 60.0
_BLANK = re.compile(r"\s")
_TAG = re.compile(
    r"<v(?:\.[\w.]+)?[ \t]+(?P<voice>[^<>\n]{1,80})>|</?[a-zA-Z][^<>\n]{0,80}>|<[\d:.]+>|\{\\[^{}\n]{1,20}\}"
)
# A new speaker or a sound behind another's words.
_OPENER = re.compile(r"[-–>♪(\[]|[A-Z][\w .'’-]{0,40}:\s")
# A longer silence between two cues ends a line.
MAX_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class _Words:
    """A line of a cue: its words without tags, the voice named in it, and the times of its cue in seconds."""

    line: PageLine
    bare: str
    voice: str
    start_s: float
    end_s: float


def find_captions(text: str) -> list[Edit]:
    """Edits that make running text of captions; none where the text has no cues."""
    if "-->" not in text and not _CLOCKS.search(text):
        return []
    lines = page_lines(text)
    cues = [index for index, line in enumerate(lines) if _CUE.fullmatch(line.text)] or _clocks(lines)
    return list(_edits(text, lines, cues)) if cues else []


def _clocks(lines: Sequence[PageLine]) -> list[int]:
    """Lines that hold a time alone, counted from the start of a film; the hours of an agenda start later."""
    found = [index for index, line in enumerate(lines) if _CLOCK.fullmatch(line.text)]
    times = [_seconds(lines[index].text.strip("[]()")) for index in found]
    runs_on = len(found) >= MIN_CLOCKS and times == sorted(times) and times[0] < MAX_FIRST_CLOCK_S
    return found if runs_on and found[0] == 0 else []


def _edits(text: str, lines: Sequence[PageLine], cues: Sequence[int]) -> Iterator[Edit]:
    reached = 0
    before: _Words | None = None
    voice = ""
    for index, words in _lines(lines, cues):
        line = lines[index]
        if words is None or (before is not None and words.bare == before.bare):
            yield from _blank(reached, line.start)
            yield Edit(line.start, line.end, "", TIME_CODE if words is None else "repeated_caption")
            reached = line.end
            continue
        changes = bool(words.voice) and words.voice != voice
        yield from _blank(reached, line.start, "" if before is None else _gap(before, words, changes))
        yield from _untagged(line, voice)
        voice = words.voice or voice
        before, reached = words, line.end
    yield from _blank(reached, len(text.rstrip("\n")))


def _blank(start: int, end: int, gap: str = "") -> Iterator[Edit]:
    if start < end:
        yield Edit(start, end, gap)


def _lines(lines: Sequence[PageLine], cues: Sequence[int]) -> Iterator[tuple[int, _Words | None]]:
    """Every line, with its words where it has any: heads, numbers and times of cues have none."""
    times = set(cues)
    span = (0.0, 0.0)
    for index, line in enumerate(lines):
        cue = _CUE.fullmatch(line.text)
        if cue:
            span = _seconds(cue["start"]), _seconds(cue["end"])
        numbers_cue = index + 1 in times and (line.gap or index == 0) and not _BLANK.search(line.text)
        bare = " ".join(_TAG.sub("", line.text).split())
        if index in times or index < cues[0] or numbers_cue or not bare:
            yield index, None
        else:
            voices = [match["voice"].strip() for match in _TAG.finditer(line.text) if match["voice"]]
            yield index, _Words(line, bare, voices[-1] if voices else "", *span)


def _gap(before: _Words, words: _Words, changes: bool) -> str:
    apart = words.start_s - before.end_s > MAX_PAUSE_S or bool(_OPENER.match(words.bare))
    ended = ends_sentence(before.bare) and not before.voice
    return "\n" if changes or apart or ended else " "


def _untagged(line: PageLine, voice: str) -> Iterator[Edit]:
    """Edits that take tags out of a line; that of a new voice leaves the name as a label."""
    for tag in _TAG.finditer(line.text):
        start, end = line.start + tag.start(), line.start + tag.end()
        if tag["voice"] and tag["voice"].strip() != voice:
            yield Edit(start, line.start + tag.start("voice"))
            yield Edit(line.start + tag.start("voice"), end - 1, tag["voice"], LABEL)
            yield Edit(end - 1, end, ": ")
            voice = tag["voice"].strip()
        else:
            yield Edit(start, end)


def _seconds(time: str) -> float:
    seconds = 0.0
    for part in time.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds
