"""First run, nothing changed, 1 % changed, comparison: seconds, peak memory, and where the time goes.

    python benchmarks/incremental.py --documents 10000 --characters 500 --workers 2

Beside it stand bare ``nlp.pipe`` over the same texts and one plain Parquet file of the same rows, written by pyarrow.
``--documents`` may be given several times: memory must not grow with their number.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.synthesis import Watched, synthesise, watch, write
from benchmarks.throughput import bare

EXTRACT = [sys.executable, "-c", "from extract.cli import main; main()"]


def plain_write_s(out: Path) -> float:
    """Seconds to write the claims and entities and all other rows as single files, without checks."""
    import pyarrow.parquet as pq

    tables = {t: pq.read_table(out / t) for t in ("documents", "segments", "turns", "entities", "dates", "claims")}
    started = time.perf_counter()
    for name, table in tables.items():
        pq.write_table(table, out.parent / f"{name}.parquet", compression="zstd")
    return time.perf_counter() - started


def told(watched: Watched) -> dict[str, Any]:
    """A command's figures, with what ``--json`` says of its parts."""
    figures: dict[str, Any] = {"seconds": round(watched.seconds, 1), "cpu_s": round(watched.cpu_s, 1)}
    figures["peak_mb"] = round(watched.peak_mb)
    if watched.output.strip():
        said = json.loads(watched.output)
        figures |= {name: said[name] for name in ("counts", "timing_s") if name in said}
    return figures


def measure(count: int, characters: int, workers: int, model: str | None) -> dict[str, Any]:
    """All steps for one number of documents."""
    documents = synthesise(count, characters)
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder, "raw"), Path(folder, "out")
        write(raw, documents)
        run = [*EXTRACT, "run", str(raw), "--out", str(out), "--workers", str(workers), "--json"]
        run += ["--model", model] if model else []
        first = told(watch(run))
        unchanged = told(watch(run))
        some = synthesise(max(1, count // 100), characters, seed=2)
        write(raw, {doc_id: some[new] for doc_id, new in zip(list(documents)[::100], some, strict=False)})
        changed = told(watch(run))
        compared = watch(
            [*EXTRACT, "compare", "--out", str(out), "--limit", "0", "--parquet", f"{folder}/c.parquet"], allowed=(0, 1)
        )
        write_s = plain_write_s(out)
        bare_s, bare_cpu_s = bare(list(documents.values()), model, workers)
    timing = first["timing_s"]
    return {
        "documents": count,
        "characters": sum(map(len, documents.values())),
        "first_run": first,
        "share_of_publishing": round(timing["publish"] / first["seconds"], 4),
        "share_of_prefect": round(timing["prefect_start"] / first["seconds"], 4),
        "share_of_all_but_pipeline": round(1 - timing["pipeline_all_workers"] / workers / first["seconds"], 4),
        "nothing_changed": unchanged,
        "one_percent_changed": changed,
        "compare": {"seconds": round(compared.seconds, 1), "peak_mb": round(compared.peak_mb)},
        "bare_pipe_s": round(bare_s, 1),
        "bare_pipe_cpu_s": round(bare_cpu_s, 1),
        "plain_parquet_write_s": round(write_s, 2),
    }


def main() -> None:
    """Measure and print one JSON list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, action="append")
    parser.add_argument("--characters", type=int, default=500, help="length of each document")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--model", help="as in `extract run`")
    asked = parser.parse_args()
    counts = asked.documents or [10_000]
    print(json.dumps([measure(n, asked.characters, asked.workers, asked.model) for n in counts], indent=2))


if __name__ == "__main__":
    main()
