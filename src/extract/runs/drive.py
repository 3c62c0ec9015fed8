"""A run from its batches to its tables: one function, whoever has the batches done (processes, a cluster, Prefect)."""

from __future__ import annotations

import time
from collections.abc import Iterable

from extract.runs.progress import Progress
from extract.runs.session import Session
from extract.store.records import RunRecord
from extract.work.batch import BatchResult


def drive(session: Session, results: Iterable[BatchResult], progress: Progress) -> RunRecord:
    """Follow the batches of a session that has begun as they are done, then publish. Raises ``ExtractError``.

    ``results`` has the batches done while it is gone through; it is gone through once.
    """
    started = time.perf_counter()
    timing = {"start": started - session.started, "pipeline_all_workers": 0.0}
    for result in results:
        timing["pipeline_all_workers"] += result.pipeline_s
    timing["batches"] = time.perf_counter() - started
    progress.publishing()
    return session.finish(timing)
