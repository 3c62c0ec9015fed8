"""Documents and claims in colour: in Jupyter by themselves, elsewhere as HTML.

``show(doc)`` takes what ``nlp(text)`` gives; ``show(row)`` a row of the claims table. Both return a ``Shown``, whose
``html`` stands alone. Everything that a document says is escaped.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from extract.normalize.written import written_amount
from extract.review.transcript import Mark, page
from extract.tables.schema import schema

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc

_STYLE = """
.extract{font:15px/1.6 Georgia,serif;max-width:48rem;color:#23211d;background:#fbfaf7;padding:.8rem 1.2rem}
.extract p{margin:.4rem 0;white-space:pre-line;overflow-wrap:anywhere}
.extract .turn{border-left:3px solid #d8cff0;padding-left:.8rem}
.extract h4{font:600 13px system-ui,sans-serif;margin:.9rem 0 .1rem}
.extract small,.extract .legend{color:#6b665c;font:12px system-ui,sans-serif}
.extract mark{color:inherit;border-radius:3px;background:none}
.extract mark.turns{background:#e8e3f5}
.extract mark.entities{background:#dcecdf}
.extract mark.dates{background:#dbe9f6}
.extract mark.claims{background:#fbe6c3;border-bottom:2px solid #c98a1b}
.extract mark.rejected{text-decoration:line-through #b23a35}
.extract mark.proposed,.extract mark.planned,.extract mark.hypothetical{border-bottom-style:dashed}
.extract table{border-collapse:collapse;font:13px system-ui,sans-serif;margin-top:.5rem}
.extract th{color:#6b665c;font-weight:400;text-align:left;padding-right:1rem}
"""
_LEGEND = " ".join(f'<mark class="{name}">{name}</mark>' for name in ("turns", "entities", "dates", "claims"))
# what tells where a claim stands, not what it says
_PLACE = frozenset(
    {"claim_id", "doc_id", "segment_id", "turn_id", "start", "end", "text", "sentence", "linked_claim_id"}
)
_AMOUNT = ("value_min", "value_max", "unit")


class Shown:
    """Something rendered: Jupyter displays it; ``html`` is the text of it, ``save`` writes a page that stands alone."""

    def __init__(self, body: str) -> None:
        self.html = f'<div class="extract"><style>{_STYLE}</style>{body}</div>'

    def _repr_html_(self) -> str:
        return self.html

    def save(self, path: str | Path) -> None:
        """Write it as an HTML page (UTF-8)."""
        head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>extract</title></head>'
        Path(path).write_text(f"{head}<body>{self.html}</body></html>", encoding="utf-8")


def show(what: Doc | pd.Series[Any] | Mapping[str, Any]) -> Shown:
    """Render a spaCy ``Doc`` of this pipeline, or one row of the claims table.

    Raises ``TypeError`` for anything else.
    """
    if hasattr(what, "char_span") and hasattr(what, "_"):
        return _show_doc(what)
    row = dict(what.items()) if hasattr(what, "items") else None
    if row is None or "sentence" not in row:
        raise TypeError(f"show takes a Doc or a row of the claims table, not {type(what).__name__}")
    return _show_claim(row)


class _ShowModule(ModuleType):
    """``import extract.show`` puts this module where the function ``extract.show`` is asked for: it does the same."""

    def __call__(self, what: Doc | pd.Series[Any] | Mapping[str, Any]) -> Shown:
        return show(what)


sys.modules[__name__].__class__ = _ShowModule


def _show_doc(doc: Any) -> Shown:
    turns = list(doc._.turns)
    rows = [("turns", t) for t in turns if t["kind"] != "turn"]
    rows += [(name, row) for name in ("entities", "dates", "claims") for row in doc._.get(name)]
    marks = [Mark(row["start"], row["end"], _class(name, row), "", _title(name, row)) for name, row in rows]
    parts = [f'<p class="legend">{_LEGEND}</p>']
    for paragraph in page(doc.text, marks, turns, around=None).paragraphs:
        if paragraph.label or paragraph.speaker:
            label = f" <small>{escape(paragraph.label)}</small>" if paragraph.label != paragraph.speaker else ""
            parts.append(f"<h4>{escape(paragraph.speaker or '')}{label}</h4>")
        words = "".join(_piece(piece.text, piece.marks) for piece in paragraph.pieces)
        parts.append(f'<p class="{"turn" if paragraph.in_turn else ""}">{words}</p>')
    return Shown("".join(parts))


def _class(name: str, row: Mapping[str, Any]) -> str:
    return f"claims {row['status']}" if name == "claims" else name


def _title(name: str, row: Mapping[str, Any]) -> str:
    if name == "claims":
        value = written_amount(*(row[name] for name in _AMOUNT))
        about = " of ".join(str(v) for v in (row["measure"], row["item"]) if v)
        said = f", says {row['speaker']}" if row["speaker"] else ""
        return f"{row['kind']} {value} {about}: {row['status']}{said}"
    if name == "turns":
        return f"{row['kind']}: {row['speaker'] or row['label']} {row['cue'] or ''}"
    return str(row["value"] if name == "dates" else f"{row['label']}: {row['canonical']}")


def _piece(text: str, marks: tuple[Mark, ...]) -> str:
    if not marks:
        return escape(text)
    classes = " ".join(dict.fromkeys(m.table for m in marks))
    title = " · ".join(dict.fromkeys(" ".join(m.title.split()) for m in marks))
    return f'<mark class="{escape(classes)}" title="{escape(title)}">{escape(text)}</mark>'


def _show_claim(row: Mapping[str, Any]) -> Shown:
    sentence, figure = str(row["sentence"]), str(row["text"])
    before, found, after = sentence.partition(figure)
    words = f'{escape(before)}<mark class="claims {escape(str(row["status"]))}">{escape(found)}</mark>{escape(after)}'
    known = {name: row[name] for name in schema("claims").names if name in row and not _missing(row[name])}
    value = written_amount(*(known.get(name) for name in _AMOUNT))
    shown = ({"value": value} if value else {}) | {k: v for k, v in known.items() if k not in (*_PLACE, *_AMOUNT)}
    table = "".join(f"<tr><th>{name}</th><td>{escape(_written(value))}</td></tr>" for name, value in shown.items())
    return Shown(f"<p>{words}</p><table>{table}</table><small>{escape(str(row.get('doc_id', '')))}</small>")


def _written(value: Any) -> str:
    """A value for a reader: yes and no, two places of a confidence, days without a time."""
    if str(value) in ("True", "False"):
        return "yes" if value else "no"
    if hasattr(value, "strftime"):
        return f"{value:%Y-%m-%d}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _missing(value: Any) -> bool:
    return value is None or str(value) in ("<NA>", "nan", "NaT")
