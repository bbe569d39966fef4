"""The browser's way to hub, tracker and mailer: `/api/<service>/v1/…` is that service's `/api/v1/…`."""

from collections.abc import AsyncIterator
from http import HTTPStatus

from fastapi import APIRouter, Request

from common.http.bearer import CallerDep, signed_in
from lui.access.caller import COOKIE, SessionCallers
from lui.passthrough import rules, service

router = APIRouter(dependencies=[signed_in()], include_in_schema=False)

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@router.api_route("/api/hub/{rest:path}", methods=_METHODS)
async def pass_to_hub(request: Request, caller: CallerDep) -> service.PassedBack:
    """Ask hub in the caller's name."""
    # Whole, so that it can be sent again; lui takes no more than a megabyte here, and hub's bodies are small.
    body = await request.body()
    onward = _onward(request, "hub", caller.token, body)
    reply = await service.pass_on(request.app.state.resources.http, onward)
    if reply.status_code != HTTPStatus.UNAUTHORIZED:
        return reply
    # hub refuses older tokens at once when a password or a right changes; the session may well go on.
    token = await _renewed_token(request)
    if token is None:
        return reply
    await reply.give_back()
    return await service.pass_on(request.app.state.resources.http, _onward(request, "hub", token, body))


@router.api_route("/api/tracker/{rest:path}", methods=_METHODS)
async def pass_to_tracker(request: Request, caller: CallerDep) -> service.PassedBack:
    """Ask tracker in the caller's name."""
    onward = _onward(request, "tracker", caller.token, _streamed(request))
    return await service.pass_on(request.app.state.resources.http, onward)


@router.api_route("/api/mailer/{rest:path}", methods=_METHODS)
async def pass_to_mailer(request: Request, caller: CallerDep) -> service.PassedBack:
    """Ask mailer in the caller's name."""
    onward = _onward(request, "mailer", caller.token, _streamed(request))
    return await service.pass_on(request.app.state.resources.http, onward)


def _onward(
    request: Request, name: rules.ServiceName, token: str, body: AsyncIterator[bytes] | bytes | None
) -> service.Onward:
    path = rules.onward_path(request.scope["raw_path"], name)
    query: bytes = request.scope["query_string"]
    headers = rules.onward_headers(request.headers.items(), token)
    if name == "hub" and request.client is not None:
        headers.append(rules.forwarded_for(request.headers.items(), request.client.host))
    return service.Onward(
        service=name,
        base_url=str(getattr(request.app.state.resources.settings, f"{name}_url")),
        method=request.method,
        path=path + b"?" + query if query else path,
        headers=headers,
        body=body or None,
    )


def _streamed(request: Request) -> AsyncIterator[bytes] | None:
    has_body = "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"
    return request.stream() if has_body else None


async def _renewed_token(request: Request) -> str | None:
    """A new token for the browser's session; None where there is none, or it is over."""
    cookie = request.cookies.get(COOKIE)
    callers: SessionCallers | None = getattr(request.app.state, "session_callers", None)
    if cookie is None or callers is None or "authorization" in request.headers:
        return None
    callers.forget(cookie)
    caller = await callers.caller_of(cookie, now=request.app.state.resources.clock())
    return None if caller is None else caller.token
