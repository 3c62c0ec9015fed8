"""Claims of the same thing in different documents: which repeat, agree with, update or contradict each other.

Two claims are of the same thing only if kind and unit, at least one party, and goods or measure are known and equal
once written alike ("autos" and "cars", "Japanese" and "Japan"), and nothing else that is known differs. Value, status
and period are what is then compared, in the order of time. A claim whose relation the text leaves open is in no group.
Everything here works on rows (mappings with the columns of ``claims`` and ``documents``); reading and writing belong
to the caller.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property, lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extract import lexicons
from extract.normalize.parties import party_country
from extract.normalize.units import singular
from extract.tables.schema import to_table

Claim = Mapping[str, Any]
# table -> the columns that `groups_of` reads, in the order of its arguments; the others need not be loaded
COLUMNS = {
    "claims": (
        *("claim_id", "doc_id", "turn_id", "start", "sentence", "kind", "value_min", "value_max", "unit", "qualifier"),
        *("measure", "item", "actor", "partner", "period", "is_target", "status", "change"),
        *("actor_country", "partner_country", "item_hs", "link"),
    ),
    "documents": ("doc_id", "date"),
    "turns": ("turn_id", "linked_turn_id"),
}
# Rounded figures of one sum differ by less than this share ("$5.6 billion", "$5.64 billion").
SAME_WITHIN = 0.02
_SUBJECT_COLUMNS = ("kind", "unit", "measure", "item", "actor", "partner", "change")
_ROLES = ("actor", "partner")
# what differs between claims and is kept ready: about 30 MB
_MANY = 1 << 16
# Sentences that share this much of their words are one statement, printed again.
REPRINT_SHARE = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Subject:
    """What a claim is about, written in one way; empty where it is not known."""

    kind: str
    unit: str
    measure: str
    item: str
    actor: str
    partner: str
    change: str

    @cached_property
    def group_id(self) -> str:
        """Stable for the same subject in any run."""
        return hashlib.sha256("\x1f".join(astuple(self)).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return lexicons.words("en/goods_modifiers") | {
        *("the", "a", "an", "of"),
        *("its", "their", "our", "his"),
    }


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, str]:
    return {r["word"]: r["same"] for r in lexicons.load("en/group_synonyms", {"same": "text", "word": "terms"})}


def normal_party(name: str | None) -> str:
    """A country's ISO code by its name or adjective, else the words in small letters without articles."""
    text = re.sub(r"^(?:the|a|an)\s+", "", " ".join((name or "").split()), flags=re.IGNORECASE)
    return party_country(text) or re.sub(r"['’]s?$", "", text).casefold()


def normal_items(item: str | None) -> tuple[str, ...]:
    """The goods of an item, each in one way: ``"autos and the auto parts"`` → ``("car", "car part")``."""
    parts = re.split(r",\s*(?:and\s+)?|\s+(?:and|or|&)\s+", item or "")
    return tuple(sorted({normal for part in parts if (normal := normal_words(part))}))


def normal_words(text: str) -> str:
    """A phrase in small letters and singular, without articles, with one word for what has several names."""
    words = [singular(word) for word in re.findall(r"[^\W_][\w-]*", text.casefold()) if word not in _small_words()]
    whole = " ".join(words)
    if whole in _synonyms():
        return _synonyms()[whole]
    return " ".join(_synonyms().get(word, word) if word not in ("import", "good") else word for word in words)


def subject(claim: Claim) -> Subject | None:
    """What a claim is about, or ``None`` if too little is known to set it beside another."""
    return _subject(*(_text(claim, name) for name in _SUBJECT_COLUMNS), *(_text(claim, f"{r}_country") for r in _ROLES))


