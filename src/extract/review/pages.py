"""The pages that are read: queue, row, document, documents, adding a row, reviewers, decided rows that are gone."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from extract.normalize.written import read_number, written_number
from extract.review import agreement, view
from extract.review.decisions import draft_place
from extract.review.fields import REVIEWED
from extract.review.filters import ORDERS, STANDINGS, Filters
from extract.review.queue import PAGE_ROWS
from extract.review.sampling import random_ranks
from extract.review.site import SECURITY_HEADERS, Site
from extract.review.transcript import sentence_around

_CSV_COLUMNS = ("table", "row_id", "doc_id", "start", "end", "kind", "text", "rule", "confidence", "change")
_CSV_DECISION = ("verdict", "correction", "note", "reviewer", "made_at")
# a spreadsheet takes a cell that begins so for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Pages:
    """The handlers, one a page."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def queue(self, request: Request) -> Response:
        desk = self.site.desk
        desk.refresh()
        filters = Filters.from_query(request.query_params)
        found = desk.select(filters, self.site.reviewer)
        last = max(1, math.ceil(len(found) / PAGE_ROWS))
        number = min(last, max(1, _whole(request.query_params.get("page"), 1)))
        rows = [view.queue_line(desk, int(i)) for i in found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]]
        choices = {name: desk.tables_of(name) for name in ("kind", "rule")}
        return self.site.render(
            "queue.html", rows=rows, filters=filters, query=filters.query, found=len(found), number=number, last=last,
            page_rows=PAGE_ROWS, tables=desk.choices("table"), choices=choices,
            speakers=desk.choices("speaker"), documents=desk.choices("doc_id"),
            changes=desk.choices("change"), orders=ORDERS, standings=STANDINGS, reviewers=sorted(desk.progress()),
            n_decided=int((desk.verdicts[found] > 0).sum()), said=request.query_params.get("said", ""),
            acceptable=int(((desk.verdicts[found] == 0) & ~desk.is_lost[found]).sum()),
            undecided=[f"{r['subject'].table}/{r['subject'].row_id}" for r in rows if not r["verdict"]],
        )  # fmt: skip

    async def table(self, request: Request) -> Response:
        """The filtered queue as CSV (UTF-8), with the decision in force on each row."""
        desk = self.site.desk
        desk.refresh()
        found = desk.select(Filters.from_query(request.query_params), self.site.reviewer)
        headers = SECURITY_HEADERS | {"Content-Disposition": 'attachment; filename="queue.csv"'}
        return StreamingResponse(self._csv([int(i) for i in found]), media_type="text/csv", headers=headers)

    def _csv(self, found: list[int]) -> Iterator[str]:
        desk = self.site.desk
        yield _csv_line([*_CSV_COLUMNS, *_CSV_DECISION])
        for index in found:
            decision, row = desk.decision(index), desk.rows.loc[index]
            said = (
                [decision.verdict, decision.correction or "", decision.note, decision.reviewer, decision.made_at]
                if decision
                else [""] * 5
            )
            yield _csv_line([*(row[name] for name in _CSV_COLUMNS), *said])

    async def item(self, request: Request) -> Response:
        return self.show_item(request.path_params["table"], request.path_params["row_id"], request)

    def show_item(
        self,
        table: str,
        row_id: str,
        request: Request,
        *,
        filters: Filters | None = None,
        typed: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Response:
        """A row's page; with ``typed`` and ``message`` the one that a refused form comes back to."""
        desk = self.site.desk
        desk.refresh()
        index = desk.index_of(table, row_id)
        if index is None:
            raise HTTPException(404, f"There is no row {row_id} in {table} of this run; it may be gone since.")
        wanted = filters or Filters.from_query(request.query_params)
        shared: dict[str, Any] = {"message": request.query_params.get("said", ""), "ask": "", "confirm": ""}
        shared |= view.item(desk, index, self.site.reviewer, typed) | more
        back = str(_whole((typed or request.query_params).get("list"), 0) or "")
        place = position(self.site, wanted, index)
        return self.site.render("item.html", query=wanted.query, position=place, list=back, **shared)

    async def documents(self, request: Request) -> Response:
        """All documents with their progress, in the order of a random sample or by name."""
        desk = self.site.desk
        desk.refresh()
        by_name = request.query_params.get("order") == "name"
        doc_ids = sorted(desk.texts)
        if not by_name:
            ranks = random_ranks(["documents"] * len(doc_ids), doc_ids)
            doc_ids = [doc_id for _, doc_id in sorted(zip(ranks.tolist(), doc_ids, strict=True))]
        last = max(1, math.ceil(len(doc_ids) / PAGE_ROWS))
        number = min(last, max(1, _whole(request.query_params.get("page"), 1)))
        shown = doc_ids[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
        readings = desk.decisions.readings()
        rows = [
            {
                "doc_id": doc_id,
                "rows": len(desk.places_in(doc_id)),
                "decided": int((desk.verdicts[desk.places_in(doc_id)] > 0).sum()),
                "missed": sum(d.doc_id == doc_id for d in desk.missed),
                "read": [table for table in REVIEWED if (table, doc_id) in readings],
            }
            for doc_id in shown
        ]
        return self.site.render(
            "documents.html", rows=rows, number=number, last=last, by_name=by_name, total_documents=len(doc_ids)
        )

    async def document(self, request: Request) -> Response:
        desk, doc_id = self.site.desk, request.path_params["doc_id"]
        self._known(doc_id)
        desk.refresh()
        readings = desk.decisions.readings()
        return self.site.render(
            "document.html", doc_id=doc_id, document=view.document(desk, doc_id, None), tables=REVIEWED,
            read={table: readings.get((table, doc_id), "") for table in REVIEWED},
            missed=[d for d in desk.missed if d.doc_id == doc_id], said=request.query_params.get("said", ""),
        )  # fmt: skip

    async def add(self, request: Request) -> Response:
        return self.show_add(request.path_params["doc_id"], dict(request.query_params), request)

    def show_add(self, doc_id: str, typed: dict[str, str], request: Request, **more: Any) -> Response:
        """The form of a row that nobody found, over the words from ``span.start`` to ``span.end``."""
        self._known(doc_id)
        text = self.site.desk.texts[doc_id]
        start, end = (_whole(typed.get(f"span.{side}"), -1) for side in ("start", "end"))
        if not 0 <= start < end <= len(text):
            raise HTTPException(404, "Select the words of the row in the document, then press a.")
        table = typed.get("table") if typed.get("table") in REVIEWED else "claims"
        assert table is not None
        draft = self.site.desk.decisions.draft(self.site.reviewer, added_place(table, doc_id, start, end))
        first, last = sentence_around(text, start, end)
        shared: dict[str, Any] = {"message": "", "status": 200, "filters": typed.get("filters", "")} | more
        return self.site.render(
            "add.html", doc_id=doc_id, table=table, tables=REVIEWED, start=start, end=end, first=first,
            before=text[first:start], words=text[start:end], after=text[end:last],
            place=added_place(table, doc_id, start, end),
            fields=view.form_fields(table, {}, {}, guessed(table, text[start:end]) | draft | typed),
            names=view.names_of(self.site.desk, doc_id), note=(draft | typed).get("note", ""), **shared,
        )  # fmt: skip

    def _known(self, doc_id: str) -> None:
        if doc_id not in self.site.desk.texts:
            raise HTTPException(404, f"There is no document {doc_id} in this run.")

    async def reviewers(self, request: Request) -> Response:
        desk = self.site.desk
        desk.refresh()
        disputed = len(desk.select(Filters(verdict="disputed")))
        return self.site.render(
            "reviewers.html",
            progress=desk.progress().most_common(),
            agreements=agreement.agreement(desk),
            disputed=disputed,
        )

    async def gone(self, request: Request) -> Response:
        self.site.desk.refresh()
        return self.site.render("gone.html")


def position(site: Site, filters: Filters, index: int) -> dict[str, Any]:
    """Where a row stands in the filtered queue, and its neighbours' addresses; the next undecided one wraps around."""
    desk, reviewer = site.desk, site.reviewer
    mine = filters.verdict if filters.verdict in ("not-mine", "disputed") else "undecided"
    found = desk.select(
        filters.standing("" if filters.verdict in ("undecided", "not-mine") else filters.verdict), reviewer
    )
    places, here = desk.positions(filters, found), desk.position(filters, index)
    before, after = int((places < here).sum()), int((places <= here).sum())
    todo = desk.select(filters.standing(mine), reviewer)
    todo = todo[todo != index]
    later = todo[desk.positions(filters, todo) > here]
    upcoming = later if len(later) else todo
    return {
        "place": min(before + 1, max(1, len(found))),
        "of": len(found),
        "decided": int((desk.verdicts[found] > 0).sum()),
        "previous": site.address(int(found[before - 1])) if before else None,
        "next": site.address(int(found[after])) if after < len(found) else None,
        "undecided": site.address(int(upcoming[0])) if len(upcoming) else None,
    }


def added_place(table: str, doc_id: str, start: int, end: int) -> str:
    """Where the draft of an added row is kept."""
    return draft_place(table, f"added:{doc_id}:{start}-{end}")


def guessed(table: str, words: str) -> dict[str, str]:
    """What a new row most likely says: a claim's number as its words have it, a name's words as its canonical form."""
    if table == "entities":
        return {"field.canonical": " ".join(words.split())}
    if table != "claims":
        return {}
    value, likely = read_number(words), {"field.qualifier": "exact", "field.is_target": "no"}
    number = "" if value is None else written_number(value)
    return likely | {"field.value_min": number, "field.value_max": number}


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else default


def _csv_line(values: list[Any]) -> str:
    line = io.StringIO()
    safe = [f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for v in values]
    csv.writer(line).writerow(["" if v != v else v for v in safe])
    return line.getvalue()
