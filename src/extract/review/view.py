"""What the pages show of a row: the sentence around it, its fields with what was written into them, the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extract.compare.changes import MINOR
from extract.normalize.written import written_amount
from extract.review.decisions import Decision, draft_place
from extract.review.fields import KIND_COLUMNS, fields_of, shown
from extract.review.offers import AMOUNT, Offer, offers
from extract.review.queue import Desk, Item
from extract.review.transcript import Mark, Page, page, sentence_around
from extract.tables.schema import ID_COLUMNS

# Longest stretch of a row's own words in a line of the queue, and of the sentence on either side, in characters.
LINE_CHARACTERS, LINE_REACH, ROW_REACH = 200, 140, 400
# table -> the keys that go to its form's fields, in the order of the schema
FIELD_KEYS = {"claims": "KvVUQeicPbToSCWRBEI", "turns": "KeSocU", "dates": "KvBEo", "entities": "KeC"}
# columns of a row in the list of the queue, beside its words: a claim's amount is one
_FACTS = {
    "claims": ("status", "is_target", "change", "measure", "item", "actor", "partner", "period", "speaker"),
    "turns": ("speaker", "label", "role"), "dates": ("value", "start_date", "end_date"),
    "entities": ("canonical", "country"),
}  # fmt: skip
LABELS = {"right": "right", "wrong": "wrong", "fix": "fix", "skip": "unsure", "gone": "rightly gone", "lost": "lost"}
LABELS["missed"] = "missed"
VERDICT_KEYS = {
    "found": (("right", "r"), ("wrong", "w"), ("skip", "x")),
    "removed": (("gone", "r"), ("lost", "w"), ("skip", "x")),
}
SINGULAR = {"claims": "claim", "turns": "turn", "dates": "date", "entities": "name"}


def queue_line(desk: Desk, index: int) -> dict[str, Any]:
    """A row as a line of the queue."""
    subject, text = desk.subject(index), desk.text_of(index)
    end = min(subject.start + len(subject.text), subject.start + LINE_CHARACTERS)
    decision, record = desk.decision(index), desk.record(index)
    first, last = _sentence(text, record, subject.start, end, LINE_REACH)
    return {
        "line": line_name(desk.items[index]),
        "offers": [] if desk.items[index].is_lost else offers_of(desk, index, record),
        "facts": facts(desk, index, record),
        "subject": subject,
        "before": text[first : subject.start],
        "words": text[subject.start : end],
        "after": text[end : max(last, end)],
        "change": desk.items[index].change,
        "verdict": decision.verdict if decision else "",
    }


def keys_of_fields() -> dict[str, dict[str, str]]:
    """For each table the columns by the keys that go to their fields."""
    return {
        table: {key: f.name for key, f in zip(keys, fields_of(table), strict=False)}
        for table, keys in FIELD_KEYS.items()
    }


def line_name(item: Item) -> str:
    """The name of a row's line in the list, for a page's address."""
    return f"{item.table}-{item.row_id}".replace(":", "-")


def offers_of(desk: Desk, index: int, record: Mapping[str, Any]) -> list[Offer]:
    """The corrections of a row that one key makes."""
    item = desk.items[index]
    changed = desk.changes.get(item[:2], {}).get("fields", ())
    return offers(item.table, record, changed, desk.speakers_near(index))


def facts(desk: Desk, index: int, record: Mapping[str, Any]) -> list[tuple[str, str, str | None]]:
    """What a row says, for a line: column, value and, where it changed, the earlier value."""
    item = desk.items[index]
    before = {name: old for name, old, _ in desk.changes.get(item[:2], {}).get("fields", ())}
    found: list[tuple[str, str, str | None]] = []
    if item.table == "claims" and item.kind != "target":
        told = written_amount(*(record[name] for name in AMOUNT))
        was = written_amount(*(before.get(name, record[name]) for name in AMOUNT))
        found.append(("value_min", told, was if was != told else None))
    for name in _FACTS[item.table]:
        value = shown(record.get(name))
        if name in before or (value and (name, value) != ("is_target", "no")):
            found.append((name, value, shown(before[name]) if name in before else None))
    others = [n for n in before if n not in (*AMOUNT, *_FACTS[item.table], *MINOR)]
    return found + [(n, shown(record.get(n)) if n in record else item.text, shown(before[n])) for n in others]


def form_fields(
    table: str, record: Mapping[str, Any], fixed: Mapping[str, Any], typed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The fields of a row's form: what the row has, over it what was fixed, over it what is written but not saved."""
    found = []
    for place, field in enumerate(fields_of(table)):
        key = FIELD_KEYS[table][place : place + 1]
        original = shown(record.get(field.name))
        value = shown(fixed[field.name]) if field.name in fixed else original
        value = typed.get(f"field.{field.name}", value)
        found.append({"field": field, "key": key, "value": value, "original": original, "is_edited": value != original})
    return found


