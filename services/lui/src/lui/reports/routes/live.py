"""A job's counters as server-sent events."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.sse import EventSourceResponse

from common.contracts.problem import Unavailable
from common.http.bearer import CallerDep, Unauthenticated, current_caller, requires
from common.http.problems import problems
from lui.deliveries import service as deliveries
from lui.jobs import service as jobs
from lui.jobs.errors import JobNotFound
from lui.reports import service
from lui.reports.schemas.library import LiveOut

router = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["reports"], dependencies=[requires("see_reports")])


async def _visible_id(request: Request, job_id: str, caller: CallerDep) -> str:
    # Not `Read`: its connection would be held for as long as somebody watches.
    async with request.app.state.resources.uow.reader() as uow:
        return (await jobs.get_visible_job(uow, job_id, by=caller)).id


def usual_pace() -> deliveries.Pace:
    """How often the counters are looked at; a dependency, so that tests need not wait."""
    return deliveries.Pace()


VisibleId = Annotated[str, Depends(_visible_id)]
Pace = Annotated[deliveries.Pace, Depends(usual_pace)]


@router.get("/report/live", response_class=EventSourceResponse, responses=problems(JobNotFound))
async def watch_report(request: Request, visible_id: VisibleId, pace: Pace) -> AsyncIterator[LiveOut]:
    """Server-sent events: opens and clicks now, then whenever they moved, once a second at most."""

    async def may_go_on() -> bool:
        return await _may_still_see(request, visible_id)

    units = request.app.state.resources.uow
    async for state in service.watch_job(units, visible_id, may_go_on=may_go_on, pace=pace):
        yield state


async def _may_still_see(request: Request, job_id: str) -> bool:
    request.state.caller = None  # or the answer of the first time would be given again
    try:
        caller = await current_caller(request)
        await _visible_id(request, job_id, caller)
    except (Unauthenticated, JobNotFound):
        return False
    except Unavailable:  # hub cannot be asked at the moment: nobody has signed out either
        return True
    return caller.may("see_reports")
