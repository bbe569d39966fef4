"""Deliveries over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from common.contracts.mailer import EnvelopeState
from common.http.bearer import CallerDep, requires, signed_in
from common.http.paging import Page, Paging
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.deliveries import service
from mailer.deliveries.errors import DeliveryNotFound, NothingInDoubt
from mailer.deliveries.schemas import DeliveryOut, DoubtDecision, PaceOut
from mailer.envelopes.schemas import EnvelopeOut

router = APIRouter(prefix="/api/v1/deliveries", tags=["deliveries"])


@router.get("/{delivery_id}", dependencies=[signed_in()], responses=problems(DeliveryNotFound))
async def show_delivery(delivery_id: UUID, read: Read, caller: CallerDep) -> DeliveryOut:
    """A delivery and how far it is."""
    return await service.show(read, str(delivery_id), by=caller)


@router.get("/{delivery_id}/envelopes", dependencies=[requires("see_recipients")], responses=problems(DeliveryNotFound))
async def list_envelopes(
    delivery_id: UUID,
    read: Read,
    caller: CallerDep,
    params: Paging,
    state: Annotated[EnvelopeState | None, Query()] = None,
) -> Page[EnvelopeOut]:
    """Who is in a state and why, in the order of the recipients."""
    items, following = await service.list_envelopes(read, str(delivery_id), state, params, by=caller)
    return Page(items=items, next=following)


@router.get("/{delivery_id}/pace", dependencies=[signed_in()], responses=problems(DeliveryNotFound))
async def show_pace(delivery_id: UUID, read: Read, request: Request, caller: CallerDep) -> PaceOut:
    """Why a delivery is as slow as it is."""
    return await service.show_pace(read, str(delivery_id), request.app.state.gateway_desk.smtp, by=caller)


@router.post(
    "/{delivery_id}/in-doubt",
    dependencies=[requires("authorize_jobs")],
    responses=problems(DeliveryNotFound, NothingInDoubt),
)
async def decide_doubt(delivery_id: UUID, body: DoubtDecision, work: Work, caller: CallerDep) -> DeliveryOut:
    """Send again, or take as sent, what waits for a decision because nobody knows whether it arrived."""
    return await service.decide_doubt(work, str(delivery_id), body, by=caller)
