"""``extract compare``: what changed between two runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer

from extract.commands._files import write_file


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("compare", epilog="Example: extract compare --table claims --html changes.html")(compare)


def compare(
    run_a: str | None = typer.Argument(None, help="The older run; default: the last but one.", show_default=False),
    run_b: str | None = typer.Argument(None, help="The newer run; default: the last.", show_default=False),
    out: str = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) of the tables."),
    table: str | None = typer.Option(None, "--table", help="Only this table."),
    kind: str | None = typer.Option(None, "--kind", help="Only this kind of change ('span grew') or of row ('money')."),
    doc: str | None = typer.Option(None, "--doc", help="Only documents whose doc_id holds this."),
    field: str | None = typer.Option(None, "--field", help="Only changes of this column."),
    limit: int = typer.Option(20, "--limit", min=0, help="How many changes to print in full."),
    as_json: bool = typer.Option(False, "--json", help="Print all changes as JSON."),
    parquet: Path | None = typer.Option(None, "--parquet", help="Write all changes to this Parquet file."),
    html: Path | None = typer.Option(None, "--html", help="Write a page that stands alone to this file."),
) -> None:
    """Tell what changed between two runs, row by row.

    Changed claims come first; a change is one line, with old and new.

    Rows are matched by meaning: a span that grew or a speaker now resolved is one changed row. Exit codes: 0 the same,
    1 different, 2 error.
    """
    from extract.compare import Filters
    from extract.compare import compare as compare_runs

    found = compare_runs(out, run_a, run_b, Filters(table, kind, doc, field))
    if parquet is not None:
        from extract.compare.changes import to_arrow
        from extract.store.parts import encode

        write_file(parquet, encode(to_arrow(found)))
    if html is not None:
        from extract.compare.page import render as render_page

        write_file(html, render_page(found).encode())
    if as_json:
        from extract.compare.changes import to_dict

        typer.echo(json.dumps(to_dict(found), indent=1, ensure_ascii=False))
    else:
        from extract.compare.text import render

        typer.echo(render(found, limit=limit, width=None if sys.stdout.isatty() else 160), nl=False)
    raise typer.Exit(0 if found.is_same else 1)
