"""Which documents fail, how often in a row, and which are set aside."""

from __future__ import annotations

from typing import Any

from extract.runs.plan import SET_ASIDE_AFTER, Known, load_index, rebuild_index
from extract.store.history import History
from extract.store.storage import Storage


def current_failures(storage: Storage) -> list[dict[str, Any]]:
    """The documents whose last attempt failed: ``doc_id``, ``fails`` in a row, ``set_aside``, ``stage``, ``error``."""
    history = History(storage)
    readable = history.readable_ids()
    known = load_index(storage, readable[-1] if readable else None) or rebuild_index(history)
    traces = {row["doc_id"]: row["traceback"] for row in history.failure_rows()}
    return [_row_of(k, traces.get(k.doc_id, "")) for k in sorted(known.values(), key=lambda k: k.doc_id) if k.fails]


def past_failures(storage: Storage) -> list[dict[str, Any]]:
    """Every failure of every run, the newest run first."""
    return sorted(History(storage).failure_rows(), key=lambda row: row["run_id"], reverse=True)


def _row_of(known: Known, traceback: str) -> dict[str, Any]:
    stage, _, error = known.fail_error.partition(": ")
    row = {"doc_id": known.doc_id, "fails": known.fails, "set_aside": known.fails >= SET_ASIDE_AFTER}
    return row | {"stage": stage, "error": error, "traceback": traceback}
