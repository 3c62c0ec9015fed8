"""``extract review``: the reviewer's pages in the browser."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extract.errors import ExtractError

if TYPE_CHECKING:
    from extract.review.queue import Desk


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("review", epilog="Example: extract review --reviewer ida --port 8765")(review)


def review(
    a: str | None = typer.Argument(None, help="The earlier run; with B given, what changed between them comes first."),
    b: str | None = typer.Argument(None, help="The later run (default: A alone, else the current tables)."),
    out: Path = typer.Option(Path("data/processed"), "--out", "-o", help="Folder of the tables."),
    reviewer: str | None = typer.Option(None, "--reviewer", help="Your name; default: the name you are logged in by."),
    port: int = typer.Option(8765, "--port", min=0, max=65535, help="Port on this machine; 0 takes a free one."),
    export: str | None = typer.Option(None, "--export", help="'gold': write decided documents as gold files and end."),
    to: Path = typer.Option(Path("reviewed-gold"), "--to", help="Folder that --export writes to."),
) -> None:
    """Review rows in the browser, or export decided ones.

    The most doubtful rows come first, or with two runs what changed between them.

    The pages are served on this machine's loopback address only. Decisions are kept at once in OUT/reviews/ and follow
    their rows to later runs.
    """
    from extract.review.load import load_desk

    desk = load_desk(out, a, b)
    if export is not None:
        _export(desk, export, to)
        return
    _serve(desk, reviewer or _login(), port)


def _export(desk: Desk, what: str, to: Path) -> None:
    from extract.evaluation.gold_export import export_gold
    from extract.review.load import documents_of

    if what != "gold":
        raise ExtractError(f"--export {what!r}: only 'gold' can be exported")
    exported = export_gold(desk, documents_of(desk), to)
    for path in exported.files:
        typer.echo(path)
    for line in exported.left_out:
        typer.echo(line, err=True)
    count = len(exported.files)
    typer.echo(f"{count} gold file{'s' if count != 1 else ''} written to {to}", err=True)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user-{os.getuid()}"


def _serve(desk: Desk, reviewer: str, port: int) -> None:
    import socket

    import uvicorn

    from extract.review.app import create_app

    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            raise ExtractError(f"port {port} cannot be used ({error.strerror}); name another with --port") from error
        typer.echo(f"Review: http://127.0.0.1:{listener.getsockname()[1]}/   (Ctrl-C ends it)", err=True)
        app = create_app(desk, reviewer=reviewer)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False)).run(sockets=[listener])
