"""``extract schedule``: the run, again and again."""

from __future__ import annotations

from pathlib import Path

import typer

from extract.errors import ExtractError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schedule", epilog='Example: extract schedule --cron "0 2 * * *"')(schedule)


def schedule(
    raw: str = typer.Argument("data/raw", help="Folder (or fsspec URL) of the raw documents."),
    out: str = typer.Option("data/processed", "--out", "-o", help="Folder (or fsspec URL) that the tables go to."),
    cron: str | None = typer.Option(None, "--cron", help="When, as a cron line: '0 2 * * *' is every night at two."),
    every_s: float | None = typer.Option(None, "--every", min=1, help="Seconds between runs, instead of --cron."),
    model: str | None = typer.Option(None, "--model", help="As in `extract run`."),
    workers: int | None = typer.Option(None, "--workers", min=0, help="As in `extract run`."),
    name: str = typer.Option("scheduled", "--name", help="Name of the deployment in Prefect's pages."),
) -> None:
    """Run on a schedule, until interrupted.

    Prefect's pages show each run.

    Uses the Prefect server that is configured, or starts one. A run that is due while another goes on is left out.
    """
    if (cron is None) == (every_s is None):
        raise ExtractError("give either --cron or --every, as in: extract schedule --cron '0 2 * * *'")
    from extract.flows.schedule import check_cron, serve, server

    if cron is not None:
        check_cron(cron)
    parameters: dict[str, object] = {"raw": _absolute(raw), "out": _absolute(out), "model": model, "workers": workers}
    url = server()
    typer.echo(f"scheduled {cron or f'every {every_s:g} s'}: {parameters['raw']} -> {parameters['out']}", err=True)
    typer.echo(f"Prefect's pages: {url.removesuffix('/api')} - end with Ctrl-C", err=True)
    serve(name=name, cron=cron, every_s=every_s, parameters=parameters, url=url)


def _absolute(place: str) -> str:
    from extract.ingest.places import is_url

    return place if is_url(place) else str(Path(place).resolve())
