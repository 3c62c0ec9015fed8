"""What a reviewer may correct in a row: read from the tables' schemas, with a kind of field for each column.

Closed sets are choices, numbers are read as people write them, dates and TIMEX3 values are checked, countries may be
given by name. ``problems`` is the last gate before a row is recorded or leaves as gold.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from extract.normalize.countries import country_code, country_names
from extract.normalize.dates.value import bounds, is_value
from extract.normalize.written import read_number, written_number
from extract.review.decisions import DecisionError
from extract.tables import schema as tables

# table -> the column that tells rows apart at a glance
KIND_COLUMNS = {"claims": "kind", "turns": "kind", "dates": "type", "entities": "label"}
REVIEWED = tuple(KIND_COLUMNS)
# What follows from the place of a row or from the run that made it, and references between rows, are not corrected.
_NOT_CORRECTED = frozenset(
    (
        *("doc_id", "segment_id", "turn_id", "index", "start", "end", "text", "sentence", "rule", "confidence"),
        *("cluster_id", "linked_claim_id", "link", "linked_turn_id", *tables.ID_COLUMNS.values()),
    )
)
_CHOICES = {
    ("claims", "kind"): tables.CLAIM_KINDS,
    ("claims", "qualifier"): tables.QUALIFIERS,
    ("claims", "status"): tables.STATUSES,
    ("claims", "change"): tables.CHANGES,
    ("turns", "kind"): tables.TURN_KINDS,
    ("entities", "label"): tables.ENTITY_LABELS,
    ("dates", "type"): tables.DATE_TYPES,
    ("dates", "anchor"): tables.ANCHORS,
}
# Columns of names: which of a document's names are offered first.
_NAMES = {"speaker": "people", "canonical": "names", "actor": "names", "partner": "names"}
_COUNTRIES = frozenset({"side", "country", "actor_country", "partner_country"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_HARMONIZED = re.compile(r"\d{2}|\d{4}")


@dataclass(frozen=True)
class Field:
    """A column as a field of a form. ``kind``: choice, flag, number, date, country, people, names or text."""

    name: str
    kind: str
    required: bool
    choices: tuple[str, ...] = ()


@lru_cache
def fields_of(table: str) -> tuple[Field, ...]:
    """The fields of a table that a reviewer may correct, in the schema's order."""
    return tuple(_field(table, column) for column in tables.schema(table) if column.name not in _NOT_CORRECTED)


def _field(table: str, column: pa.Field) -> Field:
    name, required = column.name, not column.nullable
    choices = _CHOICES.get((table, name), ())
    if choices:
        return Field(name, "choice", required, choices)
    if pa.types.is_boolean(column.type):
        return Field(name, "flag", required, ("no", "yes"))
    if pa.types.is_floating(column.type):
        return Field(name, "number", required)
    if pa.types.is_date(column.type):
        return Field(name, "date", required)
    return Field(name, "country" if name in _COUNTRIES else _NAMES.get(name, "text"), required)


