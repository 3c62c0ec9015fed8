"""The same texts through bare ``nlp.pipe`` and through the whole flow: documents a second, and their ratio.

    python benchmarks/throughput.py --documents 500 --workers 2

Bare: one process a worker, each a loop over ``nlp.pipe`` with the pipeline loaded and warm before the clock starts;
rows are not made and nothing is written. The flow is the whole command. What it costs to start (Python, Prefect, its
server, workers that load the pipeline) is measured by a run over a batch a worker: ``ratio`` has it in, as a user does,
``ratio_beyond_start`` has it out. On a machine that does other work, only ``ratio_beyond_start_cpu`` means anything.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.synthesis import Watched, synthesise, watch, write

# so many of 4,000 characters fill a batch
START_DOCUMENTS = 6


def bare_seconds(texts: list[str], model: str | None) -> tuple[float, float]:
    """Wall-clock and processor seconds of ``nlp.pipe`` over the texts, loading and a first document left out."""
    import extract

    nlp = extract.load(model)
    nlp("One warm-up sentence costs $5 million in 1994.")
    started, cpu_before = time.perf_counter(), time.process_time()
    for _ in nlp.pipe(texts, batch_size=32):
        pass
    return time.perf_counter() - started, time.process_time() - cpu_before


def bare(texts: list[str], model: str | None, workers: int) -> tuple[float, float]:
    """The same with the texts shared out among so many processes: the slowest's seconds, all processors' seconds."""
    shares = [texts[i::workers] for i in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        times = list(pool.map(bare_seconds, shares, [model] * workers))
    return max(wall for wall, _ in times), sum(cpu for _, cpu in times)


def flow(documents: dict[str, str], model: str | None, workers: int) -> Watched:
    """The whole command over the texts."""
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        write(raw, documents)
        command = [sys.executable, "-c", "from extract.cli import main; main()", "run", str(raw), "--out", str(out)]
        return watch([*command, "--workers", str(workers), "--json", *(["--model", model] if model else [])])


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--characters", type=int, default=4000, help="length of each document")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", help="as in `extract run`")
    asked = parser.parse_args()
    documents = synthesise(asked.documents, asked.characters)
    bare_s, bare_cpu_s = bare(list(documents.values()), asked.model, asked.workers)
    n_start = min(len(documents) - 1, START_DOCUMENTS * asked.workers)
    start = flow(dict(list(documents.items())[:n_start]), asked.model, asked.workers)
    rest = 1 - n_start / len(documents)
    whole = flow(documents, asked.model, asked.workers)
    print(
        json.dumps(
            {
                "documents": asked.documents,
                "characters": sum(map(len, documents.values())),
                "workers": asked.workers,
                "bare_s": round(bare_s, 1),
                "bare_cpu_s": round(bare_cpu_s, 1),
                "flow_s": round(whole.seconds, 1),
                "flow_cpu_s": round(whole.cpu_s, 1),
                "start_s": round(start.seconds, 1),
                "start_cpu_s": round(start.cpu_s, 1),
                "flow_peak_mb": round(whole.peak_mb),
                "ratio": round(bare_s / whole.seconds, 3),
                "ratio_beyond_start": round(rest * bare_s / (whole.seconds - start.seconds), 3),
                "ratio_beyond_start_cpu": round(rest * bare_cpu_s / (whole.cpu_s - start.cpu_s), 3),
                "timing_s": json.loads(whole.output)["timing_s"],
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
