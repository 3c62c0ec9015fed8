"""What the pages show of a row: the sentence around it, its fields with what was written into them, the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extract.review.decisions import Decision, draft_place
from extract.review.fields import KIND_COLUMNS, fields_of, shown
from extract.review.queue import Desk
from extract.review.transcript import Mark, Page, page, sentence_around
from extract.tables.schema import ID_COLUMNS

# Longest stretch of a row's own words in a line of the queue, and of the sentence on either side, in characters.
LINE_CHARACTERS, LINE_REACH = 200, 140
# the keys that go to a form's fields, in their order
FIELD_KEYS = "1234567890iopcvbeg"
LABELS = {"right": "right", "wrong": "wrong", "fix": "fix", "skip": "unsure", "gone": "rightly gone", "lost": "lost"}
LABELS["missed"] = "missed"
SINGULAR = {"claims": "claim", "turns": "turn", "dates": "date", "entities": "name"}


def queue_line(desk: Desk, index: int) -> dict[str, Any]:
    """A row as a line of the queue."""
    subject, text = desk.subject(index), desk.text_of(index)
    end = min(subject.start + len(subject.text), subject.start + LINE_CHARACTERS)
    first, last = sentence_around(text, subject.start, end, reach=LINE_REACH)
    decision = desk.decision(index)
    return {
        "subject": subject,
        "before": text[first : subject.start],
        "words": text[subject.start : end],
        "after": text[end : max(last, end)][:LINE_CHARACTERS],
        "change": desk.items[index].change,
        "verdict": decision.verdict if decision else "",
    }


def form_fields(
    table: str, record: Mapping[str, Any], fixed: Mapping[str, Any], typed: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The fields of a row's form: what the row has, over it what was fixed, over it what is written but not saved."""
    found = []
    for place, field in enumerate(fields_of(table)):
        key = FIELD_KEYS[place : place + 1]
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
    first, last = sentence_around(text, min(start, record["start"]), max(end, record["end"]))
    return {
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
        "verdicts": desk.verdicts_of(index),
        "names": names_of(desk, subject.doc_id),
        "document": document(desk, subject.doc_id, index),
    }


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
