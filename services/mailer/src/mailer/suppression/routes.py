"""Suppressions over HTTP."""

from fastapi import APIRouter

from common.http.bearer import CallerDep, requires, service_only
from common.http.paging import Page, Paging
from common.http.work import Read, Work
from mailer.suppression import service
from mailer.suppression.schemas import SuppressByEnvelopeIn, SuppressedOut, SuppressionOut

router = APIRouter(prefix="/api/v1/suppressions", tags=["suppressions"])
internal = APIRouter(prefix="/internal/v1/suppressions", tags=["internal"])


@router.get("", dependencies=[requires("see_recipients")])
async def list_suppressions(read: Read, caller: CallerDep, params: Paging) -> Page[SuppressionOut]:
    """Addresses that the caller's group does not write to, newest first."""
    items, following = await service.page(read, caller, params)
    return Page(items=items, next=following)


@internal.put("/by-envelope", dependencies=[service_only("lui")])
async def suppress_by_envelope(body: SuppressByEnvelopeIn, work: Work, caller: CallerDep) -> SuppressedOut:
    """Leave a recipient alone. Committed before the answer: the very next intent obeys."""
    evidence = {"delivery_id": body.delivery_id, "ordinal": body.ordinal}
    request = service.Request(body.address, body.group_id, body.reason, evidence)
    return SuppressedOut(suppressed=True, is_new=await service.suppress(work, request, by=caller.account_id))
