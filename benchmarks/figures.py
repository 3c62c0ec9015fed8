"""Figures: this package against quantulum3 and Recognizers-Text on the project's own sentences; and its speed.

    python benchmarks/figures.py [--peers PYTHON] [--npm FOLDER]

``--peers`` names a Python that has the two installed (``pip install quantulum3 recognizers-text-suite "emoji<2"``),
``--npm`` a folder with Recognizers-Text for JavaScript (``npm install @microsoft/recognizers-text-suite``);
without them only this package is measured. The sentences are ``tests/cases/figures_kinds.txt``, shown kind by kind, and
``tests/cases/claims_*.txt``: expected values stand inside them. They were written for this project, and its rules were
developed on them, so the table says how far the tools are from its definition of a figure, not how good they are at
their own. Printed: by kind and for all, F1 of finding a figure (any overlap), of finding it with its value, and of
value and unit; units of peers are translated with ``UNITS`` and compared without regard to case and plural.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "cases"
KINDS = "figures_kinds.txt"
FILES = ("claims_figures.txt", "claims_meaning.txt", "claims_heldout.txt")
# Found: start, end, lowest and highest value, unit.
Found = tuple[int, int, float, float, str | None]
UNITS = {
    "dollar": "USD", "united states dollar": "USD", "us dollar": "USD", "euro": "EUR", "pound sterling": "GBP",
    "british pound": "GBP", "pound": "GBP", "japanese yen": "JPY", "yen": "JPY", "percentage": "%", "percent": "%",
    "indian rupee": "INR", "rupee": "INR", "deutsche mark": "DEM", "cent": "USD", "swiss franc": "CHF",
    "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollar": "NZD", "metric ton": "tonne",
    "kilometre": "kilometer", "danish krone": "DKK", "malaysian ringgit": "MYR", "%": "%", "barrel bbl": "barrel",
}  # fmt: skip


def ours(texts: list[str]) -> list[list[Found]]:
    from extract.components.figures.component import find_figures

    return [[(f.start, f.end, f.low, f.high, f.unit) for f in find_figures(text)] for text in texts]


def quantulum(texts: list[str]) -> list[list[Found]]:
    from quantulum3 import parser

    return [
        [
            (*q.span, float(q.value), float(q.value), None if q.unit.name == "dimensionless" else q.unit.name)
            for q in parser.parse(t)
        ]
        for t in texts
    ]


def recognizers(texts: list[str]) -> list[list[Found]]:
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    found: list[list[Found]] = []
    for text in texts:
        rows: list[Found] = []
        for recognize in (recognize_currency, recognize_percentage, recognize_dimension, recognize_number):
            for result in recognize(text, "en-us"):
                resolution = result.resolution or {}
                value = _float(resolution.get("value"))
                span = (result.start, result.end + 1)
                if value is None or any(r[0] < span[1] and span[0] < r[1] for r in rows):
                    continue
                unit = resolution.get("isoCurrency") or resolution.get("unit")
                rows.append((*span, value, value, "%" if recognize is recognize_percentage else unit))
        found.append(rows)
    return found


def _float(value: Any) -> float | None:
    try:
        return float(str(value).rstrip("%").replace(",", ""))
    except ValueError:
        return None


TOOLS: dict[str, Callable[[list[str]], list[list[Found]]]] = {
    "extract": ours,
    "quantulum3": quantulum,
    "recognizers-text": recognizers,
}


def unit_key(unit: str | None) -> str:
    low = (unit or "").casefold()
    return UNITS.get(low, low).casefold().rstrip("s")


def score(cases: list[Any], results: list[list[Found]]) -> dict[str, float]:
    """F1 in percent of detection, of value, and of value and unit."""
    gold = found = seen = value = record = 0
    for case, rows in zip(cases, results, strict=True):
        expected = [e for e in case.expected if e.low is not None]
        gold, found = gold + len(expected), found + len(rows)
        used: set[int] = set()
        for e in expected:
            hit = next((i for i, r in enumerate(rows) if i not in used and r[0] < e.end and e.start < r[1]), None)
            if hit is None:
                continue
            used.add(hit)
            low, high = rows[hit][2], rows[hit][3]
            good = abs(low - e.low) <= 1e-6 * max(1, abs(e.low)) and abs(high - e.high) <= 1e-6 * max(1, abs(e.high))
            seen, value = seen + 1, value + good
            record += good and unit_key(rows[hit][4]) == unit_key(e.unit)
    return {name: 200 * n / (gold + found) for name, n in (("found", seen), ("value", value), ("value+unit", record))}


def run_peer(command: list[str], texts: list[str]) -> list[list[Found]]:
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=1800)
    return [[tuple(row) for row in rows] for rows in json.loads(done.stdout.splitlines()[-1])]  # type: ignore[misc]


def words_per_second(texts: list[str]) -> float:
    """Of the finder alone, in words a CPU second."""
    from extract.components.figures.patterns import finder

    text = "\n".join(texts * 20)
    finder().find(text[:2000])
    started = time.process_time()
    finder().find(text)
    return len(text.split()) / (time.process_time() - started)


def by_kind() -> dict[str, list[Any]]:
    """The cases of the sections of ``KINDS``, by the section's name."""
    from tests.claim_cases import parse

    kinds: dict[str, list[Any]] = {}
    name = ""
    for number, line in enumerate((CASES / KINDS).read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# ---"):
            name = line.removeprefix("# ---").strip()
        elif line.strip() and not line.startswith("#"):
            kinds.setdefault(name, []).append(parse(line.replace("⏎", "\n"), f"{KINDS}:{number}", number))
    return kinds


def show(name: str, cases: list[Any], results: dict[str, list[list[Found]]]) -> None:
    """A line of the table: number of texts and figures, then value and value+unit of each tool."""
    figures = sum(e.low is not None for case in cases for e in case.expected)
    cells = []
    for rows in results.values():
        shares = score(cases, rows) if figures else {"found": 0.0, "value": 0.0, "value+unit": 0.0}
        noise = "" if figures else f"{sum(map(len, rows))} found"
        cells.append(noise or f"{shares['found']:5.1f} {shares['value']:5.1f} {shares['value+unit']:5.1f}")
    print(f"{name[:46]:46} {len(cases):5} {figures:7}  " + "  ".join(f"{cell:>17}" for cell in cells))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="a Python with quantulum3 and recognizers-text-suite")
    parser.add_argument("--npm", help="a folder with @microsoft/recognizers-text-suite")
    parser.add_argument("--as", dest="tool", choices=TOOLS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.tool:
        print(json.dumps(TOOLS[args.tool](json.load(sys.stdin))))
        return 0
    sys.path.insert(0, str(ROOT))
    from tests.claim_cases import read

    commands: dict[str, list[str]] = {}
    if args.peers:
        commands |= {tool: [args.peers, __file__, "--as", tool] for tool in TOOLS if tool != "extract"}
    if args.npm:
        commands["recognizers (npm)"] = ["node", str(ROOT / "benchmarks" / "figures_recognizers.js"), args.npm]
    groups = {**by_kind(), "sentences of other tests": [case for name in FILES for case in read(name)]}
    cases = [case for group in groups.values() for case in group]
    texts = [case.text for case in cases]
    results = {"extract": ours(texts)} | {tool: run_peer(command, texts) for tool, command in commands.items()}
    print("F1 in percent: found, with value, with value and unit")
    print(f"{'kind':46} texts figures  " + "  ".join(f"{tool:>17}" for tool in results))
    position = 0
    for name, group in groups.items():
        part = slice(position, position + len(group))
        show(name, group, {tool: rows[part] for tool, rows in results.items()})
        position += len(group)
    show("all", cases, results)
    print(f"figures alone: {words_per_second(texts):,.0f} words a CPU second (text dense with figures)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
