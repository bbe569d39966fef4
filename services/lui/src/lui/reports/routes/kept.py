"""Kept results over HTTP."""

from fastapi import APIRouter, Response, status

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, Forbidden, requires
from common.http.paging import Page, Paging, page_of
from common.http.problems import problems
from common.http.work import Read, Work
from lui.plots.errors import PlotUnavailable
from lui.reports import service
from lui.reports.errors import NothingToDraw, ReportNotFound, SnapshotNotFound
from lui.reports.routes.answers import FILES, file_answer
from lui.reports.routes.query import Answering
from lui.reports.schemas.library import SnapshotOut, SnapshotResultOut
from lui.reports.schemas.query import Format

router = APIRouter(prefix="/api/v1", tags=["reports"], dependencies=[requires("see_reports")])


@router.post(
    "/reports/{report_id}/snapshots",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ReportNotFound, Invalid, Forbidden, Unavailable),
)
async def keep_result(
    report_id: str, work: Work, caller: CallerDep, answering: Answering, response: Response
) -> SnapshotOut:
    """Keep what the report says now, for ever."""
    kept = await service.keep_result(work, report_id, answering, by=caller)
    response.headers["Location"] = f"/api/v1/report-snapshots/{kept.id}"
    return (await service.shown_kept(work, [kept]))[0]


@router.get("/reports/{report_id}/snapshots", responses=problems(ReportNotFound))
async def list_kept(report_id: str, read: Read, caller: CallerDep, page: Paging) -> Page[SnapshotOut]:
    """The kept results of a report, newest first."""
    position = page.position()
    after = str(position[0]) if position else None
    found = await service.list_kept(read, report_id, after=after, limit=page.limit + 1, by=caller)
    items, following = page_of(list(found), page, lambda kept: (kept.id,))
    return Page[SnapshotOut](items=await service.shown_kept(read, items), next=following)


@router.get(
    "/report-snapshots/{snapshot_id}.{wanted}",
    responses=problems(SnapshotNotFound, Forbidden, NothingToDraw, PlotUnavailable) | FILES,
    response_class=Response,
)
async def download_kept(snapshot_id: str, wanted: Format, read: Read, caller: CallerDep) -> Response:
    """A kept result as a file."""
    found = await service.shown_result(read, await service.get_kept(read, snapshot_id, by=caller))
    pages = service.one_page(found.result)
    return await file_answer(pages, wanted, f"report-snapshot-{found.snapshot.id}", found.snapshot.title)


@router.get("/report-snapshots/{snapshot_id}", responses=problems(SnapshotNotFound, Forbidden))
async def read_kept(snapshot_id: str, read: Read, caller: CallerDep) -> SnapshotResultOut:
    """The very same numbers as when it was kept."""
    return await service.shown_result(read, await service.get_kept(read, snapshot_id, by=caller))
