"""Names in the heads of pages tell who asks and who answers: "ROE - CROSS-EXAMINATION BY MR. LIND"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from extract.components.reading import raw_offsets
from extract.components.speakers.people import People
from extract.normalize.names import proper_case, split_title

_NAME = r"(?:M[RS]S?|M[rs]s?|DR|Dr)?\.?\s*[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+){0,2}"
_EXAMINATION = re.compile(
    rf"(?P<witness>{_NAME})\s*[-–—,:(]+\s*(?i:re-?)?(?i:direct|cross)\b(?i:[ -]*examination)?"
    rf"(?:[\s,(–—-]*(?i:by)?\s*(?P<counsel>{_NAME}))?"
)


def read_page_heads(doc: Doc, rows: Sequence[dict[str, Any]], people: People) -> None:
    """Fill the speaker of turns labelled Q or A that nothing else names, from the head of their page."""
    unnamed = [row for row in rows if row["speaker"] is None and str(row["label"]).strip(" .:") in ("Q", "A")]
    if not unnamed:
        return
    offsets = raw_offsets(doc)
    heads = [
        (offsets.clean_span(item["start"], item["end"])[0], match)
        for item in doc._.furniture
        if item["kind"] == "page_head" and (match := _EXAMINATION.search(item["text"]))
    ]
    starts = [start for start, _ in heads]
    for row in unnamed if heads else ():
        match = heads[max(0, bisect_right(starts, row["start"]) - 1)][1]
        name = match["counsel" if str(row["label"]).startswith("Q") else "witness"]
        row["speaker"] = _full(name, people) if name else None


def _full(name: str, people: People) -> str:
    bare = split_title(name).name
    person = people.find(bare)
    return person.name if person else proper_case(bare)
