"""The reviewer's pages: server-rendered, on loopback only, every decision on the disk before it is answered.

The server answers only to its own address (a page elsewhere cannot reach it by rebinding a name) and takes decisions
only from its own pages (a token in each form). What documents say is escaped by the templates.
"""

from __future__ import annotations

import math
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from extract.review.decisions import DecisionError
from extract.review.queue import PAGE_ROWS, REVIEWED, Desk, Filters
from extract.review.transcript import Mark, page, sentence_around

HERE = Path(__file__).parent
# No script, style or image from elsewhere; nothing inline: markup in a document cannot act even if it got through.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
NUMBER_FIELDS = frozenset({"value_min", "value_max"})


def create_app(desk: Desk, *, reviewer: str) -> Starlette:
    """The application over one desk; serve it on a loopback address only."""
    pages = Pages(desk, reviewer)
    routes = [
        Route("/", pages.queue, name="queue"),
        Route("/item/{table}/{row_id}", pages.item, name="item"),
        Route("/document/{doc_id:path}", pages.document, name="document"),
        Route("/gone", pages.gone, name="gone"),
        Route("/decide", pages.decide, methods=["POST"]),
        Route("/undo", pages.undo, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", "testserver"])
    return Starlette(routes=routes, middleware=[hosts], exception_handlers={HTTPException: pages.problem})  # type: ignore[dict-item]


class Pages:
    """The handlers, one a page, over a desk."""

    def __init__(self, desk: Desk, reviewer: str) -> None:
        self.desk = desk
        self.reviewer = reviewer
        self.token = secrets.token_urlsafe(16)
        loader = FileSystemLoader(HERE / "templates")
        self.templates = Environment(loader=loader, autoescape=select_autoescape(default=True), trim_blocks=True)
        self.templates.filters["shown"] = shown

    def render(self, name: str, status: int = 200, **values: Any) -> Response:
        total = len(self.desk.rows)
        shared = {
            "token": self.token,
            "reviewer": self.reviewer,
            "run_id": self.desk.run_id,
            "decided": len(self.desk.decided),
            "total": total,
            "percent": math.floor(100 * len(self.desk.decided) / total) if total else 100,
            "gone": self.desk.gone,
        }
        text = self.templates.get_template(name).render(**shared | values)
        return HTMLResponse(text, status_code=status, headers=SECURITY_HEADERS)

    async def problem(self, request: Request, error: HTTPException) -> Response:
        return self.render("problem.html", status=error.status_code, message=error.detail)

    async def queue(self, request: Request) -> Response:
        self.desk.refresh()
        filters = Filters.from_query(request.query_params)
        found = self.desk.select(filters)
        last = max(1, math.ceil(len(found) / PAGE_ROWS))
        number = min(last, max(1, _whole(request.query_params.get("page"), 1)))
        rows = [self._line(int(i)) for i in found[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]]
        choices = {column: self.desk.choices(column) for column in ("table", "kind", "rule", "doc_id")}
        return self.render(
            "queue.html", rows=rows, filters=filters, query=urlencode(filters.to_query()), found=len(found),
            number=number, last=last, choices=choices, changes=self.desk.choices("change"),
        )  # fmt: skip

    def _line(self, index: int) -> dict[str, Any]:
        subject = self.desk.subject(index)
        text = self.desk.texts.get(subject.doc_id, "")
        end = subject.start + len(subject.text)
        first, last = sentence_around(text, subject.start, min(end, subject.start + 200), reach=140)
        decision = self.desk.decided.get((subject.table, subject.row_id))
        return {
            "subject": subject,
            "before": text[first : subject.start],
            "words": text[subject.start : min(end, subject.start + 200)],
            "after": text[min(end, subject.start + 200) : max(last, end)][:200],
            "change": self.desk.rows.at[index, "change"],
            "verdict": decision.verdict if decision else "",
        }

    async def item(self, request: Request) -> Response:
        self.desk.refresh()
        table, row_id = request.path_params["table"], request.path_params["row_id"]
        index = self.desk.index_of(table, row_id)
        if index is None:
            raise HTTPException(404, f"There is no row {row_id} in {table}; it may be gone since.")
        filters = Filters.from_query(request.query_params)
        subject, record = self.desk.subject(index), self.desk.record(index)
        text = self.desk.texts.get(subject.doc_id, "")
        first, last = sentence_around(text, subject.start, int(record["end"]))
        return self.render(
            "item.html", subject=subject, record=record, query=urlencode(filters.to_query()),
            before=text[first : subject.start], words=text[subject.start : int(record["end"])],
            after=text[int(record["end"]) : last], fields=REVIEWED[table][2],
            message=request.query_params.get("said", ""), position=self._position(index, filters),
            document=self._page(subject.doc_id, subject.start, (table, row_id)),
            decision=self.desk.decided.get((table, row_id)), change=self.desk.changes.get((table, row_id)),
        )  # fmt: skip

    def _position(self, index: int, filters: Filters) -> dict[str, Any]:
        """Where the item stands in the filtered queue, and its neighbours' addresses (``None`` at the ends)."""
        found = self.desk.select(Filters(**{**vars(filters), "undecided": False}))
        before, after = found[found < index], found[found > index]
        todo = self.desk.select(Filters(**{**vars(filters), "undecided": True}))
        upcoming = todo[todo > index]
        return {
            "place": len(before) + 1,
            "of": len(found),
            "previous": self._address(before[-1]) if len(before) else None,
            "next": self._address(after[0]) if len(after) else None,
            "undecided": self._address(upcoming[0]) if len(upcoming) else None,
        }

    def _address(self, index: int) -> str:
        subject = self.desk.subject(index)
        return f"/item/{subject.table}/{subject.row_id}"

    async def document(self, request: Request) -> Response:
        doc_id = request.path_params["doc_id"]
        if doc_id not in self.desk.texts:
            raise HTTPException(404, f"There is no document {doc_id} in this run.")
        return self.render("document.html", doc_id=doc_id, document=self._page(doc_id, None, ("", "")))

    def _page(self, doc_id: str, around: int | None, current: tuple[str, str]) -> Any:
        marks: list[Mark] = []
        turns: list[dict[str, Any]] = []
        for table, (id_column, kind_column, _) in REVIEWED.items():
            frame = self.desk.frames[table]
            rows = frame[frame["doc_id"] == doc_id].to_dict("records")
            if table == "turns":
                turns = [{str(k): v for k, v in row.items()} for row in rows]
            for row in rows:
                is_current = (table, row[id_column]) == current
                if table != "turns" or row["kind"] != "turn" or is_current:
                    title = f"{table[:-1]}: {row[kind_column]}"
                    marks.append(Mark(row["start"], row["end"], table, row[id_column], title, is_current))
        return page(self.desk.texts[doc_id], marks, turns, around=around)

    async def gone(self, request: Request) -> Response:
        self.desk.refresh()
        return self.render("gone.html")

    async def decide(self, request: Request) -> Response:
        form = {str(k): str(v) for k, v in (await request.form()).items()}
        self._check(form)
        index = self.desk.index_of(form.get("table", ""), form.get("row_id", ""))
        if index is None:
            raise HTTPException(404, "The row of this decision is not in this run; nothing was recorded.")
        subject, record = self.desk.subject_in_full(index), self.desk.record(index)
        filters = _filters(form)
        try:
            correction = _correction(form, record, REVIEWED[subject.table][2])
            self.desk.decisions.record(
                subject, form.get("verdict", ""), reviewer=self.reviewer, run_id=self.desk.run_id,
                correction=correction if form.get("verdict") == "fix" else None, note=form.get("note", "").strip(),
            )  # fmt: skip
        except DecisionError as error:
            return self._back(self._address(index), filters, f"Not recorded: {error}")
        self.desk.refresh()
        position = self._position(index, filters)
        return self._back(position["undecided"] or position["next"] or "/", filters, "")

    async def undo(self, request: Request) -> Response:
        form = {str(k): str(v) for k, v in (await request.form()).items()}
        self._check(form)
        undone = self.desk.decisions.undo(self.reviewer)
        self.desk.refresh()
        filters = _filters(form)
        if undone is None:
            return self._back("/", filters, "")
        index = self.desk.index_of(undone.table, undone.row_id)
        address = "/" if index is None else self._address(index)
        return self._back(address, filters, f"Taken back: {undone.verdict}")

    def _check(self, form: dict[str, str]) -> None:
        if not secrets.compare_digest(form.get("token", ""), self.token):
            raise HTTPException(403, "This page is of an earlier review session. Reload it, then decide again.")

    @staticmethod
    def _back(address: str, filters: Filters, said: str) -> Response:
        query = filters.to_query() | ({"said": said} if said else {})
        return RedirectResponse(address + (f"?{urlencode(query)}" if query else ""), status_code=303)


def _filters(form: dict[str, str]) -> Filters:
    """The filters that a form carries along, under names of their own."""
    return Filters.from_query({name[7:]: value for name, value in form.items() if name.startswith("filter.")})


def _whole(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 8 else default


def _correction(form: dict[str, str], record: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """The fields that the reviewer changed, with their new values; an emptied field becomes ``None``."""
    changed: dict[str, Any] = {}
    for name in (*fields, "text"):
        new = form.get(f"field.{name}", "").strip()
        old = record.get(name)
        if f"field.{name}" in form and new != shown(old):
            changed[name] = _typed(name, new)
    return changed


def _typed(name: str, value: str) -> Any:
    if not value:
        return None
    if name == "is_target":
        return value.casefold() in ("true", "yes", "1")
    if name in NUMBER_FIELDS:
        try:
            return float(value.replace(",", ""))
        except ValueError:
            raise DecisionError(f"{name} {value!r} is no number; write it plainly, as 25 or 1.4e11") from None
    return value


def shown(value: Any) -> str:
    """A value as the pages write it; the same again from a form means unchanged."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
