"""A small set of tables for the review's tests, made by hand: one document that would break a careless page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from extract.review.queue import Desk

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
    """The four reviewed tables; ``copies`` repeats the claims under other ids, for many rows."""
    claims = [
        claim("c1", "12 percent", confidence=0.4),
        claim("c2", "4 percent", status="proposed", value_min=4.0, value_max=4.0, confidence=0.9),
        claim("c3", "a third", kind="ratio", unit="x", rule="fraction", confidence=0.6),
    ]
    many = [
        row | {"claim_id": f"{row['claim_id']}-{i}" if i else row["claim_id"]} for i in range(copies) for row in claims
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
    return {
        "claims": pd.DataFrame(many),
        "turns": pd.DataFrame(turns),
        "dates": pd.DataFrame([date | span("next year")]),
        "entities": pd.DataFrame([name | span("LIND")]),
    }


def desk(out: Path, copies: int = 1, run_id: str = "run-1") -> Desk:
    return Desk(out=out, run_id=run_id, texts={"talks/tin.txt": TEXT}, frames=frames(copies))
