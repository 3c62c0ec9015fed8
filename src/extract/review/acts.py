"""What the pages' forms do: decide, undo, keep a draft or a note, accept many, add a row, mark a document as read.

An answer never loses what was written: a refused form comes back as it was sent, and is kept as a draft besides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, quote

import numpy as np
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from extract.review import fields as form_fields
from extract.review.decisions import ADDED, BEFORE, MISSED, Decision, DecisionError, Subject, draft_place
from extract.review.fields import KIND_COLUMNS, REVIEWED, correction, fields_of, problems, read
from extract.review.filters import Filters
from extract.review.pages import Pages, position
from extract.review.queue import PAGE_ROWS, Places
from extract.review.site import BY_SCRIPT, Site, carried_filters, moved
from extract.review.view import LABELS, line_name, offers_of

Form = dict[str, str]
Act = Callable[[Request], Awaitable[Response]]
# what Enter sends: a fix where something was changed, else the note alone
KEEP = "keep"


class Acts:
    """The handlers of forms, one an act."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.pages = Pages(site)

    def all(self) -> tuple[Act, ...]:
        return self.decide, self.undo, self.draft, self.accept, self.added, self.take_back, self.read, self.newest

    async def decide(self, request: Request) -> Response:
        desk, form = self.site.desk, _taken(await self.site.form(request))
        desk.refresh()
        index = desk.index_of(form.get("table", ""), form.get("row_id", ""))
        if index is None:
            raise HTTPException(404, "The row of this decision is not in this run; nothing was recorded.")
        filters, verdict = carried_filters(form), form.get("verdict", "")
        try:
            changed = correction(form["table"], desk.record(index), form)
            verdict = self._meant(verdict, changed, index)
            if verdict == "fix":
                changed = self._checked(index, changed)
        except DecisionError as error:
            return self._refused(request, form, filters, f"Not recorded: {error}")
        if verdict == KEEP:
            return self._keep_note(request, form, filters, index)
        ask = self._question(index, verdict, changed, form.get("confirm", "").split(","))
        if ask:
            return self._refused(request, form, filters, *ask)
        return self._record(request, form, filters, index, verdict, changed)

    def _meant(self, verdict: str, changed: dict[str, Any], index: int) -> str:
        """The verdict that a key stands for on this row."""
        allowed = self.site.desk.verdicts_of(index)
        if verdict == KEEP:
            return "fix" if changed else KEEP
        if verdict not in allowed:
            raise DecisionError(f"verdict {verdict!r} is not one of {', '.join(allowed)}")
        if "fix" not in allowed and changed:
            raise DecisionError("a row that the later run lost cannot be corrected; open the document and add it")
        return verdict

    def _checked(self, index: int, changed: dict[str, Any]) -> dict[str, Any]:
        """The correction with the words of a moved span; refused where the row could not stand in a gold file."""
        desk = self.site.desk
        row = desk.record(index) | changed
        text = desk.text_of(index)
        wrong = problems(desk.items[index].table, row, text)
        if wrong:
            raise DecisionError("; ".join(wrong))
        return changed | ({"text": text[row["start"] : row["end"]]} if "start" in changed else {})

    def _question(
        self, index: int, verdict: str, changed: dict[str, Any], confirmed: list[str]
    ) -> tuple[str, str] | None:
        """What must be said before this verdict is recorded, and the name of the assent that it needs."""
        if changed and verdict != "fix" and "edited" not in confirmed:
            names = ", ".join(sorted({"span" if n in ("start", "end") else n for n in changed}))
            return f"You changed {names}. “{LABELS[verdict]}” would leave that out; s saves it as a fix.", "edited"
        standing = self.site.desk.decision(index)
        if standing and standing.reviewer != self.site.reviewer and "replaces" not in confirmed:
            return f"{_told(standing)} Yours would stand in its place; both are kept.", "replaces"
        return None

    def _record(
        self,
        request: Request,
        form: Form,
        filters: Filters,
        index: int,
        verdict: str,
        changed: dict[str, Any],
    ) -> Response:
        desk = self.site.desk
        try:
            desk.decisions.record(
                desk.subject_in_full(index), verdict, reviewer=self.site.reviewer, run_id=desk.run_id,
                correction=changed if verdict == "fix" else None, note=form.get("note", "").strip(),
                queue=filters.query, settles=filters.verdict == "disputed",
            )  # fmt: skip
        except DecisionError as error:
            return self._refused(request, form, filters, f"Not recorded: {error}")
        desk.refresh()
        if form.get("list"):
            told = "".join(
                f", {name} {form_fields.shown(v) or 'empty'}" for name, v in changed.items() if verdict == "fix"
            )
            said = f"{desk.items[index].text[:60]}: {LABELS[verdict]}{told}."
            return moved(request, "/", filters.to_query() | {"page": form["list"]}, said, line_name(desk.items[index]))
        place = position(self.site, filters, index)
        said = "" if place["undecided"] else "All rows of this queue are decided."
        return moved(request, place["undecided"] or "/", filters.to_query(), said)

    def _keep_note(self, request: Request, form: Form, filters: Filters, index: int) -> Response:
        """Keep the note: with the reviewer's decision if there is one, else until there is."""
        desk, note = self.site.desk, form.get("note", "").strip()
        own = desk.opinions(index).get(self.site.reviewer)
        if own is not None and own.note != note:
            desk.decisions.record(
                desk.subject_in_full(index), own.verdict, reviewer=self.site.reviewer, run_id=desk.run_id,
                correction=own.correction, note=note, queue=own.queue,
            )  # fmt: skip
        elif own is None:
            self._keep(form)
        if BY_SCRIPT in request.headers:
            return JSONResponse(
                {"message": "Note kept." if note else "Nothing is changed: r says that the row is right."}
            )
        return moved(request, self.site.address(index), filters.to_query(), "Note kept.")

    def _refused(self, request: Request, form: Form, filters: Filters, message: str, ask: str = "") -> Response:
        """Say why nothing was recorded, with the form as it was sent."""
        self._keep(form)
        if BY_SCRIPT in request.headers:
            return JSONResponse({"message": message, "ask": ask}, status_code=409 if ask else 422)
        confirm = ",".join(filter(None, [form.get("confirm", ""), ask]))
        return self.pages.show_item(
            form["table"], form["row_id"], request, filters=filters, typed=form,
            message=message, ask=ask, confirm=confirm, status=409 if ask else 422,
        )  # fmt: skip

    def _keep(self, form: Form) -> None:
        place = form.get("place") or draft_place(form.get("table", ""), form.get("row_id", ""))
        self.site.desk.decisions.keep_draft(self.site.reviewer, place, _written(form))

    async def draft(self, request: Request) -> Response:
        """Keep what is written so far; an empty form forgets it."""
        self._keep(await self.site.form(request))
        return JSONResponse({"message": ""})

    async def undo(self, request: Request) -> Response:
        desk, form = self.site.desk, await self.site.form(request)
        undone = desk.decisions.undo(self.site.reviewer)
        desk.refresh()
        query = carried_filters(form).to_query() | ({"page": form["list"]} if form.get("list") else {})
        if not undone:
            return moved(request, "/", query, "There is nothing of yours to take back.")
        if len(undone) > 1:
            return moved(request, "/", query, f"Taken back: {len(undone):,} rows accepted together.")
        if undone[0].verdict == MISSED:
            return moved(request, _document(undone[0].doc_id), {}, "Taken back: the added row.")
        index = desk.index_of(undone[0].table, undone[0].row_id)
        said = f"Taken back: {LABELS[undone[0].verdict]}."
        if not (form.get("list") and self._was_offered(undone[0], index)):
            self._keep_again(undone[0])
        if form.get("list") or index is None:
            return moved(request, "/", query, said, "" if index is None else line_name(desk.items[index]))
        return moved(request, self.site.address(index), query, said)

    def _was_offered(self, decision: Decision, index: int | None) -> bool:
        """Whether nothing was written: the same correction is one key away."""
        if index is None or decision.note:
            return False
        desk = self.site.desk
        written = {name: form_fields.shown(value) for name, value in decision.correction.items()}
        return any(dict(o.written).items() <= written.items() for o in offers_of(desk, index, desk.record(index)))

    def _keep_again(self, decision: Decision) -> None:
        """What a decision that was taken back had written is a draft again."""
        written = {f"field.{name}": form_fields.shown(value) for name, value in decision.correction.items()}
        for side in ("start", "end"):
            if written.pop(f"field.{side}", None):
                written[f"span.{side}"] = str(decision.correction[side])
        written.pop("field.text", None)
        if decision.note:
            written["note"] = decision.note
        self.site.desk.decisions.keep_draft(self.site.reviewer, draft_place(decision.table, decision.row_id), written)

    async def accept(self, request: Request) -> Response:
        """Call undecided rows right, together: all of the filters, or with ``rows`` those of one page, in which a lost
        one is rightly gone. One undo takes them back.
        """
        desk, form = self.site.desk, await self.site.form(request)
        desk.refresh()
        filters = carried_filters(form)
        if "rows" in form:
            return self._accept_page(request, form, filters)
        found = desk.select(filters.standing("undecided"), self.site.reviewer)
        found = found[~desk.is_lost[found]]
        if form.get("expected") != str(len(found)):
            said = (
                f"Nothing was accepted: the queue has {len(found):,} undecided rows now. Look at it, then press again."
            )
            return moved(request, "/", filters.to_query(), said)
        self._accept_all(found, filters)
        return moved(request, "/", filters.to_query(), f"{len(found):,} rows accepted as right; u takes them back.")

    def _accept_page(self, request: Request, form: Form, filters: Filters) -> Response:
        """Accept what is still undecided of the rows that a page showed, and go on to the next page with such rows."""
        desk = self.site.desk
        keys = (line.partition("/")[::2] for line in form["rows"].splitlines())
        places = [place for place in (desk.index_of(*key) for key in keys) if place is not None]
        found = np.array([place for place in places if not desk.verdicts[place]], dtype=np.int64)
        self._accept_all(found, filters)
        left = np.flatnonzero(desk.verdicts[desk.select(filters, self.site.reviewer)] == 0)
        page = {"page": str(int(left[0]) // PAGE_ROWS + 1)} if len(left) and left[0] >= PAGE_ROWS else {}
        said = f"{len(found):,} rows accepted; u takes them back." + ("" if len(left) else " All rows are decided.")
        return moved(request, "/", filters.to_query() | page, said)

    def _accept_all(self, found: Places, filters: Filters) -> None:
        desk = self.site.desk
        subjects = desk.subjects_in_full(found)
        decided = ((s, "gone" if s.row_id.startswith(BEFORE) else "right") for s in subjects)
        desk.decisions.record_all(decided, reviewer=self.site.reviewer, run_id=desk.run_id, queue=filters.query)
        desk.refresh()

    async def added(self, request: Request) -> Response:
        """Keep a row that nobody found."""
        desk, form = self.site.desk, await self.site.form(request)
        doc_id, table = form.get("doc_id", ""), form.get("table", "")
        try:
            desk.decisions.record(
                self._new_row(doc_id, table, form), MISSED, reviewer=self.site.reviewer, run_id=desk.run_id,
                note=form.get("note", "").strip(), queue="document",
            )  # fmt: skip
        except DecisionError as error:
            self._keep(form)
            message = f"Not recorded: {error}"
            if BY_SCRIPT in request.headers:
                return JSONResponse({"message": message}, status_code=422)
            return self.pages.show_add(doc_id, form, request, message=message, status=422)
        desk.decisions.keep_draft(self.site.reviewer, form.get("place", ""), {})
        desk.refresh()
        return moved(request, _document(doc_id), {}, "Added; u takes it back.")

    def _new_row(self, doc_id: str, table: str, form: Form) -> Subject:
        desk = self.site.desk
        if doc_id not in desk.texts or table not in REVIEWED:
            raise DecisionError(f"there is no document {doc_id!r}, or no table {table!r}")
        ends = [form.get(f"span.{side}", "") for side in ("start", "end")]
        if not all(side.isascii() and side.isdigit() and len(side) < 10 for side in ends):
            raise DecisionError("select the words of the row in the document first")
        start, end = map(int, ends)
        row: dict[str, Any] = {f.name: read(f, form.get(f"field.{f.name}", "")) for f in fields_of(table)}
        row |= {"start": start, "end": end}
        wrong = problems(table, row, desk.texts[doc_id])
        kind = row[KIND_COLUMNS[table]]
        same = [
            i
            for i, r in desk.in_document(doc_id)
            if desk.rows.at[i, "table"] == table
            and (r["start"], r["end"], desk.rows.at[i, "kind"]) == (start, end, kind)
        ]
        if same:
            wrong.append("the run found this row; correct it in the queue instead")
        if wrong:
            raise DecisionError("; ".join(wrong))
        name = hashlib.blake2b(f"{table}/{doc_id}/{start}/{end}/{kind}".encode(), digest_size=8).hexdigest()
        values = {k: v for k, v in row.items() if k not in ("start", "end")} | {"n_chars": end - start}
        words = desk.texts[doc_id][start:end]
        return Subject(table, ADDED + name, doc_id, kind, "", None, start, words, values)

    async def take_back(self, request: Request) -> Response:
        """Take back one added row of one's own."""
        form = await self.site.form(request)
        number = form.get("id", "")
        done = number.isdecimal() and self.site.desk.decisions.take_back(int(number), self.site.reviewer)
        self.site.desk.refresh()
        return moved(
            request, _document(form.get("doc_id", "")), {}, "Taken back." if done else "That is not yours to take back."
        )

    async def read(self, request: Request) -> Response:
        """Mark a document as read through for a table, or no longer."""
        desk, form = self.site.desk, await self.site.form(request)
        doc_id, table = form.get("doc_id", ""), form.get("table", "")
        if doc_id not in desk.texts or table not in REVIEWED:
            raise HTTPException(404, f"There is no document {doc_id} or no table {table} in this run.")
        is_read = form.get("is_read") == "1"
        desk.decisions.mark_read(self.site.reviewer, doc_id, table, desk.run_id, is_read=is_read)
        read = f"Read through for {table}: what nobody found has been added."
        return moved(request, _document(doc_id), {}, read if is_read else f"No longer read through for {table}.")

    async def newest(self, request: Request) -> Response:
        """Go over to the newest run; the decisions follow their rows."""
        await self.site.form(request)
        self.site.newest()
        return moved(request, "/", {}, "This is the newest run; decisions have followed their rows.")


def _taken(form: Form) -> Form:
    """The form with the values of the offer that was taken, if one was."""
    offer = {k: v for k, v in parse_qsl(form.get("offer", ""), keep_blank_values=True) if k.startswith("field.")}
    return form | offer | ({"verdict": "fix"} if offer else {})


def _written(form: Form) -> dict[str, str]:
    kept = {k: v for k, v in form.items() if k.startswith(("field.", "span.")) or k == "note"}
    return kept if form.get("is_empty") != "1" else {}


def _document(doc_id: str) -> str:
    return f"/document/{quote(doc_id)}"


def _told(decision: Decision) -> str:
    fixed = {k: v for k, v in decision.correction.items() if k not in ("start", "end")}
    values = ", ".join(f"{name} {form_fields.shown(value) or 'empty'}" for name, value in fixed.items())
    about = (f" ({values})" if values else "") + (f", noting “{decision.note}”," if decision.note else "")
    return f"{decision.reviewer} called this row {LABELS[decision.verdict]}{about} on {decision.made_at[:10]}."
