"""A Dask cluster as a run sees it, with a client that stands in: who can do the work, what is told, what is lost."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest

from extract.errors import ExtractError, StorageError
from extract.runs import cluster as module
from extract.runs.cluster import Cluster, ClusterError, problem_here
from extract.runs.fingerprint import Fingerprint
from extract.work.batch import Batch, BatchResult, Setup
from tests.run_support import free_port

distributed = pytest.importorskip("distributed", reason="needs the extra [dask]")
SETUP = Setup("out", "20240501T020000Z", "2024-05-01T02:00:00+00:00", "1.0+abc", "abc", model="small")
BATCHES = [Batch(7, []), Batch(8, [])]


class Future:
    """What a batch comes to: a result, or an error."""

    def __init__(self, outcome: BatchResult | Exception) -> None:
        self.outcome = outcome

    def result(self) -> BatchResult:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Client:
    """Stands in for Dask's: ``problems`` are what the workers answer, by their address."""

    loop = "the loop"

    def __init__(self, problems: dict[str, object]) -> None:
        self.problems = problems
        self.outcomes: list[BatchResult | Exception] = [BatchResult(7, 3, 1, 1.0, 0.5), BatchResult(8, 2, 0, 1.0, 0.5)]
        self.submitted: list[dict[str, Any]] = []
        self.waited: list[tuple[int, float]] = []
        self.cancelled: list[Future] = []
        self.closed = False

    def scheduler_info(self) -> dict[str, Any]:
        return {"workers": dict.fromkeys(self.problems)}

    def wait_for_workers(self, count: int, timeout: float) -> None:
        self.waited.append((count, timeout))
        if not self.problems:
            raise TimeoutError

    def run(self, function: Callable[..., str], *arguments: Any, on_error: str) -> dict[str, object]:
        assert (function, arguments, on_error) == (problem_here, ("small", {"code": "1"}), "return")
        return self.problems

    def submit(self, function: Any, setup: Setup, batch: Batch, **options: Any) -> Future:
        assert setup == SETUP
        self.submitted.append(options | {"number": batch.number})
        return Future(self.outcomes[len(self.submitted) - 1])

    def cancel(self, futures: list[Future]) -> None:
        self.cancelled += futures

    def close(self, timeout: float) -> None:
        self.closed = True
        raise RuntimeError("it does not matter any more")


@pytest.fixture
def listening() -> Any:
    """The address of something that answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def cluster(listening: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[Client], Cluster]:
    """A cluster behind a client."""

    def behind(client: Client) -> Cluster:
        monkeypatch.setattr(module, "_client", lambda address: client)
        monkeypatch.setattr(distributed, "as_completed", lambda futures, loop: futures)
        return Cluster(listening, SETUP, {"code": "1"})

    return behind


def test_batches_are_done_by_all_workers_that_can(cluster: Callable[[Client], Cluster], capsys: Any) -> None:
    client = Client({"tcp://b": "", "tcp://a": "", "tcp://c": ValueError("no \x1bmodel")})
    done: list[int] = []
    with cluster(client) as workers:
        assert workers.able == ["tcp://a", "tcp://b"]
        results = list(workers.results(BATCHES, done.append))
    assert [result.number for result in results] == [7, 8]
    assert done == [4, 2]
    assert client.waited == [(1, module.WORKER_LIMIT_S)]
    keys = [f"{SETUP.run_id}-{number}" for number in (7, 8)]
    assert [(told["key"], told["number"]) for told in client.submitted] == list(zip(keys, (7, 8), strict=True))
    assert all(told["workers"] == ["tcp://a", "tcp://b"] and told["retries"] == 2 for told in client.submitted)
    assert len(client.cancelled) == 2
    assert client.closed
    assert capsys.readouterr().err == "worker tcp://c is left out: no \\x1bmodel\n"


def test_no_worker_that_can(cluster: Callable[[Client], Cluster]) -> None:
    client = Client({"tcp://b": "no such model", "tcp://a": "its pipeline is another"})
    with pytest.raises(ClusterError, match=r"can do this run; tcp://a: its pipeline is another$"), cluster(client):
        pytest.fail("it was entered")
    assert client.closed


def test_no_worker_at_all(cluster: Callable[[Client], Cluster], listening: str, capsys: Any) -> None:
    with pytest.raises(ClusterError, match=rf"at {listening} has no workers, nor got one in 30 s; start some"):
        cluster(Client({})).__enter__()
    assert capsys.readouterr().err == f"waiting for workers of the Dask cluster at {listening}\n"


@pytest.mark.parametrize(
    ("error", "told"),
    [(StorageError("no room"), "^no room$"), (RuntimeError("worker killed"), "lost a batch: worker killed")],
)
def test_a_batch_that_is_lost(error: Exception, told: str, cluster: Callable[[Client], Cluster]) -> None:
    client = Client({"tcp://a": ""})
    client.outcomes[1] = error
    done: list[int] = []
    with cluster(client) as workers, pytest.raises(ExtractError, match=told):
        list(workers.results(BATCHES, done.append))
    assert done == [4]
    assert len(client.cancelled) == 2, "what others still do is called off"


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:port", "tcp://127.0.0.1:99999999"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(ClusterError, match=rf"no Dask scheduler answers at '{address}' .* as tcp://scheduler:8786"):
        Cluster(address, SETUP, {})


def test_an_address_where_nobody_listens() -> None:
    with pytest.raises(ClusterError, match="no Dask scheduler answers"):
        Cluster(f"tcp://127.0.0.1:{free_port()}", SETUP, {})
    with pytest.raises(ClusterError, match="no Dask scheduler answers"):
        Cluster(f"tcp://[::1]:{free_port()}", SETUP, {})


def test_what_a_worker_says_of_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fingerprint", lambda model: Fingerprint({"code": "1", "model": str(model)}))
    assert problem_here("small", {"code": "1", "model": "small"}) == ""
    assert problem_here("small", {"code": "2", "model": "big"}) == "its pipeline is another: code, model differ"
    monkeypatch.undo()
    assert "cannot load the model 'no_such_model'" in problem_here("no_such_model", {})
