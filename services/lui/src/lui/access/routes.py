"""Signing in and out over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, status

from common.contracts.problem import Unavailable
from common.http.bearer import Caller, CallerDep, public, signed_in
from common.http.problems import problems
from lui.access.caller import COOKIE, SessionCallers
from lui.access.errors import CrossSiteRequest
from lui.access.schemas import AccountOut, GroupOut, SessionIn, SessionOut
from lui.clients.hub import HubClient, SlowDown, WrongCredentials

router = APIRouter(prefix="/api/v1/session", tags=["session"])


def _hub(request: Request) -> HubClient:
    resources = request.app.state.resources
    return HubClient(resources.http, resources.settings)


def _callers(request: Request) -> SessionCallers:
    found: SessionCallers = request.app.state.session_callers
    return found


Hub = Annotated[HubClient, Depends(_hub)]
Callers = Annotated[SessionCallers, Depends(_callers)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[public()],
    responses=problems(WrongCredentials, CrossSiteRequest, SlowDown, Unavailable),
)
async def sign_in(asked: SessionIn, request: Request, response: Response, hub: Hub, callers: Callers) -> SessionOut:
    """Begin a session; it travels in a cookie that scripts cannot read."""
    callers.require_own_origin(request)
    address = request.client.host if request.client else None
    session = await hub.sign_in(account=asked.account, group=asked.group, password=asked.password, address=address)
    caller = await callers.caller_of(session.session_token, now=request.app.state.resources.clock())
    if caller is None:  # closed between the two questions
        raise WrongCredentials("The account was closed")
    secure = request.app.state.settings.app_url.scheme == "https"
    response.set_cookie(COOKIE, session.session_token, httponly=True, samesite="lax", secure=secure, path="/")
    response.headers["Cache-Control"] = "no-store"
    return _shown(caller)


@router.get("", dependencies=[signed_in()], responses=problems(Unavailable))
async def read_session(caller: CallerDep, response: Response) -> SessionOut:
    """Who is signed in and what they may do."""
    response.headers["Cache-Control"] = "no-store"
    return _shown(caller)


@router.delete(
    "",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[public()],
    responses=problems(CrossSiteRequest, Unavailable),
)
async def sign_out(request: Request, response: Response, hub: Hub, callers: Callers) -> None:
    """End the session, if there is one."""
    callers.require_own_origin(request)
    token = request.cookies.get(COOKIE)
    if token is not None:
        callers.forget(token)
        await hub.sign_out(token)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def _shown(caller: Caller) -> SessionOut:
    group = None if caller.group_id is None else GroupOut(id=caller.group_id, name=caller.group_name)
    return SessionOut(
        account=AccountOut(id=caller.account_id, name=caller.account_name), group=group, rights=sorted(caller.rights)
    )