@lru_cache(maxsize=_MANY)
def _subject(
    kind: str, unit: str, measure: str, item: str, actor: str, partner: str, change: str, *countries: str
) -> Subject | None:
    """The same of the columns: a corpus says the same of the same goods again and again."""
    actor, partner = (country or normal_party(name) for country, name in zip(countries, (actor, partner), strict=True))
    item = "; ".join(normal_items(item))
    # every duty measures the same, whatever it is called
    measure = "" if kind == "tariff_rate" else normal_words(measure)
    is_known = (unit or kind == "target") and (actor or partner) and (item or measure)
    return Subject(kind, unit, measure, item, actor, partner, change) if is_known else None


def _text(row: Claim, column: str) -> str:
    value = row.get(column)
    return value if isinstance(value, str) else ""


def group_rows(claims: Iterable[Claim], documents: Iterable[Claim]) -> list[dict[str, Any]]:
    """The rows of ``claim_groups``: groups that span two documents or more, in order of group and time."""
    dates = {row["doc_id"]: _date(row.get("date")) for row in documents}
    groups: dict[Subject, list[Claim]] = {}
    for claim in claims:
        about = subject(claim)
        if about is not None:
            groups.setdefault(about, []).append(claim)
    rows: list[dict[str, Any]] = []
    for about, members in sorted(groups.items(), key=lambda pair: pair[0].group_id):
        rows.extend(_rows_of(about, _plain_members(members), dates))
    return rows


def groups_of(claims: pa.Table, documents: pa.Table, turns: pa.Table) -> pa.Table:
    """The table ``claim_groups`` of three tables (see ``COLUMNS`` for what is read of them)."""
    document_rows = documents.to_pylist()
    rows = group_rows(claims.filter(_may_have_subject(claims)).to_pylist(), document_rows)
    grouped = {row["claim_id"] for row in rows}
    links = {row["turn_id"]: row["linked_turn_id"] for row in turns.drop_null().to_pylist()}
    in_both = claims.filter(pc.is_in(claims["turn_id"], value_set=pa.array(links, type=pa.string()))).to_pylist()
    alone = (claim for claim in in_both if claim["claim_id"] not in grouped)
    return to_table("claim_groups", rows + translated_rows(alone, document_rows, links))


def _may_have_subject(claims: pa.Table) -> pa.Array:
    """Which claims ``subject`` is worth asking of: most lack a party or goods, and need not be made rows for that."""
    either = [
        pc.or_(*(pc.is_valid(claims[name]) for name in pair))
        for pair in (("actor", "actor_country"), ("partner", "partner_country"), ("item", "measure"))
    ]
    is_target = pc.equal(claims["kind"], "target")
    has_measure = pc.and_(pc.or_(pc.is_valid(claims["unit"]), is_target), either[2])
    return pc.and_(has_measure, pc.or_(either[0], either[1]))


