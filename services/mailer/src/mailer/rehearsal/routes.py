"""Rehearsals over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from common.http.work import Read
from mailer.deliveries.errors import DeliveryNotFound
from mailer.rehearsal import service
from mailer.rehearsal.errors import RehearsalNotFound, SampleNotFound
from mailer.rehearsal.schemas import RehearsalOut

router = APIRouter(prefix="/api/v1/deliveries/{delivery_id}/rehearsal", tags=["rehearsals"])

_SEES = [requires("see_recipients")]


@router.get("", dependencies=_SEES, responses=problems(DeliveryNotFound, RehearsalNotFound))
async def show_rehearsal(delivery_id: UUID, read: Read, caller: CallerDep) -> RehearsalOut:
    """How long it took, what could not be composed, what the built-in receiver answered, and some messages."""
    return await service.get_rehearsal(read, str(delivery_id), by=caller)


@router.get(
    "/samples/{number}",
    dependencies=_SEES,
    response_class=Response,
    responses=problems(DeliveryNotFound, RehearsalNotFound, SampleNotFound)
    | {200: {"content": {"message/rfc822": {}}}},
)
async def download_sample(
    delivery_id: UUID, number: Annotated[int, Path(ge=1, le=1_000)], read: Read, caller: CallerDep
) -> Response:
    """A message exactly as the built-in receiver got it."""
    data = await service.get_sample(read, str(delivery_id), number, by=caller)
    name = f'attachment; filename="rehearsal-{number}.eml"'
    return Response(data, media_type="message/rfc822", headers={"Content-Disposition": name})
