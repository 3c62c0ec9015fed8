"""The desk over the tables of an output folder: one run's rows, or two runs' with what changed between them first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from extract.compare.runs import compare
from extract.errors import HistoryError
from extract.review.queue import REVIEWED, Desk
from extract.store.history import History
from extract.store.storage import open_storage


def load_desk(out: Path, a: str | None = None, b: str | None = None) -> Desk:
    """The desk for run ``a`` (default: the latest), or for the changes from ``a`` to ``b``.

    Raises ``HistoryError`` where nothing has been published yet, ``UnknownRunError`` for an id that is not there.
    """
    history = History(open_storage(out))
    if not history.published:
        raise HistoryError(f"{out}: no run has published tables here; run `extract run --out {out}` first")
    wanted = b or a
    shown = history.find(wanted) if wanted else history.published[-1]
    frames = _frames(history, shown.run_id)
    documents = frames.pop("documents")
    changes = _changes(out, a, b) if a and b else {}
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    return Desk(out=out, run_id=shown.run_id, texts=texts, frames=frames, changes=changes)


def documents_of(desk: Desk) -> list[dict[str, Any]]:
    """The rows of the table of documents that a desk shows."""
    history = History(open_storage(desk.out))
    documents = history.read("documents", history.state(desk.run_id)).to_pandas()
    return [{str(k): v for k, v in row.items()} for row in documents.to_dict("records")]


def _frames(history: History, run_id: str) -> dict[str, pd.DataFrame]:
    places = history.state(run_id)
    return {table: history.read(table, places).to_pandas() for table in (*REVIEWED, "documents")}


def _changes(out: Path, a: str, b: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What became of the later run's rows: ``(table, row id) -> {"how", "fields": [(name, old, new)]}``."""
    return {
        (change.table, change.new_id): {
            "how": change.change,
            "fields": [(f.name, f.old, f.new) for f in change.fields],
        }
        for change in compare(out, a, b).changes
        if change.new_id is not None
    }
