"""Claims of the same thing in different documents: which agree, which update, which contradict each other.

Two claims are of the same thing if kind, actor, partner and item are the same once written alike (and, but for tariff
rates and targets, the measure): "autos" and "cars", "Japanese" and "Japan". Value, status and period are what is then
compared, in the order of time. Everything here works on rows (mappings with the columns of ``claims`` and
``documents``); reading and writing belong to the caller.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from extract import lexicons
from extract.normalize.countries import country_adjectives, country_names
from extract.normalize.units import singular

RELATIONS = ("first", "agrees", "updates", "contradicts")
# Rounded figures of one sum differ by less than this share ("$5.6 billion", "$5.64 billion").
SAME_WITHIN = 0.02
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "all",
        "some",
        "its",
        "their",
        "our",
        "his",
        "new",
        "imported",
        "foreign",
        "certain",
        "other",
    ]
)
_COLUMNS: list[tuple[str, pa.DataType, bool, str]] = [
    ("group_id", pa.string(), False, "the group: a hash of what its claims are about"),
    ("claim_id", pa.string(), False, "the evidence: a row of `claims`"),
    ("doc_id", pa.string(), False, "the document of that claim"),
    ("position", pa.int32(), False, "place in the group's order of time, from 0"),
    ("kind", pa.string(), False, "kind of all its claims"),
    ("measure", pa.string(), True, "what is measured, as the group's first claim writes it"),
    ("item", pa.string(), True, "goods or subject, normalised"),
    ("actor", pa.string(), True, "who, normalised: ISO 3166-1 alpha-2 for a country"),
    ("partner", pa.string(), True, "to or against whom, normalised like actor"),
    ("as_of", pa.string(), True, "the time it holds for: the claim's period, else the document's date; TIMEX3"),
    ("value_min", pa.float64(), True, "the claim's own value"),
    ("value_max", pa.float64(), True, "the claim's own value, upper end"),
    ("unit", pa.string(), True, "the claim's own unit"),
    ("status", pa.string(), False, "the claim's own status"),
    (
        "relation",
        pa.string(),
        False,
        "to the claim before it in another document: " + ", ".join(f"`{r}`" for r in RELATIONS),
    ),
    ("compared_claim_id", pa.string(), True, "that other claim; null for `first`"),
    ("n_documents", pa.int32(), False, "how many documents the group spans"),
]
SCHEMA: pa.Schema = pa.schema(
    [
        pa.field(name, kind, nullable=nullable, metadata={"description": description})
        for name, kind, nullable, description in _COLUMNS
    ],
    metadata={"table": "claim_groups", "row": "one row a claim in a group of claims of the same thing"},
)


@dataclass(frozen=True)
class Thing:
    """What a claim is about, written in one way."""

    kind: str
    unit: str
    measure: str
    item: str
    actor: str
    partner: str

    @property
    def group_id(self) -> str:
        """Stable for the same thing in any run."""
        parts = (self.kind, self.unit, self.measure, self.item, self.actor, self.partner)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def normal_party(name: str | None) -> str:
    """A country's ISO code by its name or adjective, else the words in lower case without articles."""
    text = re.sub(r"^(?:the|a|an)\s+", "", " ".join((name or "").split()), flags=re.IGNORECASE)
    text = re.sub(r"['’]s?$", "", text)
    plain = re.sub(r"\s+(?:government|administration|side|officials?)$", "", text, flags=re.IGNORECASE)
    for form in (text, plain):
        code = country_names().get(form) or country_adjectives().get(form)
        if code:
            return str(code)
    return text.casefold()


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    return {r["word"]: r["same"] for r in lexicons.load("en/group_synonyms", {"word": "text", "same": "text"})}


def normal_items(item: str | None) -> tuple[str, ...]:
    """The goods of an item, each in one way: ``"autos and the auto parts"`` → ``("car", "car part")``."""
    parts = re.split(r",\s*(?:and\s+)?|\s+(?:and|or|&)\s+", item or "")
    return tuple(sorted({normal for part in parts if (normal := _normal_good(part))}))


def _normal_good(text: str) -> str:
    words = [singular(word) for word in re.findall(r"[^\W_][\w-]*", text.casefold()) if word not in _STOP]
    whole = " ".join(words)
    if whole in _synonyms():
        return _synonyms()[whole]
    return " ".join(_synonyms().get(word, word) if word not in ("import", "good") else word for word in words)


def things(claim: Mapping[str, Any]) -> list[Thing]:
    """What a claim is about: one thing for each of its items; none if too little is known to compare it."""
    kind, measure = str(claim["kind"]), ""
    if kind not in ("tariff_rate", "target"):
        measure = (_normal_good(_text(claim, "measure")) or "").split(" ")[-1]
    actor, partner = normal_party(_text(claim, "actor")), normal_party(_text(claim, "partner"))
    items = normal_items(_text(claim, "item"))
    if not items and not (measure and actor):
        return []
    unit = _text(claim, "unit") if kind in ("money", "quantity") else ""
    return [Thing(kind, unit, measure, item, actor, partner) for item in items or ("",)]


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""


