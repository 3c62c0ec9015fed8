"""What ``extract run`` tells: what it found, what was put right, what was done, what was not, and what to do next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from extract.runs.telling import by_reason, plain

if TYPE_CHECKING:
    from extract.runs.session import Session
    from extract.store.records import RunRecord

_SHOWN = 20
_COUNTS = ("new", "changed", "unchanged", "removed", "failed")


def _tell(words: str) -> None:
    typer.echo(plain(words), err=True)


def tell_repair(session: Session) -> None:
    """What a killed run had left, and what was done about it."""
    repair = session.repair
    if repair.stale_owner:
        _tell(f"the last run ended without tidying up ({repair.stale_owner}); checked all parts")
    if repair.finished_run:
        _tell(f"finished publishing run {repair.finished_run}")
    if repair.parts:
        _tell(f"made {len(repair.parts)} damaged parts of the tables anew from the history")


def tell_start(session: Session, n_batches: int, api: str | None) -> None:
    """What was found, and what comes now."""
    plan = session.plan
    if session.goes_on:
        _tell("going on with run {}, interrupted after {} documents".format(*session.goes_on))
    step = "loading the model" if n_batches else "publishing"
    _tell(f"{plan.n_seen} documents: {plan.summary()}; {step}" + (f"; Prefect: {api}" if api else ""))


def print_plan(session: Session, as_json: bool) -> None:
    """What would be done, and why."""
    plan = session.plan
    documents = [{"doc_id": t.source.doc_id, "why": t.why} for t in plan.todo]
    documents += [{"doc_id": doc_id, "why": "removed"} for doc_id in plan.removed]
    documents += [{"doc_id": k.doc_id, "why": f"set aside: {k.fail_error}"} for k in plan.set_aside]
    parts = session.changed_pipeline_parts()
    if as_json:
        data = {"n_seen": plan.n_seen, "reasons": plan.reasons(), "documents": documents, "pipeline_changes": parts}
        _print_json(data | {"ignored": _unread(session)})
        return
    for document in documents:
        typer.echo(plain(f"{document['why']:<18} {document['doc_id']}"))
    if parts:
        _tell(f"pipeline changed in: {', '.join(parts)}")
    _tell_unread(session)
    _tell(plan.summary() or "no documents")


def print_nothing(session: Session, as_json: bool) -> None:
    """That nothing was to be done."""
    plan = session.plan
    seconds = session.elapsed_s
    if as_json:
        counts = {"n_seen": plan.n_seen, "n_unchanged": plan.n_unchanged + len(plan.set_aside)}
        data = {"run_id": None, "status": "nothing to do", "seconds": round(seconds, 3), "counts": counts}
        _print_json(data | {"unread": _unread(session)})
    _tell_unread(session)
    note = f" ({len(plan.set_aside)} set aside: `extract failures`)" if plan.set_aside else ""
    _tell(f"nothing to do: {plan.n_seen} documents unchanged{note}, {seconds:.1f} s")


def print_summary(session: Session, record: RunRecord, as_json: bool) -> None:
    """Counts, failures, what was not read, where the tables are, and the next commands."""
    rows = session.table_rows()
    if as_json:
        data: dict[str, Any] = {"run_id": record.run_id, "status": record.status, "seconds": record.seconds}
        data |= {"out": session.storage.url, "counts": record.counts, "rows": rows, "failed": record.failed}
        _print_json(data | {"unread": _unread(session), "timing_s": record.timing_s})
    _tell_counts(record, rows)
    failures = session.failures()
    for failure in failures[:_SHOWN]:
        _tell(f"failed: {failure.doc_id}: {failure.stage}: {failure.error.removeprefix(f'{failure.doc_id}: ')}")
    if len(failures) > _SHOWN:
        _tell(f"… and {len(failures) - _SHOWN} more failed")
    _tell_unread(session)
    _tell_more_names(session)
    _tell(f"tables: {session.storage.url}")
    for command, what in _next(session, record):
        _tell(f"  {command:<{_COMMAND_WIDTH}} {what}")


def _tell_more_names(session: Session) -> None:
    if "ja" not in session.languages():
        return
    from extract.components.entities import sudachi

    if not sudachi.is_installed():
        _tell("Japanese documents: the extra `ja` (pip install 'trade-extract[ja]') would find more names in them")


_COMMAND_WIDTH = 40


def _next(session: Session, record: RunRecord) -> list[tuple[str, str]]:
    out = session.options.out
    where = "" if out == "data/processed" else f" --out {out}"
    steps = [(f"extract failures{where}", f"why {len(record.failed)} failed")] if record.failed else []
    if len(session.history.readable_ids()) > 1:
        steps.append((f"extract compare{where}", "what changed against the run before"))
    return [*steps, (f"extract review{where}", "check rows in the browser"), (f"extract runs{where}", "all runs")]


def _tell_counts(record: RunRecord, rows: dict[str, int]) -> None:
    _tell(f"run {record.run_id}: {record.status}, {record.seconds:.1f} s")
    _tell("  documents  " + ", ".join(f"{record.counts[f'n_{name}']} {name}" for name in _COUNTS))
    _tell("  rows made  " + ", ".join(f"{count} {name}" for name, count in rows.items()))


def _unread(session: Session) -> list[dict[str, str]]:
    return [{"name": name, "why": why} for name, why in session.plan.ignored]


def _tell_unread(session: Session) -> None:
    for line in by_reason(session.plan.ignored):
        _tell(line)


def _print_json(data: dict[str, Any]) -> None:
    typer.echo(json.dumps(data, indent=2, ensure_ascii=False))
