"""A small set of tables for the review's tests, made by hand: one document that would break a careless page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from extract.review.queue import Desk
from extract.tables.schema import ID_COLUMNS

TEXT = (
    "MS. ABARA: We will raise the duty on tin to 12 percent <script>document.title='owned'</script> next year.\n\n"
    'MR. LIND: That is a third more & "more" than we can bear. We asked for 4 percent.\n'
)


def span(words: str, number: int = 1) -> dict[str, Any]:
    start = -1
    for _ in range(number):
        start = TEXT.index(words, start + 1)
    return {"doc_id": "talks/tin.txt", "start": start, "end": start + len(words), "text": words}


def claim(row_id: str, words: str, **fields: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("measure", "item", "actor", "partner", "period", "speaker"))
    row = {"claim_id": row_id, "kind": "tariff_rate", "value_min": 12.0, "value_max": 12.0, "unit": "%"}
    row |= {"qualifier": "exact", "is_target": False, "status": "planned", "rule": "rate_of", "confidence": 0.9}
    return row | empty | span(words) | fields


def frames(copies: int = 1) -> dict[str, pd.DataFrame]:
    """The four reviewed tables; ``copies`` repeats the document under other names, for many rows."""
    claims = [
        claim("c1", "12 percent", confidence=0.4),
        claim("c2", "4 percent", status="proposed", value_min=4.0, value_max=4.0, confidence=0.9),
        claim("c3", "a third", kind="ratio", value_min=1.33, value_max=1.33, unit="x", rule="fraction", confidence=0.6),
    ]
    first, second = TEXT.index("We will"), TEXT.index("That is")
    turn = {"doc_id": "talks/tin.txt", "kind": "turn", "role": None, "side": None, "cue": None}
    turns = [
        turn | {"turn_id": "t1", "start": first, "end": TEXT.index("\n\n"), "label": "MS. ABARA", "speaker": "Abara"},
        turn | {"turn_id": "t2", "start": second, "end": len(TEXT) - 1, "label": "MR. LIND", "speaker": "Lind"},
    ]
    for row in turns:
        row["text"] = TEXT[row["start"] : row["end"]]
    date = {"date_id": "d1", "type": "DATE", "value": "XXXX", "start_date": None, "end_date": None, "anchor": "none"}
    name = {"entity_id": "e1", "label": "PERSON", "canonical": "Lind", "country": None}
    one = {"claims": claims, "turns": turns, "dates": [date | span("next year")], "entities": [name | span("LIND")]}
    return {table: pd.DataFrame(_repeated(rows, ID_COLUMNS[table], copies)) for table, rows in one.items()}


def doc_name(copy: int) -> str:
    return f"talks/tin-{copy}.txt" if copy else "talks/tin.txt"


def _repeated(rows: list[dict[str, Any]], id_column: str, copies: int) -> list[dict[str, Any]]:
    return [
        row | {id_column: f"{row[id_column]}-{i}" if i else row[id_column], "doc_id": doc_name(i)}
        for i in range(copies)
        for row in rows
    ]


def desk(out: Path, copies: int = 1, run_id: str = "run-1", **more: Any) -> Desk:
    texts = {doc_name(i): TEXT for i in range(copies)}
    return Desk(out=out, run_id=run_id, texts=texts, frames=frames(copies), **more)