def item(desk: Desk, index: int, reviewer: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """All that the page of a row shows of it; ``typed``: a form that was refused, else the reviewer's draft."""
    subject, record, text = desk.subject(index), desk.record(index), desk.text_of(index)
    opinions = desk.opinions(index)
    own = opinions.get(reviewer)
    fixed = shifted(own, subject.start) if own else {}
    draft = (
        dict(typed) if typed is not None else desk.decisions.draft(reviewer, draft_place(subject.table, subject.row_id))
    )
    start, end = _span(record, fixed, draft, len(text))
    first, last = _sentence(text, record, min(start, record["start"]), max(end, record["end"]), ROW_REACH)
    return {
        "line": line_name(desk.items[index]),
        "subject": subject,
        "record": record,
        "decision": desk.decision(index),
        "opinions": list(opinions.values()),
        "fields": form_fields(subject.table, record, fixed, draft),
        "note": draft.get("note", own.note if own else ""),
        "has_draft": bool(draft),
        "span": (start, end),
        "first": first,
        "before": text[first:start],
        "words": text[start:end],
        "after": text[end:last],
        "change": desk.changes.get((subject.table, subject.row_id)),
        "alike": desk.alike(index),
        "offers": [] if desk.items[index].is_lost else offers_of(desk, index, record),
        "verdicts": desk.verdicts_of(index),
        "names": names_of(desk, subject.doc_id),
        "document": document(desk, subject.doc_id, index),
    }


def _sentence(text: str, record: Mapping[str, Any], start: int, end: int, reach: int) -> tuple[int, int]:
    """Bounds of the sentence around a span: the row's own if it has one that is not too long to be shown."""
    own = record.get("sentence") or ""
    first = text.rfind(own, 0, start + len(own)) if own else -1
    if first < 0 or not start - reach <= first <= start or not end <= first + len(own) <= end + reach:
        return sentence_around(text, start, end, reach=reach)
    return first, first + len(own)


def shifted(decision: Decision, start: int) -> dict[str, Any]:
    """The correction of a decision, its span moved along with its row, which begins at ``start`` now."""
    fixed, by = dict(decision.correction), start - decision.start
    return fixed | {side: fixed[side] + by for side in ("start", "end") if isinstance(fixed.get(side), int)}


def _span(
    record: Mapping[str, Any], fixed: Mapping[str, Any], draft: Mapping[str, str], length: int
) -> tuple[int, int]:
    ends = []
    for side in ("start", "end"):
        written = draft.get(f"span.{side}", "")
        ends.append(int(written) if written.isdecimal() and len(written) < 10 else int(fixed.get(side, record[side])))
    return (ends[0], ends[1]) if 0 <= ends[0] < ends[1] <= length else (int(record["start"]), int(record["end"]))


def names_of(desk: Desk, doc_id: str) -> dict[str, list[str]]:
    """The names to pick from: ``people`` (speakers and persons) and ``names`` (all names, the people last)."""
    people: dict[str, None] = {}
    others: dict[str, None] = {}
    for index, record in desk.in_document(doc_id):
        table = desk.items[index].table
        if table == "turns" and record.get("speaker"):
            people[record["speaker"]] = None
        elif table == "entities":
            (people if record["label"] == "PERSON" else others)[record["canonical"]] = None
    return {"people": sorted(people), "names": [*sorted(others), *sorted(people)]}


def document(desk: Desk, doc_id: str, current: int | None) -> Page:
    """A document with its rows marked; around the row under review if there is one."""
    marks: list[Mark] = []
    turns: list[dict[str, Any]] = []
    for index, record in desk.in_document(doc_id):
        table = desk.items[index].table
        if table == "turns":
            turns.append(record)
        if table != "turns" or record["kind"] != "turn" or index == current:
            title = f"{SINGULAR[table]}: {record[KIND_COLUMNS[table]]}"
            row_id = record[ID_COLUMNS[table]]
            marks.append(Mark(record["start"], record["end"], table, row_id, title, index == current))
    for missed in desk.missed:
        if missed.doc_id == doc_id:
            end = missed.start + int(missed.fields.get("n_chars", len(missed.text)))
            marks.append(
                Mark(missed.start, end, "missed", missed.row_id, f"missed {SINGULAR[missed.table]}: {missed.kind}")
            )
    text, around = desk.texts.get(doc_id, ""), None
    if current is not None:
        item = desk.items[current]
        around = item.start
        if item.is_lost:
            if text != desk.text_of(current):
                text, turns, marks = desk.text_of(current), [], []
            marks.append(Mark(item.start, item.end, item.table, item.row_id, "lost by the later run", current=True))
    return page(text, marks, turns, around=around)
