"""The catcher's API for programs and its pages for people."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from local_stack.catcher import pages
from local_stack.catcher.reading import read
from local_stack.catcher.store import MessageStore

_PER_PAGE = 100
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; frame-src 'self'"
)
# No host is named: remote images, and with them tracking pixels, are not loaded by reading a caught mail.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}

Limit = Annotated[int, Query(ge=1, le=1000)]
After = Annotated[int, Query(ge=0)]


def create_app(store: MessageStore) -> FastAPI:
    """The web side of one store."""
    app = FastAPI(title="Tutti mail catcher", docs_url=None, redoc_url=None)
    app.mount("/static", StaticFiles(directory=Path(__file__).with_name("static")))
    _problems(app)
    _api(app, store)
    _pages(app, store)
    return app


def _problems(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def answer(request: Request, problem: HTTPException) -> JSONResponse:
        body = {"type": "about:blank", "status": problem.status_code, "title": problem.detail}
        body["instance"] = request.url.path
        return JSONResponse(body, problem.status_code, media_type="application/problem+json")


def _api(app: FastAPI, store: MessageStore) -> None:
    @app.get("/health/live")
    @app.get("/health/ready")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/api/messages")
    async def list_messages(after: After = 0, limit: Limit = 100) -> dict[str, Any]:
        found = store.page(after=after, limit=limit + 1)
        items = found[:limit]
        return {
            "items": [
                {
                    "id": str(caught.id),
                    "received_at": caught.received_at,
                    "mail_from": caught.mail_from,
                    "rcpt_to": caught.rcpt_to,
                    "subject": caught.subject,
                }
                for caught in items
            ],
            "next": str(items[-1].id) if len(found) > limit else None,
        }

    @app.get("/api/messages/{message_id}/raw")
    async def raw_message(message_id: int) -> Response:
        raw = store.raw(message_id)
        if raw is None:
            raise HTTPException(404, "No such message")
        return Response(raw, media_type="message/rfc822", headers=_SAFE)

    @app.delete("/api/messages", status_code=204)
    async def forget_messages() -> None:
        store.clear()


def _pages(app: FastAPI, store: MessageStore) -> None:
    page_headers = _SAFE | {"Content-Security-Policy": _PAGE_POLICY}

    @app.get("/")
    async def inbox(before: int | None = None) -> HTMLResponse:
        found = store.newest(before=before, limit=_PER_PAGE + 1)
        shown = found[:_PER_PAGE]
        newest = store.newest(before=None, limit=1)
        page = pages.inbox(
            shown,
            count=store.count(),
            newest=newest[0].id if newest else 0,
            older=shown[-1].id if len(found) > _PER_PAGE else None,
        )
        return HTMLResponse(page, headers=page_headers)

    @app.get("/messages/{message_id}")
    async def show(message_id: int, view: str | None = None) -> HTMLResponse:
        caught, raw = store.find(message_id), store.raw(message_id)
        if caught is None or raw is None:
            raise HTTPException(404, "No such message")
        reading = read(raw)
        chosen = view if view in pages.VIEWS else pages.first_view(reading)
        return HTMLResponse(pages.message(caught, reading, raw, chosen), headers=page_headers)

    @app.get("/messages/{message_id}/html")
    async def html_part(message_id: int) -> HTMLResponse:
        raw = store.raw(message_id)
        html = read(raw).html if raw is not None else None
        if html is None:
            raise HTTPException(404, "No such message")
        return HTMLResponse(pages.framed_html(html), headers=_SAFE | {"Content-Security-Policy": _MAIL_POLICY})
