"""What a flow run leaves in Prefect's pages: progress, a summary, what failed, what changed against the run before."""

from __future__ import annotations

import re
import time
from typing import Any, cast
from uuid import UUID

from prefect import get_run_logger
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.settings import PREFECT_UI_URL

from extract.runs.session import Session
from extract.runs.telling import plain
from extract.store.records import RunRecord

PROGRESS_EVERY_S = 2.0
# comparing more would hold the run up; the command does it when somebody wants it
MAX_COMPARED_DOCUMENTS = 2_000
MAX_GROUPS = 100
MAX_TOLD = 100


class ProgressArtifact:
    """The share of batches done; told at most every two seconds, as each telling is a request."""

    def __init__(self, n_batches: int) -> None:
        self._n_batches = n_batches
        self._done = 0
        self._told_at = time.monotonic()
        made = create_progress_artifact(progress=0.0, key="extract-progress", description="documents processed")
        self._id = cast(UUID, made)

    def step(self) -> None:
        """One more batch is done."""
        self._done += 1
        if time.monotonic() - self._told_at >= PROGRESS_EVERY_S:
            self.tell()

    def tell(self) -> None:
        """Tell Prefect now."""
        self._told_at = time.monotonic()
        share = self._done / self._n_batches if self._n_batches else 1.0
        update_progress_artifact(self._id, progress=100.0 * share)


def leave(session: Session, record: RunRecord, *, is_kept: bool) -> None:
    """The summary and the run's page; with a server that is kept, the comparison too, which the run's page links to:
    on another nobody reads it."""
    rows: list[dict[str, Any]] = [{"what": f"documents {k[2:]}", "count": v} for k, v in record.counts.items()]
    rows += [{"what": f"rows in {table}", "count": count} for table, count in session.table_rows().items()]
    create_table_artifact(key="extract-summary", table=rows, description=f"run {record.run_id}: {record.status}")
    lines = [f"# Run {record.run_id}: {record.status}", ""]
    lines += [f"{record.seconds:.1f} s, pipeline {record.pipeline_version}, tables in {code(session.storage.url)}", ""]
    lines += [f"- failed: {code(doc_id)}" for doc_id in record.failed[:MAX_TOLD]]
    lines += [f"- not read: {code(name)}: {plain(why)}" for name, why in session.plan.ignored[:MAX_TOLD]]
    if is_kept:
        made = create_markdown_artifact(key="extract-comparison", markdown=_comparison(session, record))
        page = f"{PREFECT_UI_URL.value()}/artifacts/artifact/{made}"
        lines[4:4] = [f"[What changed against the run before]({page})", ""]
        get_run_logger().info("what changed against the run before: %s", page)
    create_markdown_artifact(key="extract-run", markdown="\n".join(lines))


def code(text: str) -> str:
    """Text as a code span, whatever backticks it holds; no line breaks and no control characters."""
    shown = plain(text)
    fence = "`" * (1 + max(map(len, re.findall(r"`+", shown)), default=0))
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _comparison(session: Session, record: RunRecord) -> str:
    """What changed against the run before, by kind of change."""
    from extract.compare import compare
    from extract.compare.changes import groups

    before = [run_id for run_id in session.history.readable_ids() if run_id < record.run_id]
    command = f"`extract compare {before[-1] if before else ''} {record.run_id} --html changes.html`"
    n_done = record.counts["n_new"] + record.counts["n_changed"]
    if not before or n_done > MAX_COMPARED_DOCUMENTS:
        return "The first run: nothing to compare.\n" if not before else f"{n_done} documents done: see {command}\n"
    found = compare(session.storage.url, before[-1], record.run_id)
    lines = [f"# {before[-1]} → {record.run_id}", "", f"{len(found.changes)} rows differ. In full: {command}", ""]
    lines += ["| table | change | rule or kind | rows |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {table} | {kind} | {rule} | {count} |" for table, kind, rule, count in groups(found.changes)[:MAX_GROUPS]
    ]
    return "\n".join(lines) + "\n"
