"""Giving the word, and taking it back."""

from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.jobs.models import Authorization
from lui.jobs.repository import JobRepository
from lui.jobs.rules.steps import NEEDED_FOR_AUTHORIZE
from lui.jobs.schemas import AuthorizeIn
from lui.jobs.service.hand_over import deliver, untouched_content
from lui.jobs.service.load import Edit, LoadedJob, lock_current, lock_job, record
from lui.jobs.service.testing import checked_addresses, require_ready
from lui.jobs.words import Action, Stage
from lui.scheduling.schemas import ScheduleMode


async def authorize(uow: UnitOfWork, edit: Edit, asked: AuthorizeIn, *, list_domain: str) -> LoadedJob:
    """Freeze the job and let it be sent: at once, at its time, or when triggered.

    Raises JobNotFound, PreconditionFailed when the caller saw an older version, ActionNotAllowed, and JobNotReady
    listing what is missing.
    """
    by = edit.by
    found = await lock_current(uow, edit)
    found.require(Action.AUTHORIZE)
    notify = checked_addresses(asked.notify, pointer="/notify")
    require_ready(found, NEEDED_FOR_AUTHORIZE)
    await untouched_content(uow, found)
    authorization = _authorization(uow, found, notify, by)
    JobRepository(uow.session).add(authorization)
    found.authorization = authorization
    found.job.authorization_id = authorization.id
    found.job.stage_reason = None
    record(uow, "authorize", found.job, by=by.account_id, detail={"digest": authorization.digest})
    schedule = found.prepared.schedule
    if schedule is not None and schedule.mode is ScheduleMode.IMMEDIATE:
        await deliver(uow, found, not_before=uow.now, list_domain=list_domain, by=by.account_id)
    else:
        found.job.stage = Stage.WAITING.value
        found.job.due_at = schedule.due_at if schedule else None
        found.touch()
    await uow.session.flush()
    return found


def _authorization(uow: UnitOfWork, found: LoadedJob, notify: list[str], by: Caller) -> Authorization:
    return Authorization(
        id=new_id(),
        job_id=found.job.id,
        digest=found.prepared.binding() or "",
        authorized_by=by.account_id,
        authorized_by_name=by.account_name,
        authorized_at=uow.now,
        notify=notify,
    )


async def revoke(uow: UnitOfWork, job_id: str, *, by: Caller) -> LoadedJob:
    """Back to open, as if it had never been authorized. Raises JobNotFound, ActionNotAllowed."""
    return await _open_again(uow, job_id, Action.REVOKE, by)


async def reopen(uow: UnitOfWork, job_id: str, *, by: Caller) -> LoadedJob:
    """Edit a failed job again; sending it needs a new authorization. Raises JobNotFound, ActionNotAllowed."""
    return await _open_again(uow, job_id, Action.REOPEN, by)


async def _open_again(uow: UnitOfWork, job_id: str, action: Action, by: Caller) -> LoadedJob:
    found = await lock_job(uow, job_id, by=by)
    found.require(action)
    if found.authorization is not None:
        found.authorization.withdrawn_at = uow.now
    found.authorization = None
    found.job.authorization_id = None
    found.job.stage, found.job.due_at, found.job.stage_reason = Stage.OPEN.value, None, None
    found.touch()
    record(uow, action.value, found.job, by=by.account_id)
    return found
