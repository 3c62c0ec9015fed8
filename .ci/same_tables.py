"""Compare two output folders: all tables and the runs' counts, without what tells runs apart. Exit 1 if they differ.

python .ci/same_tables.py data/processed /tmp/other
"""

from __future__ import annotations

import sys
from typing import Any

from extract.store.read import read_arrow
from extract.tables.schema import TABLES

DIFFERENT = ("run_id", "pipeline_version", "started_at", "finished_at", "processed_at", "seconds")


def rows(table: str, out: str) -> list[dict[str, Any]]:
    """A table's rows without run, times and durations."""
    return [{k: v for k, v in row.items() if k not in DIFFERENT} for row in read_arrow(table, out).to_pylist()]


def main(first: str, second: str) -> int:
    """Tell of each table whether the two are the same."""
    code = 0
    for table in TABLES:
        a, b = rows(table, first), rows(table, second)
        print(f"{table}: {len(a)} rows, {'the same' if a == b else f'{len(b)} DIFFERENT ones'}")
        code |= a != b
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
