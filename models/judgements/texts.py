"""Annotated texts that judgements may learn from: those of a folder with ``manifest.json``, and the project's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.components.document_samples import SAMPLES

OWN = "own samples"


@dataclass(frozen=True)
class Annotated:
    """One text with its gold (see the gold's README) and the source that it comes from; ``written``: made to be learnt
    from, not found."""

    source: str
    text: str
    gold: dict[str, Any]
    written: bool = False

    def body(self) -> str:
        """From the first character of its body to the last."""
        spans = [(row["start"], row["end"]) for row in self.gold["segments"] if row["kind"] == "body"]
        return self.text[min(start for start, _ in spans) : max(end for _, end in spans)] if spans else ""


def open_texts(folder: Path) -> Iterator[Annotated]:
    """The texts of the open set whose licence lets a shipped model learn from them, in the order of their names."""
    for entry in sorted(json.loads((folder / "manifest.json").read_text("utf-8")), key=lambda row: str(row["file"])):
        gold = folder / "gold-open" / f"{Path(entry['file']).stem}.json"
        if entry["set"] == "open" and entry["train"] and gold.is_file():
            raw = (folder / "open" / entry["file"]).read_text("utf-8-sig")
            yield Annotated(entry["source"], raw, json.loads(gold.read_text("utf-8")))


def own_samples() -> Iterator[Annotated]:
    """The short documents in many layouts that were written for the tests, as texts of one source."""
    for sample in SAMPLES:
        changes = [at for at in range(1, len(sample.kinds)) if sample.kinds[at] != sample.kinds[at - 1]]
        bounds = zip([0, *changes], [*changes, len(sample.kinds)], strict=True)
        segments = [{"kind": sample.kinds[start], "start": start, "end": end} for start, end in bounds]
        if sample.data.get("genre"):
            yield Annotated(OWN, sample.text, {"document": sample.data, "segments": segments}, written=True)
