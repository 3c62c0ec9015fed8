"""One writer at a time on an output folder; readers never wait.

Locally the kernel holds the lock (``flock``), so it ends with its owner, however that dies; the file beside it says
who the owner is. A lock file whose owner has ended without tidying up is stale: it is recognised and taken over.
On an object store, which has no locks, an object with the owner's heartbeat does what it can; an owner on this machine
that has died is known at once.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import json
import os
import socket
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from extract.errors import LockedError, OutputFolderError
from extract.store.storage import Storage

LOCK_NAME = ".extract/lock"
HEARTBEAT_S = 10.0
# an owner on another machine that has not shown itself for this long has died
STALE_AFTER_S = 6 * HEARTBEAT_S
POLL_S = 0.25


@dataclass(frozen=True)
class Owner:
    """Who writes: as the lock file tells it."""

    pid: int
    host: str
    user: str
    started_at: str
    beat_at: float

    @classmethod
    def current(cls) -> Owner:
        started_at = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(os.getpid(), socket.gethostname(), _user(), started_at, time.time())

    def described(self, now: float | None = None) -> str:
        """``process 4711 of ada on host desk, started 2024-05-01T02:00:00+00:00 (12 min ago)``."""
        age_s = max(0.0, (now or time.time()) - datetime.fromisoformat(self.started_at).timestamp())
        return f"process {self.pid} of {self.user} on host {self.host}, started {self.started_at} ({age(age_s)} ago)"


def age(seconds: float) -> str:
    """A time span in the largest fitting unit."""
    for unit, size_s in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size_s:
            return f"{seconds / size_s:.0f} {unit}"
    return f"{seconds:.0f} s"


class RunLock:
    """The lock of one output folder; ``acquire`` before, ``release`` after, or use it as a context manager.

    ``stale_owner`` tells, after ``acquire``, whose lock was found abandoned.
    """

    def __init__(self, storage: Storage, *, wait_s: float = 0.0) -> None:
        self._storage = storage
        self._wait_s = wait_s
        self._handle: int | None = None
        self._stop = threading.Event()
        self.stale_owner: Owner | None = None

    def __enter__(self) -> RunLock:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock, waiting up to ``wait_s``; ``LockedError`` names the owner and its age."""
        give_up = time.monotonic() + self._wait_s
        take = self._take_local if self._storage.local_root is not None else self._take_remote
        while not take():
            if time.monotonic() >= give_up:
                owner = self._owner()
                who = owner.described() if owner else "another process"
                raise LockedError(
                    f"{self._storage.url} is being written by {who}; wait for it (`--wait SECONDS`),"
                    " or end that process: what it has finished is kept"
                )
            time.sleep(POLL_S)

    def release(self) -> None:
        """Give the lock back; safe to call again."""
        self._stop.set()
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None
        elif self._storage.local_root is None:
            owner = self._owner()
            if owner and _is_self(owner):
                self._storage.remove(LOCK_NAME)

    def _owner(self) -> Owner | None:
        try:
            return Owner(**json.loads(self._storage.read(LOCK_NAME)))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def _take_local(self) -> bool:
        assert self._storage.local_root is not None
        path = Path(self._storage.local_root, LOCK_NAME)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise OutputFolderError(
                f"cannot write into {self._storage.url}: {error.strerror}; give another --out"
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self.stale_owner = self._owner()
        with contextlib.suppress(OSError):  # a full disk: the lock holds without its owner's name
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(asdict(Owner.current())).encode(), 0)
        self._handle = handle
        return True

    def _take_remote(self) -> bool:
        owner = self._owner()
        if owner and not _is_self(owner) and _is_alive(owner):
            return False
        self.stale_owner = owner
        mine = Owner.current()
        self._storage.write(LOCK_NAME, json.dumps(asdict(mine)).encode())
        seen = self._owner()
        if seen is None or not _is_self(seen):
            return False
        threading.Thread(target=self._beat, args=(mine,), daemon=True).start()
        return True

    def _beat(self, mine: Owner) -> None:
        while not self._stop.wait(HEARTBEAT_S):
            with contextlib.suppress(Exception):
                self._storage.write(LOCK_NAME, json.dumps(asdict(mine) | {"beat_at": time.time()}).encode())


def _is_self(owner: Owner) -> bool:
    return owner.pid == os.getpid() and owner.host == socket.gethostname()


def _is_alive(owner: Owner) -> bool:
    """Of this machine's processes it is known at once; another's is judged by its heartbeat."""
    if owner.host != socket.gethostname():
        return time.time() - owner.beat_at < STALE_AFTER_S
    import psutil

    try:
        # a process that began after the lock was taken has only been given the same number
        return bool(psutil.Process(owner.pid).create_time() <= datetime.fromisoformat(owner.started_at).timestamp() + 1)
    except psutil.NoSuchProcess:
        return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a user database
        return str(os.getuid())
