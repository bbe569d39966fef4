"""Asking without saving anything."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, Forbidden, requires
from common.http.paging import PageParams, page_params
from common.http.problems import problems
from common.http.work import Read
from lui.clients.dependencies import TrackerReports
from lui.jobs.errors import JobNotFound
from lui.plots.errors import PlotUnavailable
from lui.reports import service
from lui.reports.errors import NothingToDraw
from lui.reports.routes.answers import FILES, file_answer
from lui.reports.schemas.library import QuickReportsOut
from lui.reports.schemas.query import Format, PossibilitiesOut, PossibilitiesWanted, ReportQueryIn, ReportResultOut

router = APIRouter(prefix="/api/v1", tags=["reports"], dependencies=[requires("see_reports")])


def _answering(request: Request, caller: CallerDep, tracker: TrackerReports) -> service.Answering:
    # Not `Read`: its connection would be held while tracker counts.
    return service.Answering(request.app.state.resources.uow, tracker, caller)


def _rows(params: Annotated[PageParams, Depends(page_params)]) -> service.Page:
    return service.Page(params.after, params.limit)


Answering = Annotated[service.Answering, Depends(_answering)]
Rows = Annotated[service.Page, Depends(_rows)]


@router.post("/reports/query", responses=problems(Invalid, Forbidden, Unavailable))
async def query_report(asked: ReportQueryIn, answering: Answering, rows: Rows) -> ReportResultOut:
    """The answer to a question; nothing is saved. `limit` and `after` page through recipients and details."""
    return await service.run_report(answering, asked, rows)


@router.post(
    "/reports/query.{wanted}",
    responses=problems(Invalid, Forbidden, Unavailable, NothingToDraw, PlotUnavailable) | FILES,
    response_class=Response,
)
async def download_query(asked: ReportQueryIn, wanted: Format, answering: Answering) -> Response:
    """The same as a file, with every row."""
    question = await service.look_into(answering, asked)
    return await file_answer(service.all_pages(answering, question), wanted, "report")


@router.get("/reports/possibilities", responses=problems(Invalid))
async def read_possibilities(
    read: Read, caller: CallerDep, wanted: Annotated[PossibilitiesWanted, Query()]
) -> PossibilitiesOut:
    """What can be asked of these jobs, and why the rest cannot."""
    return await service.possibilities(read, wanted, by=caller)


@router.get("/jobs/{job_id}/quick-reports", responses=problems(JobNotFound))
async def list_quick_reports(job_id: str, read: Read, caller: CallerDep) -> QuickReportsOut:
    """Ready questions about one job."""
    return await service.quick(read, job_id, by=caller)
