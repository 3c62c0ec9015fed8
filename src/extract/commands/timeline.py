"""``extract timeline`` and ``extract groups``: claims of the same thing across documents."""

from __future__ import annotations

import json
from typing import Any

import typer

from extract.errors import UnknownNameError
from extract.runs.telling import plain

_SHOWN = ("as_of", "value", "measure", "item", "actor", "partner", "status", "speaker", "relation", "doc_id")
_GROUP_COLUMNS = ("group_id", "as_of", "value", "measure", "item", "actor_country", "status", "relation", "doc_id")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("timeline", epilog="Example: extract timeline --item cars --kind tariff_rate")(timeline)
    app.command("groups", epilog="Example: extract groups --relation updates")(groups)


def timeline(
    item: str | None = typer.Option(None, "--item", help="Goods or subject; 'cars' finds 'cars and auto parts' too."),
    kind: str | None = typer.Option(None, "--kind", help="Kind of claim: tariff_rate, money, percent, …"),
    actor: str | None = typer.Option(None, "--actor", help="Who imposes, pays, promises: a name or country."),
    partner: str | None = typer.Option(None, "--partner", help="To or against whom."),
    out: str = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) of the tables."),
    as_json: bool = typer.Option(False, "--json", help="As JSON, with the sentences."),
) -> None:
    """Print the history of a rate, sum or target.

    Across documents: what was said, by whom, and how it stands to what was said before.

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
    relation: str | None = typer.Option(None, "--relation", help="Only one relation: repeats, agrees, updates, …"),
    out: str = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) of the tables."),
    as_json: bool = typer.Option(False, "--json", help="As JSON."),
) -> None:
    """Print claims of the same thing across documents.

    Each has its relation to an earlier one.

    They are the rows of the table claim_groups, which every run writes.
    """
    from extract.store.read import read_arrow
    from extract.tables.groups import shown_value
    from extract.tables.schema import RELATIONS

    if relation is not None and relation not in RELATIONS:
        raise UnknownNameError("relation", relation, RELATIONS)
    rows = read_arrow("claim_groups", out).to_pylist()
    kept = {row["group_id"] for row in rows if relation in (None, row["relation"])}
    shown = [row | {"value": shown_value(row)} for row in rows if row["group_id"] in kept]
    if as_json:
        typer.echo(json.dumps(shown, indent=1, ensure_ascii=False, default=str))
    elif shown:
        _print(shown, _GROUP_COLUMNS)
    else:
        typer.echo("no two documents make claims of the same thing", err=True)


def _tables(out: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    from extract.store.read import read_arrow

    return read_arrow("claims", out).to_pylist(), read_arrow(
        "documents", out, columns=["doc_id", "date", "title"]
    ).to_pylist()


def _print(rows: list[dict[str, Any]], wanted: tuple[str, ...] = _SHOWN) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = [name for name in wanted if any(row[name] for row in rows)]
    shown = Table(*columns)
    for row in rows:
        shown.add_row(*(Text(plain(" ".join(str(row[name] or "").split()))) for name in columns))
    Console().print(shown)
