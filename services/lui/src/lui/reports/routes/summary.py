"""Reports over HTTP."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from lui.clients.dependencies import MailerBounces, Tracker
from lui.jobs.errors import JobNotFound
from lui.reports import service
from lui.reports.exports import report_csv
from lui.reports.schemas.summary import (
    BounceReportOut,
    BouncesWanted,
    OverTimeOut,
    OverTimeWanted,
    ReportOut,
    ReportWanted,
)

router = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["reports"], dependencies=[requires("see_reports")])
people = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["reports"], dependencies=[requires("see_recipients")])


async def _read_basis(request: Request, job_id: str, caller: CallerDep) -> service.Basis:
    # Not `Read`: its connection would be held while tracker counts.
    async with request.app.state.resources.uow.reader() as uow:
        return await service.read_basis(uow, job_id, by=caller)


Basis = Annotated[service.Basis, Depends(_read_basis)]


@router.get("/report", responses=problems(JobNotFound, Unavailable))
async def read_report(basis: Basis, tracker: Tracker, wanted: Annotated[ReportWanted, Query()]) -> ReportOut:
    """The sum of events over the job's live deliveries; tests and rehearsals never count."""
    return await service.sum_events(tracker, basis, wanted)


@router.get(
    "/report.csv",
    responses=problems(JobNotFound, Unavailable) | {200: {"content": {"text/csv": {}}}},
    response_class=Response,
)
async def download_report(
    job_id: str, basis: Basis, tracker: Tracker, wanted: Annotated[ReportWanted, Query()]
) -> Response:
    """The same report as a table."""
    table = report_csv(await service.sum_events(tracker, basis, wanted))
    disposition = f'attachment; filename="report-{job_id}.csv"'
    return Response(table, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@router.get("/report/over-time", responses=problems(JobNotFound, Unavailable, Invalid))
async def read_report_over_time(
    basis: Basis, tracker: Tracker, wanted: Annotated[OverTimeWanted, Query()]
) -> OverTimeOut:
    """Opens and clicks of the job's live deliveries, hour by hour, day by day, week by week or month by month."""
    return await service.events_over_time(tracker, basis, wanted)


@router.get("/report/bounces", responses=problems(JobNotFound))
async def read_bounce_report(basis: Basis) -> BounceReportOut:
    """What came back of the job's live deliveries, by class; tests and rehearsals never count."""
    return service.bounce_report(basis)


@people.get(
    "/report/bounces.csv",
    responses=problems(JobNotFound, Unavailable) | {200: {"content": {"text/csv": {}}}},
    response_class=StreamingResponse,
)
async def download_bounces(
    job_id: str, basis: Basis, caller: CallerDep, mailer: MailerBounces, wanted: Annotated[BouncesWanted, Query()]
) -> StreamingResponse:
    """Who it was, as a table: addresses only, or with reasons."""
    pieces = mailer.bounces_csv(
        basis.delivery_ids, token=caller.token, classes=[str(name) for name in wanted.classes], reasons=wanted.reasons
    )
    # The first piece is fetched before anything is answered: mailer being away is an answer of its own.
    first = await anext(pieces, b"")

    async def table() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    disposition = f'attachment; filename="bounces-{job_id}.csv"'
    return StreamingResponse(
        table(), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
