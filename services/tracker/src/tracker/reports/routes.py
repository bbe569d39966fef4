"""Questions about reactions: integrators and lui's browser ask for one delivery, lui itself for several."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from common.contracts.problem import Invalid
from common.http.bearer import CallerDep, requires, service_only
from common.http.problems import problems
from common.http.work import Read
from tracker.reports import service
from tracker.reports.errors import DeliveryNotFound
from tracker.reports.query_schemas import CountIn, CountOut, PageIn, PeopleOut, ReactionsOut, SumsIn, SumsOut
from tracker.reports.rules import Interval
from tracker.reports.schemas import DeliveryReportOut, OverTimeOut, ReportOut

router = APIRouter(prefix="/api/v1/deliveries", tags=["reports"], dependencies=[requires("see_reports")])
internal = APIRouter(prefix="/internal/v1/report", tags=["internal"], dependencies=[service_only("lui")])
questions = APIRouter(prefix="/internal/v1/reports", tags=["internal"], dependencies=[service_only("lui")])

Judged = Annotated[Literal["human"] | None, Query(description="Leave out what was judged a machine.")]
Deliveries = Annotated[list[UUID], Query(alias="delivery_id", max_length=1000)]


def _question(
    interval: Annotated[Interval, Query()],
    time_zone: Annotated[str, Query(max_length=64, description="IANA name.")] = "UTC",
    judged: Judged = None,
) -> service.Question:
    return service.Question(interval=interval, time_zone=time_zone, humans_only=judged == "human")


Question = Annotated[service.Question, Depends(_question)]


@router.get("/{delivery_id}/report", responses=problems(DeliveryNotFound))
async def report_delivery(delivery_id: UUID, read: Read, caller: CallerDep, judged: Judged = None) -> DeliveryReportOut:
    """Sums of one delivery's opens and clicks; every recorded hit counts unless `judged=human`."""
    return await service.report_delivery(read, str(delivery_id), by=caller, humans_only=judged == "human")


@router.get("/{delivery_id}/over-time", responses=problems(DeliveryNotFound, Invalid))
async def report_delivery_over_time(
    delivery_id: UUID, read: Read, caller: CallerDep, question: Question
) -> OverTimeOut:
    """One delivery's opens and clicks by interval of local time, zeros included."""
    return await service.lay_out_delivery(read, str(delivery_id), question, by=caller)


@internal.get("")
async def report_deliveries(delivery_ids: Deliveries, read: Read, judged: Judged = None) -> ReportOut:
    """Sums over the live ones of some deliveries."""
    return await service.report_live(read, [str(each) for each in delivery_ids], humans_only=judged == "human")


@internal.get("/over-time", responses=problems(Invalid))
async def report_deliveries_over_time(delivery_ids: Deliveries, read: Read, question: Question) -> OverTimeOut:
    """Opens and clicks of the live ones of some deliveries by interval of local time, zeros included."""
    return await service.lay_out_live(read, [str(each) for each in delivery_ids], question)


@questions.post("/count", responses=problems(Invalid))
async def count_reactions(asked: CountIn, read: Read) -> CountOut:
    """Sums, and lines when an interval is given, of several sources over the live ones of their deliveries."""
    return await service.count_reactions(read, asked)


@questions.post("/people", responses=problems(Invalid))
async def page_people(asked: PageIn, read: Read) -> PeopleOut:
    """Who reacted, by their numbers; at anonymous which profiles."""
    return await service.page_people(read, asked)


@questions.post("/reactions", responses=problems(Invalid))
async def page_reactions(asked: PageIn, read: Read) -> ReactionsOut:
    """Every single reaction, oldest first."""
    return await service.page_reactions(read, asked)


@questions.post("/sums")
async def sum_deliveries(asked: SumsIn, read: Read) -> SumsOut:
    """Totals of each delivery."""
    return await service.sum_deliveries(read, [str(each) for each in asked.delivery_ids])
