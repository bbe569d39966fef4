"""Reports over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from lui.clients.dependencies import Tracker
from lui.jobs.errors import JobNotFound
from lui.reports import service
from lui.reports.exports import report_csv
from lui.reports.schemas import OverTimeOut, OverTimeWanted, ReportOut, ReportWanted

router = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["reports"], dependencies=[requires("see_reports")])


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
