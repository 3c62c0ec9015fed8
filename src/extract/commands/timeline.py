"""``extract timeline`` and ``extract groups``: claims of the same thing across documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from extract.errors import UnknownNameError

if TYPE_CHECKING:
    from extract.store.storage import Storage

GROUPS_FILE = "claim_groups/part-00.parquet"
_SHOWN = ("as_of", "value", "measure", "item", "actor", "partner", "status", "speaker", "relation", "doc_id")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("timeline", epilog="Example: extract timeline --item cars --kind tariff_rate")(timeline)
    app.command("groups", epilog="Example: extract groups --out data/processed")(groups)


def timeline(
    item: str | None = typer.Option(None, "--item", help="Goods or subject; 'cars' finds 'cars and auto parts' too."),
    kind: str | None = typer.Option(None, "--kind", help="Kind of claim: tariff_rate, money, percent, …"),
    actor: str | None = typer.Option(None, "--actor", help="Who imposes, pays, promises: a name or country."),
    partner: str | None = typer.Option(None, "--partner", help="To or against whom."),
    out: str = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) of the tables."),
    as_json: bool = typer.Option(False, "--json", help="As JSON, with the sentences."),
) -> None:
    """Print the history of a rate, sum or target across documents: what was said, by whom, and how it stands to before.

    The relation is to the last claim of the same thing in another document: agrees, updates or contradicts.
    """
    from extract.tables import groups as module
    from extract.tables.schema import CLAIM_KINDS

    if kind is not None and kind not in CLAIM_KINDS:
        raise UnknownNameError("kind of claim", kind, CLAIM_KINDS)
    rows = module.timeline(*_tables(out), item=item, kind=kind, actor=actor, partner=partner)
    if as_json:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False, default=str))
    elif rows:
        _print(rows)
    else:
        typer.echo("no claims of that kind; try fewer filters", err=True)


def groups(
    out: str = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) of the tables."),
) -> None:
    """Write the table claim_groups: claims of the same thing in different documents, each with its relation."""
    from extract.store.storage import open_storage
    from extract.tables import groups as module

    rows = module.group_rows(*_tables(out))
    _write(open_storage(out), module.to_table(rows))
    found = len({row["group_id"] for row in rows})
    typer.echo(f"{len(rows)} claims in {found} groups written to {out}/claim_groups", err=True)


def _tables(out: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    from extract.store.read import read_arrow

    return read_arrow("claims", out).to_pylist(), read_arrow(
        "documents", out, columns=["doc_id", "date", "title"]
    ).to_pylist()


def _write(storage: Storage, table: Any) -> None:
    import io

    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    storage.write(GROUPS_FILE, buffer.getvalue())


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = [name for name in _SHOWN if any(row[name] for row in rows)]
    shown = Table(*columns)
    for row in rows:
        shown.add_row(*(Text(" ".join(str(row[name] or "").split())) for name in columns))
    Console().print(shown)
