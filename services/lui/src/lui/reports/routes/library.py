"""Saved reports and folders over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response, status

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, Forbidden, requires
from common.http.etags import IfMatch, PreconditionFailed, etag
from common.http.paging import Page, Paging, page_of
from common.http.problems import problems
from common.http.work import Read, Work
from lui.plots.errors import PlotUnavailable
from lui.reports import service
from lui.reports.errors import FolderNotFound, NothingToDraw, ReportNotFound, ReportNotYours
from lui.reports.routes.answers import FILES, file_answer
from lui.reports.routes.query import Answering, Rows
from lui.reports.schemas.library import (
    FolderIn,
    FolderOut,
    FolderPatch,
    ReportCopyIn,
    SavedReportIn,
    SavedReportOut,
    SavedReportPatch,
)
from lui.reports.schemas.query import Format, ReportResultOut

_NO_FOLDER = "none"

router = APIRouter(prefix="/api/v1", tags=["reports"], dependencies=[requires("see_reports")])


@router.post("/reports", status_code=status.HTTP_201_CREATED, responses=problems(Invalid, Forbidden))
async def save_report(asked: SavedReportIn, work: Work, caller: CallerDep, response: Response) -> SavedReportOut:
    """Keep a question."""
    report = await service.save_report(work, asked, by=caller)
    response.headers["Location"] = f"/api/v1/reports/{report.id}"
    response.headers["ETag"] = etag(report.revision)
    return (await service.shown_reports(work, [report], by=caller))[0]


@router.get("/reports")
async def list_reports(
    read: Read,
    caller: CallerDep,
    page: Paging,
    folder_id: Annotated[str | None, Query(max_length=64)] = None,
    search: Annotated[str, Query(max_length=200)] = "",
) -> Page[SavedReportOut]:
    """The caller's reports and those shared with the caller's group, newest first.

    `folder_id` is a folder's, or `none` for reports in no folder; `search` is a part of the title.
    """
    position = page.position()
    after = str(position[0]) if position else None
    outside = folder_id == _NO_FOLDER
    wanted = service.ReportsWanted(None if outside else folder_id, search.strip(), outside_folders=outside)
    found = await service.list_reports(read, wanted, after=after, limit=page.limit + 1, by=caller)
    items, following = page_of(list(found), page, lambda report: (report.id,))
    return Page[SavedReportOut](items=await service.shown_reports(read, items, by=caller), next=following)


@router.get("/reports/{report_id}", responses=problems(ReportNotFound))
async def read_report(report_id: str, read: Read, caller: CallerDep, response: Response) -> SavedReportOut:
    """A saved report."""
    report = await service.get_report(read, report_id, by=caller)
    response.headers["ETag"] = etag(report.revision)
    return (await service.shown_reports(read, [report], by=caller))[0]


@router.patch(
    "/reports/{report_id}",
    responses=problems(ReportNotFound, PreconditionFailed, ReportNotYours, Invalid),
)
async def change_report(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    report_id: str, asked: SavedReportPatch, work: Work, caller: CallerDep, if_match: IfMatch, response: Response
) -> SavedReportOut:
    """Another title, question, folder or sharing."""
    report = await service.change_report(work, service.Change(report_id, if_match, caller), asked)
    response.headers["ETag"] = etag(report.revision)
    return (await service.shown_reports(work, [report], by=caller))[0]


@router.delete(
    "/reports/{report_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ReportNotFound, PreconditionFailed, ReportNotYours),
)
async def delete_report(report_id: str, work: Work, caller: CallerDep, if_match: IfMatch) -> None:
    """Forget a report; its kept results stay."""
    await service.delete_report(work, service.Change(report_id, if_match, caller))


@router.post("/reports/{report_id}/copy", status_code=status.HTTP_201_CREATED, responses=problems(ReportNotFound))
async def copy_report(
    report_id: str, work: Work, caller: CallerDep, response: Response, asked: ReportCopyIn | None = None
) -> SavedReportOut:
    """The same question once more, the caller's own."""
    report = await service.copy_report(work, report_id, asked.title if asked else None, by=caller)
    response.headers["Location"] = f"/api/v1/reports/{report.id}"
    response.headers["ETag"] = etag(report.revision)
    return (await service.shown_reports(work, [report], by=caller))[0]


@router.get("/reports/{report_id}/result", responses=problems(ReportNotFound, Invalid, Forbidden, Unavailable))
async def read_result(report_id: str, answering: Answering, rows: Rows) -> ReportResultOut:
    """What a saved report says now."""
    _, question = await service.look_into_saved(answering, report_id)
    return await service.answer_question(answering, question, rows)


@router.get(
    "/reports/{report_id}/result.{wanted}",
    responses=problems(ReportNotFound, Invalid, Forbidden, Unavailable, NothingToDraw, PlotUnavailable) | FILES,
    response_class=Response,
)
async def download_result(report_id: str, wanted: Format, answering: Answering) -> Response:
    """The same as a file, with every row."""
    title, question = await service.look_into_saved(answering, report_id)
    return await file_answer(service.all_pages(answering, question), wanted, f"report-{report_id}", title)


@router.post("/report-folders", status_code=status.HTTP_201_CREATED, responses=problems(Invalid))
async def make_folder(asked: FolderIn, work: Work, caller: CallerDep, response: Response) -> FolderOut:
    """A new folder."""
    folder = await service.make_folder(work, asked, by=caller)
    response.headers["ETag"] = etag(folder.revision)
    return (await service.shown_folders(work, [folder], by=caller))[0]


@router.get("/report-folders")
async def list_folders(read: Read, caller: CallerDep) -> Page[FolderOut]:
    """The caller's folders and those shared with the caller's group, by name."""
    folders = await service.list_folders(read, by=caller)
    return Page[FolderOut](items=await service.shown_folders(read, folders, by=caller), next=None)


@router.patch("/report-folders/{folder_id}", responses=problems(FolderNotFound, PreconditionFailed, ReportNotYours))
async def change_folder(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    folder_id: str, asked: FolderPatch, work: Work, caller: CallerDep, if_match: IfMatch, response: Response
) -> FolderOut:
    """Another name or sharing."""
    folder = await service.change_folder(work, service.Change(folder_id, if_match, caller), asked)
    response.headers["ETag"] = etag(folder.revision)
    return (await service.shown_folders(work, [folder], by=caller))[0]


@router.delete(
    "/report-folders/{folder_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(FolderNotFound, PreconditionFailed, ReportNotYours),
)
async def delete_folder(folder_id: str, work: Work, caller: CallerDep, if_match: IfMatch) -> None:
    """Forget a folder; its reports fall back to none."""
    await service.delete_folder(work, service.Change(folder_id, if_match, caller))
