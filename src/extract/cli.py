"""The command ``extract``. Data goes to standard output, progress and messages to standard error.

Exit codes: 0 all done, 1 some documents failed (or, for ``compare``, something differs), 2 the command could not run.
"""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from extract import __version__
from extract.commands import register_all
from extract.errors import ExtractError
from extract.runs.telling import plain

OK, SOME_FAILED, CANNOT_RUN = 0, 1, 2
EPILOG = "Exit codes: 0 all done, 1 some documents failed (compare: something differs), 2 could not run."


class Commands(TyperGroup):
    """All subcommands; an ``ExtractError`` is told in one line on standard error and ends with 2."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ExtractError as error:
            typer.echo(plain(f"extract: {error}"), err=True)
            raise typer.Exit(CANNOT_RUN) from error
        except BrokenPipeError:
            # the reader of our output (head, less) has seen enough
            sys.stderr.close()
            raise typer.Exit(OK) from None


app = typer.Typer(
    name="extract",
    help="From records of trade talks to Parquet tables: who speaks, who is named, which dates, what is claimed.",
    epilog=EPILOG,
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"extract {__version__}")
        raise typer.Exit(OK)


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and end."
    ),
) -> None:
    pass


register_all(app)


def main() -> None:
    """What the installed command calls."""
    app()