def translated_rows(
    claims: Iterable[Claim], documents: Iterable[Claim], links: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Claims that stand in both languages of a document, as groups of two: the second repeats the first.

    ``links`` maps a turn to the one that stands for it in the other language. Two claims of linked turns are one only
    if kind, unit and value are the same and no other claim of these turns shares them.
    """
    dates = {row["doc_id"]: _date(row.get("date")) for row in documents}
    by_figure: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in claims:
        if claim["turn_id"] in links:
            figure = (claim["kind"], claim["unit"], claim["value_min"], claim["value_max"])
            by_figure.setdefault((claim["turn_id"], *figure), []).append(claim)
    rows: list[dict[str, Any]] = []
    for key, members in by_figure.items():
        others = by_figure.get((links[key[0]], *key[1:]), [])
        if len(members) == len(others) == 1 and members[0]["start"] < others[0]["start"]:
            rows += _translation(members[0], others[0], dates)
    return sorted(rows, key=lambda row: str(row["group_id"]))


def _translation(first: Claim, second: Claim, dates: Mapping[str, str]) -> list[dict[str, Any]]:
    about = Subject(*(_text(first, name) for name in _SUBJECT_COLUMNS))
    pair = [_row(about, first, "first", None, dates), _row(about, second, "repeats", first, dates)]
    group_id = hashlib.sha256(first["claim_id"].encode()).hexdigest()[:16]
    return [row | {"group_id": group_id} for row in pair]


def _plain_members(members: Sequence[Claim]) -> list[Claim]:
    """Without claims that a sentence sets side by side: what tells two figures of one sentence apart is not known."""
    in_sentence = Counter((claim["doc_id"], _text(claim, "sentence")) for claim in members)
    return [claim for claim in members if in_sentence[claim["doc_id"], _text(claim, "sentence")] == 1]


def _rows_of(about: Subject, members: list[Claim], dates: Mapping[str, str]) -> list[dict[str, Any]]:
    ordered = sorted(members, key=lambda c: (as_of(c, dates) or "9999", c["doc_id"], c["start"], c["claim_id"]))
    related: list[tuple[Claim, str, Claim | None]] = []
    for claim in ordered:
        found = _related(claim, (before for before, _, _ in reversed(related)), dates)
        if found is not None:
            related.append((claim, *found))
        elif not related:
            related.append((claim, "first", None))
    return [_row(about, *each, dates) for each in related] if len(related) > 1 else []


def _related(claim: Claim, earlier: Iterable[Claim], dates: Mapping[str, str]) -> tuple[str, Claim] | None:
    """The relation to the last claim of another document, and that claim."""
    before = next((c for c in earlier if c["doc_id"] != claim["doc_id"]), None)
    found = relation(before, claim, dates) if before is not None else None
    return (found, before) if found is not None and before is not None else None


def _row(about: Subject, claim: Claim, kind: str, before: Claim | None, dates: Mapping[str, str]) -> dict[str, Any]:
    return {
        "group_id": about.group_id,
        "claim_id": claim["claim_id"],
        "doc_id": claim["doc_id"],
        "kind": about.kind,
        "measure": about.measure or None,
        "item": about.item or None,
        "item_hs": _text(claim, "item_hs") or None,
        "actor_country": _text(claim, "actor_country") or None,
        "partner_country": _text(claim, "partner_country") or None,
        "as_of": as_of(claim, dates),
        "value_min": _number(claim.get("value_min")),
        "value_max": _number(claim.get("value_max")),
        "unit": about.unit or None,
        "status": claim["status"],
        "relation": kind,
        "compared_claim_id": None if before is None else before["claim_id"],
    }


def _date(value: Any) -> str:
    return "" if value is None or value != value else str(value)[:10]


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)


def as_of(claim: Claim, dates: Mapping[str, str]) -> str | None:
    """The time a claim holds for: its period if that is on the calendar, else its document's date."""
    return _calendar_period(claim) or dates.get(claim["doc_id"]) or None


def _calendar_period(claim: Claim) -> str | None:
    period = _text(claim, "period")
    return period if re.match(r"\d{3}", period) else None


def same_value(a: Claim, b: Claim) -> bool:
    """Whether two values are the same but for rounding, or one range holds the other."""
    low_a, high_a, low_b, high_b = (_number(row.get(column)) for row in (a, b) for column in ("value_min", "value_max"))
    if low_a is None or high_a is None or low_b is None or high_b is None:
        return low_a is None and low_b is None
    slack = SAME_WITHIN * max(abs(high_a), abs(high_b))
    return low_a <= high_b + slack and low_b <= high_a + slack


def relation(before: Claim, claim: Claim, dates: Mapping[str, str]) -> str | None:
    """How a claim stands to an earlier one of another document; ``None`` where that is left open.

    The same value and status in nearly the same words repeat, in other words agree. Another value updates at a later
    time, and contradicts at the very same: both stated as facts, with exact figures and a period of their own.
    """
    if bool(before.get("is_target")) != bool(claim.get("is_target")):
        return None
    steady = before["status"] == claim["status"]
    earlier, later = as_of(before, dates), as_of(claim, dates)
    if same_value(before, claim):
        if not steady:
            return None
        return "repeats" if _is_reprint(before, claim) else "agrees"
    if before["kind"] == "target" or "from" in (_text(before, "link"), _text(claim, "link")):
        return None
    if not _text(claim, "item"):
        return None  # "40 per cent lived …" in two reports: the measure alone does not show that both count the same
    if not (earlier and later):
        return None
    if not _same_time(earlier, later):
        return "updates" if steady and len(earlier) == len(later) and earlier < later else None
    periods = _calendar_period(before), _calendar_period(claim)
    is_plain = all(_text(c, "qualifier") in ("", "exact") and c["status"] == "fact" for c in (before, claim))
    return "contradicts" if is_plain and periods[0] and periods[0] == periods[1] else None


def _is_reprint(a: Claim, b: Claim) -> bool:
    words_a, words_b = (set(_WORD.findall(_text(claim, "sentence").casefold())) for claim in (a, b))
    return bool(words_a and words_b) and len(words_a & words_b) >= REPRINT_SHARE * min(len(words_a), len(words_b))


def _same_time(a: str, b: str) -> bool:
    """Whether one TIMEX3 value holds the other ("1994" holds "1994-02")."""
    return a.startswith(b) or b.startswith(a)


def timeline(
    claims: Iterable[Claim],
    documents: Iterable[Claim],
    *,
    item: str | None = None,
    kind: str | None = None,
    actor: str | None = None,
    partner: str | None = None,
) -> list[dict[str, Any]]:
    """The claims that match, in order of time, with who said what: rows for printing.

    ``item`` matches every claim whose goods hold all its words ("cars" finds "cars and auto parts"); ``actor`` and
    ``partner`` match by country or name. ``relation`` is to the last claim of the same thing in another document,
    ``None`` where there is none or the text leaves it open.
    """
    known = {row["doc_id"]: row for row in documents}
    dates = {doc_id: _date(row.get("date")) for doc_id, row in known.items()}
    chosen = [c for c in claims if _matches(c, item=item, kind=kind, actor=actor, partner=partner)]
    chosen.sort(key=lambda c: (as_of(c, dates) or "9999", c["doc_id"], c["start"], c["claim_id"]))
    return list(_timeline_rows(chosen, known, dates))


def _timeline_rows(
    chosen: Sequence[Claim], known: Mapping[str, Claim], dates: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    last: dict[Subject, list[Claim]] = {}
    for claim in chosen:
        about = subject(claim)
        earlier = last.setdefault(about, []) if about is not None else []
        found = _related(claim, reversed(earlier), dates)
        earlier.append(claim)
        yield {
            "as_of": as_of(claim, dates),
            "value": shown_value(claim),
            **{c: _text(claim, c) or None for c in ("measure", "item", "actor", "partner", "status", "speaker")},
            "relation": found[0] if found else None,
            "doc_id": claim["doc_id"],
            "date": dates.get(claim["doc_id"]) or None,
            "title": _text(known.get(claim["doc_id"], {}), "title") or None,
            "sentence": _text(claim, "sentence") or None,
            "claim_id": claim["claim_id"],
        }


def _matches(claim: Claim, *, item: str | None, kind: str | None, actor: str | None, partner: str | None) -> bool:
    if kind is not None and claim["kind"] != kind:
        return False
    for wanted, column in ((actor, "actor"), (partner, "partner")):
        if wanted is not None and normal_party(wanted) != normal_party(_text(claim, column)):
            return False
    if item is None:
        return True
    goods = [set(good.split()) for good in normal_items(_text(claim, "item"))]
    return all(any(set(want.split()) <= good for good in goods) for want in normal_items(item))


def shown_value(claim: Claim) -> str | None:
    """Value and unit for reading: "12.5 %", "5 to 7 ton"; ``None`` where there is no value."""
    low, high, unit = _number(claim.get("value_min")), _number(claim.get("value_max")), _text(claim, "unit")
    if low is None or high is None:
        return None
    number = f"{low:,.6g}" if low == high else f"{low:,.6g} to {high:,.6g}"
    return f"{number} {unit}".strip()
