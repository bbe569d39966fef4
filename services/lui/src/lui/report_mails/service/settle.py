"""Writing down what became of a due moment: sent, given up, or put off."""

from common.contracts.lui import LuiActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork
from lui.notices import service as notices
from lui.report_mails import rules
from lui.report_mails.models import ReportMail
from lui.report_mails.repository import ReportMailRepository
from lui.report_mails.service.due import Claimed, schedule_of
from lui.report_mails.service.prepare import Prepared


async def settle(uow: UnitOfWork, claimed: Claimed, prepared: Prepared | str) -> None:
    """What was prepared, or in plain words why a part of the system could not be asked.

    The mail and the note that it was sent are one transaction; whoever lost the claim meanwhile sends nothing.
    """
    repository = ReportMailRepository(uow.session)
    mail = await repository.get_for_update(claimed.mail_id)
    if mail is None or mail.claim_id != claimed.claim_id:
        return
    if isinstance(prepared, str):
        await _put_off(uow, mail, claimed, prepared)
    elif prepared.is_gone:
        await repository.remove(mail.id)
    elif prepared.pause_because is not None or prepared.notice is None:
        await _note(uow, claimed, problem=prepared.pause_because)
        mail.state, mail.paused_because = "paused", prepared.pause_because
        _done(uow, mail, claimed)
        mail.next_at = None
        _record_pause(uow, mail)
    else:
        if await _note(uow, claimed):
            notice_id = await notices.send_notice(uow, prepared.notice)
            await repository.set_notice(claimed.mail_id, claimed.due_at, notice_id)
        _done(uow, mail, claimed)


async def _put_off(uow: UnitOfWork, mail: ReportMail, claimed: Claimed, problem: str) -> None:
    mail.claim_id = None
    mail.try_at = rules.retry_at(mail.tries, uow.now)
    if mail.try_at is None:
        await _note(uow, claimed, problem=problem)
        _done(uow, mail, claimed)


async def _note(uow: UnitOfWork, claimed: Claimed, *, problem: str | None = None) -> bool:
    """Keep the due moment; False when it was dealt with already."""
    row = {
        "mail_id": claimed.mail_id,
        "due_at": claimed.due_at,
        "at": uow.now,
        "notice_id": None,
        "problem": problem,
    }
    return await ReportMailRepository(uow.session).add_run(row)


def _done(uow: UnitOfWork, mail: ReportMail, claimed: Claimed) -> None:
    mail.claim_id, mail.try_at, mail.tries = None, None, 0
    if claimed.is_asked:
        mail.asked_at = None
    else:
        mail.next_at = rules.following(schedule_of(mail), uow.now)


def _record_pause(uow: UnitOfWork, mail: ReportMail) -> None:
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id="service:lui",
            action="report_mail.pause",
            target_type="report_mail",
            target_id=mail.id,
            group_id=mail.group_id,
            detail={"report_id": mail.report_id, "because": mail.paused_because},
            correlation_id=uow.correlation_id,
        )
    )
