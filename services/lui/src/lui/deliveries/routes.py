"""Deliveries over HTTP: for people who watch them, and for mailer, which carries them out."""

from collections.abc import AsyncIterator
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.sse import EventSourceResponse

from common.contracts.mailer import EnvelopeState
from common.contracts.problem import Unavailable
from common.http.bearer import CallerDep, Unauthenticated, current_caller, requires, service_only, signed_in
from common.http.paging import Paging
from common.http.problems import problems
from common.http.work import Read
from lui.clients.dependencies import Mailer
from lui.deliveries import service
from lui.deliveries.errors import DeliveryNotFound, NoRehearsal, SampleNotFound
from lui.deliveries.schemas import ContentOut, DeliveryOut, EnvelopesOut, RecipientsOut, RehearsalOut

RECIPIENTS_PER_PAGE = 2_000

router = APIRouter(prefix="/api/v1/deliveries/{delivery_id}", tags=["deliveries"])
internal_router = APIRouter(
    prefix="/internal/v1/deliveries/{delivery_id}", tags=["internal"], dependencies=[service_only("mailer")]
)


@router.get("", dependencies=[signed_in()], responses=problems(DeliveryNotFound))
async def read_delivery(delivery_id: str, read: Read, caller: CallerDep) -> DeliveryOut:
    """Where a delivery stands."""
    return DeliveryOut.of(await service.get_visible_delivery(read, delivery_id, by=caller))


async def _visible_id(request: Request, delivery_id: str, caller: CallerDep) -> str:
    # Not `Read`: its connection would be held while the answer waits for events or for mailer.
    async with request.app.state.resources.uow.reader() as uow:
        return (await service.get_visible_delivery(uow, delivery_id, by=caller)).id


def usual_pace() -> service.Pace:
    """How often a watched delivery is looked at; a dependency, so that tests need not wait."""
    return service.Pace()


VisibleId = Annotated[str, Depends(_visible_id)]
Pace = Annotated[service.Pace, Depends(usual_pace)]


@router.get(
    "/progress",
    dependencies=[signed_in()],
    response_class=EventSourceResponse,
    responses=problems(DeliveryNotFound),
)
async def watch_delivery(request: Request, visible_id: VisibleId, pace: Pace) -> AsyncIterator[DeliveryOut]:
    """Server-sent events: the delivery now, then when it changed, once a second at most, and its final state last."""

    async def may_go_on() -> bool:
        return await _may_still_see(request, visible_id)

    units = request.app.state.resources.uow
    async for delivery in service.watch_delivery(units, visible_id, may_go_on=may_go_on, pace=pace):
        yield DeliveryOut.of(delivery)


async def _may_still_see(request: Request, delivery_id: str) -> bool:
    request.state.caller = None  # or the answer of the first time would be given again
    try:
        await _visible_id(request, delivery_id, await current_caller(request))
    except (Unauthenticated, DeliveryNotFound):
        return False
    except Unavailable:  # hub cannot be asked at the moment: nobody has signed out either
        return True
    return True


@router.get(
    "/envelopes",
    dependencies=[requires("see_recipients")],
    responses=problems(DeliveryNotFound, Unavailable),
)
async def list_envelopes(
    visible_id: VisibleId, caller: CallerDep, mailer: Mailer, page: Paging, state: EnvelopeState | None = None
) -> EnvelopesOut:
    """Who is in which state, and what the receiving servers said, in ordinal order."""
    found = await mailer.envelopes(visible_id, token=caller.token, state=state, after=page.after, limit=page.limit)
    return EnvelopesOut.model_validate(found.model_dump())


@router.get(
    "/rehearsal",
    dependencies=[requires("see_recipients")],
    responses=problems(DeliveryNotFound, NoRehearsal, Unavailable),
)
async def show_rehearsal(visible_id: VisibleId, caller: CallerDep, mailer: Mailer) -> RehearsalOut:
    """How long it took, what could not be composed, what the built-in receiver answered, and some messages."""
    seen = await mailer.rehearsal(visible_id, token=caller.token)
    if seen is None:
        raise NoRehearsal("The delivery is no rehearsal, or what it saw is no longer kept", delivery_id=visible_id)
    return RehearsalOut.model_validate(seen.model_dump())


@router.get(
    "/rehearsal/samples/{number}",
    dependencies=[requires("see_recipients")],
    response_class=Response,
    responses=problems(DeliveryNotFound, SampleNotFound, Unavailable) | {200: {"content": {"message/rfc822": {}}}},
)
async def download_sample(
    visible_id: VisibleId, number: Annotated[int, Path(ge=1, le=1_000)], caller: CallerDep, mailer: Mailer
) -> Response:
    """A message exactly as the built-in receiver got it."""
    data = await mailer.rehearsal_sample(visible_id, number, token=caller.token)
    if data is None:
        raise SampleNotFound(f"The rehearsal keeps no message number {number}", number=number)
    name = f'attachment; filename="rehearsal-{number}.eml"'
    return Response(data, media_type="message/rfc822", headers={"Content-Disposition": name})


@internal_router.get("/content", responses=problems(DeliveryNotFound) | {200: {"model": ContentOut}})
async def read_content(delivery_id: str, read: Read) -> Response:
    """The frozen content document; `document_digest` of it is the `content_digest` of the request for delivery."""
    return Response(await service.get_content(read, delivery_id), media_type="application/json")


@internal_router.get("/recipients", responses=problems(DeliveryNotFound) | {200: {"model": RecipientsOut}})
async def list_recipients(
    delivery_id: str,
    read: Read,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=RECIPIENTS_PER_PAGE)] = RECIPIENTS_PER_PAGE,
) -> Response:
    """A page of the frozen recipients after an ordinal, in ordinal order; ordinals start at 1 and have no gaps."""
    items, following = await service.get_recipients(read, delivery_id, after=after, limit=limit)
    # Past pydantic: thousands of rows a page are validated once, when they are frozen.
    return Response(orjson.dumps({"items": items, "next": following}), media_type="application/json")
