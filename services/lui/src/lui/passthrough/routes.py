"""The browser's way to hub, tracker and mailer: `/api/<service>/v1/…` is that service's `/api/v1/…`."""

from fastapi import APIRouter, Request

from common.http.bearer import CallerDep, signed_in
from lui.passthrough import rules, service

router = APIRouter(dependencies=[signed_in()], include_in_schema=False)

_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@router.api_route("/api/hub/{rest:path}", methods=_METHODS)
async def pass_to_hub(request: Request, caller: CallerDep) -> service.PassedBack:
    """Ask hub in the caller's name."""
    return await _pass(request, "hub", caller.token)


@router.api_route("/api/tracker/{rest:path}", methods=_METHODS)
async def pass_to_tracker(request: Request, caller: CallerDep) -> service.PassedBack:
    """Ask tracker in the caller's name."""
    return await _pass(request, "tracker", caller.token)


@router.api_route("/api/mailer/{rest:path}", methods=_METHODS)
async def pass_to_mailer(request: Request, caller: CallerDep) -> service.PassedBack:
    """Ask mailer in the caller's name."""
    return await _pass(request, "mailer", caller.token)


async def _pass(request: Request, name: rules.ServiceName, token: str) -> service.PassedBack:
    resources = request.app.state.resources
    path = rules.onward_path(request.scope["raw_path"], name)
    query: bytes = request.scope["query_string"]
    headers = rules.onward_headers(request.headers.items(), token)
    if name == "hub" and request.client is not None:
        headers.append(rules.forwarded_for(request.headers.items(), request.client.host))
    has_body = "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"
    onward = service.Onward(
        service=name,
        base_url=str(getattr(resources.settings, f"{name}_url")),
        method=request.method,
        path=path + b"?" + query if query else path,
        headers=headers,
        body=request.stream() if has_body else None,
    )
    return await service.pass_on(resources.http, onward)
