"""Suppressions over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires, service_only
from common.http.paging import Page
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.suppression import service
from mailer.suppression.errors import AlreadyLifted, GlobalScopeReserved, SuppressionNotFound
from mailer.suppression.schemas import (
    LiftIn,
    SuppressByEnvelopeIn,
    SuppressedOut,
    SuppressIn,
    SuppressionOut,
    Wanted,
    WantedPage,
)

router = APIRouter(prefix="/api/v1", tags=["suppressions"])
internal = APIRouter(prefix="/internal/v1/suppressions", tags=["internal"])
_ALLOWED = [requires("see_recipients")]


@router.get("/suppressions", dependencies=_ALLOWED)
async def list_suppressions(
    read: Read, caller: CallerDep, wanted: Annotated[WantedPage, Query()]
) -> Page[SuppressionOut]:
    """Addresses that the caller's group does not write to, newest first."""
    items, following = await service.page(read, wanted, by=caller)
    return Page(items=items, next=following)


@router.get(
    "/suppressions.csv",
    dependencies=_ALLOWED,
    responses={200: {"content": {"text/csv": {}}}},
    response_class=StreamingResponse,
)
async def export_suppressions(
    request: Request, caller: CallerDep, wanted: Annotated[Wanted, Query()]
) -> StreamingResponse:
    """The same as a table; that it was taken is recorded."""
    rows = service.export(request.app.state.resources.uow, wanted, by=caller)
    disposition = 'attachment; filename="suppressions.csv"'
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@router.post(
    "/suppressions",
    status_code=201,
    dependencies=_ALLOWED,
    responses=problems(GlobalScopeReserved, Invalid) | {200: {"model": SuppressionOut}},
)
async def add_suppression(body: SuppressIn, response: Response, work: Work, caller: CallerDep) -> SuppressionOut:
    """Suppress an address by hand; 200 with the suppression in force when there is one."""
    shown, is_new = await service.add(work, body, by=caller)
    response.status_code = 201 if is_new else 200
    return shown


@router.post(
    "/suppressions/{suppression_id}/lift",
    dependencies=_ALLOWED,
    responses=problems(SuppressionNotFound, AlreadyLifted, GlobalScopeReserved),
)
async def lift_suppression(suppression_id: str, body: LiftIn, work: Work, caller: CallerDep) -> SuppressionOut:
    """Let an address be written to again; who did it and why stays with it."""
    return await service.lift(work, suppression_id, body.note, by=caller)


@internal.put("/by-envelope", dependencies=[service_only("lui")])
async def suppress_by_envelope(body: SuppressByEnvelopeIn, work: Work, caller: CallerDep) -> SuppressedOut:
    """Leave a recipient alone. Committed before the answer: the very next intent obeys."""
    evidence = {"delivery_id": body.delivery_id, "ordinal": body.ordinal}
    reason = service.Reason.UNSUBSCRIBE
    request = service.Request(body.address, body.group_id, reason, evidence, note=body.reason)
    return SuppressedOut(suppressed=True, is_new=await service.suppress(work, request, by=caller.account_id))
