"""``extract runs``, ``extract failures``, ``extract prune``: the history of runs."""

from __future__ import annotations

import json
import sys
from typing import Any

import typer

from extract.runs.telling import plain

_OUT = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) of the tables.")
_JSON = typer.Option(False, "--json", help="Print as JSON.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("runs", epilog="Example: extract runs --json")(runs)
    app.command("failures", epilog="Example: extract failures --all")(failures)
    app.command("prune", epilog="Example: extract prune --keep-runs 10 --keep-days 30")(prune)


def runs(out: str = _OUT, as_json: bool = _JSON) -> None:
    """List the runs, the newest first.

    Those marked * can be read back and compared.
    """
    from extract.store.history import History
    from extract.store.storage import existing_storage

    history = History(existing_storage(out))
    readable = set(history.readable_ids())
    rows = [{**record.row(), "readable": record.run_id in readable} for record in reversed(history.all_records)]
    columns = ["run_id", "started_at", "status", "trigger", "n_seen", "n_new", "n_changed", "n_unchanged"]
    columns += ["n_removed", "n_failed", "n_unread", "seconds", "pipeline_version"]
    _print(rows, columns, as_json, mark="readable", nothing="no runs yet")


def failures(
    out: str = _OUT,
    every: bool = typer.Option(False, "--all", help="Every failure of every run, not only what fails now."),
    traceback: bool = typer.Option(False, "--traceback", help="Print the last traceback of each document."),
    as_json: bool = _JSON,
) -> None:
    """List the documents that fail now, and why.

    Those marked * are set aside after three runs in a row.

    A document that was set aside is tried again when it or the pipeline changes, or with `extract run --retry`.
    """
    from extract.runs.failures import current_failures, past_failures
    from extract.store.storage import existing_storage

    storage = existing_storage(out)
    rows = past_failures(storage) if every else current_failures(storage)
    if not traceback and not as_json:
        rows = [{k: v for k, v in row.items() if k != "traceback"} for row in rows]
    columns = ["run_id", "doc_id", "stage", "error"] if every else ["doc_id", "fails", "stage", "error"]
    _print(rows, columns, as_json, mark="set_aside", nothing="no failures")
    if traceback and not as_json:
        for row in rows:
            typer.echo("\n" + "\n".join(map(plain, (row["doc_id"], *row["traceback"].splitlines()))))


def prune(
    out: str = _OUT,
    keep_runs: int = typer.Option(10, "--keep-runs", min=1, help="Keep at least so many of the last runs."),
    keep_days: float = typer.Option(30.0, "--keep-days", min=0, help="Keep all runs younger than this."),
    as_json: bool = _JSON,
) -> None:
    """Remove old run folders.

    Runs that are kept can still be read back and compared.
    """
    from extract.runs.prune import prune as prune_runs

    done = prune_runs(out, keep_runs=keep_runs, keep_days=keep_days)
    if as_json:
        typer.echo(json.dumps({"removed": done.removed, "freed_bytes": done.freed_bytes}, indent=2))
    else:
        typer.echo(f"removed {len(done.removed)} runs, freed {max(done.freed_bytes, 0) / 1e6:.1f} MB", err=True)


def _print(rows: list[dict[str, Any]], columns: list[str], as_json: bool, *, mark: str, nothing: str) -> None:
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=str))
        return
    if not rows:
        typer.echo(nothing, err=True)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("", *columns)
    for row in rows:
        table.add_row("*" if row.get(mark) else "", *(Text(plain(_cell(row[name]))) for name in columns))
    Console(highlight=False, width=None if sys.stdout.isatty() else 220).print(table)


def _cell(value: Any) -> str:
    text = value.strftime("%Y-%m-%d %H:%M:%S") if hasattr(value, "strftime") else str(value)
    return f"{value:.1f}" if isinstance(value, float) else text
