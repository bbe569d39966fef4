"""Pages for recipients: looking changes nothing, one POST ends the subscription (RFC 8058)."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError

from common.contracts.problem import Problem, Unavailable
from common.contracts.signed_token import TokenKeys
from common.db.engine import is_unreachable
from common.http.bearer import public
from common.http.problems import MEDIA_TYPE
from common.http.work import Read
from common.observability.logging import get_logger
from lui.clients.dependencies import Mailer
from lui.subscriber_pages import pages, rules, service
from lui.subscriber_pages.forms import read_fields

log = get_logger()
RETRY_AFTER_SECONDS = 30
_NOT_RECORDED = "Nothing was changed: we cannot record your wish at the moment. Please try again in a minute."


class PageRoute(APIRoute):
    """A route whose answers, failures included, are pages for people and problems for programs.

    Failures are answered here and not by the chassis, because its log line names the path, and the path is a key.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wraps the handler of the route."""
        handle = super().get_route_handler()

        async def handle_as_page(request: Request) -> Response:
            try:
                response = await handle(request)
            except Problem as problem:
                response = _failed(request, problem)
            except SQLAlchemyError as error:
                if not is_unreachable(error):
                    raise
                log.warning("subscriber page without a database")
                response = _failed(request, Unavailable(_NOT_RECORDED, retry_after_seconds=RETRY_AFTER_SECONDS))
            response.headers.update(pages.HEADERS)
            return response

        return handle_as_page


def _failed(request: Request, problem: Problem) -> Response:
    headers = {"Retry-After": str(problem.retry_after_seconds)} if problem.retry_after_seconds is not None else {}
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(pages.failed(problem), problem.status, headers)
    return JSONResponse(problem.document(request.url.path), problem.status, headers, media_type=MEDIA_TYPE)


router = APIRouter(tags=["subscriber pages"], route_class=PageRoute, default_response_class=HTMLResponse)


def _keys(request: Request) -> TokenKeys:
    return TokenKeys(request.app.state.resources.settings.master_keys())


Keys = Annotated[TokenKeys, Depends(_keys)]


@router.get("/u/{token}", dependencies=[public()])
@router.head("/u/{token}", dependencies=[public()], include_in_schema=False)
async def show_unsubscribe_page(token: str, read: Read, keys: Keys) -> HTMLResponse:
    """Ask whether the reader wants to unsubscribe. Changes nothing, however often a scanner follows the link."""
    subscriber = await service.find_subscriber(read, keys, token)
    ended = await service.has_ended(read, subscriber)
    return HTMLResponse(pages.ended(subscriber.sender) if ended else pages.ask(subscriber.sender))


@router.post("/u/{token}", dependencies=[public()])
async def unsubscribe(request: Request, token: str, keys: Keys, mailer: Mailer) -> HTMLResponse:
    """End the subscription the link belongs to: 200 when mailer obeys already, 202 when it will in a moment."""
    reason = rules.wish_of(await read_fields(request))
    # Committed before mailer hears of it, and without a connection held while it does.
    async with request.app.state.resources.uow() as uow:
        subscriber = await service.find_subscriber(uow, keys, token)
        ending = await service.end_subscription(uow, subscriber, reason)
    if await service.obey(mailer, ending):
        return HTMLResponse(pages.ended(subscriber.sender))
    return HTMLResponse(pages.noted(subscriber.sender), status_code=202)
