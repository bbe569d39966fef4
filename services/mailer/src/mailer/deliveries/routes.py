"""Deliveries over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from common.contracts.mailer import EnvelopeState
from common.http.bearer import CallerDep, requires, signed_in
from common.http.paging import Page, Paging
from common.http.problems import problems
from common.http.work import Read
from mailer.deliveries import service
from mailer.deliveries.errors import DeliveryNotFound
from mailer.deliveries.schemas import DeliveryOut
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
