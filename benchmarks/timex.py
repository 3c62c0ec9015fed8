"""Time expressions against an annotated corpus, by TempEval-3's definitions.

    python benchmarks/timex.py --docs wikiwars-dev.docs.jsonl --gold wikiwars-dev.gold.jsonl [--in-process] [--json]
        [--report wikiwars]

``docs``: one object a line, ``doc``, ``text`` and ``dct`` (the document's date). ``gold``: the same with ``timexes``
(``start``, ``end``, ``type``, ``value``). The texts go into a folder with their dates in ``metadata.csv``, an ordinary
``extract run`` reads it, and the rows of the dates table are scored; ``--in-process`` runs the pipeline here instead.

Definitions: spans are paired one to one, left to right, when they share a character. relaxed: a pair; strict: a pair
with the same span; value: a pair with the same value. F1 = 2 x matches / (gold + found), summed over documents.
Corpora that mark TIMEX2 give no types: then the type is not scored.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

Row = dict[str, Any]
FIGURES = Path(__file__).parents[1] / "docs" / "figures.json"


def read_lines(path: Path) -> list[Row]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def write_raw(docs: list[Row], folder: Path) -> dict[str, str]:
    """Texts and ``metadata.csv`` below ``folder``; returns the corpus's name of each ``doc_id``."""
    folder.mkdir(parents=True)
    names: dict[str, str] = {}
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["doc_id", "date"])
        for number, doc in enumerate(docs):
            doc_id = f"{number:04d}-{re.sub(r'[^A-Za-z0-9.-]+', '_', str(doc['doc']))}.txt"
            (folder / doc_id).write_bytes(doc["text"].encode("utf-8"))
            out.writerow([doc_id, str(doc["dct"])[:10]])
            names[doc_id] = doc["doc"]
    return names


def by_run(docs: list[Row], model: str | None) -> list[Row]:
    """Predictions of an ordinary ``extract run``, read from the dates table."""
    import pandas as pd

    with tempfile.TemporaryDirectory() as temporary:
        raw, out = Path(temporary) / "raw", Path(temporary) / "processed"
        names = write_raw(docs, raw)
        command = [str(Path(sys.executable).with_name("extract")), "run", str(raw), "--out", str(out)]
        done = subprocess.run(command + (["--model", model] if model else []), check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)} ended with exit code {done.returncode}; nothing to score")
        rows = pd.read_parquet(out / "dates")
        return [{**row, "doc": names[row["doc_id"]]} for row in rows.to_dict("records")]


def in_process(docs: list[Row], model: str | None) -> list[Row]:
    """Predictions of the pipeline loaded here; the same rows without tables and workers."""
    from extract.components.reading import raw_offsets
    from extract.pipeline.build import load

    nlp = load(model)
    found: list[Row] = []
    for record in docs:
        doc = nlp.make_doc(record["text"])
        doc._.given = {"date": str(record["dct"])[:10]} if record.get("dct") else {}
        for _, component in nlp.pipeline:
            doc = component(doc)
        offsets = raw_offsets(doc)
        for row in doc._.dates:
            span = {"start": offsets.raw_start(row["start"]), "end": offsets.raw_end(row["end"])}
            found.append({**row, **span, "doc": record["doc"]})
    return found


def trimmed(text: str, row: Row) -> Row:
    """The row without blanks at its ends."""
    start, end = int(row["start"]), int(row["end"])
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return {**row, "start": start, "end": end}


def pair(gold: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    """One to one, left to right, by a shared character."""
    pairs: list[tuple[Row, Row]] = []
    used: set[int] = set()
    for g in gold:
        for number, f in enumerate(found):
            if f["start"] >= g["end"]:
                break
            if number not in used and f["end"] > g["start"]:
                used.add(number)
                pairs.append((g, f))
                break
    return pairs


def score(gold: list[Row], found: list[Row]) -> tuple[dict[str, float], dict[str, Counter[str]]]:
    """F1 of strict, relaxed, value and type in all, and the counts of each document."""
    counts: dict[str, Counter[str]] = {}
    for record in gold:
        text = record["text"]
        marked = sorted((trimmed(text, g) for g in record["timexes"]), key=lambda g: g["start"])
        rows = sorted((trimmed(text, f) for f in found if f["doc"] == record["doc"]), key=lambda f: f["start"])
        count = Counter(gold=len(marked), found=len(rows))
        for g, f in pair(marked, rows):
            same = (g["start"], g["end"]) == (f["start"], f["end"])
            count.update(relaxed=1, strict=same, value=g["value"] == f["value"], type=g["type"] == f["type"])
        counts[record["doc"]] = count
    total = sum(counts.values(), Counter())
    both = total["gold"] + total["found"]
    keys = ["strict", "relaxed", "value"] + (["type"] if total["type"] else [])
    return {key: 2 * total[key] / both if both else 0.0 for key in keys}, counts


def main() -> None:
    """Read, run, score, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--docs", type=Path, required=True, help="JSON Lines with doc, text, dct")
    parser.add_argument("--gold", type=Path, required=True, help="JSON Lines with doc, text, timexes")
    parser.add_argument("--in-process", action="store_true", help="load the pipeline here instead of `extract run`")
    parser.add_argument("--model", help="an installed spaCy pipeline, the folder of one, or 'blank'")
    parser.add_argument("--predictions", type=Path, help="write the rows found to this file, one object a line")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--report", metavar="NAME", help="keep the figures under this name in docs/figures.json")
    options = parser.parse_args()
    found = (in_process if options.in_process else by_run)(read_lines(options.docs), options.model)
    if options.predictions:
        keys = ("doc", "start", "end", "type", "value", "text")
        lines = (json.dumps({k: row[k] for k in keys if k in row}, default=int, ensure_ascii=False) for row in found)
        options.predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    result, documents = score(read_lines(options.gold), found)
    if options.report:
        told = json.loads(FIGURES.read_text(encoding="utf-8"))
        told[options.report] = {"documents": len(documents)} | {key: f"{value:.3f}" for key, value in result.items()}
        FIGURES.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.json:
        print(json.dumps({key: round(value, 4) for key, value in result.items()}))
        return
    for name, c in documents.items():
        both = (c["gold"] + c["found"]) or 1
        print(f"{name:24} gold {c['gold']:4d} found {c['found']:4d}", end="")
        print("".join(f"  {key} {2 * c[key] / both:.3f}" for key in result))
    print("all: " + "  ".join(f"{key} {100 * value:.1f} %" for key, value in result.items()))


if __name__ == "__main__":
    main()
