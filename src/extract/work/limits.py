"""Time limit and memory guard of one document, inside the process that works on it.

A timer signal looks twice a second at the clock and at the process's memory, and raises in the midst of the work.
Signals reach Python code, spaCy's loops and regular expressions; what never comes back is ended from outside, by the
process that started the worker. Outside the main thread the guard can do nothing and lets the work go on.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from types import FrameType, TracebackType

TICK_S = 0.5
_MB = 1 << 20


class LimitReached(BaseException):
    """No ``Exception``, so that no component's own ``except`` swallows it."""


class TimeLimitReached(LimitReached):
    """The document took longer than its time limit."""


class MemoryLimitReached(LimitReached):
    """The document took more memory than its limit."""


def resident_bytes() -> int:
    """The memory that this process holds; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return _resident_by_psutil()


def _resident_by_psutil() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)


class Guard:
    """``with Guard(time_limit_s=60, memory_limit_mb=2000): work()``; memory counts from the start of the work."""

    def __init__(self, *, time_limit_s: float, memory_limit_mb: float) -> None:
        self._time_limit_s = time_limit_s
        self._memory_limit_mb = memory_limit_mb
        self._previous: signal.Handlers | object = None
        self._active = False

    def __enter__(self) -> Guard:
        self._give_up_at = time.monotonic() + self._time_limit_s
        self._most_bytes = resident_bytes() + self._memory_limit_mb * _MB
        if threading.current_thread() is threading.main_thread():
            self._active = True
            self._previous = signal.signal(signal.SIGALRM, self._tick)
            first_s = min(TICK_S, max(self._time_limit_s, 0.001))
            signal.setitimer(signal.ITIMER_REAL, first_s, TICK_S)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._active:
            self._active = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._previous)  # type: ignore[arg-type]

    def _tick(self, _signal: int, _frame: FrameType | None) -> None:
        if not self._active:
            return
        if time.monotonic() >= self._give_up_at:
            raise TimeLimitReached(f"took longer than the time limit of {self._time_limit_s:g} s (--time-limit)")
        used = resident_bytes()
        if used > self._most_bytes:
            raise MemoryLimitReached(
                f"took more memory than the limit of {self._memory_limit_mb:g} MB (--memory-limit)"
            )
