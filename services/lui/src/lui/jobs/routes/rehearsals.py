"""Rehearsing a job over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, status

from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from common.http.work import Work
from lui.deliveries import service as deliveries
from lui.deliveries.errors import DeliveryOver, NoRehearsal, RehearsalsBusy
from lui.deliveries.schemas import DeliveryOut
from lui.jobs import service
from lui.jobs.errors import ActionNotAllowed, JobNotFound, JobNotReady
from lui.jobs.routes.shown import ListDomain
from lui.jobs.schemas import RehearsalIn

router = APIRouter(prefix="/api/v1/jobs/{job_id}/rehearsals", tags=["jobs"])

_REHEARSE = [requires("create_jobs")]


def _most_at_once(request: Request) -> int:
    return int(request.app.state.settings.rehearsals_at_once)


@router.post(
    "",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=_REHEARSE,
    responses=problems(JobNotFound, JobNotReady, ActionNotAllowed, RehearsalsBusy),
)
async def rehearse_job(  # noqa: PLR0913, PLR0917 - what FastAPI gives in
    job_id: str,
    work: Work,
    caller: CallerDep,
    list_domain: ListDomain,
    most_at_once: Annotated[int, Depends(_most_at_once)],
    asked: RehearsalIn | None = None,
) -> DeliveryOut:
    """Send the job to all its recipients through the same code, into a receiver of our own: nobody gets anything."""
    wish = service.Rehearsing(asked or RehearsalIn(), list_domain, most_at_once)
    delivery_id = await service.rehearse(work, job_id, wish, by=caller)
    return DeliveryOut.of(await deliveries.get_visible_delivery(work, delivery_id, by=caller))


@router.post(
    "/{delivery_id}/stop",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=_REHEARSE,
    responses=problems(JobNotFound, NoRehearsal, DeliveryOver),
)
async def stop_rehearsal(job_id: str, delivery_id: str, work: Work, caller: CallerDep) -> DeliveryOut:
    """End a rehearsal early; what it saw stays to be looked at."""
    job = await service.get_visible_job(work, job_id, by=caller)
    return DeliveryOut.of(await deliveries.stop_rehearsal(work, job.id, delivery_id, by=caller.account_id))
