"""What the command hands to the flow in the same process, by run id.

In a module of its own: Dask pickles the flow's function with the globals that it names, and these hold locks and
processes; a module is pickled by its name alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.runs.cluster import Cluster
from extract.runs.progress import Progress
from extract.runs.session import Session
from extract.store.records import RunRecord
from extract.work.batch import Batch
from extract.work.pool import Runner


@dataclass
class Job:
    """A session that has begun, with what does its batches: processes of this machine, or a Dask cluster."""

    session: Session
    batches: list[Batch]
    does: Runner | Cluster
    progress: Progress
    # whether the server is there after the run, so that what is left on it can be read
    is_server_kept: bool = True
    record: RunRecord | None = None
    error: BaseException | None = None


JOBS: dict[str, Job] = {}
# tasks are handed strings only, and find the processes of this machine here
RUNNERS: dict[str, tuple[Runner, Progress]] = {}
