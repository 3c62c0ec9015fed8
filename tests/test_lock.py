"""The lock of an output folder: one writer at a time, and what is known of an owner that has died."""

from __future__ import annotations

import getpass
import json
import os
import socket
import threading
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extract.errors import LockedError, OutputFolderError
from extract.store import lock as module
from extract.store.lock import LOCK_NAME, STALE_AFTER_S, Owner, RunLock, age
from extract.store.storage import Storage, open_storage

ELSEWHERE = Owner(1, "elsewhere", "ada", "2024-05-01T02:00:00+00:00", 0.0)


def store(name: str, owner: Owner | None = None) -> Storage:
    """An object store, with a lock if it has an owner."""
    storage = open_storage(f"memory://locks/{name}")
    if owner is not None:
        storage.write(LOCK_NAME, json.dumps(asdict(owner)).encode())
    return storage


def owner_of(storage: Storage) -> Owner:
    return Owner(**json.loads(storage.read(LOCK_NAME)))


def test_the_lock_of_an_object_store() -> None:
    storage = store("out")
    first, second = RunLock(storage), RunLock(storage)
    first.acquire()
    other = json.loads(storage.read(LOCK_NAME)) | {"pid": 1, "host": "elsewhere"}
    storage.write(LOCK_NAME, json.dumps(other).encode())
    with pytest.raises(LockedError, match=r"process 1 of .* on host elsewhere"):
        second.acquire()
    storage.write(LOCK_NAME, json.dumps(other | {"beat_at": time.time() - 3600}).encode())
    second.acquire()
    assert second.stale_owner is not None
    second.release()
    first.release()


@pytest.mark.parametrize(("pid", "years"), [(2**22 + 1, 0), (1, -1)])
def test_a_dead_owner_on_this_machine_is_not_waited_for(pid: int, years: int) -> None:
    """No such process, or one that has been given its number since."""
    started = datetime.now(UTC) + timedelta(days=365 * years)
    owner = Owner(pid, socket.gethostname(), "ada", started.isoformat(), time.time())
    lock = RunLock(store(f"dead{pid}", owner))
    lock.acquire()
    assert lock.stale_owner == owner
    lock.release()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "60 min"),
        (3600, "1 h"),
        (86_399, "24 h"),
        (86_400, "1 d"),
        (200_000, "2 d"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_fits(seconds: float, told: str) -> None:
    assert age(seconds) == told


def test_an_owner_says_who_and_since_when() -> None:
    then = datetime(2024, 5, 1, 2, 12, tzinfo=UTC).timestamp()
    told = "process 1 of ada on host elsewhere, started 2024-05-01T02:00:00+00:00 (12 min ago)"
    assert ELSEWHERE.described(then) == told
    assert ELSEWHERE.described(1.0).endswith("(0 s ago)"), "a clock that is behind"
    current = Owner.current()
    assert (current.pid, current.host, current.user) == (os.getpid(), socket.gethostname(), getpass.getuser())
    assert current.described().endswith(" s ago)")
    assert abs(current.beat_at - time.time()) < 60


def test_a_user_without_a_name_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert Owner.current().user == str(os.getuid())


def test_a_local_lock_is_held_told_and_given_back(tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    with RunLock(storage) as held:
        assert held.stale_owner is None
        assert owner_of(storage).pid == os.getpid()
        with pytest.raises(LockedError, match=rf"{tmp_path} is being written by process {os.getpid()} of "):
            RunLock(storage).acquire()
    assert storage.read(LOCK_NAME) == b""
    held.release()  # again, which does nothing
    with RunLock(storage) as again:
        assert again.stale_owner is None


def test_an_owner_who_cannot_be_read_is_another_process(tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    with RunLock(storage):
        (tmp_path / LOCK_NAME).write_text('{"pid": 1}')
        with pytest.raises(LockedError, match="is being written by another process; wait for it"):
            RunLock(storage).acquire()


def test_a_local_lock_that_was_left_is_told_and_cleared(tmp_path: Path) -> None:
    storage = open_storage(tmp_path)
    storage.write(LOCK_NAME, json.dumps(asdict(ELSEWHERE)).encode())
    lock = RunLock(storage)
    lock.acquire()
    assert lock.stale_owner == ELSEWHERE
    assert owner_of(storage).pid == os.getpid(), "nothing of the longer name before is left behind it"
    lock.release()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".extract").write_text("a file")
    with pytest.raises(OutputFolderError, match=r"cannot write into .*; give another --out"):
        RunLock(open_storage(tmp_path)).acquire()


@pytest.mark.parametrize(("ago_s", "is_alive"), [(STALE_AFTER_S - 20, True), (STALE_AFTER_S + 1, False)])
def test_an_owner_elsewhere_lives_as_long_as_its_heart_beats(ago_s: float, is_alive: bool) -> None:
    assert STALE_AFTER_S == 60
    storage = store(f"beats{is_alive}", replace(ELSEWHERE, beat_at=time.time() - ago_s))
    lock = RunLock(storage)
    if is_alive:
        with pytest.raises(LockedError, match="process 1 of ada on host elsewhere"):
            lock.acquire()
        lock.release()
        assert owner_of(storage).host == "elsewhere", "another's lock is left alone"
    else:
        lock.acquire()
        lock.release()
        assert storage.names(".extract") == []


def test_another_process_of_this_machine_that_lives_keeps_its_lock() -> None:
    started = datetime.now(UTC).isoformat()
    parent = Owner(os.getppid(), socket.gethostname(), "ada", started, 0.0)
    with pytest.raises(LockedError, match=rf"process {os.getppid()} of ada"):
        RunLock(store("parent", parent)).acquire()


def test_the_heart_beats_until_the_lock_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_S", 0.02)
    storage = store("heart")
    lock = RunLock(storage)
    lock.acquire()
    first = owner_of(storage)
    give_up = time.monotonic() + 60
    while owner_of(storage).beat_at == first.beat_at and time.monotonic() < give_up:
        time.sleep(0.01)
    now = owner_of(storage)
    assert now.beat_at > first.beat_at
    assert replace(now, beat_at=first.beat_at) == first
    lock.release()
    assert lock._stop.is_set()
    assert storage.names(".extract") == []


def test_of_two_that_take_an_object_at_once_one_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    storage, lock = store("race"), RunLock(store("race"))
    rival = replace(ELSEWHERE, beat_at=time.time())
    real = storage.write

    def overwritten(name: str, data: bytes) -> None:
        real(name, json.dumps(asdict(rival)).encode())

    monkeypatch.setattr(lock._storage, "write", overwritten)
    with pytest.raises(LockedError, match="host elsewhere"):
        lock.acquire()


def test_a_lock_is_waited_for(tmp_path: Path) -> None:
    first, second = RunLock(open_storage(tmp_path)), RunLock(open_storage(tmp_path), wait_s=60)
    first.acquire()
    threading.Timer(0.3, first.release).start()
    second.acquire()
    assert second.stale_owner is None
    second.release()
