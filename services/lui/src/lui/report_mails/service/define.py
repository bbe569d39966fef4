"""Setting report mails up."""

from collections.abc import Sequence

from common.contracts.lui import LuiActionRecordedV1
from common.http.bearer import Caller
from common.http.etags import Precondition
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.notices import service as notices
from lui.report_mails import rules
from lui.report_mails.errors import ReportMailNotFound, TooManyReportMails
from lui.report_mails.models import ReportMail, ReportMailRun
from lui.report_mails.repository import ReportMailRepository
from lui.report_mails.schemas import MAX_MAILS, LastMailOut, ReportMailIn, ReportMailOut, ReportMailPatch
from lui.report_mails.service.due import schedule_of
from lui.reports import service as reports
from lui.reports.errors import ReportNotFound, ReportNotYours
from lui.reports.service import Change
from lui.reports.service.library import may_edit as may_edit_report

_ONLY_TO_LOOK_AT = "The report is shared to be looked at, not to be mailed"


async def create_mail(uow: UnitOfWork, report_id: str, asked: ReportMailIn, *, by: Caller) -> ReportMail:
    """Mail a report from now on. Raises ReportNotFound, ReportNotYours, TooManyReportMails, Invalid."""
    report = await reports.get_report(uow, report_id, by=by)
    if not may_edit_report(report, by):
        raise ReportNotYours(_ONLY_TO_LOOK_AT)
    repository = ReportMailRepository(uow.session)
    if await repository.count(report.id) >= MAX_MAILS:
        raise TooManyReportMails(f"{MAX_MAILS} mails are enough for a report: delete one first")
    rules.require_time_zone(asked.time_zone)
    mail = ReportMail(
        id=new_id(),
        report_id=report.id,
        owner_id=report.owner_id,
        owner_name=report.owner_name,
        group_id=report.group_id,
        addresses=rules.checked_addresses(asked.addresses),
        every=asked.every,
        weekday=asked.weekday,
        day=asked.day,
        at=asked.at,
        time_zone=asked.time_zone,
        formats=list(dict.fromkeys(asked.formats)),
        state="active",
        tries=0,
        revision=1,
        created_at=uow.now,
        updated_at=uow.now,
    )
    mail.next_at = rules.following(schedule_of(mail), uow.now)
    repository.add(mail)
    await uow.session.flush()
    _record(uow, "report_mail.create", mail, by=by)
    return mail


async def list_mails(uow: UnitOfWork, report_id: str, *, by: Caller) -> Sequence[ReportMail]:
    """The mails of a report, oldest first. Raises ReportNotFound."""
    report = await reports.get_report(uow, report_id, by=by)
    return await ReportMailRepository(uow.session).of_report(report.id)


async def change_mail(uow: UnitOfWork, change: Change, asked: ReportMailPatch) -> ReportMail:
    """Raises ReportMailNotFound, ReportNotYours, PreconditionFailed, Invalid."""
    mail = await _to_change(uow, change)
    if asked.addresses is not None:
        mail.addresses = rules.checked_addresses(asked.addresses)
    if asked.formats is not None:
        mail.formats = list(dict.fromkeys(asked.formats))
    if asked.time_zone is not None:
        rules.require_time_zone(asked.time_zone)
    for name in ("every", "at", "time_zone", "weekday", "day", "state"):
        wanted = getattr(asked, name)
        if wanted is not None:
            setattr(mail, name, wanted)
    # Nothing that was due under the former schedule is made up for under the new one.
    mail.next_at = rules.following(schedule_of(mail), uow.now) if mail.state == "active" else None
    mail.paused_because, mail.try_at, mail.tries, mail.claim_id = None, None, 0, None
    mail.revision += 1
    mail.updated_at = uow.now
    _record(uow, "report_mail.change", mail, by=change.by)
    return mail


