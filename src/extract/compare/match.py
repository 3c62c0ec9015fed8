"""Matching the rows of one document in two runs by meaning: same place, same kind, same value; then their differences.

Offsets of the old text are carried over to the new one, so that a line added above changes nothing below.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from extract.compare.changes import FieldChange
from extract.tables.schema import ID_COLUMNS, schema

Row = Mapping[str, Any]
# what follows from other columns or from the run itself is no change of its own
_DERIVED = frozenset(
    (
        *("doc_id", "run_id", "pipeline_version", "processed_at", "index", "start", "end", "text", "sentence"),
        *("n_chars", "n_turns", "n_entities", "n_dates", "n_claims", "cluster_id", "segment_id"),
    )
)
_REFERENCES = {"turn_id": "turns", "linked_claim_id": "claims"}
_KIND_COLUMN = {"turns": "kind", "entities": "label", "dates": "type", "claims": "kind", "segments": "kind"}
_VALUE_COLUMNS = ("value_min", "value", "canonical", "speaker", "unit")
# A pair must overlap by this share of the shorter span: less is another row nearby.
MIN_OVERLAP = 0.3
# lines longer than this are aligned as a whole: aligning their characters costs the square of their length
_MAX_ALIGNED_LINE = 2_000


class OffsetMap:
    """Carries offsets of the old text over to the new text; within a changed line to the nearest place."""

    def __init__(self, old: str, new: str) -> None:
        self._is_same = old == new
        self._starts: list[int] = []
        self._blocks: list[tuple[int, int, int, int]] = []
        if not self._is_same:
            self._align(old, new)

    def _align(self, old: str, new: str) -> None:
        old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
        old_at, new_at = _line_starts(old_lines), _line_starts(new_lines)
        for _, a1, a2, b1, b2 in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
            self._add(old, new, (old_at[a1], old_at[a2], new_at[b1], new_at[b2]))
        self._starts = [block[0] for block in self._blocks]

    def _add(self, old: str, new: str, block: tuple[int, int, int, int]) -> None:
        a1, a2, b1, b2 = block
        if a1 == a2:
            return
        if old[a1:a2] == new[b1:b2] or max(a2 - a1, b2 - b1) > _MAX_ALIGNED_LINE:
            self._blocks.append(block)
            return
        for _, c1, c2, d1, d2 in SequenceMatcher(None, old[a1:a2], new[b1:b2], autojunk=False).get_opcodes():
            if c1 != c2:
                self._blocks.append((a1 + c1, a1 + c2, b1 + d1, b1 + d2))

    def at(self, offset: int) -> int:
        """The offset in the new text."""
        if self._is_same or not self._blocks:
            return offset
        a1, a2, b1, b2 = self._blocks[max(0, bisect_right(self._starts, offset) - 1)]
        if a2 - a1 == b2 - b1:
            return b1 + offset - a1
        return b1 + round((offset - a1) * (b2 - b1) / max(1, a2 - a1))

    def span(self, row: Row) -> tuple[int, int]:
        """Start and end of an old row in the new text."""
        start = self.at(row["start"])
        return start, max(start + 1, self.at(row["end"] - 1) + 1)


def _line_starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def pair_rows(table: str, old: Sequence[Row], new: Sequence[Row], offsets: OffsetMap) -> list[tuple[Row, Row]]:
    """One-to-one pairs of rows that mean the same: first same span and kind, then the best overlap."""
    if table == "documents":
        return list(zip(old, new, strict=True))
    pairs, old_left, new_left = _same_span(table, old, new, offsets)
    options = sorted(_options(table, old_left, new_left, offsets), key=lambda option: (-option[0], option[1:]))
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, i, j in options:
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((old_left[i], new_left[j]))
    return pairs


def _same_span(
    table: str, old: Sequence[Row], new: Sequence[Row], offsets: OffsetMap
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    waiting: dict[tuple[int, int, str], list[Row]] = {}
    for row in new:
        waiting.setdefault((row["start"], row["end"], kind_of(table, row)), []).append(row)
    pairs: list[tuple[Row, Row]] = []
    old_left: list[Row] = []
    for row in old:
        same = waiting.get((*offsets.span(row), kind_of(table, row)))
        if same:
            pairs.append((row, same.pop(0)))
        else:
            old_left.append(row)
    return pairs, old_left, [row for rows in waiting.values() for row in rows]


def _options(table: str, old: Sequence[Row], new: Sequence[Row], offsets: OffsetMap) -> list[tuple[float, int, int]]:
    """(how well they fit, index in old, index in new) of all that overlap, found by a sweep over both."""
    by_start = sorted(range(len(new)), key=lambda j: new[j]["start"])
    starts = [new[j]["start"] for j in by_start]
    longest = max((row["end"] - row["start"] for row in new), default=0)
    options = []
    for i, row in enumerate(old):
        start, end = offsets.span(row)
        first = bisect_right(starts, start - longest - 1)
        for place in range(first, bisect_right(starts, end - 1)):
            j = by_start[place]
            fit = _fit(table, row, (start, end), new[j])
            if fit > 0:
                options.append((fit, i, j))
    return options


def _fit(table: str, old: Row, span: tuple[int, int], new: Row) -> float:
    inside = min(span[1], new["end"]) - max(span[0], new["start"])
    shorter = min(span[1] - span[0], new["end"] - new["start"])
    if inside <= 0 or inside < MIN_OVERLAP * shorter:
        return 0.0
    union = max(span[1], new["end"]) - min(span[0], new["start"])
    same_kind = kind_of(table, old) == kind_of(table, new)
    values = [name for name in _VALUE_COLUMNS if name in old and old[name] is not None]
    same_values = sum(old[name] == new[name] for name in values) / len(values) if values else 0.0
    return float(inside / union) + (1.0 if same_kind else 0.0) + 0.5 * same_values


def kind_of(table: str, row: Row) -> str:
    """The row's kind, label or type; of a document its genre."""
    return str(row[_KIND_COLUMN.get(table, "genre")])


