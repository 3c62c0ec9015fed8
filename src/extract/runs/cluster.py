"""An existing Dask cluster: which of its workers can do the work, and the doing of it without Prefect."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from extract.errors import ExtractError
from extract.runs.fingerprint import changed_parts, fingerprint
from extract.runs.telling import plain
from extract.work.batch import Batch, BatchResult, Setup
from extract.work.pool import run_here

CONNECT_LIMIT_S = 5.0
WORKER_LIMIT_S = 30.0


class ClusterError(ExtractError):
    """The Dask cluster cannot do the work."""


class Cluster:
    """A context manager; ``able`` are the addresses of the workers that can do the work (else ``ClusterError``)."""

    def __init__(self, address: str, setup: Setup, parts: dict[str, str]) -> None:
        _check_answers(address)
        self._address, self._setup, self._parts = address, setup, parts

    def __enter__(self) -> Cluster:
        self._client = _client(self._address)
        try:
            self.able = self._look()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def close(self) -> None:
        """Leave the cluster; what it does for others goes on."""
        with suppress(Exception):
            self._client.close(timeout=CONNECT_LIMIT_S)

    def results(self, batches: list[Batch], on_batch: Callable[[int], None]) -> Iterator[BatchResult]:
        """Have the batches done; their results as they come. A worker that is lost is made up for by the others."""
        from distributed import as_completed

        futures = [
            self._client.submit(
                _do, self._setup, batch, key=f"{self._setup.run_id}-{batch.number}", workers=self.able, retries=2
            )
            for batch in batches
        ]
        try:
            for future in as_completed(futures, loop=self._client.loop):  # type: ignore[no-untyped-call]
                result = self._result(future)
                on_batch(result.n_done + result.n_failed)
                yield result
        finally:
            with suppress(Exception):
                self._client.cancel(futures)

    def _result(self, future: Any) -> BatchResult:
        try:
            result: BatchResult = future.result()
            return result
        except ExtractError:
            raise
        except Exception as error:  # a worker that was killed, a lost connection: each has an exception of its own
            raise ClusterError(f"the Dask cluster at {self._address} lost a batch: {error}") from error

    def _look(self) -> list[str]:
        """The workers that can do the work; of the others it is told why they cannot."""
        if not self._client.scheduler_info()["workers"]:
            _tell(f"waiting for workers of the Dask cluster at {self._address}")
        try:
            self._client.wait_for_workers(1, timeout=WORKER_LIMIT_S)
        except TimeoutError as error:
            raise ClusterError(
                f"the Dask cluster at {self._address} has no workers, nor got one in {WORKER_LIMIT_S:g} s;"
                f" start some: dask worker {self._address}"
            ) from error
        answers = self._client.run(problem_here, self._setup.model, self._parts, on_error="return")
        problems = {address: str(problem) for address, problem in answers.items() if problem}
        able = sorted(answers.keys() - problems.keys())
        if not able:
            worker, problem = min(problems.items())
            raise ClusterError(f"no worker of the Dask cluster at {self._address} can do this run; {worker}: {problem}")
        for worker, problem in sorted(problems.items()):
            _tell(f"worker {worker} is left out: {problem}")
        return able


def _tell(words: str) -> None:
    print(plain(words), file=sys.stderr, flush=True)


def problem_here(model: str | None, parts: dict[str, str]) -> str:
    """Run on a worker: why it cannot do the work (no such model, another version of the pipeline); empty if it can."""
    try:
        differing = changed_parts(parts, fingerprint(model).parts)
    except ExtractError as error:
        return str(error)
    return f"its pipeline is another: {', '.join(differing)} differ" if differing else ""


def _do(setup: Setup, batch: Batch) -> BatchResult:
    return run_here(setup, batch, lambda event, doc_id: None)


def _check_answers(address: str) -> None:
    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), CONNECT_LIMIT_S):
            return
    except (OSError, ValueError, OverflowError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address!r} ({error}); give the address that it tells at its start,"
            " as tcp://scheduler:8786"
        ) from error


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("--dask needs the extra: pip install 'trade-extract[dask]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=CONNECT_LIMIT_S, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ClusterError(f"cannot use the Dask scheduler at {address}: {error}") from error
