"""``extract schema``: the declared tables."""

from __future__ import annotations

import json

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", epilog="Example: extract schema claims")(schema)


def schema(
    table: str | None = typer.Argument(None, help="One table; default: all.", show_default=False),
    as_json: bool = typer.Option(False, "--json", help="As JSON."),
    markdown: bool = typer.Option(False, "--markdown", help="As Markdown, as in the README's data dictionary."),
) -> None:
    """Print the tables: columns, types, what each means."""
    from extract.tables import describe
    from extract.tables import schema as tables

    if table is not None:
        tables.schema(table)
    wanted = tables.TABLES if table is None else (table,)
    if as_json:
        typer.echo(json.dumps(describe.as_json(wanted), indent=2, ensure_ascii=False))
    else:
        typer.echo((describe.as_markdown if markdown else describe.as_text)(wanted), nl=False)
