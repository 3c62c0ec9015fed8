"""The same texts through bare ``nlp.pipe`` and through the whole flow: documents a second, and their ratio.

    python benchmarks/throughput.py --documents 500 --workers 2

Bare: one process a worker, each a loop over ``nlp.pipe`` with the pipeline loaded before the clock starts; rows are
not made and nothing is written. The flow is timed twice: its batches alone (reading, pipeline, rows, writing, Prefect's
tasks), and the whole command, in which starting Python, Prefect and its server weighs as it does for the user.
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

from benchmarks.synthesis import synthesise, watch, write


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


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--characters", type=int, default=4000, help="length of each document")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", help="as in `extract run`")
    asked = parser.parse_args()
    documents = synthesise(asked.documents, asked.characters)
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        write(raw, documents)
        bare_s, bare_cpu_s = bare(list(documents.values()), asked.model, asked.workers)
        command = [sys.executable, "-c", "from extract.cli import main; main()", "run", str(raw), "--out", str(out)]
        command += ["--workers", str(asked.workers), "--json", *(["--model", asked.model] if asked.model else [])]
        flow = watch(command)
    told = json.loads(flow.output)
    batches_s = told["timing_s"]["batches"]
    print(
        json.dumps(
            {
                "documents": asked.documents,
                "characters": sum(map(len, documents.values())),
                "workers": asked.workers,
                "bare_s": round(bare_s, 1),
                "bare_cpu_s": round(bare_cpu_s, 1),
                "flow_cpu_s": round(flow.cpu_s, 1),
                "flow_batches_s": batches_s,
                "flow_command_s": round(flow.seconds, 1),
                "bare_documents_a_second": round(asked.documents / bare_s, 2),
                "flow_documents_a_second": round(asked.documents / batches_s, 2),
                "ratio_batches": round(bare_s / batches_s, 3),
                "ratio_command": round(bare_s / flow.seconds, 3),
                "ratio_cpu": round(bare_cpu_s / flow.cpu_s, 3),
                "flow_peak_mb": round(flow.peak_mb),
                "timing_s": told["timing_s"],
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
