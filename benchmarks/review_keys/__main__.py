"""``python -m benchmarks.review_keys``: keys and clicks of 100 changes with 20 corrections, here and in Label Studio.

    python -m benchmarks.review_keys                                    # the desk alone
    python -m benchmarks.review_keys --label-studio http://127.0.0.1:8080 --user NAME --password WORD

Label Studio is the PyPI package ``label-studio`` in an environment of its own, already started; a project is made in
it and filled with the same claims as predictions. Both sessions are driven in the same headless Chromium, each in the
shortest way that its documentation tells, and counted by the pages' own events.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.review_keys import on_desk, on_label_studio
from benchmarks.review_keys.case import make
from tests.browser import chromium

FIGURES = Path(__file__).parents[2] / "docs" / "figures.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--label-studio", help="address of a running Label Studio")
    parser.add_argument("--user", default="")
    parser.add_argument("--password", default="")
    parser.add_argument("--report", action="store_true", help="keep the figures in docs/figures.json")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        case = make(Path(folder))
        told: dict[str, Any] = {"changes": len(case.claims), "corrections": len(case.corrections)}
        desk = on_desk.session(browser, case)
        told["desk"] = desk.told()
        if args.label_studio:
            other, version = on_label_studio.session(browser, case, args.label_studio, args.user, args.password)
            told["label_studio"] = other.told() | {"version": version}
            told["share"] = round(desk.acts / other.acts, 3)
    print(json.dumps(told, indent=1))
    if args.report:
        figures = json.loads(FIGURES.read_text(encoding="utf-8")) | {"review_keys": told}
        FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