def group_rows(claims: Iterable[Mapping[str, Any]], documents: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of ``claim_groups``: groups that span two documents or more, in order of group and time."""
    dates = {row["doc_id"]: _date(row.get("date")) for row in documents}
    groups: dict[Thing, list[Mapping[str, Any]]] = {}
    for claim in claims:
        for thing in things(claim):
            groups.setdefault(thing, []).append(claim)
    rows: list[dict[str, Any]] = []
    for thing, members in sorted(groups.items(), key=lambda pair: pair[0].group_id):
        if len({member["doc_id"] for member in members}) > 1:
            rows.extend(_rows_of(thing, members, dates))
    return rows


def to_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """The rows as an Arrow table of ``SCHEMA``."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=SCHEMA)


def _rows_of(thing: Thing, members: list[Mapping[str, Any]], dates: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    ordered = sorted(members, key=lambda c: (as_of(c, dates) or "9999", c["doc_id"], c["start"], c["claim_id"]))
    for position, claim in enumerate(ordered):
        before = next((c for c in reversed(ordered[:position]) if c["doc_id"] != claim["doc_id"]), None)
        yield {
            "group_id": thing.group_id,
            "claim_id": claim["claim_id"],
            "doc_id": claim["doc_id"],
            "position": position,
            "kind": thing.kind,
            "measure": _text(ordered[0], "measure") or None,
            "item": thing.item or None,
            "actor": thing.actor or None,
            "partner": thing.partner or None,
            "as_of": as_of(claim, dates),
            "value_min": _number(claim.get("value_min")),
            "value_max": _number(claim.get("value_max")),
            "unit": _text(claim, "unit") or None,
            "status": claim["status"],
            "relation": "first" if before is None else relation(before, claim, dates),
            "compared_claim_id": None if before is None else before["claim_id"],
            "n_documents": len({c["doc_id"] for c in ordered}),
        }


def _date(value: Any) -> str:
    return "" if value is None or value != value else str(value)[:10]


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def as_of(claim: Mapping[str, Any], dates: Mapping[str, str]) -> str | None:
    """The time a claim holds for: its period if that is on the calendar, else its document's date."""
    period = _text(claim, "period")
    return period if re.match(r"\d{3}", period) else dates.get(claim["doc_id"]) or None


def same_value(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether two values are the same but for rounding, or one range holds the other."""
    low_a, high_a, low_b, high_b = (_number(row.get(column)) for row in (a, b) for column in ("value_min", "value_max"))
    if low_a is None or high_a is None or low_b is None or high_b is None:
        return low_a is None and low_b is None
    slack = SAME_WITHIN * max(abs(high_a), abs(high_b))
    return low_a <= high_b + slack and low_b <= high_a + slack


def relation(before: Mapping[str, Any], claim: Mapping[str, Any], dates: Mapping[str, str]) -> str:
    """How a claim stands to an earlier one of the same thing in another document.

    The same value and status agree. A difference at a later time, or a further step of the same plan, updates; a
    difference about one and the same time contradicts.
    """
    same, steady = same_value(before, claim), before["status"] == claim["status"]
    if same and steady:
        return "agrees"
    earlier, later = as_of(before, dates), as_of(claim, dates)
    moved = bool(earlier and later and not _same_time(earlier, later))
    if moved or (same and "rejected" not in (before["status"], claim["status"])):
        return "updates"
    return "contradicts"


def _same_time(a: str, b: str) -> bool:
    """Whether one TIMEX3 value holds the other ("1994" holds "1994-02")."""
    return a.startswith(b) or b.startswith(a)


def timeline(
    claims: Iterable[Mapping[str, Any]],
    documents: Iterable[Mapping[str, Any]],
    *,
    item: str | None = None,
    kind: str | None = None,
    actor: str | None = None,
    partner: str | None = None,
) -> list[dict[str, Any]]:
    """The claims that match, in order of time, with who said what: rows for printing.

    ``item`` matches every claim whose goods hold all its words ("cars" finds "cars and auto parts"); ``actor`` and
    ``partner`` match by country or name. ``relation`` is to the last claim of the same thing in another document.
    """
    known = {row["doc_id"]: row for row in documents}
    dates = {doc_id: _date(row.get("date")) for doc_id, row in known.items()}
    chosen = [c for c in claims if _matches(c, item=item, kind=kind, actor=actor, partner=partner)]
    chosen.sort(key=lambda c: (as_of(c, dates) or "9999", c["doc_id"], c["start"], c["claim_id"]))
    last: dict[Thing, list[Mapping[str, Any]]] = {}
    rows = []
    for claim in chosen:
        about = things(claim)
        before = [c for thing in about for c in last.get(thing, []) if c["doc_id"] != claim["doc_id"]]
        rows.append(
            {
                "as_of": as_of(claim, dates),
                "value": _shown(claim),
                **{c: _text(claim, c) or None for c in ("measure", "item", "actor", "partner", "status", "speaker")},
                "relation": relation(before[-1], claim, dates) if before else "first",
                "doc_id": claim["doc_id"],
                "date": dates.get(claim["doc_id"]) or None,
                "title": _text(known.get(claim["doc_id"], {}), "title") or None,
                "sentence": _text(claim, "sentence") or None,
                "claim_id": claim["claim_id"],
            }
        )
        for thing in about:
            last.setdefault(thing, []).append(claim)
    return rows


def _matches(
    claim: Mapping[str, Any], *, item: str | None, kind: str | None, actor: str | None, partner: str | None
) -> bool:
    if kind is not None and claim["kind"] != kind:
        return False
    for wanted, column in ((actor, "actor"), (partner, "partner")):
        if wanted is not None and normal_party(wanted) != normal_party(_text(claim, column)):
            return False
    if item is None:
        return True
    goods = [set(good.split()) for good in normal_items(_text(claim, "item"))]
    return all(any(set(want.split()) <= good for good in goods) for want in normal_items(item))


def _shown(claim: Mapping[str, Any]) -> str | None:
    low, high, unit = _number(claim.get("value_min")), _number(claim.get("value_max")), _text(claim, "unit")
    if low is None or high is None:
        return None
    number = f"{low:,.6g}" if low == high else f"{low:,.6g} to {high:,.6g}"
    return f"{number} {unit}".strip()
