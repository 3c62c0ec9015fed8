"""A comparison for readers: claims first, one line a change, words against words, numbers as people write them.

What came or went with a document is one line. A change of a claim's value or unit is one line ("38.37 → 38.73 billion
USD"), whichever of its columns changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from extract.compare.changes import CHANGED, Change, FieldChange
from extract.normalize.written import written_number

SAME, OLD, NEW = "same", "old", "new"
Words = tuple[tuple[str, str], ...]
AMOUNT = ("value_min", "value_max", "unit")
# what a reader looks for first
_TABLES = ("claims", "turns", "dates", "entities", "documents", "segments")
_TOKEN = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*|\s+|.", re.DOTALL)
# Aligning words costs the square of their number; longer texts are shown as a whole, old and new.
_MOST_WORDS = 600


@dataclass(frozen=True)
class Line:
    """One changed thing of a row: its name, and old and new as words that stayed, went or came."""

    name: str
    words: Words


def in_reading_order(changes: Iterable[Change]) -> list[Change]:
    """Changed claims first, then claims that came or went, then the other tables; whole documents last."""
    whole: dict[tuple[str, str], list[Change]] = {}
    rest = []
    for change in changes:
        if change.with_document:
            whole.setdefault((change.doc_id, change.change), []).append(change)
        else:
            rest.append(change)
    rest.sort(key=lambda c: (_TABLES.index(c.table), c.change != CHANGED, c.is_minor, c.doc_id, c.start))
    return rest + [_whole(*key, some) for key, some in sorted(whole.items())]


def _whole(doc_id: str, change: str, rows: list[Change]) -> Change:
    """One line for a document that came or went, with the number of its rows."""
    counts = Counter(row.table for row in rows)
    listed = ", ".join(f"{table} {counts[table]:,}" for table in _TABLES if counts[table] and table != "documents")
    genre = next((row.kind for row in rows if row.table == "documents"), "")
    return Change("documents", doc_id, change, genre, "", 0, with_document=True, note=listed)


def lines(change: Change) -> list[Line]:
    """What changed in a row, a line each; the amount of a claim is one."""
    found = [Line("span", diff(str(f.old), str(f.new))) for f in change.fields if f.name == "span"]
    if change.amounts and any(f.name in AMOUNT for f in change.fields):
        found.append(Line("value", _ends(*change.amounts)))
    rest = [f for f in change.fields if f.name != "span" and not (change.amounts and f.name in AMOUNT)]
    return found + [Line(f.name, _field(f)) for f in rest]


def _field(change: FieldChange) -> Words:
    old, new = (written(value, change.name) for value in (change.old, change.new))
    has_words = isinstance(change.old, str) and isinstance(change.new, str) and " " in old and " " in new
    return diff(old, new) if has_words else _ends(old, new)


def written(value: Any, name: str = "") -> str:
    """A value for a reader: numbers as people write them, yes and no, lists with commas, dates as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}" if name == "confidence" else written_number(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _ends(old: str, new: str) -> Words:
    """Old and new without the words that both end in: ``38.37``, ``38.73``, `` billion USD``."""
    before, after = old.split(" "), new.split(" ")
    shared = 0
    while shared < min(len(before), len(after)) - 1 and before[-1 - shared] == after[-1 - shared]:
        shared += 1
    tail = " ".join(before[len(before) - shared :]) if shared else ""
    pieces = ((OLD, " ".join(before[: len(before) - shared])), (NEW, " ".join(after[: len(after) - shared])))
    return tuple(piece for piece in (*pieces, (SAME, f" {tail}" if tail else "")) if piece[1])


def diff(old: str, new: str) -> Words:
    """Two texts word by word."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > _MOST_WORDS:
        return tuple(piece for piece in ((OLD, old), (NEW, new)) if piece[1])
    found: list[tuple[str, str]] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(before[a1:a2])))
        else:
            found += [(OLD, "".join(before[a1:a2])), (NEW, "".join(after[b1:b2]))]
    return tuple(piece for piece in found if piece[1])
