"""The sum-of-events report and its course over time: lui's deliveries and links, tracker's counts."""

from dataclasses import dataclass
from datetime import datetime

from common.contracts.lui import TrackingPlanV1
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.clients.tracker import TrackerClient
from lui.deliveries import service as deliveries
from lui.jobs import service as jobs
from lui.reports.rules import links as rules
from lui.reports.schemas.summary import (
    BounceGroupOut,
    BounceReportOut,
    BouncesOut,
    ClicksOut,
    OpensOut,
    OverTimeOut,
    OverTimeWanted,
    ReportOut,
    ReportWanted,
    SeriesOut,
)
from lui.subscriber_pages import service as subscriber_pages

SERIES = ("opens", "clicks html", "clicks text")


@dataclass(frozen=True)
class Basis:
    """What lui itself knows of a job's live deliveries."""

    delivery_ids: tuple[str, ...]
    plans: tuple[TrackingPlanV1, ...]
    bounces: deliveries.BounceSums
    unsubscribed: int
    read_at: datetime


async def read_basis(uow: UnitOfWork, job_id: str, *, by: Caller) -> Basis:
    """Raises JobNotFound when there is no such job, or it is not the caller's to see."""
    job = await jobs.get_visible_job(uow, job_id, by=by)
    live = await deliveries.live_deliveries_of(uow, job.id)
    delivery_ids = tuple(delivery.id for delivery in live)
    return Basis(
        delivery_ids=delivery_ids,
        plans=tuple(delivery.tracking for delivery in live),
        bounces=await deliveries.bounce_sums(uow, delivery_ids),
        unsubscribed=await subscriber_pages.count_ended(uow, delivery_ids),
        read_at=uow.now,
    )


async def sum_events(tracker: TrackerClient, basis: Basis, wanted: ReportWanted) -> ReportOut:
    """Everything counted so far; zeros when nothing was sent yet. Raises Unavailable when tracker is away."""
    bounces = BouncesOut(
        total=basis.bounces.permanent + basis.bounces.temporary,
        permanent=basis.bounces.permanent,
        temporary=basis.bounces.temporary,
        by_class=basis.bounces.by_class,
        complaints=basis.bounces.complaints,
    )
    if not basis.delivery_ids:
        return ReportOut(
            opens=OpensOut(total=0, unique=0),
            clicks=ClicksOut(any=0, html=0, text=0, unique=0),
            by_link=[],
            bounces=bounces,
            unsubscribed=basis.unsubscribed,
            as_of=basis.read_at,
            rules_version=None,
        )
    sums = await tracker.report(basis.delivery_ids, judged=wanted.judged)
    return ReportOut(
        opens=OpensOut.model_validate(sums.opens.model_dump()),
        clicks=ClicksOut.model_validate(sums.clicks.model_dump()),
        by_link=rules.link_rows(basis.plans, sums.by_link),
        bounces=bounces,
        unsubscribed=basis.unsubscribed,
        as_of=sums.as_of,
        rules_version=sums.rules_version,
    )


async def events_over_time(tracker: TrackerClient, basis: Basis, wanted: OverTimeWanted) -> OverTimeOut:
    """Opens and clicks per interval.

    Raises Invalid for an unknown time zone and for too fine an interval, Unavailable when tracker is away.
    """
    rules.require_time_zone(wanted.time_zone)
    if not basis.delivery_ids:
        return OverTimeOut(series=[SeriesOut(name=name, points=[]) for name in SERIES], notes=[])
    found = await tracker.report_over_time(
        basis.delivery_ids, interval=wanted.interval, time_zone=wanted.time_zone, judged=wanted.judged
    )
    return OverTimeOut.model_validate(found.model_dump())


def bounce_report(basis: Basis) -> BounceReportOut:
    """What came back, by class."""
    bounces = basis.bounces
    total = bounces.permanent + bounces.temporary
    return BounceReportOut(
        total=total,
        permanent=bounces.permanent,
        by_class=[
            BounceGroupOut(bounce_class=name, permanent=permanent, count=count, share=round(count / total, 4))
            for name, permanent, count in bounces.groups
        ],
        complaints=bounces.complaints,
        as_of=basis.read_at,
    )
