"""Words a CPU second of the whole pipeline beside another checkout's, in one run, by component.

    python benchmarks/beside.py OTHER_CHECKOUT FOLDER_OF_TEXTS [--rounds N]

One process for each source tree, both loaded and warm before the clock starts; they take the same texts in turns, so
that whatever else the machine does slows both alike. Time is each process's own CPU time on one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
# documents that a process takes before the other has its turn
TURN = 8


def serve() -> None:
    """A process of one source tree: file names come in by line, each file's CPU seconds by component go out."""
    import extract

    nlp = extract.load()
    for line in sys.stdin:
        print(json.dumps([_seconds(nlp, Path(path)) for path in json.loads(line)]), flush=True)


def _seconds(nlp: Any, path: Path) -> dict[str, float] | None:
    """What a file took, by component; ``None`` if this tree fails on it."""
    seconds: dict[str, float] = {}
    text, before = path.read_text(encoding="utf-8", errors="replace"), time.process_time()
    doc = nlp.make_doc(text)
    try:
        for name, part in [("make_doc", lambda made: made), *nlp.pipeline]:
            doc = part(doc)
            now = time.process_time()
            seconds[name] = now - before
            before = now
    except Exception as error:
        print(f"{path}: {type(error).__name__} in {name}, left out: {error}", file=sys.stderr)
        return None
    return seconds


class Tree:
    """A source tree with its process."""

    def __init__(self, root: Path) -> None:
        environment = os.environ | dict.fromkeys(THREADS, "1") | {"PYTHONPATH": f"{root / 'src'}:{root}"}
        command = [sys.executable, str(Path(__file__).resolve()), "--serve"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=root
        )

    def take(self, paths: list[str]) -> list[dict[str, float] | None]:
        """One turn: each file's CPU seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(paths) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("a process ended before its work was done")
        took: list[dict[str, float] | None] = json.loads(answer)
        return took

    def close(self) -> None:
        self._process.communicate()


def measure(other: Path, texts: Path, rounds: int) -> dict[str, Any]:
    """Rates of both trees, their ratio, and the seconds by component; files that one fails on count for neither."""
    paths = [str(path) for path in sorted(texts.rglob("*")) if path.is_file()] * rounds
    trees = (Tree(HERE), Tree(other))
    totals: tuple[dict[str, float], dict[str, float]] = ({}, {})
    words = 0
    for tree in trees:
        tree.take(paths[:TURN])
    for first in range(0, len(paths), TURN):
        turn = paths[first : first + TURN]
        took = [tree.take(turn) for tree in (trees if first // TURN % 2 else trees[::-1])]
        pairs = zip(turn, *(took if first // TURN % 2 else took[::-1]), strict=True)
        for path, *both in pairs:
            if None in both:
                continue
            words += len(Path(path).read_text(encoding="utf-8", errors="replace").split())
            for total, seconds in zip(totals, both, strict=True):
                for name, s in (seconds or {}).items():
                    total[name] = total.get(name, 0.0) + s
    for tree in trees:
        tree.close()
    rates = [words / sum(total.values()) for total in totals]
    return {
        "words": words,
        "words_per_cpu_s": round(rates[0]),
        "other_words_per_cpu_s": round(rates[1]),
        "ratio": round(rates[0] / rates[1], 3),
        "cpu_s": {
            name: [round(total.get(name, 0.0), 2) for total in totals]
            for name in sorted(totals[0].keys() | totals[1].keys(), key=lambda name: -totals[0].get(name, 0.0))
        },
    }


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, help="the other checkout")
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.other.resolve(), asked.texts, asked.rounds), indent=2))


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["--serve"] else main()
