"""Corrections that one key makes: what the earlier run had, then the likeliest other values of a row's columns.

An offer is a part of the row's form, as a reviewer could have written it: it passes the same gates as typed words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from extract.normalize.written import written_amount
from extract.review.fields import fields_of, shown

# a digit each
MOST_OFFERS = 9
AMOUNT = ("value_min", "value_max", "unit")
# table -> closed sets with other values worth a key, those first that are corrected most often
_CHOSEN = {"claims": ("status", "is_target", "kind", "change"), "entities": ("label",)}
# column -> what is offered first of its other values: kinds that are taken for one another, a status that is stated
_LIKELY: dict[str, dict[str, tuple[str, ...]]] = {
    "kind": {"tariff_rate": ("percent",), "percent": ("tariff_rate",), "money": ("quantity",), "quantity": ("money",)},
    "label": {"ORG": ("PERSON", "GPE"), "PERSON": ("ORG", "GPE"), "GPE": ("ORG", "PERSON"), "NORP": ("GPE", "ORG")},
}


@dataclass(frozen=True)
class Offer:
    """A correction: what it says, the fields that it writes, and whether the earlier run had it so."""

    says: str
    written: tuple[tuple[str, str], ...]
    is_before: bool = False

    @property
    def query(self) -> str:
        """The fields as a form sends them."""
        return urlencode({f"field.{name}": value for name, value in self.written})


def offers(
    table: str, record: Mapping[str, Any], changed: Iterable[tuple[str, Any, Any]], speakers: Sequence[str]
) -> list[Offer]:
    """At most ``MOST_OFFERS`` corrections of a row, the likeliest first.

    ``changed``: column, earlier value and value now, if it is a row that changed between two runs. ``speakers``: who
    else speaks near it, the nearest first.
    """
    found = _before(table, changed) + _chosen(table, record)
    if "speaker" in record:
        others = [name for name in speakers if name != record["speaker"]][:2] + [""] * bool(record["speaker"])
        found[_after_first(found, "is_target") : 0] = [
            Offer(f"speaker {n or 'nobody'}", (("speaker", n),)) for n in others
        ]
    kept: dict[tuple[tuple[str, str], ...], Offer] = {}
    for offer in found:
        kept.setdefault(offer.written, offer)
    return list(kept.values())[:MOST_OFFERS]


def _after_first(found: Sequence[Offer], column: str) -> int:
    return next((i + 1 for i, o in enumerate(found) if not o.is_before and o.written[0][0] == column), len(found))


def _before(table: str, changed: Iterable[tuple[str, Any, Any]]) -> list[Offer]:
    """The earlier run's values: of each column that changed, an amount as one; before them all of them together."""
    columns = {f.name for f in fields_of(table)}
    earlier = {name: old for name, old, _ in changed if name in columns}
    groups = [[name for name in AMOUNT if name in earlier], *([name] for name in earlier if name not in AMOUNT)]
    found = [_as_before({name: earlier[name] for name in group}) for group in groups if group]
    return ([_as_before(earlier, "all")] if len(found) > 1 else []) + found


def _as_before(values: Mapping[str, Any], called: str = "") -> Offer:
    written = tuple((name, shown(value)) for name, value in values.items())
    amount = written_amount(values.get("value_min"), values.get("value_max"), values.get("unit"))
    said = f"value {amount}" if {*AMOUNT} & {*values} and amount else f"{written[0][0]} {written[0][1] or 'empty'}"
    return Offer(called or said, written, is_before=True)


def _chosen(table: str, record: Mapping[str, Any]) -> list[Offer]:
    found = []
    for field in (f for name in _CHOSEN.get(table, ()) for f in fields_of(table) if f.name == name and name in record):
        now = shown(record[field.name])
        likely = _LIKELY.get(field.name, {}).get(now, () if field.name in _LIKELY else field.choices)
        values = [v for v in (*likely, *([] if field.required else [""])) if v != now]
        found += [Offer(_said(field.name, v), ((field.name, v),)) for v in values]
    return found


def _said(name: str, value: str) -> str:
    if name == "is_target":
        return "a target" if value == "yes" else "no target"
    return value if name in ("status", "kind", "label") and value else f"{name} {value or 'none'}"
