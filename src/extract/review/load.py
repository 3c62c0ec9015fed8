"""The desk over the tables of an output folder: one run's rows, or two runs' with what changed between them first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from extract.compare.changes import REMOVED, Change
from extract.compare.runs import compare
from extract.errors import HistoryError
from extract.review.fields import REVIEWED
from extract.review.queue import Desk
from extract.store.history import History
from extract.store.storage import open_storage
from extract.tables.schema import ID_COLUMNS

Frames = dict[str, pd.DataFrame]


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
    changes = compare(out, a, b).changes if a and b else []
    removed, texts_before = _removed(history, a, changes) if a and changes else ({}, {})
    return Desk(
        out=out,
        run_id=shown.run_id,
        texts=dict(zip(documents["doc_id"], documents["text"], strict=True)),
        frames=frames,
        changes={(c.table, c.new_id): _told(c) for c in changes if c.new_id is not None},
        removed=removed,
        texts_before=texts_before,
        genres=dict(zip(documents["doc_id"], documents["genre"], strict=True)),
    )


def documents_of(desk: Desk) -> list[dict[str, Any]]:
    """The rows of the table of documents that a desk shows."""
    history = History(open_storage(desk.out))
    documents = history.read("documents", history.state(desk.run_id)).to_pandas()
    return [{str(k): v for k, v in row.items()} for row in documents.to_dict("records")]


def _frames(history: History, run_id: str) -> Frames:
    places = history.state(run_id)
    return {table: history.read(table, places).to_pandas() for table in (*REVIEWED, "documents")}


def _told(change: Change) -> dict[str, Any]:
    return {"how": change.change, "fields": [(f.name, f.old, f.new) for f in change.fields]}


def _removed(history: History, run: str, changes: list[Change]) -> tuple[Frames, dict[str, str]]:
    """The earlier run's rows that the later one lost, of documents that both have, and the texts that they stand in."""
    lost = [c for c in changes if c.change == REMOVED and not c.with_document and c.table in REVIEWED]
    places = history.state(history.find(run).run_id)
    near = {c.doc_id: places[c.doc_id] for c in lost}
    frames: Frames = {}
    for table in REVIEWED:
        ids = {c.old_id for c in lost if c.table == table}
        rows = history.read(table, near).to_pandas()
        frames[table] = rows[rows[ID_COLUMNS[table]].isin(ids)].reset_index(drop=True)
    documents = history.read("documents", near, columns=["doc_id", "text"]).to_pandas()
    return frames, dict(zip(documents["doc_id"], documents["text"], strict=True))
