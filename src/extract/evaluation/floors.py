"""Floors: figures that a corpus must reach, with the fingerprint of the corpus they were measured on.

A floor file is JSON: ``{"corpus": fingerprint, "floors": {figure: least}, "history": [...]}``, a history entry being
``{"date", "reason", "lowered"}``. Floors rise by ``update_floors``; they fall only with a reason, which is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from extract.evaluation.scores import read_gold

# A floor stands this far below what was measured: on another processor the model's sums round otherwise, and one row of
# fifty may turn.
MARGIN = 0.02


class FloorError(ValueError):
    """A floor file cannot be used, or floors would fall without a reason."""


def corpus_fingerprint(gold: Path) -> str:
    """A hash over the gold files' names, texts and annotations."""
    digest = hashlib.sha256()
    for record in read_gold(gold):
        digest.update(json.dumps(record, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()[:16]


def read_floors(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        data["corpus"], data["floors"].items()
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise FloorError(f"{path}: no floor file ({error}); make one with --update-floors") from error
    return dict(data)


def check_floors(figures: dict[str, float], path: Path, gold: Path) -> list[str]:
    """What is below its floor, a line each; empty if all hold. The corpus must be the one the floors were set on."""
    data = read_floors(path)
    if data["corpus"] != corpus_fingerprint(gold):
        raise FloorError(
            f"{path}: its floors were measured on another corpus ({data['corpus']}, now {corpus_fingerprint(gold)}); "
            "measure again and set them with `extract evaluate --update-floors --reason '…'`"
        )
    return [
        f"{name}: {figures.get(name, 0.0):.4f} is below its floor {least:.4f}"
        for name, least in sorted(data["floors"].items())
        if figures.get(name, 0.0) < least
    ]


def update_floors(
    figures: dict[str, float], path: Path, gold: Path, *, reason: str | None, today: dt.date
) -> list[str]:
    """Raise the floors to what was measured less a margin; lower one only with a reason. Returns what was lowered."""
    old = read_floors(path) if path.exists() else {"corpus": None, "floors": {}, "history": []}
    new = {name: round(max(0.0, value - MARGIN), 3) for name, value in figures.items()}
    lowered = [name for name, least in old["floors"].items() if new.get(name, 0.0) < least]
    changed_corpus = old["corpus"] not in (None, corpus_fingerprint(gold))
    if (lowered or changed_corpus) and not reason:
        what = ", ".join(lowered) or "none, but the corpus is another"
        raise FloorError(f"{path}: floors would fall ({what}); say why with --reason")
    floors = new if reason else {name: max(value, old["floors"].get(name, 0.0)) for name, value in new.items()}
    entry = {"date": today.isoformat(), "reason": reason or "raised", "lowered": lowered}
    data = {
        "corpus": corpus_fingerprint(gold),
        "floors": dict(sorted(floors.items())),
        "history": [*old["history"], entry],
    }
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return lowered
