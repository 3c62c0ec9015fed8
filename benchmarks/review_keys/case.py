"""The work of both sessions: 100 changed claims of the samples, 20 of which have one column wrong."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from extract.review.queue import Desk

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
CHANGES = 100
# Column -> corrections, and how many of them the earlier run had right. The shares are those of 5,559 wrong columns in
# 2,489 claims that changed between two versions of this pipeline, on 280 annotated documents.
CORRECTIONS = {
    "item": (5, 1), "measure": (4, 1), "actor": (4, 1), "status": (2, 0), "partner": (1, 0), "period": (1, 0),
    "speaker": (1, 0), "change": (1, 0), "value": (1, 0),
}  # fmt: skip
STATUSES = ("fact", "planned", "proposed", "rejected", "hypothetical")
PHRASES = ("item", "measure", "actor", "partner")


@dataclass(frozen=True)
class Correction:
    """The right value of a column, as a reviewer writes it; the claim's row has ``wrong``."""

    column: str
    right: str
    wrong: Any


@dataclass
class Case:
    """``claims``: the rows under review, by id; ``corrections``: what is wrong in some of them."""

    desk: Desk
    claims: dict[str, dict[str, Any]]
    corrections: dict[str, Correction]


def make(folder: Path, *, seed: int = 1) -> Case:
    """Run the pipeline over the samples and make the changes; equal seeds, equal cases."""
    from extract.review.load import load_desk

    command = [sys.executable, "-c", "from extract.cli import main; main()", "run", str(SAMPLES), "--out", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = load_desk(folder)
    claims, rng = found.frames["claims"].copy(), random.Random(seed)
    rows = {str(r["claim_id"]): r for r in claims.astype(object).where(claims.notna(), None).to_dict("records")}
    corrections = _wrong(rows, rng)
    assert len(corrections) == sum(number for number, _ in CORRECTIONS.values()), "the samples have too few claims"
    others = [name for name in rows if name not in corrections]
    chosen = [*corrections, *rng.sample(others, CHANGES - len(corrections))]
    changes = {("claims", name): _change(rows[name], corrections.get(name), n) for n, name in enumerate(chosen)}
    frames = found.frames | {"claims": _with_errors(claims, corrections)}
    desk = Desk(folder, found.run_id, found.texts, frames, changes=changes, genres=found.genres)
    return Case(desk, {name: rows[name] for name in chosen}, corrections)


def _wrong(rows: dict[str, dict[str, Any]], rng: random.Random) -> dict[str, Correction]:
    """For each column some claims, each once, and a wrong value in place of the right one that the run gave."""
    found: dict[str, Correction] = {}
    names = sorted(rows)
    rng.shuffle(names)
    for column, (count, _) in CORRECTIONS.items():
        fit = [n for n in names if n not in found and rows[n]["kind"] != "target" and _fits(rows[n], column)]
        for name in fit[:count]:
            found[name] = _correction(rows[name], column)
    return found


def _fits(row: dict[str, Any], column: str) -> bool:
    """Whether the right value stands in the row's sentence, as a phrase does that a reader would mark."""
    if column == "value":
        return row["value_min"] == row["value_max"] and row["value_min"] >= 1e9
    value = row[column]
    return value is not None and (column not in (*PHRASES, "period") or str(value) in row["sentence"][:250])


def _correction(row: dict[str, Any], column: str) -> Correction:
    if column == "value":
        from extract.normalize.written import written_number

        return Correction(column, written_number(row["value_min"]), row["value_min"] / 1000)
    wrong: Any = None
    if column == "status":
        wrong = next(s for s in STATUSES if s != row["status"])
    elif column in PHRASES:
        taken = str(row[column]).split()
        wrong = next((w for w in row["sentence"].split() if w.isalpha() and len(w) > 3 and w not in taken), None)
    return Correction(column, str(row[column]), wrong)


def _change(row: dict[str, Any], correction: Correction | None, number: int) -> dict[str, Any]:
    """What changed in a row: the column that is wrong now, else its status or its measure."""
    if correction is None:
        column = "status" if number % 2 else "measure"
        now, old = row[column], "proposed" if number % 2 else "rates"
        old = "planned" if now == old else old
        return {"how": "changed", "fields": [(column, old, now)]}
    if correction.column == "value":
        return {"how": "changed", "fields": [(n, row[n] * 10, correction.wrong) for n in ("value_min", "value_max")]}
    was_right = number % sum(n for n, _ in CORRECTIONS.values()) in _BEFORE
    earlier = row[correction.column] if was_right else _third(correction)
    return {"how": "changed", "fields": [(correction.column, earlier, correction.wrong)]}


# the places of the corrections that the earlier run had right: the first ones of each column
_BEFORE = {
    sum(n for n, _ in list(CORRECTIONS.values())[:place]) + i
    for place, (_, right) in enumerate(CORRECTIONS.values())
    for i in range(right)
}


def _third(correction: Correction) -> Any:
    """A value of the earlier run that is neither the right one nor the one now."""
    if correction.column == "status":
        return next(s for s in STATUSES if s not in (correction.right, correction.wrong))
    return "figures" if correction.column in PHRASES else None


def _with_errors(claims: pd.DataFrame, corrections: dict[str, Correction]) -> pd.DataFrame:
    claims = claims.set_index("claim_id", drop=False)
    for name, correction in corrections.items():
        for column in ("value_min", "value_max") if correction.column == "value" else (correction.column,):
            claims.loc[name, column] = correction.wrong
    return claims.reset_index(drop=True)
