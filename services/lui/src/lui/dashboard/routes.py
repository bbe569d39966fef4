"""The dashboard over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, signed_in
from common.http.problems import problems
from lui.clients.dependencies import TrackerReports
from lui.dashboard import service
from lui.dashboard.schemas import DashboardOut

router = APIRouter(prefix="/api/v1", tags=["dashboard"], dependencies=[signed_in()])


@router.get("/dashboard", responses=problems(Invalid))
async def read_dashboard(
    request: Request,
    caller: CallerDep,
    tracker: TrackerReports,
    time_zone: Annotated[str, Query(min_length=1, max_length=64, description="IANA name.")] = "UTC",
    month: Annotated[str | None, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] = None,
) -> DashboardOut:
    """The last four deliveries, thirty days of activity, a month's calendar, and what is due within a week."""
    # Not `Read`: its connection would be held while tracker counts.
    async with request.app.state.resources.uow.reader() as uow:
        basis = await service.read_basis(uow, time_zone=time_zone, month=month, by=caller)
    return await service.dashboard(tracker, basis, by=caller)
