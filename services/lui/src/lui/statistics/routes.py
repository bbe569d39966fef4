"""Statistics, jobs side by side, and message sequences over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from common.contracts.problem import Invalid, Unavailable
from common.http.bearer import CallerDep, requires
from common.http.problems import problems
from common.http.work import Read
from lui.clients.dependencies import TrackerReports
from lui.jobs.errors import JobNotFound
from lui.statistics import service
from lui.statistics.schemas import (
    CompareWanted,
    DeliveryStatisticsOut,
    SequenceOut,
    StatisticsWanted,
    TrackingStatisticsOut,
    TrackingWanted,
)

router = APIRouter(prefix="/api/v1", tags=["statistics"], dependencies=[requires("see_reports")])


@router.get("/statistics/tracking", responses=problems(Invalid, Unavailable))
async def read_tracking_statistics(
    request: Request, caller: CallerDep, tracker: TrackerReports, wanted: Annotated[TrackingWanted, Query()]
) -> TrackingStatisticsOut:
    """What jobs that were delivered in a period came to; the mean is of the jobs' rates."""
    # Not `Read`: its connection would be held while tracker counts.
    async with request.app.state.resources.uow.reader() as uow:
        basis = await service.delivered_in(uow, wanted, by=caller)
    return await service.tracking_statistics(tracker, basis, judged=wanted.judged)


@router.get("/statistics/deliveries", responses=problems(Invalid))
async def read_delivery_statistics(
    read: Read, caller: CallerDep, wanted: Annotated[StatisticsWanted, Query()]
) -> DeliveryStatisticsOut:
    """How the deliveries of a period went."""
    return service.delivery_statistics(await service.delivered_in(read, wanted, by=caller))


@router.get("/jobs/compare", responses=problems(JobNotFound, Unavailable))
async def compare_jobs(
    request: Request, caller: CallerDep, tracker: TrackerReports, wanted: Annotated[CompareWanted, Query()]
) -> TrackingStatisticsOut:
    """Chosen jobs side by side."""
    async with request.app.state.resources.uow.reader() as uow:
        basis = await service.compare_basis(uow, wanted.ids, by=caller)
    return await service.tracking_statistics(tracker, basis, judged=wanted.judged)


@router.get("/jobs/{job_id}/sequence", responses=problems(JobNotFound))
async def read_sequence(job_id: str, read: Read, caller: CallerDep) -> SequenceOut:
    """The message sequence a job belongs to: what it follows, and what follows it."""
    return await service.message_sequence(read, job_id, by=caller)
