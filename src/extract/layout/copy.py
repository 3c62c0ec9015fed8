"""The reading copy: a raw text without what keeps a reader from its words, and the way back to the raw text.

Each stage looks at the text that the one before it left and gives edits; the map follows them. A text that is clean
is its own copy: ``text is raw``, and its map is one piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypedDict

from extract.layout.breaks import join_broken
from extract.layout.captions import find_captions
from extract.layout.characters import is_plain, mend_characters, swap_characters
from extract.layout.chats import find_chat
from extract.layout.furniture import find_furniture
from extract.layout.glued import part_glued
from extract.layout.marks import find_marks
from extract.layout.offsets import LABEL, Edit, OffsetMap, apply_edits

Stage = Callable[[str], Iterable[Edit]]
# In this order: characters first, as all others look at them; words are joined where no page head stands between.
STAGES: tuple[Stage, ...] = (find_captions, find_chat, part_glued, find_furniture, join_broken, find_marks)

# Kinds that fill lines of their own; the others (numbers of lines, footnotes' marks) stand inside lines of text.
LINE_FURNITURE = frozenset(("page_head", "page_number", "time_code", "repeated_caption", "system_message"))


class Furniture(TypedDict):
    """What was taken out of the running text: its kind, its span in the raw text, and the raw text there."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ReadingCopy:
    """``offsets`` leads from ``text`` to ``raw``; ``furniture`` stands in the order of the raw text.

    ``labels`` are names that the form of the file itself marks as speakers' (voices of captions, senders of messages).
    """

    raw: str
    text: str
    offsets: OffsetMap
    furniture: tuple[Furniture, ...] = ()
    labels: tuple[Furniture, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> ReadingCopy:
        """The copy after edits of its text, in order and without overlap; itself where there are none."""
        made = list(edits)
        if not made:
            return self
        found = [self._furniture(edit) for edit in made if edit.kind]
        taken = (*self.furniture, *(item for item in found if item["kind"] != LABEL))
        furniture = tuple(sorted(taken, key=lambda item: (item["start"], item["end"])))
        labels = (*self.labels, *(item for item in found if item["kind"] == LABEL))
        return ReadingCopy(self.raw, apply_edits(self.text, made), self.offsets.edited(made), furniture, labels)

    def _furniture(self, edit: Edit) -> Furniture:
        start, end = self.offsets.raw_start(edit.start), self.offsets.raw_end(edit.end)
        return {"kind": edit.kind, "start": start, "end": end, "text": self.raw[start:end]}


def read_copy(raw: str) -> ReadingCopy:
    """The reading copy of a raw text. Never raises; linear in the text."""
    copy = ReadingCopy(raw, raw, OffsetMap.identity(len(raw)))
    if not is_plain(raw):
        swapped = ReadingCopy(raw, swap_characters(raw), copy.offsets)
        copy = swapped.edited(mend_characters(swapped.text))
    for stage in STAGES:
        copy = copy.edited(stage(copy.text))
    return copy
