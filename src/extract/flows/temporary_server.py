"""A Prefect server where none is configured: started at once, ready while the workers load the pipeline.

It listens on the loopback address alone and ends with the process that started it, however that ends. Its data lie in
Prefect's home, so that the second start need not make the database again.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

from extract.errors import ExtractError
from extract.work.worker import end_with_parent

START_LIMIT_S = 180.0
# what Prefect sets for its own temporary servers: no pages, no settings that change while it runs
_ONE_RUN = {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
_POLL_S = 0.1


class TemporaryServer:
    """Make it before Prefect is imported; ``url`` waits until it answers. ``for_many_runs``: with its pages.

    It is ended as the last thing that this process does, after Prefect has told it the last of the logs.
    """

    def __init__(self, *, for_many_runs: bool = False) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self._url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
            handle = listener.fileno()
            own = {"PREFECT_UI_API_URL": self._url} if for_many_runs else _ONE_RUN
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "extract.flows.temporary_server", str(handle), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=os.environ | own,
                pass_fds=[handle],
                start_new_session=True,
            )

        atexit.register(self._end)  # what is registered first is called last

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def url(self) -> str:
        """The API's address, once it answers. Raises ``ExtractError`` where it does not start."""
        give_up = time.monotonic() + START_LIMIT_S
        while time.monotonic() < give_up and self._process.poll() is None:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self._url}/health", timeout=2):
                return self._url
            time.sleep(_POLL_S)
        raise ExtractError("Prefect's temporary server did not start; `prefect server start` tells why")


def main(handle: int, parent: int) -> None:
    """Serve on a socket that the parent has bound, until the parent ends."""
    end_with_parent(parent)
    import uvicorn

    config = uvicorn.Config("prefect.server.api.server:create_app", factory=True, log_level="error", lifespan="on")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=handle)])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
