"""``extract run``: raw documents to tables."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from extract.commands._report import print_nothing, print_plan, print_summary, tell_repair, tell_start
from extract.runs.telling import plain

if TYPE_CHECKING:
    from extract.runs.session import Session
    from extract.store.records import RunRecord

TOLD_AFTER_S = 0.5
_INTERRUPTED = "interrupted; finished batches are kept, run again to go on"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", epilog="Example: extract run data/raw --out data/processed --workers 4")(run)


Raw = Annotated[str, typer.Argument(help="Folder (or fsspec URL) of the raw documents.")]
Out = Annotated[str, typer.Option("--out", "-o", help="Folder (or fsspec URL) that the tables go to.")]
_MODEL_HELP = "An installed spaCy pipeline, the folder of one, or 'blank'; default: the shipped one."
Model = Annotated[str | None, typer.Option("--model", help=_MODEL_HELP, show_default=False)]
_WORKERS_HELP = "Worker processes; default: one a core. 0: all in this process."
Workers = Annotated[int | None, typer.Option("--workers", min=0, help=_WORKERS_HELP, show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Process all documents, changed or not.")]
Retry = Annotated[bool, typer.Option("--retry", help="Try again what was set aside after three failures in a row.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be done, and why; do nothing.")]
_EXPLAIN_HELP = "Print where turns are cut in the documents to be done, and by which rule; write nothing."
Explain = Annotated[bool, typer.Option("--explain", help=_EXPLAIN_HELP)]
_DASK_HELP = "Address of a Dask scheduler, as tcp://scheduler:8786."
Dask = Annotated[str | None, typer.Option("--dask", help=_DASK_HELP, show_default=False)]
_PREFECT_HELP = "Run as the Prefect flow, with a server of its own where none is configured."
Prefect = Annotated[bool, typer.Option("--prefect", help=_PREFECT_HELP)]
Wait = Annotated[float, typer.Option("--wait", min=0, help="Seconds to wait for another run on the same folder.")]
TimeLimit = Annotated[float, typer.Option("--time-limit", min=0.001, help="Seconds that one document may take.")]
MemoryLimit = Annotated[float, typer.Option("--memory-limit", min=1, help="Megabytes that one document may take.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was done (or is planned) as JSON.")]


def run(
    raw: Raw = "data/raw",
    out: Out = "data/processed",
    model: Model = None,
    workers: Workers = None,
    force: Force = False,
    retry: Retry = False,
    dry_run: DryRun = False,
    explain: Explain = False,
    dask: Dask = None,
    prefect: Prefect = False,
    wait_s: Wait = 0.0,
    time_limit_s: TimeLimit = 600.0,
    memory_limit_mb: MemoryLimit = 4096.0,
    as_json: AsJson = False,
) -> None:
    """Read what is new or changed, and publish the tables.

    Unchanged documents are skipped; with nothing to do the command ends at once and leaves every byte as it is.
    """
    from extract.runs.session import Options, Session
    from extract.work.interrupt import ends_at_once

    limits = {"time_limit_s": time_limit_s, "memory_limit_mb": memory_limit_mb, "wait_s": wait_s}
    count = _workers(workers, raw, out)
    options = Options(raw, out, model, workers=count, force=force, retry=retry, trigger="command", **limits)
    session = Session(options, dry=dry_run or explain)
    with ends_at_once(session.__exit__, _INTERRUPTED), _told_if_slow(raw) as is_planned, session:
        is_planned()
        if explain:
            _print_explained(session, as_json)
            return
        if dry_run:
            print_plan(session, as_json)
            return
        tell_repair(session)
        if session.is_nothing_to_do:
            session.keep_checks()
            print_nothing(session, as_json)
            return
        record = _do(session, prefect, dask)
        print_summary(session, record, as_json)
    raise typer.Exit(1 if record.counts["n_failed"] else 0)


def _workers(asked: int | None, raw: str, out: str) -> int:
    if raw.startswith("memory://") or out.startswith("memory://"):
        return 0  # other processes see another memory
    if asked is not None:
        return asked
    from extract.work.pool import cores

    return cores()


def _do(session: Session, prefect: bool, dask: str | None) -> RunRecord:
    from extract.flows.launch import chosen_api, run_as_flow
    from extract.runs.plain import run_plain

    api = chosen_api(prefect, dask)
    batches = session.begin()
    tell_start(session, len(batches), "a temporary Prefect server" if api == "" else api)
    if api is None:
        return run_plain(session, batches, dask=dask)
    return run_as_flow(session, batches, api, dask=dask)


@contextmanager
def _told_if_slow(raw: str) -> Iterator[Callable[[], None]]:
    """Say within a second that something goes on; what is yielded ends the waiting, as what is found is told then."""
    timer = threading.Timer(TOLD_AFTER_S, typer.echo, (f"looking at what is new in {plain(raw)}",), {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield timer.cancel
    finally:
        timer.cancel()


def _print_explained(session: Session, as_json: bool) -> None:
    from extract.work.explain import explain

    for row in explain(session.documents(), session.options.model):
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
        elif "error" in row:
            typer.echo(plain(f"{row['doc_id']}: {row['error']}"), err=True)
        else:
            who = f"{row['label'] or '-'} = {row['speaker'] or '-'}"
            typer.echo(plain(f"{row['doc_id']}:{row['start']}-{row['end']}  {row['kind']}  {who}  [{row['rule']}]"))
            typer.echo(plain(f"    …{row['before']} | {row['words']}…"))
