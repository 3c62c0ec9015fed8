"""The desk over the tables of an output folder: one run's rows, or two runs' with what changed between them first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from extract.errors import HistoryError
from extract.history import History
from extract.review.queue import REVIEWED, Desk, plain
from extract.storage import open_storage

# Columns that say where a row stands; a row that only moved has not changed for a reviewer.
_PLACE = {"doc_id", "segment_id", "turn_id", "start", "end", "sentence", "index", "cluster_id", "linked_claim_id"}


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
    changes = _changes(_frames(history, history.find(a).run_id), frames) if a and b else {}
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


def _changes(old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]) -> dict[tuple[str, str], dict[str, Any]]:
    """What became of the later run's rows: ``(table, row id) -> {"how", "fields": [(name, old, new)]}``."""
    changes: dict[tuple[str, str], dict[str, Any]] = {}
    for table, (id_column, _, fields) in REVIEWED.items():
        before = _by_id(old[table], id_column)
        spans = {(r["doc_id"], r["start"], r["end"]): r for r in before.values()}
        for row_id, row in _by_id(new[table], id_column).items():
            known = before.get(row_id) or spans.get((row["doc_id"], row["start"], row["end"]))
            if known is None:
                changes[table, row_id] = {"how": "added", "fields": []}
                continue
            differing = [
                (f, plain(known[f]), plain(row[f])) for f in fields if f not in _PLACE and not _same(known[f], row[f])
            ]
            if differing:
                changes[table, row_id] = {"how": "changed", "fields": differing}
    return changes


def _by_id(frame: pd.DataFrame, id_column: str) -> dict[str, dict[str, Any]]:
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {str(row[id_column]): {str(k): v for k, v in row.items()} for row in rows}


def _same(a: Any, b: Any) -> bool:
    return bool(a == b) or (a is None and b is None)
