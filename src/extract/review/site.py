"""What all pages share: the desk, who reviews, the rendering of templates, the way to answer a form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from extract.review.fields import shown
from extract.review.filters import Filters
from extract.review.queue import Desk
from extract.review.view import LABELS, SINGULAR, VERDICT_KEYS, keys_of_fields
from extract.store.parts import RUNS_FILE

HERE = Path(__file__).parent
# No script, style or image from elsewhere; nothing inline: markup in a document cannot act even if it got through.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
# the header by which the pages' own script asks for an answer that it can show without leaving the page
BY_SCRIPT = "x-desk"


class Site:
    """The desk under review, which a newer run may replace, and the pages' frame."""

    def __init__(self, desk: Desk, reviewer: str) -> None:
        self.desk = desk
        self.reviewer = reviewer
        self.token = desk.decisions.token()
        loader = FileSystemLoader(HERE / "templates")
        self.templates = Environment(
            loader=loader, autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters |= {"shown": shown, "path": lambda text: quote(str(text), safe="/")}
        standing = LABELS | {"not-mine": "not yet by me"}
        self.templates.globals |= {
            "verdict_keys": VERDICT_KEYS,
            "field_keys": keys_of_fields(),
            "labels": LABELS,
            "singular": SINGULAR,
            "standing_names": standing,
        }
        self._published = self._published_at()

    def render(self, name: str, status: int = 200, **values: Any) -> Response:
        """A page from a template; the frame's own values are added."""
        total, decided = len(self.desk.rows), int((self.desk.verdicts > 0).sum())
        shared = {
            "token": self.token,
            "reviewer": self.reviewer,
            "run_id": self.desk.run_id,
            "decided": decided,
            "total": total,
            "gone": self.desk.gone,
            "is_newer": self._published_at() != self._published,
        }
        text = self.templates.get_template(name).render(**shared | values)
        return HTMLResponse(text, status_code=status, headers=SECURITY_HEADERS)

    async def problem(self, request: Request, error: HTTPException) -> Response:
        """The page of an error; for the pages' script its message alone."""
        if BY_SCRIPT in request.headers:
            return JSONResponse({"message": error.detail}, status_code=error.status_code)
        return self.render("problem.html", status=error.status_code, message=error.detail)

    def address(self, index: int) -> str:
        """The address of a row's page, without filters."""
        item = self.desk.items[index]
        return f"/item/{item.table}/{quote(item.row_id, safe='')}"

    async def form(self, request: Request) -> dict[str, str]:
        """A form that was sent; refused where it does not come from one of these pages."""
        form = {str(name): str(value) for name, value in (await request.form()).items()}
        if not secrets.compare_digest(form.get("token", "").encode(), self.token.encode()):
            raise HTTPException(403, "This page is not of this review. Reload it, then decide again.")
        return form

    def newest(self) -> None:
        """Go over to the newest run."""
        from extract.review.load import load_desk

        self._published = self._published_at()
        self.desk = load_desk(self.desk.out)

    def _published_at(self) -> int:
        """When the list of runs was last written, in nanoseconds; 0 if it is not there."""
        try:
            return (self.desk.out / RUNS_FILE).stat().st_mtime_ns
        except OSError:
            return 0


def moved(request: Request, address: str, query: Mapping[str, str], said: str = "", at: str = "") -> Response:
    """Go to another page, to its element ``at``; ``said`` is shown there."""
    words = dict(query) | ({"said": said} if said else {})
    target = address + (f"?{urlencode(words)}" if words else "") + (f"#{at}" if at else "")
    return JSONResponse({"next": target}) if BY_SCRIPT in request.headers else RedirectResponse(target, status_code=303)


def carried_filters(form: Mapping[str, str]) -> Filters:
    """The filters that a form carries along, as the query of the page that it stands on."""
    return Filters.from_query(dict(parse_qsl(form.get("filters", ""))))
