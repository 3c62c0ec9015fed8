"""Mutation testing by mutmut: of a random sample of small changes of the code, how many no test sees.

    pip install 'mutmut==3.8.1'
    python benchmarks/mutants.py [ROOM...] [--count 150] [--seed 1]

Works in a copy of the last commit. The sample has as many mutants of each room; a mutant is run against the tests of
its room that reach it. Prints the difference that each survivor makes, then the counts; exit status 1 if a fifth or
more survive. The same seed gives the same sample of the same code.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
# the tests that are meant to hold each room
TESTS = {
    "normalize": ["tests/normalize", "tests/components/test_figures.py"],
    "store": [f"tests/test_{name}.py" for name in ("store", "storage", "lock", "history", "runs", "runs_crash")],
    "runs": [
        f"tests/test_{name}.py"
        for name in ("plan", "session", "fingerprint", "cluster", "progress", "history", "runs", "cli", "runs_crash")
    ],
    "compare": ["tests/test_compare.py"],
}
MOST_SURVIVORS = 0.2
MUTMUT = [sys.executable, "-c", "from mutmut.__main__ import cli; cli()"]
# mutmut makes mutants only on the way to run them all; a sample must be drawn before
_MAKE = """
import json, os, mutmut.__main__ as m
m.set_mutant_under_test("mutant_generation")
os.makedirs("mutants", exist_ok=True)
m.copy_src_dir(), m.copy_also_copy_files(), m.setup_source_paths(), m.create_mutants(os.cpu_count() or 1)
json.dump([name for _, name, _ in m.collect_source_file_mutation_data(mutant_names=())[0]], open("names.json", "w"))
"""


def prepare(folder: Path, room: str) -> list[str]:
    """A copy of the last commit with settings and mutants for a room; the mutants' names."""
    archive = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], check=True, capture_output=True).stdout
    subprocess.run(["tar", "x", "-C", folder], check=True, input=archive)
    settings = {
        "source_paths": ["src/extract"],
        "only_mutate": [f"src/extract/{room}/*"],
        "also_copy": ["data", "docs", "flows", "models/en_trade", "README.md"],
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "-m", "not slow and not server and not browser"],
        "pytest_add_cli_args_test_selection": TESTS[room],
        # the server that tests are forked from has read no lexicon yet: what is kept of them holds no mutant
        "process_isolation": "forkserver",
    }
    with open(folder / "pyproject.toml", "a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in settings.items()))
    call(folder, [sys.executable, "-c", _MAKE])
    names: list[str] = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    return names


def call(folder: Path, command: list[str]) -> str:
    """Run in the copy, which is found before any installed package; the output."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command[:6])} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
    return done.stdout


def survivors(folder: Path, names: list[str]) -> tuple[Counter[str], list[str]]:
    """How the mutants ended, and the differences of those that no test saw."""
    call(folder, [*MUTMUT, "run", *names])
    ends = dict(
        line.strip().rsplit(": ", 1) for line in call(folder, [*MUTMUT, "results", "--all", "true"]).splitlines()
    )
    left = [name for name in names if ends[name] in ("survived", "no tests")]
    return Counter(ends[name] for name in names), [call(folder, [*MUTMUT, "show", name]) for name in left]


def main() -> int:
    """Draw, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=f"of {', '.join(TESTS)}; default: all")
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rooms, total, left = asked.rooms or list(TESTS), 0, 0
    for room in rooms:
        with tempfile.TemporaryDirectory() as folder:
            names = prepare(Path(folder), room)
            picked = random.Random(asked.seed).sample(names, min(len(names), asked.count // len(rooms)))
            ends, shown = survivors(Path(folder), picked)
        print(*shown, f"{room}: {dict(ends)} of {len(names):,} mutants", sep="\n", flush=True)
        total, left = total + len(picked), left + len(shown)
    print(f"{left} of {total} survived ({left / total:.0%})")
    return int(left / total >= MOST_SURVIVORS)


if __name__ == "__main__":
    sys.exit(main())
