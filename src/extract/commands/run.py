"""``extract run``: raw documents to tables."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from extract.runs.session import Session
    from extract.store.records import RunRecord

_SHOWN_REASONS = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run", epilog="Example: extract run data/raw --out data/processed --workers 4")(run)


Raw = Annotated[str, typer.Argument(help="Folder (or fsspec URL) of the raw documents: .txt, .md, .html.")]
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
    wait_s: Wait = 0.0,
    time_limit_s: TimeLimit = 600.0,
    memory_limit_mb: MemoryLimit = 4096.0,
    as_json: AsJson = False,
) -> None:
    """Process what is new or changed below RAW, and publish the tables.

    Unchanged documents are skipped; with nothing to do the command ends at once and leaves every byte as it is.
    """
    from extract.runs.session import Options, Session

    limits = {"time_limit_s": time_limit_s, "memory_limit_mb": memory_limit_mb, "wait_s": wait_s}
    count = _workers(workers, raw, out)
    options = Options(raw, out, model, workers=count, force=force, retry=retry, trigger="command", **limits)
    with Session(options, dry=dry_run or explain) as session:
        if explain:
            _print_explained(session, as_json)
            return
        if dry_run:
            _print_plan(session, as_json)
            return
        _tell_repair(session)
        if session.is_nothing_to_do:
            session.keep_checks()
            _print_nothing(session, as_json)
            return
        record = _do(session, dask)
        _print_summary(session, record, as_json)
    raise typer.Exit(1 if record.counts["n_failed"] else 0)


def _workers(asked: int | None, raw: str, out: str) -> int:
    if raw.startswith("memory://") or out.startswith("memory://"):
        return 0  # other processes see another memory
    if asked is not None:
        return asked
    from extract.work.pool import cores

    return cores()


def _do(session: Session, dask: str | None) -> RunRecord:
    batches = session.begin()
    if not batches:  # removals, or the work of a killed run to publish: nothing for workers, so no flow
        return session.finish()
    from extract.flows.settings import prepare_environment

    prepare_environment(one_run=True)
    from extract.flows.extract_corpus import run_session

    return run_session(session, batches, dask=dask)


def _tell_repair(session: Session) -> None:
    repair = session.repair
    if repair.stale_owner:
        typer.echo(f"the last run ended without tidying up ({repair.stale_owner}); checked all parts", err=True)
    if repair.finished_run:
        typer.echo(f"finished publishing run {repair.finished_run}", err=True)
    if repair.parts:
        typer.echo(f"made {len(repair.parts)} damaged parts of the tables anew from the history", err=True)


def _print_plan(session: Session, as_json: bool) -> None:
    plan = session.plan
    documents = [{"doc_id": t.source.doc_id, "why": t.why} for t in plan.todo]
    documents += [{"doc_id": doc_id, "why": "removed"} for doc_id in plan.removed]
    documents += [{"doc_id": k.doc_id, "why": f"set aside: {k.fail_error}"} for k in plan.set_aside]
    parts = session.changed_pipeline_parts()
    if as_json:
        told = {"n_seen": plan.n_seen, "reasons": plan.reasons(), "documents": documents, "pipeline_changes": parts}
        told["ignored"] = [{"name": name, "why": why} for name, why in plan.ignored]
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for document in documents:
        typer.echo(f"{document['why']:<18} {document['doc_id']}")
    if parts:
        typer.echo(f"pipeline changed in: {', '.join(parts)}", err=True)
    for name, why in plan.ignored[:_SHOWN_REASONS]:
        typer.echo(f"not a document: {name}: {why}", err=True)
    typer.echo(_reasons(plan.reasons()) or "no documents", err=True)


def _print_explained(session: Session, as_json: bool) -> None:
    from extract.work.explain import explain

    for row in explain(session.documents(), session.options.model):
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
        elif "error" in row:
            typer.echo(f"{row['doc_id']}: {row['error']}", err=True)
        else:
            who = f"{row['label'] or '-'} = {row['speaker'] or '-'}"
            typer.echo(f"{row['doc_id']}:{row['start']}-{row['end']}  {row['kind']}  {who}  [{row['rule']}]")
            typer.echo(f"    …{row['before']} | {row['words']}…")


def _reasons(reasons: dict[str, int]) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in reasons.items())


def _print_nothing(session: Session, as_json: bool) -> None:
    plan = session.plan
    seconds = session.elapsed_s
    if as_json:
        counts = {"n_seen": plan.n_seen, "n_unchanged": plan.n_unchanged + len(plan.set_aside)}
        told = {"run_id": None, "status": "nothing to do", "seconds": round(seconds, 3), "counts": counts}
        typer.echo(json.dumps(told, indent=2))
    note = f" ({len(plan.set_aside)} set aside: `extract failures`)" if plan.set_aside else ""
    typer.echo(f"nothing to do: {plan.n_seen} documents unchanged{note}, {seconds:.1f} s", err=True)


def _print_summary(session: Session, record: RunRecord, as_json: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    rows = session.table_rows()
    if as_json:
        told: dict[str, Any] = {"run_id": record.run_id, "status": record.status, "seconds": record.seconds}
        told |= {"counts": record.counts, "rows": rows, "failed": record.failed, "timing_s": record.timing_s}
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    console = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 120)
    for doc_id in record.failed[:_SHOWN_REASONS]:
        console.print(f"failed: {doc_id}", markup=False)
    table = Table(title=f"run {record.run_id}: {record.status}, {record.seconds:.1f} s", title_justify="left")
    for name in ("new", "changed", "unchanged", "removed", "failed"):
        table.add_column(name, justify="right")
    for name in rows:
        table.add_column(name, justify="right", style="cyan")
    counts = [str(record.counts[f"n_{name}"]) for name in ("new", "changed", "unchanged", "removed", "failed")]
    table.add_row(*counts, *(str(count) for count in rows.values()))
    console.print(table)
    if record.failed:
        console.print(
            f"{len(record.failed)} documents failed; `extract failures --out {session.options.out}` tells why"
        )