def differences(
    table: str, old: Row, new: Row, offsets: OffsetMap, same_ids: Mapping[str, Mapping[str, str]]
) -> tuple[FieldChange, ...]:
    """The fields that differ. ``same_ids``: per table, the new id of each matched old row."""
    found = []
    if table != "documents":
        found += _span_change(old, new, offsets)
    elif old["sha256"] != new["sha256"] and old["text"] != new["text"]:
        found.append(FieldChange("text", *_excerpts(old["text"], new["text"]), "text changed"))
    for name in schema(table).names:
        if name in _DERIVED or name == ID_COLUMNS[table] or name == "sha256":
            continue
        before, after = old[name], new[name]
        if name in _REFERENCES and before is not None:
            before = same_ids.get(_REFERENCES[name], {}).get(before, before)
        if before != after and not _is_close(before, after):
            found.append(FieldChange(name, old[name], after, _kind(name, before, after)))
    return tuple(found)


def _is_close(before: Any, after: Any) -> bool:
    both = isinstance(before, float) and isinstance(after, float)
    return both and abs(before - after) <= 1e-9 * max(abs(before), abs(after))


def _kind(name: str, before: Any, after: Any) -> str:
    name = "value" if name in ("value_min", "value_max") else name
    if name == "speaker" and before is None:
        return "speaker resolved"
    if before is None:
        return f"{name} found"
    return f"{name} lost" if after is None else f"{name} changed"


def _span_change(old: Row, new: Row, offsets: OffsetMap) -> list[FieldChange]:
    before, after = offsets.span(old), (new["start"], new["end"])
    if before == after or (old.get("text") == new.get("text") and "text" in old):
        return []
    if after[0] <= before[0] and before[1] <= after[1]:
        kind = "span grew"
    elif before[0] <= after[0] and after[1] <= before[1]:
        kind = "span shrank"
    else:
        kind = "span moved"
    texts = [row.get("text") or f"{row['start']}–{row['end']}" for row in (old, new)]
    return [FieldChange("span", texts[0], texts[1], kind)]


def _excerpts(old: str, new: str, around: int = 40) -> tuple[str, str]:
    """The two texts about the first place where they differ."""
    length = min(len(old), len(new))
    at = next((i for i in range(length) if old[i] != new[i]), length)
    start = max(0, at - around)
    return old[start : at + around], new[start : at + around]
