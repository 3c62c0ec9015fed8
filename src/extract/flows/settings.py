"""What Prefect is told before it is imported: no telemetry, quiet on the terminal, time enough to start.

Nothing that the user has set is overwritten. Imports nothing of Prefect's.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # the temporary server on a busy machine with two cores needs more than the 20 s that it is given
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}
# a temporary server that lives for one run needs none of the services that watch over many
TEMPORARY_SERVER = {
    f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
    for service in ("SCHEDULER", "LATE_RUNS", "FOREMAN", "CANCELLATION_CLEANUP", "PAUSE_EXPIRATIONS", "REPOSSESSOR")
}
# on the terminal the command itself tells what happened; Prefect's pages have all log lines
QUIET = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}


def prepare_environment(*, one_run: bool = False) -> None:
    """Set what is not set yet. Call before the first import of Prefect.

    ``one_run``: the command runs the flow itself and ends then.
    """
    for name, value in (DEFAULTS | (QUIET | TEMPORARY_SERVER if one_run else {})).items():
        os.environ.setdefault(name, value)
    if "PREFECT_HOME" not in os.environ and not _is_home_writable():
        os.environ["PREFECT_HOME"] = _spare_home()


def _is_home_writable() -> bool:
    try:
        home = Path.home() / ".prefect"
    except RuntimeError:  # no home at all
        return False
    while not home.exists() and home != home.parent:
        home = home.parent
    return os.access(home, os.W_OK)


def _spare_home() -> str:
    """The same folder each time, as a new one costs the making of a database; a new one where that is another's."""
    home = Path(tempfile.gettempdir(), f"extract-prefect-{os.getuid()}")
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        if home.stat().st_uid == os.getuid() and not home.is_symlink():
            return str(home)
    except OSError:
        pass
    return tempfile.mkdtemp(prefix="prefect-")
