"""Gateways over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from common.http.bearer import CallerDep, requires
from common.http.etags import IfMatch, PreconditionFailed, etag
from common.http.paging import Page
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.gateways import service
from mailer.gateways.errors import (
    CheckBusy,
    DestinationLimitNotFound,
    GatewayNameTaken,
    GatewayNotFound,
    GatewayOfDeployment,
)
from mailer.gateways.schemas import (
    CheckOut,
    DestinationLimitIn,
    DestinationLimitOut,
    GatewayChangesIn,
    GatewayIn,
    GatewayOut,
    PauseIn,
    TrafficOut,
)
from mailer.sealing import SealingNotConfigured

router = APIRouter(prefix="/api/v1", tags=["gateways"])
administers = requires("administer_installation")
DestinationName = Annotated[str, Path(max_length=255)]


async def current_desk(request: Request) -> service.Desk:
    """What setting up gateways needs of this application."""
    found: service.Desk = request.app.state.gateway_desk
    return found


async def current_checker(request: Request) -> service.Checker:
    """The one place of this process where gateways are tried."""
    found: service.Checker = request.app.state.gateway_checker
    return found


DeskDep = Annotated[service.Desk, Depends(current_desk)]
CheckerDep = Annotated[service.Checker, Depends(current_checker)]


async def gateway_named(gateway_id: Annotated[str, Path(max_length=64)]) -> str:
    """The id of a gateway as it is stored: `default`, or a UUID. Raises GatewayNotFound."""
    if gateway_id == service.DEFAULT_ID:
        return gateway_id
    try:
        return str(UUID(gateway_id))
    except ValueError:
        raise GatewayNotFound("Ids of gateways look different") from None


GatewayId = Annotated[str, Depends(gateway_named)]


async def current_edit(gateway_id: GatewayId, caller: CallerDep, if_match: IfMatch) -> service.Edit:
    """Which version of which gateway the caller changes."""
    return service.Edit(gateway_id, if_match, caller.account_id)


def _tagged(response: Response, gateway: GatewayOut) -> GatewayOut:
    response.headers["ETag"] = etag(gateway.revision)
    return gateway


@router.get("/gateways", dependencies=[administers])
async def list_gateways(read: Read, desk: DeskDep) -> Page[GatewayOut]:
    """All gateways, the deployment's own first; there are few, so all come at once."""
    return Page(items=await service.list_gateways(read, desk.smtp), next=None)


@router.post(
    "/gateways",
    status_code=201,
    dependencies=[administers],
    responses=problems(GatewayNameTaken, SealingNotConfigured),
)
async def create_gateway(
    body: GatewayIn, work: Work, caller: CallerDep, desk: DeskDep, response: Response
) -> GatewayOut:
    """Set up a gateway."""
    made = await service.create_gateway(work, body, desk=desk, by=caller.account_id)
    response.headers["Location"] = f"/api/v1/gateways/{made.id}"
    return _tagged(response, made)


@router.get("/gateways/{gateway_id}", dependencies=[administers], responses=problems(GatewayNotFound))
async def get_gateway(gateway_id: GatewayId, read: Read, desk: DeskDep, response: Response) -> GatewayOut:
    """One gateway."""
    return _tagged(response, await service.get_gateway(read, desk.smtp, gateway_id))


@router.patch(
    "/gateways/{gateway_id}",
    dependencies=[administers],
    responses=problems(
        GatewayNotFound, GatewayOfDeployment, GatewayNameTaken, SealingNotConfigured, PreconditionFailed
    ),
)
async def change_gateway(
    edit: Annotated[service.Edit, Depends(current_edit)],
    body: GatewayChangesIn,
    work: Work,
    desk: DeskDep,
    response: Response,
) -> GatewayOut:
    """Give a gateway other values."""
    return _tagged(response, await service.change_gateway(work, edit, body, desk=desk))


@router.delete(
    "/gateways/{gateway_id}",
    status_code=204,
    dependencies=[administers],
    responses=problems(GatewayNotFound, GatewayOfDeployment, PreconditionFailed),
)
async def delete_gateway(edit: Annotated[service.Edit, Depends(current_edit)], work: Work) -> None:
    """Remove a gateway; what waits for it takes another one."""
    await service.delete_gateway(work, edit)


@router.post("/gateways/{gateway_id}/check", dependencies=[administers], responses=problems(GatewayNotFound, CheckBusy))
async def check_gateway(gateway_id: GatewayId, checker: CheckerDep) -> CheckOut:
    """Really connect, and say what happened; nothing is sent."""
    return await checker.check(gateway_id)


@router.post("/gateways/{gateway_id}/pause", dependencies=[administers], responses=problems(GatewayNotFound))
async def pause_gateway(
    gateway_id: GatewayId, body: PauseIn, work: Work, caller: CallerDep, desk: DeskDep
) -> GatewayOut:
    """Send nothing through it until somebody resumes."""
    return await service.pause(work, desk.smtp, gateway_id, body.reason, by=caller.account_id)


@router.post("/gateways/{gateway_id}/resume", dependencies=[administers], responses=problems(GatewayNotFound))
async def resume_gateway(gateway_id: GatewayId, work: Work, caller: CallerDep, desk: DeskDep) -> GatewayOut:
    """Go on with the gateway and all its destinations; blocks and complaints are counted anew."""
    return await service.resume(work, desk.smtp, gateway_id, by=caller.account_id)


@router.get("/gateways/{gateway_id}/traffic", dependencies=[administers], responses=problems(GatewayNotFound))
async def get_traffic(gateway_id: GatewayId, read: Read, desk: DeskDep) -> TrafficOut:
    """What happens at a gateway, and why it does not go faster."""
    return await service.get_traffic(read, desk.smtp, gateway_id)


@router.get("/destination-limits", dependencies=[administers])
async def list_destination_limits(read: Read) -> Page[DestinationLimitOut]:
    """Limits set for receiving destinations, by name."""
    return Page(items=await service.list_limits(read), next=None)


@router.put("/destination-limits/{name}", dependencies=[administers], responses=problems(PreconditionFailed))
async def set_destination_limit(
    name: DestinationName, body: DestinationLimitIn, work: Work, caller: CallerDep, if_match: IfMatch
) -> DestinationLimitOut:
    """Allow a destination so many connections, or messages per second, at each gateway."""
    return await service.set_limit(work, name, body, expected=if_match, by=caller.account_id)


@router.delete(
    "/destination-limits/{name}",
    status_code=204,
    dependencies=[administers],
    responses=problems(DestinationLimitNotFound, PreconditionFailed),
)
async def remove_destination_limit(name: DestinationName, work: Work, caller: CallerDep, if_match: IfMatch) -> None:
    """Allow a destination whatever the gateways allow."""
    await service.remove_limit(work, name, expected=if_match, by=caller.account_id)
