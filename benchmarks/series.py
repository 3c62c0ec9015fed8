"""The figures of runs and of long texts, a part each: printed as JSON, and kept in the docs by ``--report``.

    python benchmarks/series.py [PART...] [--report]

``start``: a first run of the samples, one document changed, nothing changed. ``runs``: 1,000 documents for the first
time, 1 % changed, unchanged, compared, pruned, with the memory of all processes; ``many``: the same with 10,000
short ones, after as short 1,000.
``flow``: 400 documents beside bare ``nlp.pipe``. ``lengths``: one document of 10,000 to 5 million characters.
``shapes``: 50,000 lines that look like labels, a megabyte on one line. ``planning``: 100,000 unchanged files. Processor
seconds, unless it says otherwise: the machine may do other work. Each command's are told when it ends. Python's
compiled files are kept, as on a user's machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.synthesis import SAMPLES, Watched, synthesise, watch, write  # noqa: E402
from benchmarks.throughput import START_DOCUMENTS, bare, flow  # noqa: E402

FIGURES = Path(__file__).parents[1] / "docs" / "figures.json"
WORKERS = 2
CHARACTERS, SHORT = 500, 100
FEW, MANY = 1_000, 10_000
LENGTHS = (10_000, 100_000, 1_000_000, 5_000_000)
FILES = 100_000
FLOW_DOCUMENTS = 400

Told = dict[str, str]


def extract(*arguments: object, allowed: tuple[int, ...] = (0,)) -> Watched:
    """The command, watched, and told at once."""
    watched = watch([sys.executable, "-m", "extract", *map(str, arguments)], allowed=allowed)
    print(f"{arguments[0]}: {seconds(watched)}, {watched.peak_mb:,.0f} MB", file=sys.stderr, flush=True)
    return watched


def seconds(watched: Watched) -> str:
    return f"{watched.cpu_s:,.1f} s"


def cpu_s(work: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def start(folder: Path) -> Told:
    """What a user waits for who reads the samples, and changes one document."""
    raw, out = folder / "raw", folder / "out"
    shutil.copytree(SAMPLES, raw)
    first = extract("run", raw, "--out", out)
    with open(raw / "news" / "wire-1987.txt", "a", encoding="utf-8") as file:
        file.write("\nThe duty on copper wire rises to 7 percent.\n")
    changed = extract("run", raw, "--out", out)
    nothing = extract("run", raw, "--out", out)
    return {
        "first run of the samples": f"{first.seconds:.1f} s ({seconds(first)} of the processors)",
        "one changed document": f"{changed.seconds:.1f} s ({seconds(changed)} of the processors)",
        "a run with nothing to do": f"{nothing.seconds:.1f} s ({seconds(nothing)} of the processors)",
    }


def runs(folder: Path, count: int = FEW, characters: int = CHARACTERS) -> Told:
    """The life of a folder of so many documents, of whole paragraphs until there are so many characters."""
    raw, out = folder / "raw", folder / "out"
    documents = synthesise(count, characters)
    write(raw, documents)
    first = extract("run", raw, "--out", out)
    some = synthesise(count // 100, characters, seed=2)
    write(raw, dict(zip(list(documents)[::100], some.values(), strict=True)))
    steps = {"1 % changed": extract("run", raw, "--out", out), "nothing changed": extract("run", raw, "--out", out)}
    steps["compared"] = extract("compare", "--out", out, "--limit", 0, allowed=(0, 1))
    steps["pruned to one run"] = extract("prune", "--out", out, "--keep-runs", 1, "--keep-days", 0)
    name = f"{count:,} documents of {sum(map(len, documents.values())) // count} characters"
    return {
        f"{name}: first run": f"{seconds(first)}, at most {first.peak_mb:,.0f} MB in all processes",
        f"{name}: {', '.join(steps)}": ", ".join(map(seconds, steps.values())),
    }


def many(folder: Path) -> Told:
    """Ten times as many documents, as short: the memory must not grow with them."""
    return runs(folder / "few", FEW, SHORT) | runs(folder / "many", MANY, SHORT)


def beside_bare(folder: Path) -> Told:
    """The whole command beside ``nlp.pipe`` over the same texts."""
    documents = synthesise(FLOW_DOCUMENTS, 4_000)
    bare_s, bare_cpu_s = bare(list(documents.values()), None, WORKERS)
    whole = flow(documents, None, WORKERS)
    few = START_DOCUMENTS * WORKERS
    begun = flow(dict(list(documents.items())[:few]), None, WORKERS)
    rest = (1 - few / len(documents)) * bare_cpu_s / (whole.cpu_s - begun.cpu_s)
    value = f"{bare_s / whole.seconds:.2f} of its speed; in processor time {bare_cpu_s / whole.cpu_s:.2f}"
    return {f"{FLOW_DOCUMENTS} documents, the command beside bare `nlp.pipe`": f"{value}, {rest:.2f} without the start"}


def lengths(folder: Path) -> Told:
    """Seconds for each 1,000 words of a document must not grow with its length."""
    nlp = loaded()
    told: Told = {}
    for length in LENGTHS:
        text = next(iter(synthesise(1, length).values()))
        name = f"{length:,} characters in one document"
        told[name] = per_words(text, cpu_s(lambda text=text: nlp(text)))
        print(f"{name}: {told[name]}", file=sys.stderr, flush=True)
    return told


def shapes(folder: Path) -> Told:
    """Texts that make patterns go back and forth."""
    nlp = loaded()
    labels = "\n".join(f"Item {n} of lot {n % 97}: {n % 13} tons" for n in range(50_000))
    one_line = next(iter(synthesise(1, 1_000_000).values())).replace("\n", " ")
    return {
        "50,000 lines that look like labels": per_words(labels, cpu_s(lambda: nlp(labels))),
        "a megabyte on one line": per_words(one_line, cpu_s(lambda: nlp(one_line))),
    }


def loaded() -> Any:
    """The pipeline, warm."""
    import extract

    nlp = extract.load()
    nlp(next(iter(synthesise(1, 20_000, seed=3).values())))
    return nlp


def per_words(text: str, took: float) -> str:
    return f"{took:,.1f} s, {1000 * took / len(text.split()):.2f} s for 1,000 words"


def planning(folder: Path) -> Told:
    """What is to be done where nothing is: files, times and index alone."""
    from extract.ingest.sources import find_sources
    from extract.runs.plan import Known, load_index, make_plan, save_index
    from extract.store.storage import open_storage

    raw = folder / "raw"
    write(raw, {f"{n // 500:03d}/doc{n:06d}.txt": "Nothing.\n" for n in range(FILES)})
    storage, later = open_storage(str(folder / "out")), time.time_ns() + 10**10
    found = find_sources(str(raw)).documents
    known = [Known(s.doc_id, s.size_bytes, s.token, later, "0" * 64, "0" * 64, "", "f") for s in found]
    save_index(storage, known, "r")

    def plan() -> None:
        made = make_plan(find_sources(str(raw)), load_index(storage, "r") or {}, "f")
        assert made.n_unchanged == FILES

    return {f"{FILES:,} unchanged files planned": f"{cpu_s(plan):.1f} s of a processor"}


PARTS: dict[str, Callable[[Path], Told]] = {
    "start": start,
    "runs": runs,
    "many": many,
    "flow": beside_bare,
    "lengths": lengths,
    "shapes": shapes,
    "planning": planning,
}


def main() -> None:
    """Measure the parts asked for, print each when it is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; default: all")
    parser.add_argument("--report", action="store_true", help="keep the figures in docs/figures.json")
    asked = parser.parse_args()
    for name in asked.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            told = PARTS[name](Path(folder))
        print(json.dumps({name: told}, indent=1), flush=True)
        if asked.report:
            figures = json.loads(FIGURES.read_text(encoding="utf-8"))
            figures["speed"]["measured"] = date.today().isoformat()
            figures["speed"]["figures"] |= told
            FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
