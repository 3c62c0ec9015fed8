"""Ctrl-C and SIGTERM end a command at once, without a traceback.

As a run may be killed at any point without loss, nothing is waited for: what the command started is ended too.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import psutil

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def ends_at_once(tidy: Callable[[], None], words: str) -> Iterator[None]:
    """Inside, SIGINT and SIGTERM end this process and its children with 128 plus the signal's number.

    ``tidy`` is called first, ``words`` are said on standard error. In another thread than the main one it does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
        tidy()
        os.write(sys.stderr.fileno(), f"\nextract: {words}\n".encode())
        os._exit(128 + number)

    previous = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
