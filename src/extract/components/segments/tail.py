"""What follows and interrupts the text of a zone: site chrome, teasers, bibliographies, notes, page heads.

Only strong signs take text out of the body: a line of the boilerplate lexicon, a heading with what it announces under
it, a run of entries that no running text looks like. A zone of chrome ends where running text resumes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.segments.patterns import boilerplate, header_key, is_reference, is_strict_reference
from extract.layout.lines import Unit

# Running text resumes in a related zone with this many paragraphs in a row: teasers have a headline between them.
RESUMING_PARAGRAPHS = 3
MIN_RESUMING_CHARS = 100
# A sentence of this length shows that the text goes on behind a line that is worded as chrome.
MIN_TEXT_CHARS = 70
# A list without a heading, at the end of a text, is a bibliography from this many entries on.
MIN_UNLABELLED_ENTRIES = 4
# Headings that also name parts of a text need more of what follows to look like entries.
AMBIGUOUS_HEADING = re.compile(
    r"notes?|sources?|anmerkungen|quellen|fuentes|fontes|出典|註|bronnen|external links|end ?notes|foot ?notes", re.I
)
MAX_SHORT_CHARS = 60
MAX_TEASER_CHARS = 250
MAX_NOTE_CHARS = 600

_PAGE_HEAD = re.compile(
    r"^\[\[Page [\w.-]+\]\]$|^\[(?:Page|Pages|p\.|pp\.) [\w–-]{1,12}\]$|^.{0,80}\b\d{1,4} of \d{1,4}$|"
    r"^(?:[A-Z][a-z]+ \d{1,2}(?:[–-]\d{1,2})?, \d{4})\s{3,}.*\d+$|^\s*Page \d{1,4}(?: of \d+)?$|^[-–—] ?\d{1,4} ?[-–—]$"
)
_NOTE_START = re.compile(r"^(\d{1,2})(?:\s|$)")
# A note in a list at the end: "1 Not printed.", "[2] See …", "[^3]: …", "* 4 A letter …"; the mark of the first.
_END_NOTE = re.compile(r"^[_*\s•-]{0,4}(?:\[\^?)?(\d{1,2})(?:\]:?|[.)])?\s+\S")
_FIRST_MARK = re.compile(r"\[\^?1\](?!:)|\(#f\w*1\)|[a-z.,;:”’\"')]1(?=[\s.,;:)]|$)")
_ARCHIVE = re.compile(r"^_?\[[^\[\]]{4,80}\]_?$")
_AMID_NOTES = re.compile(r"^(?:_?\[[^\[\]]{4,80}\]_?|[_*\s-]+)$")
_QUOTE = re.compile('["“”「」]')
_SAID = re.compile(r"\b(?:said|says|told|added|asked|replied)\b")


class Tail:
    """Assigns a kind to every unit from ``first`` to ``last`` of a zone's text."""

    def __init__(self, text: str, units: Sequence[Unit], first: int, last: int) -> None:
        self.text, self.units, self.first, self.last = text, units, first, last
        self.kinds: dict[int, str] = dict.fromkeys(range(first, last), "body")
        self.markers: dict[int, str] = {}
        self.text_ahead: list[bool] = []

    def read(self) -> dict[int, str]:
        """Kinds by unit index: body, related, references, footer, header (page heads, document data)."""
        self._find_markers()
        self._look_ahead()
        index = self.first
        while index < self.last:
            kind = self.markers.get(index)
            index = self._take(index, kind) if kind else index + 1
        self._unlabelled_references()
        self._footnotes()
        self._end_notes()
        self._before_chrome()
        self._after_credit()
        return self.kinds

    def _find_markers(self) -> None:
        for index in range(self.first, self.last):
            unit = self.units[index]
            if _PAGE_HEAD.match(unit.text):
                self.kinds[index] = "header"
            elif len(unit.text) <= 900 and not unit.turn_opener and (found := boilerplate().match(unit)):
                self.markers[index] = found[0]

    def _take(self, index: int, kind: str) -> int:
        """Give a marker's zone its kind; the index behind it."""
        if kind == "related":
            return self._take_related(index)
        if kind == "references":
            return self._take_references(index)
        if kind == "end":
            return index + 1
        if kind == "header":
            return self._take_data(index)
        if kind == "footer" and self._goes_on(index + 1):
            del self.markers[index]  # a heading of the text that is worded as chrome is ("Terms")
            return index + 1
        self.kinds[index] = "footer"
        end = index + 1
        while end < self.last and end not in self.markers and self._is_chrome_rest(end):
            self.kinds[end] = "footer"
            end += 1
        return end

    def _is_chrome_rest(self, index: int) -> bool:
        """Short lines behind chrome are chrome where no running text follows any more."""
        unit = self.units[index]
        return not unit.prose and not unit.turn_opener and len(unit.text) <= 120 and not self._goes_on(index)

    def _look_ahead(self) -> None:
        """For every unit: does running text follow, from it on, before a zone of another kind?"""
        self.text_ahead = [False] * (self.last - self.first + 1)
        for index in range(self.last - 1, self.first - 1, -1):
            unit = self.units[index]
            if self.markers.get(index) in ("related", "references"):
                continue
            own = unit.turn_opener or (unit.prose and len(unit.text) >= MIN_TEXT_CHARS)
            self.text_ahead[index - self.first] = (index not in self.markers and own) or self._goes_on(index + 1)

    def _goes_on(self, index: int) -> bool:
        return self.text_ahead[index - self.first]

    def _take_related(self, index: int) -> int:
        """A box of teasers: to the end, or to where running text resumes."""
        end = index + 1
        run = 0
        while end < self.last and self.markers.get(end) not in ("footer", "interrupt", "header", "references"):
            unit = self.units[end]
            if unit.turn_opener:
                run = RESUMING_PARAGRAPHS
            elif unit.prose and len(unit.text) >= MIN_RESUMING_CHARS:
                run += 1
            else:
                run = 0
            end += 1
            if run >= RESUMING_PARAGRAPHS:
                break
        if run >= 2:
            end = self._resume(index, end)
        self._fill(index, end, "related")
        return end

    def _resume(self, index: int, end: int) -> int:
        """Back over the paragraphs of running text that have shown that the text goes on."""
        while end > index + 1 and (self.units[end - 1].prose or self.units[end - 1].turn_opener):
            end -= 1
        return end

    def _take_references(self, index: int) -> int:
        entries = [at for at in range(index + 1, min(index + 9, self.last)) if at not in self.markers]
        share = sum(is_reference(self.units[at]) for at in entries) / len(entries) if entries else 0.0
        heading = self.units[index].look.strip(" :=.")
        needed = 0.6 if AMBIGUOUS_HEADING.fullmatch(heading) else 0.4
        if share < needed or not entries:
            return index + 1
        end, strangers = index + 1, 0
        while end < self.last and self.markers.get(end) not in ("footer", "interrupt", "related"):
            unit = self.units[end]
            strangers = strangers + 1 if unit.prose and not is_reference(unit) and len(unit.text) > 200 else 0
            end += 1
            if strangers >= RESUMING_PARAGRAPHS:
                end -= strangers
                break
        self._fill(index, end, "references")
        return end

    def _take_data(self, index: int) -> int:
        """ "Document Information" and the lines of data under it."""
        end = index + 1
        while (
            end < self.last
            and end not in self.markers
            and len(self.units[end].text) <= 300
            and not self.units[end].turn_opener
        ):
            end += 1
        if self._goes_on(end) and end - index > 6:
            return index + 1
        self._fill(index, end, "header")
        return end

    def _fill(self, start: int, end: int, kind: str) -> None:
        for at in range(start, end):
            self.kinds[at] = kind

    def _unlabelled_references(self) -> None:
        """A run of strict entries at the end of the text, without a heading."""
        body = [at for at in range(self.first, self.last) if self.kinds[at] == "body"]
        run = 0
        while run < len(body) and is_strict_reference(self.units[body[-1 - run]]):
            run += 1
        if run >= MIN_UNLABELLED_ENTRIES and len(body) - run >= 2:
            for at in body[-run:]:
                self.kinds[at] = "references"

    def _footnotes(self) -> None:
        """Notes at the foot of a page: numbered lines before a page break, their number set in the text above."""
        index = self.first + 1
        while index < self.last:
            if self.units[index].gap >= 4 and self.kinds[index - 1] == "body":
                start = self._note_start(index)
                if start is not None:
                    self._fill(start, index, "references")
            index += 1

    def _end_notes(self) -> None:
        """Notes at the end of the whole text, from 1 on, the first one's mark set in the text above."""
        body = [at for at in range(self.first, self.last) if self.kinds[at] == "body"]
        notes = self._numbered_at_end(body)
        start = notes[-1][0] if notes else None
        counted = [number for _, number in notes] == list(range(len(notes), 0, -1))
        above = (self.units[self.first].start, self.units[start].start) if start is not None else (0, 0)
        if start is None or not counted or not _FIRST_MARK.search(self.text, *above):
            return
        while start - 1 > self.first and _AMID_NOTES.match(self.units[start - 1].text):
            start -= 1
        self._fill(start, body[-1] + 1, "references")

    def _numbered_at_end(self, body: Sequence[int]) -> list[tuple[int, int]]:
        """The numbered lines that end the text, the last first, down to number 1: (unit, number)."""
        notes: list[tuple[int, int]] = []
        since = 0
        for at in reversed(body[1:]):
            text = self.units[at].text
            note = _END_NOTE.match(text)
            since = 0 if note or _ARCHIVE.match(text) else since + len(text)
            if note:
                notes.append((at, int(note[1])))
            if since > MAX_NOTE_CHARS or (note and notes[-1][1] == 1):
                break
        return notes

    def _note_start(self, index: int) -> int | None:
        """The first unit of the note that ends before ``index``, or ``None``."""
        length = 0
        for at in range(index - 1, max(self.first, index - 40), -1):
            length += len(self.units[at].text)
            if length > MAX_NOTE_CHARS or (at < index - 1 and self.units[at + 1].gap):
                return None
            number = _NOTE_START.match(self.units[at].text)
            if number:
                end = self.units[at].start
                above = self.text[max(0, end - 6000) : end]
                mark = re.search(rf"[.,;:!?a-z”\"’)]\s?{number[1]}(?=\s|$)", above)
                return at if mark else None
        return None

    def _before_chrome(self) -> None:
        """Short lines right before the chrome that ends a document belong to it: image texts, names of boxes."""
        chrome = [
            at for at, kind in self.markers.items() if kind in ("footer", "interrupt") and self.kinds[at] == "footer"
        ]
        ends = [at for at in chrome if at > self.first and not self._goes_on(at + 1)]
        if not ends:
            return
        index = min(ends) - 1
        for at in range(index, max(self.first, index - 5), -1):
            unit = self.units[at]
            plain = not unit.turn_opener and not unit.prose and not unit.ends_sentence and not header_key(unit)
            if (
                self.kinds[at] != "body"
                or not plain
                or len(unit.text) > MAX_SHORT_CHARS
                or unit.text[:1] in "([（「-•*"
            ):
                return
            if re.search(r"\d[\d.,]*\s?(?:%|percent|million|billion)|[$€£¥]\s?\d", unit.text):
                return
            self.kinds[at] = "footer"

    def _after_credit(self) -> None:
        """Behind an article's last line ("This article was written by …") come other articles' teasers."""
        ends = [at for at, kind in self.markers.items() if kind == "end" and self.kinds[at] == "body"]
        if not ends:
            return
        start, end = self.units[self.first].start, self.units[self.last - 1].end
        if self.units[max(ends)].start < start + 0.5 * (end - start):
            return
        rest = [at for at in range(max(ends) + 1, self.last) if self.kinds[at] == "body"]
        if not rest or len(rest) > 0.4 * (self.last - self.first) or not all(map(self._is_teaser, rest)):
            return
        for at in rest:
            self.kinds[at] = "related"

    def _is_teaser(self, index: int) -> bool:
        unit = self.units[index]
        spoken = _QUOTE.search(unit.look) and _SAID.search(unit.look)
        return len(unit.text) <= MAX_TEASER_CHARS and not spoken and not unit.turn_opener