async def delete_mail(uow: UnitOfWork, change: Change) -> None:
    """Mail it no more. Raises ReportMailNotFound, ReportNotYours, PreconditionFailed."""
    mail = await _to_change(uow, change)
    _record(uow, "report_mail.delete", mail, by=change.by)
    await ReportMailRepository(uow.session).remove(mail.id)


async def ask_for(uow: UnitOfWork, mail_id: str, *, by: Caller) -> ReportMail:
    """Send it as soon as possible, beside its schedule. Raises ReportMailNotFound, ReportNotYours."""
    mail = await _to_change(uow, Change(mail_id, Precondition(None), by))
    if mail.asked_at is None:
        mail.asked_at, mail.try_at, mail.tries = uow.now, None, 0
        _record(uow, "report_mail.send", mail, by=by)
    return mail


async def shown_mails(uow: UnitOfWork, mails: Sequence[ReportMail], *, by: Caller) -> list[ReportMailOut]:
    """Mails as `by` sees them, with how they went last."""
    runs = await ReportMailRepository(uow.session).last_runs([mail.id for mail in mails])
    went = await notices.how_they_went(uow, {run.notice_id for run in runs.values() if run.notice_id})
    may_edit = {mail.report_id: False for mail in mails}
    for report_id in may_edit:
        report = await reports.get_report(uow, report_id, by=by)
        may_edit[report_id] = may_edit_report(report, by)
    return [_out(mail, runs.get(mail.id), went, may_edit=may_edit[mail.report_id]) for mail in mails]


async def _to_change(uow: UnitOfWork, change: Change) -> ReportMail:
    mail = await ReportMailRepository(uow.session).get_for_update(change.id) if is_id(change.id) else None
    if mail is None:
        raise ReportMailNotFound("There is no such report mail", mail_id=change.id)
    try:
        report = await reports.get_report(uow, mail.report_id, by=change.by)
    except ReportNotFound as error:
        raise ReportMailNotFound("There is no such report mail", mail_id=change.id) from error
    if not may_edit_report(report, change.by):
        raise ReportNotYours(_ONLY_TO_LOOK_AT)
    change.precondition.require(mail.revision)
    return mail


def _out(
    mail: ReportMail, run: ReportMailRun | None, went: dict[str, notices.HowItWent], *, may_edit: bool
) -> ReportMailOut:
    return ReportMailOut.model_validate(
        {
            "id": mail.id,
            "report_id": mail.report_id,
            "addresses": mail.addresses,
            "every": mail.every,
            "at": mail.at,
            "time_zone": mail.time_zone,
            "weekday": mail.weekday,
            "day": mail.day,
            "formats": mail.formats,
            "state": mail.state,
            "paused_because": mail.paused_because,
            "next_at": mail.next_at,
            "is_asked_for": mail.asked_at is not None,
            "last": None if run is None else _last(run, went.get(run.notice_id or "")),
            "may_edit": may_edit,
            "revision": mail.revision,
            "created_at": mail.created_at,
            "updated_at": mail.updated_at,
        }
    )


def _last(run: ReportMailRun, went: notices.HowItWent | None) -> LastMailOut:
    if run.notice_id is None or went is None:
        state = "failed" if run.problem else "sent"
        return LastMailOut.model_validate(
            {"due_at": run.due_at, "at": run.at, "state": state, "counts": {}, "problem": run.problem}
        )
    counts = dict(went.counts)
    return LastMailOut(
        due_at=run.due_at,
        at=run.at,
        state=rules.state_of(counts, is_settled=went.is_settled, problem=went.problem),
        counts=counts,
        problem=went.problem,
    )


def _record(uow: UnitOfWork, action: str, mail: ReportMail, *, by: Caller) -> None:
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=action,
            target_type="report_mail",
            target_id=mail.id,
            group_id=mail.group_id,
            detail={"report_id": mail.report_id, "addresses": len(mail.addresses), "state": mail.state},
            correlation_id=uow.correlation_id,
        )
    )
