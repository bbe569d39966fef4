"""Giving the word, and taking it back."""

from common.http.bearer import Caller
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.clients.mailer import MailerClient
from lui.jobs.authorizing import AuthorizeIn
from lui.jobs.models import Authorization
from lui.jobs.repository import JobRepository
from lui.jobs.rules.steps import NEEDED_FOR_AUTHORIZE
from lui.jobs.service.hand_over import deliver
from lui.jobs.service.load import Edit, LoadedJob, lock_current, lock_job, record
from lui.jobs.service.preflight import cleared
from lui.jobs.service.testing import checked_addresses, require_ready
from lui.jobs.words import Action, Stage
from lui.scheduling.schemas import ScheduleMode


async def authorize(
    uow: UnitOfWork, edit: Edit, asked: AuthorizeIn, mailer: MailerClient, *, list_domain: str
) -> LoadedJob:
    """Freeze the job and let it be sent: at once, at its time, or when triggered.

    Raises JobNotFound, PreconditionFailed when the caller saw an older version, ActionNotAllowed, JobNotReady listing
    what is missing, PreflightFailed listing what is in the way and was not overridden, and Unavailable when mailer
    cannot be asked.
    """
    by = edit.by
    found = await lock_current(uow, edit)
    found.require(Action.AUTHORIZE)
    notify = checked_addresses(asked.notify, pointer="/notify")
    require_ready(found, NEEDED_FOR_AUTHORIZE)
    overridden = (await cleared(uow, found, mailer, asked.override)).overridden
    authorization = _authorization(uow, found, notify, by)
    authorization.overridden = [{"code": problem.code, "detail": problem.detail} for problem in overridden]
    JobRepository(uow.session).add(authorization)
    found.authorization = authorization
    found.job.authorization_id = authorization.id
    found.job.stage_reason = None
    record(uow, "authorize", found.job, by=by.account_id, detail=_said(authorization))
    schedule = found.prepared.schedule
    if schedule is not None and schedule.mode is ScheduleMode.IMMEDIATE:
        await deliver(uow, found, not_before=uow.now, list_domain=list_domain, by=by.account_id)
    else:
        found.job.stage = Stage.WAITING.value
        found.job.due_at = schedule.due_at if schedule else None
        found.touch()
    await uow.session.flush()
    return found


def _said(authorization: Authorization) -> dict[str, str | int | bool | None]:
    taken_on = ",".join(problem["code"] for problem in authorization.overridden)
    return {"digest": authorization.digest, **({"overridden": taken_on} if taken_on else {})}


def _authorization(uow: UnitOfWork, found: LoadedJob, notify: list[str], by: Caller) -> Authorization:
    return Authorization(
        id=new_id(),
        job_id=found.job.id,
        digest=found.prepared.binding(found.job.in_doubt) or "",
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
