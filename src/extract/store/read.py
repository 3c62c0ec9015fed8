"""Reading tables back: as they are now, or as they were at any run that is still in the history."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from extract.errors import HistoryError, UnknownNameError
from extract.store.history import History
from extract.store.parts import N_PARTS, RUNS_FILE, Manifest, decode, in_order, part_name
from extract.store.publish import FAILURES_FILE, GROUPS_FILE
from extract.store.storage import Storage, open_storage
from extract.tables.groups import COLUMNS, groups_of
from extract.tables.schema import DOCUMENT_TABLES, schema, to_table

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_OUT = "data/processed"
# Columns of a fixed list, or with many rows to a value. Names that join tables stay text: their categories differ.
CATEGORIES = frozenset(
    (
        *("genre", "kind", "language", "type", "anchor", "qualifier", "status", "unit", "link", "change"),
        *("relation", "rule", "side", "country", "stage", "trigger"),
    )
)
LABELLED = "entities"


def read(
    table: str,
    out: str | Path = DEFAULT_OUT,
    *,
    run: str | None = None,
    columns: Sequence[str] | None = None,
    filters: Any = None,
) -> pd.DataFrame:
    """A table as a DataFrame: dates as ``datetime64``, words of a list as categories, other text as Arrow strings.

    ``run``: as of that run (its id, or the beginning of it); default: as of the last finished run, whatever another run
    is writing meanwhile, document tables in the order of ``doc_id``. ``columns``: only these.
    ``filters``: as in ``pyarrow.parquet.read_table``, e.g. ``[("kind", "==", "money"), ("value_min", ">", 1e9)]``.
    Raises ``UnknownNameError`` for a table or column that does not exist, ``UnknownRunError``, and ``HistoryError``
    where nothing has been run yet or the run was pruned.
    """
    categories = CATEGORIES | {"label"} if table == LABELLED else CATEGORIES
    return _fitting(read_arrow(table, out, run=run, columns=columns, filters=filters), categories)


def _fitting(data: pa.Table, categories: frozenset[str]) -> pd.DataFrame:
    """The rows with dtypes that pandas can compute with; a null stays missing."""
    frame: pd.DataFrame = data.to_pandas(date_as_object=False)
    for field in data.schema:
        if field.name in categories and pa.types.is_string(field.type):
            frame[field.name] = frame[field.name].astype("category")
        elif pa.types.is_string(field.type):
            frame[field.name] = frame[field.name].astype("string[pyarrow]")
    return frame


def read_arrow(
    table: str,
    out: str | Path = DEFAULT_OUT,
    *,
    run: str | None = None,
    columns: Sequence[str] | None = None,
    filters: Any = None,
) -> pa.Table:
    """The same as an Arrow table."""
    names = schema(table).names
    for column in columns or ():
        if column not in names:
            raise UnknownNameError(f"column in {table}", column, names)
    storage = open_storage(out)
    wanted = None if columns is None or filters is not None else [n for n in names if n in columns or n == "doc_id"]
    data = _as_of(storage, table, run) if run is not None else _current(storage, table, wanted)
    if filters is not None:
        data = data.filter(pq.filters_to_expression(filters))
    return data.select(list(columns)) if columns is not None else data


def last_run(out: str | Path = DEFAULT_OUT) -> str:
    """The id of the last finished run: give it to ``read`` as ``run`` to read several tables of one state.

    Raises ``HistoryError`` where nothing has been run yet.
    """
    storage = open_storage(out)
    run_id = Manifest.load(storage).run_id
    if run_id is None:
        raise HistoryError(f"{storage.url} has no tables yet; `extract run` makes them")
    return run_id


def _current(storage: Storage, table: str, columns: list[str] | None) -> pa.Table:
    """A table as of the last finished run, whatever a run that is publishing, or was killed in it, has put in place."""
    manifest = Manifest.load(storage)
    names = [name for name in _names(table) if name in manifest.names()]
    if manifest.run_id is None or not names:
        return _as_found(storage, table)
    try:
        data = [(name, storage.read(name)) for name in names]
    except FileNotFoundError:
        return _as_of(storage, table, manifest.run_id)
    if not all(manifest.holds(name, found) for name, found in data):
        return _as_of(storage, table, manifest.run_id)
    rows = pa.concat_tables([decode(table, found, columns) for _, found in data])
    return in_order(rows) if table in DOCUMENT_TABLES else rows


def _as_found(storage: Storage, table: str) -> pa.Table:
    """The parts as they lie there: of a folder of tables that was copied without its history, say."""
    parts = []
    for name in _names(table):
        try:
            parts.append(decode(table, storage.read(name)))
        except FileNotFoundError:
            continue
        except ValueError as error:
            raise HistoryError(f"{storage.url}/{name}: {error}; the next `extract run` repairs it") from error
    if not sum(part.num_rows for part in parts):
        raise HistoryError(f"{storage.url} has no table {table!r} yet; `extract run` makes it")
    return pa.concat_tables(parts)


def _names(table: str) -> list[str]:
    if table == "runs":
        return [RUNS_FILE]
    if table == "failures":
        return [FAILURES_FILE]
    if table == "claim_groups":
        return [GROUPS_FILE]
    return [part_name(table, part) for part in range(N_PARTS)]


def _as_of(storage: Storage, table: str, run: str) -> pa.Table:
    history = History(storage)
    run_id = history.find(run).run_id
    if table in DOCUMENT_TABLES:
        return in_order(history.read(table, history.state(run_id)))
    if table == "claim_groups":
        return groups_of(*(history.read(name, history.state(run_id)) for name in COLUMNS))
    if table == "runs":
        return to_table("runs", [record.row() for record in history.all_records if record.run_id <= run_id])
    rows = [row for row in history.failure_rows() if row["run_id"] <= run_id]
    return to_table("failures", rows)
