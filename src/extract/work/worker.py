"""A worker process: ``python -m extract.work.worker PARENT``, its parent's process id given.

It speaks lines of JSON: a ``Setup`` first, then batches on standard input; events and results on standard output. The
pipeline is loaded once, when the setup comes. Whatever a component prints goes to standard error, never into the
protocol. The worker ends when its input ends, or when the process that started it is gone.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
import time
from dataclasses import asdict
from typing import Any, TextIO

PARENT_CHECK_S = 0.5


def main(parent: int) -> int:
    """Serve batches until standard input ends."""
    channel = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    os.dup2(2, 1)
    end_with_parent(parent)
    first = sys.stdin.readline()
    if not first:
        return 0
    return _serve(first, channel)


def _serve(first: str, channel: TextIO) -> int:
    from extract.errors import ExtractError
    from extract.pipeline.documents import load_pipeline
    from extract.pipeline.model_folder import BLANK
    from extract.work.batch import Setup

    # the pipeline is a million objects, all of which stay: to look for rubbish among them is a tenth of loading
    gc.disable()
    try:
        setup = Setup(**json.loads(first))
        if setup.model in (None, BLANK):
            # spaCy imports PyTorch wherever it is installed, which takes longer than to load a pipeline without it
            sys.modules.setdefault("torch", None)  # type: ignore[arg-type]
        nlp = load_pipeline(setup.model)
    except ExtractError as error:
        _say(channel, event="fatal", error=str(error))
        return 1
    gc.freeze()
    gc.enable()
    _say(channel, event="ready")
    for line in sys.stdin:
        if not _one_batch(setup, line, nlp, channel):
            return 1
    return 0


def _one_batch(setup: Any, line: str, nlp: Any, channel: TextIO) -> bool:
    from extract.errors import StorageError
    from extract.work.batch import Batch, process_batch
    from extract.work.limits import resident_bytes

    def on_event(event: str, doc_id: str) -> None:
        _say(channel, event=event, doc_id=doc_id)

    try:
        result = process_batch(setup, Batch.from_json(line), nlp, on_event)
    except StorageError as error:
        _say(channel, event="storage", error=str(error))
        return False
    _say(channel, event="batch", result=asdict(result), resident_bytes=resident_bytes())
    return True


def _say(channel: TextIO, **message: Any) -> None:
    channel.write(json.dumps(message) + "\n")
    channel.flush()


def end_with_parent(parent: int) -> None:
    """End this process when its parent has died: an orphan must not write where another process now repairs."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_CHECK_S)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
