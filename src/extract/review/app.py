"""The reviewer's pages: server-rendered, on loopback only, every decision on the disk before it is answered.

The server answers only to its own address (a page elsewhere cannot reach it by rebinding a name) and takes decisions
only from its own pages (a token in each form). What documents say is escaped by the templates.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from extract.review.acts import Acts
from extract.review.pages import Pages
from extract.review.queue import Desk
from extract.review.site import HERE, Site


def create_app(desk: Desk, *, reviewer: str) -> Starlette:
    """The application over one desk; serve it on a loopback address only."""
    site = Site(desk, reviewer)
    pages, acts = Pages(site), Acts(site)
    routes = [
        Route("/", pages.queue),
        Route("/queue.csv", pages.table),
        Route("/item/{table}/{row_id}", pages.item),
        Route("/documents", pages.documents),
        Route("/document/{doc_id:path}", pages.document),
        Route("/add/{doc_id:path}", pages.add),
        Route("/reviewers", pages.reviewers),
        Route("/gone", pages.gone),
        *(Route(f"/{act.__name__}", act, methods=["POST"]) for act in acts.all()),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    return Starlette(routes=routes, middleware=[hosts], exception_handlers={HTTPException: site.problem})  # type: ignore[dict-item]
