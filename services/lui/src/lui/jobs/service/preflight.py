"""Asking mailer whether a job can go, before somebody gives the word."""

from collections.abc import Collection

from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.clients.mailer import MailerClient
from lui.clients.mailer_preflight import Preflight
from lui.jobs.errors import PreflightFailed
from lui.jobs.rules.clearance import Clearance, clearance
from lui.jobs.service.hand_over import untouched_content
from lui.jobs.service.load import LoadedJob, load_job
from lui.jobs.service.testing import require_ready
from lui.jobs.words import Step

NEEDED_FOR_PREFLIGHT = (Step.RECIPIENTS, Step.CONTENT, Step.SENDER)


async def preflight(uow: UnitOfWork, job_id: str, mailer: MailerClient, *, by: Caller) -> Preflight:
    """What is in the way of the job as it is now. Raises JobNotFound, JobNotReady, Unavailable."""
    found = await load_job(uow, job_id, by=by)
    require_ready(found, NEEDED_FOR_PREFLIGHT)
    return await _asked(uow, found, mailer)


async def cleared(uow: UnitOfWork, found: LoadedJob, mailer: MailerClient, override: Collection[str]) -> Clearance:
    """The problems that were overridden. Raises PreflightFailed naming those that were not, and Unavailable."""
    result = clearance((await _asked(uow, found, mailer)).problems, override)
    if result.left:
        named = "; ".join(problem.detail for problem in result.left)
        left = [problem.model_dump() for problem in result.left]
        raise PreflightFailed(f"The job cannot be sent like this: {named}", problems=left)
    return result


async def _asked(uow: UnitOfWork, found: LoadedJob, mailer: MailerClient) -> Preflight:
    content = await untouched_content(uow, found)
    return await mailer.preflight(found.prepared.preview_document(content, at=uow.now, list_id=found.job.id))
