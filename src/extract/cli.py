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


# as they are used: make the tables, see what changed, judge it, ask; what is not named here comes last
COMMANDS = (
    *("run", "schedule", "runs", "failures", "compare", "review", "evaluate", "timeline", "groups", "schema", "prune"),
)


class Commands(TyperGroup):
    """All subcommands; an ``ExtractError`` is told in one line on standard error and ends with 2."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands, in the order of use."""
        return sorted(super().list_commands(ctx), key=lambda name: (name not in COMMANDS, *_places(name)))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command; its help names what an argument or option takes, not of which type that is."""
        command: Any = super().get_command(ctx, cmd_name)
        for parameter in command.params if command else ():
            name = max(parameter.opts, key=len).lstrip("-").replace("-", "_").upper()
            if parameter.param_type_name == "argument":
                parameter.metavar = name
                parameter.display_type_rich = _no_type
            elif parameter.metavar is None and not parameter.is_flag:
                parameter.metavar = f"<{name}>"
        return command

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


def _no_type(ctx: Any) -> str:
    return ""


def _places(name: str) -> tuple[int, str]:
    return (COMMANDS.index(name) if name in COMMANDS else len(COMMANDS)), name


app = typer.Typer(
    name="extract",
    help="From records of trade talks to Parquet tables: who speaks, who is named, which dates, what is claimed.",
    epilog=EPILOG,
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
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
