"""What the command hands to the flow in the same process, by run id.

In a module of its own: Dask pickles the flow's function with the globals that it names, and these hold locks and
processes; a module is pickled by its name alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.batch import Batch
from extract.pool import Runner
from extract.records import RunRecord
from extract.runs import Session
from flows.progress import Progress


@dataclass
class Driven:
    """A session that has been opened, planned and begun, with what does its batches (``None``: a Dask cluster)."""

    session: Session
    batches: list[Batch]
    runner: Runner | None
    started: float
    record: RunRecord | None = None
    error: BaseException | None = None


DRIVEN: dict[str, Driven] = {}
# tasks are handed strings only, and find the processes of this machine here
RUNNERS: dict[str, tuple[Runner, Progress]] = {}
