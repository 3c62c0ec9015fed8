"""Turns of a document whose own form marks its speakers: voices of captions, senders of messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.components.rows import TurnRow

_DELIMITER = re.compile(r"[ \t]*:\s*")


def given_turns(text: str, labels: Sequence[Mapping[str, Any]]) -> list[TurnRow]:
    """A turn for each label that words follow, up to the next label. ``labels`` have offsets in the text, in order."""
    rows: list[TurnRow] = []
    for number, label in enumerate(labels):
        delimiter = _DELIMITER.match(text, label["end"])
        start = delimiter.end() if delimiter else label["end"]
        limit = labels[number + 1]["start"] if number + 1 < len(labels) else len(text)
        end = start + len(text[start:limit].rstrip())
        if end > start:
            rows.append(_row(label, start, end))
    return rows


def _row(label: Mapping[str, Any], start: int, end: int) -> TurnRow:
    return TurnRow(
        kind="turn", start=start, end=end, label=label["text"].strip(), label_start=label["start"],
        label_end=label["end"], speaker=None, role=None, side=None, cue=None, rule="given label",
    )  # fmt: skip
