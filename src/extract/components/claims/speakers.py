"""Who asserts what stands at an offset: the innermost turn, quotation or report around it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

# Rows that begin before an offset and may still hold it: a longer list is no nesting.
MAX_LOOK_BACK = 400


class Speakers:
    """The turns of one Doc, looked up by offset."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = sorted(rows, key=lambda row: (row["start"], -row["end"]))
        self._starts = [row["start"] for row in self._rows]

    def around(self, offset: int) -> list[Mapping[str, Any]]:
        """The rows that hold an offset, the shortest first."""
        last = bisect_left(self._starts, offset + 1)
        holding = [row for row in self._rows[max(0, last - MAX_LOOK_BACK) : last] if row["end"] > offset]
        return sorted(holding, key=lambda row: int(row["end"] - row["start"]))

    def speaker(self, offset: int) -> str | None:
        """The name of who asserts it, ``None`` for the document's author."""
        return next((str(row["speaker"]) for row in self.around(offset) if row["speaker"]), None)
