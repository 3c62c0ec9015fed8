"""Documents made from the samples for benchmarks, and the watching of processes."""

from __future__ import annotations

import random
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

SAMPLES = Path(__file__).parents[1] / "data" / "raw"
_MB = 1 << 20


def paragraphs() -> list[str]:
    """The paragraphs of the samples that are plain text, in stable order."""
    paths = (path for path in sorted(SAMPLES.rglob("*")) if path.suffix in (".txt", ".md"))
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return [p for text in texts for p in text.split("\n\n") if p.strip()]


def synthesise(count: int, characters: int, *, seed: int = 1) -> dict[str, str]:
    """``count`` documents of about so many characters, of the samples' paragraphs; equal seeds, equal texts."""
    rng, stock = random.Random(seed), paragraphs()
    documents = {}
    for number in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) < characters:
            parts.append(rng.choice(stock))
        documents[f"{number % 100:02d}/doc{number:06d}.txt"] = f"No. {number}\n\n" + "\n\n".join(parts) + "\n"
    return documents


def write(raw: Path, documents: dict[str, str]) -> None:
    """Put documents into a raw folder."""
    for doc_id, text in documents.items():
        path = raw / doc_id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Watched:
    """How a command went: wall-clock and processor seconds, peak memory, all its processes together; its output."""

    seconds: float
    cpu_s: float
    peak_mb: float
    output: str


def watch(command: list[str], *, allowed: tuple[int, ...] = (0,), environment: dict[str, str] | None = None) -> Watched:
    """Run a command and watch its memory (proportional set size, so that shared pages count once)."""
    started, cpu_before = time.perf_counter(), _children_cpu_s()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    peak = 0.0
    done = threading.Event()

    def look() -> None:
        nonlocal peak
        while not done.wait(1):
            peak = max(peak, _memory_mb(process.pid))

    watcher = threading.Thread(target=look)
    watcher.start()
    output, _ = process.communicate()
    done.set()
    watcher.join()
    if process.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Watched(time.perf_counter() - started, _children_cpu_s() - cpu_before, peak, output)


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory_mb(pid: int) -> float:
    total = 0
    try:
        root = psutil.Process(pid)
        for member in (root, *root.children(recursive=True)):
            if "prefect.server" not in " ".join(member.cmdline()):
                total += member.memory_full_info().pss
    except psutil.Error:
        pass
    return total / _MB
