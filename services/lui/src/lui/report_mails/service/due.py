"""Taking up what is due, so that nobody else does at the same time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.report_mails import rules
from lui.report_mails.models import ReportMail
from lui.report_mails.repository import ReportMailRepository

LEASE = timedelta(minutes=5)
"""Longer than preparing takes; then another process may take it up."""
_KEPT = timedelta(days=400)
_FORGOTTEN_AT_ONCE = 500


@dataclass(frozen=True)
class Claimed:
    """A due moment in hand."""

    mail_id: str
    claim_id: str
    report_id: str
    owner_id: str
    due_at: datetime
    is_asked: bool
    """Because somebody wanted it, not because it was due."""
    at: datetime
    schedule: rules.Schedule
    addresses: tuple[str, ...]
    formats: tuple[str, ...]


async def claim_due(uow: UnitOfWork) -> Claimed | None:
    """Take up one that is due, or that somebody asked for; of several that were missed the last one."""
    mail = await ReportMailRepository(uow.session).due(uow.now)
    if mail is None:
        return None
    mail.claim_id, mail.try_at = new_id(), uow.now + LEASE
    mail.tries += 1
    schedule = schedule_of(mail)
    due_at = mail.asked_at if mail.asked_at is not None else rules.latest(schedule, uow.now)
    return Claimed(
        mail.id,
        mail.claim_id,
        mail.report_id,
        mail.owner_id,
        due_at,
        mail.asked_at is not None,
        uow.now,
        schedule,
        tuple(mail.addresses),
        tuple(mail.formats),
    )


def schedule_of(mail: ReportMail) -> rules.Schedule:
    """When it is due."""
    return rules.Schedule(rules.as_every(mail.every), mail.at, mail.time_zone, mail.weekday, mail.day)


async def forget_runs(uow: UnitOfWork) -> bool:
    """Forget some due moments of long ago; returns whether there may be more."""
    repository = ReportMailRepository(uow.session)
    return await repository.forget_runs(before=uow.now - _KEPT, limit=_FORGOTTEN_AT_ONCE) == _FORGOTTEN_AT_ONCE
