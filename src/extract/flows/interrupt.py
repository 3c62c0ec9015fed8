"""Ctrl-C ends the command at once.

Prefect would go on telling a temporary server, which Ctrl-C has ended too, for more than a minute. As a run may be
killed at any point without loss, nothing is waited for: workers and server are ended, the lock is given back.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

import psutil

from extract.runs.session import Session

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def ends_at_once(session: Session) -> Iterator[None]:
    """Inside, SIGINT and SIGTERM end this process with 128 plus the signal's number. Main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
        session.__exit__()
        os.write(sys.stderr.fileno(), b"\nextract: interrupted; finished batches are kept, run again to go on\n")
        os._exit(128 + number)

    previous = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
