"""What came back over HTTP: for people, and from providers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from common.contracts.problem import Unavailable
from common.http.bearer import CallerDep, public, requires, service_only
from common.http.paging import Page
from common.http.problems import problems
from common.http.work import Read, Work
from mailer.bounces import service
from mailer.bounces.errors import HookNotSetUp, HookUnproven, HookUnreadable, NotStopped, TooManyReports
from mailer.bounces.hooks.desk import HookDesk
from mailer.bounces.schemas import BouncesOut, HookTakenOut, SourceOut, Wanted
from mailer.deliveries.errors import DeliveryNotFound

router = APIRouter(prefix="/api/v1", tags=["bounces"])
internal = APIRouter(prefix="/internal/v1/deliveries", tags=["internal"])
hooks = APIRouter(prefix="/hooks/bounces", tags=["hooks"])


@router.get(
    "/deliveries/{delivery_id}/bounces", dependencies=[requires("see_reports")], responses=problems(DeliveryNotFound)
)
async def read_bounces(delivery_id: UUID, read: Read, caller: CallerDep) -> BouncesOut:
    """What came back of a delivery, by class."""
    return await service.bounces_of(read, str(delivery_id), by=caller)


@router.get(
    "/deliveries/{delivery_id}/bounces.csv",
    dependencies=[requires("see_recipients")],
    responses=problems(DeliveryNotFound) | {200: {"content": {"text/csv": {}}}},
    response_class=StreamingResponse,
)
async def download_bounces(
    delivery_id: UUID,
    request: Request,
    caller: CallerDep,
    classes: Wanted = None,
    *,
    reasons: Annotated[bool, Query()] = True,
) -> StreamingResponse:
    """Chosen classes as a table: addresses only, or with reasons; that it was taken is recorded."""
    wanted = service.Export([str(name) for name in classes or ()], reasons)
    work = request.app.state.resources.uow
    rows = await service.export_bounces(work, str(delivery_id), wanted, by=caller)
    disposition = f'attachment; filename="bounces-{delivery_id}.csv"'
    return StreamingResponse(rows, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@router.post(
    "/deliveries/{delivery_id}/bounces/resume-suppression",
    dependencies=[requires("administer_installation")],
    responses=problems(DeliveryNotFound, NotStopped),
)
async def resume_suppression(delivery_id: UUID, request: Request, work: Work, caller: CallerDep) -> BouncesOut:
    """The reports that were unusual are right: suppress what they say."""
    policy = request.app.state.settings.suppression
    return await service.resume_suppression(work, str(delivery_id), policy, by=caller)


@router.get("/bounce-sources", dependencies=[requires("administer_installation")])
async def list_bounce_sources(request: Request, read: Read) -> Page[SourceOut]:
    """Where reports come from, and how each source is doing."""
    return Page(items=await service.list_sources(read, request.app.state.settings), next=None)


@internal.get(
    "/{delivery_id}/bounced",
    dependencies=[service_only("lui")],
    response_class=Response,
    responses=problems(DeliveryNotFound) | {200: {"content": {"application/octet-stream": {}}}},
)
async def read_bounced(delivery_id: UUID, read: Read) -> Response:
    """A bitset: bit n of the octets, least significant first, says whether the message to ordinal n came back."""
    return Response(await service.bounced_bitset(read, str(delivery_id)), media_type="application/octet-stream")


@hooks.post(
    "/{provider}",
    dependencies=[public()],
    responses=problems(HookNotSetUp, HookUnproven, HookUnreadable, TooManyReports, Unavailable),
)
async def take_reports(provider: str, request: Request) -> HookTakenOut:
    """Reports of a provider that proves itself: generic, ses, postmark, mailgun, sendgrid."""
    desk: HookDesk = request.app.state.hook_desk
    desk.admit(provider)
    return await desk.take(provider, _Given(request, await request.body()))


class _Given:
    def __init__(self, request: Request, body: bytes) -> None:
        self._request = request
        self.body = body

    def header(self, name: str) -> str:
        return str(self._request.headers.get(name, ""))
