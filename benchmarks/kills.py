"""Runs killed at random moments: the next run must end in the bytes of an undisturbed one.

    python benchmarks/kills.py [--kills 200] [--documents 12] [--seed 1]

Each time a first run and then an update (a document new, one changed, one gone) are ended by the kernel, with a signal
that nothing catches, after a random share of the processor time that they take, and done again. The tests' stand-in
takes the pipeline's place, in a forked child, so that a kill costs a fraction of a second: what is tested is the
writing. Exit code 1 if any table differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import extract
from extract.runs import session
from extract.runs.fingerprint import Fingerprint
from tests.run_support import StandIn, contents, run, table_bytes, texts, write_raw

FIXED = datetime(2024, 5, 1, 2, 0, tzinfo=UTC)


def killed(raw: Path, out: Path, after_s: float) -> bool:
    """Run in a child that is killed after so many seconds of its processor time; False if it was through by then."""
    pid = os.fork()
    if pid == 0:
        try:
            # by itself the signal of this clock ends a process at once, as SIGKILL does; a busy machine moves no kill
            signal.setitimer(signal.ITIMER_PROF, after_s)
            run(raw, out)
            signal.setitimer(signal.ITIMER_PROF, 0)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGPROF


def update(raw: Path) -> None:
    """One document new, one changed, one gone."""
    write_raw(raw, {"new.txt": "Bell: Eastland paid $9 in 1999.\n", "d1/doc001.txt": "Moss: Westland owes $8.\n"})
    (raw / "d2/doc002.txt").unlink()


def measure(kills: int, documents: int, seed: int) -> dict[str, int]:
    """How many runs were killed before they were through, and after how many of these a table differed."""
    StandIn()
    session.fingerprint = lambda model, cache=None: Fingerprint({"package": extract.__version__})  # type: ignore[assignment]
    session.now = lambda: FIXED  # type: ignore[assignment]
    session.MIN_BATCH_BYTES = 150  # type: ignore[assignment]
    rng, counts = random.Random(seed), {"tries": 0, "kills": 0, "differences": 0}
    with tempfile.TemporaryDirectory() as folder:
        raws = [write_raw(Path(folder, name, "raw"), texts(documents)) for name in ("first", "second")]
        update(raws[1])
        wanted, took = [], []
        run(raws[0], Path(folder, "warm"))  # the first run of a process loads what all others have
        for raw in raws:
            started = time.process_time()
            run(raw, raw.parent / "out")
            took.append(time.process_time() - started)
            wanted.append(table_bytes(raw.parent / "out"))
        while counts["kills"] < kills:
            step = counts["tries"] % 2
            counts["tries"] += 1
            out = Path(folder, "killed")
            shutil.rmtree(out, ignore_errors=True)
            if step:
                shutil.copytree(raws[0].parent / "out", out)
            if not killed(raws[step], out, rng.uniform(1e-4, took[step])):
                continue
            counts["kills"] += 1
            print(json.dumps(counts), end="\r", file=sys.stderr, flush=True)
            run(raws[step], out)
            if not step:
                counts["differences"] += table_bytes(out) != wanted[0]
            else:
                # an update's run is named otherwise than that of the same texts read at once
                counts["differences"] += contents(out) != contents(raws[1].parent / "out")
    return counts


def main() -> int:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--documents", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    counts = measure(asked.kills, asked.documents, asked.seed)
    print(json.dumps(counts))
    return int(counts["differences"] > 0)


if __name__ == "__main__":
    sys.exit(main())