def shown(value: Any) -> str:
    """A value as the pages write it; ``read`` gives the same value back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return written_number(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def read(field: Field, written: str) -> Any:
    """The value of what was written into a field. Raises ``DecisionError`` that says what is allowed."""
    written = " ".join(written.split())
    if not written:
        if field.required:
            raise DecisionError(f"{field.name} cannot be empty")
        return None
    if field.kind in ("choice", "flag"):
        if written not in field.choices:
            raise DecisionError(f"{field.name} {written!r} is not one of {', '.join(field.choices)}")
        return written == "yes" if field.kind == "flag" else written
    reader = {"number": _number, "date": _date, "country": _country}.get(field.kind)
    return reader(field.name, written) if reader else written


def _number(name: str, written: str) -> float:
    value = read_number(written)
    if value is None:
        raise DecisionError(f"{name} {written!r} is no number; write it as 25, 1,500, 38.37 billion or 1.4e11")
    return value


def _date(name: str, written: str) -> str:
    try:
        return dt.date.fromisoformat(written).isoformat()
    except ValueError:
        raise DecisionError(f"{name} {written!r} is no day; write it as 1994-02-11") from None


def _country(name: str, written: str) -> str:
    if written.upper() in _country_codes():
        return written.upper()
    code = country_code(written)
    if code is None:
        raise DecisionError(f"{name} {written!r} is no country; write its name or its ISO 3166 code, as GH")
    return code


@lru_cache
def _country_codes() -> frozenset[str]:
    return frozenset(country_names().values()) | {"EU"}


def correction(table: str, record: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    """The columns that a form changes, with their new values, and what follows from them.

    ``form`` holds ``field.NAME`` as written and ``span.start``, ``span.end``. A single value that is changed moves both
    its ends; bounds follow the calendar of a changed ``value`` or ``period`` unless they were written too.
    """
    changed: dict[str, Any] = {}
    for field in fields_of(table):
        key = f"field.{field.name}"
        if key in form and " ".join(form[key].split()) != " ".join(shown(record.get(field.name)).split()):
            value = read(field, form[key])
            if value != plain(record.get(field.name)):
                changed[field.name] = value
    changed |= _span(record, form)
    return changed | _followers(table, record, changed)


def _span(record: Mapping[str, Any], form: Mapping[str, str]) -> dict[str, Any]:
    found = [form.get(f"span.{side}", "").strip() for side in ("start", "end")]
    if not all(found):
        return {}
    if not all(side.isascii() and side.isdigit() and len(side) < 10 for side in found):
        raise DecisionError("the span is no pair of offsets; select its words in the document")
    start, end = map(int, found)
    return {} if (start, end) == (record.get("start"), record.get("end")) else {"start": start, "end": end}


def _followers(table: str, record: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    follows: dict[str, Any] = {}
    low, high = record.get("value_min"), record.get("value_max")
    if table == "claims":
        if changed.get("kind") == "target":
            follows |= {"value_min": None, "value_max": None}
        elif ("value_min" in changed) != ("value_max" in changed) and low == high:
            new = changed.get("value_min", changed.get("value_max"))
            follows |= {"value_min": new, "value_max": new}
    for name, sides in (("value", ("start_date", "end_date")), ("period", ("period_start", "period_end"))):
        known = [side for side in sides if side in tables.schema(table).names]
        if name in changed and known and not any(side in changed for side in sides):
            ends = _bounds(changed[name])
            days = zip(sides, ends, strict=True)
            follows |= {side: plain(day) for side, day in days if plain(day) != plain(record.get(side))}
    return {name: value for name, value in follows.items() if value != plain(record.get(name))}


def _bounds(value: str | None) -> tuple[str | None, str | None]:
    """First and last day of a TIMEX3 value, or of a range of two."""
    first, _, last = (value or "XXXX").partition("/")
    return bounds(first)[0], bounds(last or first)[1]


def problems(table: str, row: Mapping[str, Any], text: str) -> list[str]:
    """Why a row, with its corrected values, cannot stand in a gold file of this text; empty if it can."""
    found = [
        f"{f.name} {row.get(f.name)!r} is not one of {', '.join(f.choices)}"
        for f in fields_of(table)
        if f.kind == "choice" and (row.get(f.name) or f.required) and row.get(f.name) not in f.choices
    ]
    start, end = row["start"], row["end"]
    if not 0 <= start < end <= len(text):
        found.append(f"the span {start}-{end} is not in the document, which has {len(text)} characters")
    elif text[start:end] != text[start:end].strip():
        found.append("the span begins or ends with a blank")
    return found + (_claim_problems(row) if table == "claims" else _date_problems(row) if table == "dates" else [])


def _claim_problems(row: Mapping[str, Any]) -> list[str]:
    low, high, found = row.get("value_min"), row.get("value_max"), []
    if row.get("kind") == "target":
        if low is not None or high is not None:
            found.append("a target has no value; a figure to be met is of its own kind, with is_target yes")
    elif low is None or high is None:
        found.append(f"a claim of kind {row.get('kind')} needs value_min and value_max")
    elif low > high:
        found.append(f"value_min {shown(low)} is above value_max {shown(high)}")
    if row.get("kind") == "money" and row.get("unit") and not _CURRENCY.fullmatch(row["unit"]):
        found.append(f"unit {row['unit']!r} of money is no currency code, as USD")
    if row.get("period") and not all(is_value("SET", part) for part in row["period"].split("/")):
        found.append(f"period {row['period']!r} is no TIMEX3 value, as 1994, 1994-02 or 1990/1994")
    if row.get("item_hs") and not _HARMONIZED.fullmatch(row["item_hs"]):
        found.append(f"item_hs {row['item_hs']!r} has neither two nor four digits")
    return found


def _date_problems(row: Mapping[str, Any]) -> list[str]:
    found = []
    if not is_value(str(row.get("type")), str(row.get("value"))):
        found.append(f"value {row.get('value')!r} is no TIMEX3 value of type {row.get('type')}")
    first, last = plain(row.get("start_date")), plain(row.get("end_date"))
    if first and last and first > last:
        found.append(f"start_date {first} is after end_date {last}")
    return found


def plain(value: Any) -> Any:
    """A table's value as JSON can hold it: dates as ISO 8601 text, numbers and booleans as Python's own."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value
