"""Report mails over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response, status

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires
from common.http.etags import IfMatch, PreconditionFailed, etag
from common.http.problems import problems
from common.http.work import Read, Work
from lui.report_mails import service
from lui.report_mails.errors import ReportMailNotFound, TooManyReportMails
from lui.report_mails.schemas import ReportMailIn, ReportMailOut, ReportMailPatch, ReportMailsOut
from lui.reports.errors import ReportNotFound, ReportNotYours
from lui.reports.service import Change


def _change(mail_id: str, if_match: IfMatch, caller: CallerDep) -> Change:
    return Change(mail_id, if_match, caller)


ChangeDep = Annotated[Change, Depends(_change)]
router = APIRouter(prefix="/api/v1", tags=["report mails"], dependencies=[requires("see_reports")])


@router.get("/reports/{report_id}/mails", responses=problems(ReportNotFound))
async def list_report_mails(report_id: str, read: Read, caller: CallerDep) -> ReportMailsOut:
    """To whom a report is mailed, when, and how it went last."""
    found = await service.list_mails(read, report_id, by=caller)
    return ReportMailsOut(items=await service.shown_mails(read, found, by=caller))


@router.post(
    "/reports/{report_id}/mails",
    status_code=status.HTTP_201_CREATED,
    responses=problems(ReportNotFound, ReportNotYours, TooManyReportMails, Invalid),
)
async def create_report_mail(
    report_id: str, body: ReportMailIn, work: Work, caller: CallerDep, response: Response
) -> ReportMailOut:
    """Mail a report from now on; it is computed in its owner's name at that moment."""
    mail = await service.create_mail(work, report_id, body, by=caller)
    response.headers["Location"] = f"/api/v1/report-mails/{mail.id}"
    response.headers["ETag"] = etag(mail.revision)
    return (await service.shown_mails(work, [mail], by=caller))[0]


@router.patch(
    "/report-mails/{mail_id}",  # noqa: FAST003 - in `ChangeDep`
    responses=problems(ReportMailNotFound, ReportNotYours, PreconditionFailed, Invalid),
)
async def change_report_mail(change: ChangeDep, body: ReportMailPatch, work: Work, response: Response) -> ReportMailOut:
    """Change addresses, times or files, pause it, or let it go on."""
    mail = await service.change_mail(work, change, body)
    response.headers["ETag"] = etag(mail.revision)
    return (await service.shown_mails(work, [mail], by=change.by))[0]


@router.delete(
    "/report-mails/{mail_id}",  # noqa: FAST003 - in `ChangeDep`
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(ReportMailNotFound, ReportNotYours, PreconditionFailed),
)
async def delete_report_mail(change: ChangeDep, work: Work) -> None:
    """Mail it no more."""
    await service.delete_mail(work, change)


@router.post(
    "/report-mails/{mail_id}/send-now",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(ReportMailNotFound, ReportNotYours),
)
async def send_report_mail_now(mail_id: str, work: Work, caller: CallerDep) -> ReportMailOut:
    """Send it within seconds, beside its schedule and also while it is paused."""
    mail = await service.ask_for(work, mail_id, by=caller)
    return (await service.shown_mails(work, [mail], by=caller))[0]
