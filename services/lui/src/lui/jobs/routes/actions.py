"""Testing, authorizing and steering a job over HTTP."""

from fastapi import APIRouter, Response, status

from common.contracts.problem import Unavailable
from common.http.bearer import CallerDep, requires, signed_in
from common.http.etags import IfMatch, PreconditionFailed
from common.http.problems import problems
from common.http.work import Read, Work
from lui.audience.errors import RecipientNotFound
from lui.clients.dependencies import Mailer
from lui.deliveries import service as deliveries
from lui.deliveries.errors import DeliveryOver
from lui.deliveries.schemas import DeliveryOut
from lui.jobs import service
from lui.jobs.authorizing import AuthorizeIn, PreflightOut
from lui.jobs.errors import (
    ActionNotAllowed,
    AuthorizationVoid,
    JobNotFound,
    JobNotReady,
    PreflightFailed,
    TestNotFound,
    TestOutdated,
)
from lui.jobs.routes.shown import ListDomain, answer
from lui.jobs.schemas import JobOut, TestIn
from lui.jobs.words import Action

router = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["jobs"])

_TEST = [requires("create_jobs")]
_STEER = [requires("authorize_jobs")]
_STEERED = problems(JobNotFound, ActionNotAllowed, DeliveryOver)


@router.post(
    "/tests",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=_TEST,
    responses=problems(JobNotFound, JobNotReady, ActionNotAllowed, RecipientNotFound, Unavailable),
)
async def send_test(job_id: str, asked: TestIn, work: Work, caller: CallerDep, list_domain: ListDomain) -> DeliveryOut:
    """Send the message to test addresses, each with the merge data of one recipient."""
    delivery_id = await service.send_test(work, job_id, asked, list_domain=list_domain, by=caller)
    return DeliveryOut.of(await deliveries.get_visible_delivery(work, delivery_id, by=caller))


@router.post(
    "/tests/{delivery_id}/accept",
    dependencies=_TEST,
    responses=problems(JobNotFound, TestNotFound, TestOutdated, ActionNotAllowed),
)
async def accept_test(job_id: str, delivery_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """What the test shows may be sent."""
    found = await service.decide_test(work, job_id, delivery_id, "accepted", by=caller)
    return await answer(work, found, caller, response)


@router.post(
    "/tests/{delivery_id}/reject",
    dependencies=_TEST,
    responses=problems(JobNotFound, TestNotFound, ActionNotAllowed),
)
async def reject_test(job_id: str, delivery_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """What the test shows may not be sent."""
    found = await service.decide_test(work, job_id, delivery_id, "rejected", by=caller)
    return await answer(work, found, caller, response)


@router.post(
    "/authorize",
    dependencies=_STEER,
    responses=problems(
        JobNotFound, PreconditionFailed, ActionNotAllowed, JobNotReady, PreflightFailed, AuthorizationVoid, Unavailable
    ),
)
async def authorize_job(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    job_id: str,
    work: Work,
    caller: CallerDep,
    if_match: IfMatch,
    list_domain: ListDomain,
    mailer: Mailer,
    response: Response,
    asked: AuthorizeIn | None = None,
) -> JobOut:
    """Freeze the job and let it be sent. What the preflight finds is in the way unless `override` names it.

    `If-Match` with the job's tag makes sure that it is what the caller saw.
    """
    edit = service.Edit(job_id, if_match, caller)
    found = await service.authorize(work, edit, asked or AuthorizeIn(), mailer, list_domain=list_domain)
    return await answer(work, found, caller, response)


@router.get("/preflight", dependencies=[signed_in()], responses=problems(JobNotFound, JobNotReady, Unavailable))
async def preflight_job(job_id: str, read: Read, caller: CallerDep, mailer: Mailer) -> PreflightOut:
    """What would be in the way if the job were authorized now: signatures and their records, sizes, policies."""
    return PreflightOut.model_validate(await service.preflight(read, job_id, mailer, by=caller), from_attributes=True)


@router.post("/revoke", dependencies=_STEER, responses=problems(JobNotFound, ActionNotAllowed))
async def revoke_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Back to open, while it waits."""
    return await answer(work, await service.revoke(work, job_id, by=caller), caller, response)


@router.post("/trigger", dependencies=_STEER, responses=problems(JobNotFound, ActionNotAllowed, AuthorizationVoid))
async def trigger_job(
    job_id: str, work: Work, caller: CallerDep, list_domain: ListDomain, response: Response
) -> JobOut:
    """Send a job that waits for this."""
    return await answer(work, await service.trigger(work, job_id, list_domain=list_domain, by=caller), caller, response)


@router.post("/pause", dependencies=_STEER, responses=_STEERED)
async def pause_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Send nothing more for now."""
    return await answer(work, await service.control(work, job_id, Action.PAUSE, by=caller), caller, response)


@router.post("/resume", dependencies=_STEER, responses=_STEERED)
async def resume_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Go on after a pause."""
    return await answer(work, await service.control(work, job_id, Action.RESUME, by=caller), caller, response)


@router.post("/stop", dependencies=_STEER, responses=_STEERED)
async def stop_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Send nothing more for good; the job fails when mailer has stopped."""
    return await answer(work, await service.control(work, job_id, Action.STOP, by=caller), caller, response)


@router.post("/retry", dependencies=_STEER, responses=_STEERED)
async def retry_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Try again what did not get through; nobody gets it twice."""
    return await answer(work, await service.control(work, job_id, Action.RETRY, by=caller), caller, response)


@router.post("/reopen", dependencies=_STEER, responses=problems(JobNotFound, ActionNotAllowed))
async def reopen_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Edit a failed job again."""
    return await answer(work, await service.reopen(work, job_id, by=caller), caller, response)


@router.post("/close", dependencies=_STEER, responses=problems(JobNotFound, ActionNotAllowed))
async def close_job(job_id: str, work: Work, caller: CallerDep, response: Response) -> JobOut:
    """Give a failed job up."""
    return await answer(work, await service.close(work, job_id, by=caller), caller, response)
