"""Rows of statistics: what lui knows of a job's deliveries, and what tracker counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from common.contracts.mailer import EnvelopeState
from common.messaging.unit_of_work import UnitOfWork
from lui.clients.tracker_reports import DeliverySums, Sums, TrackerReportsClient
from lui.deliveries.service.reported import Began, Delivery, newest_live_deliveries, visible_live_deliveries
from lui.jobs.errors import JobNotFound
from lui.jobs.service.reported import Job, Named, Reader, visible_jobs
from lui.reports.rules.periods import bounds_of, days_of, zone_of
from lui.statistics.rules import DELIVERY, TRACKING, Delivered, Reacted, rates_of, summarize
from lui.statistics.schemas import (
    CountedOut,
    DeliveryCountedOut,
    DeliveryRatesOut,
    DeliveryRowOut,
    DeliveryStatisticsOut,
    StatisticsJobOut,
    StatisticsWanted,
    TrackingRatesOut,
    TrackingRowOut,
    TrackingStatisticsOut,
)
from lui.subscriber_pages import service as subscriber_pages

MOST_DELIVERIES = 2_000
_WAITING = (EnvelopeState.QUEUED, EnvelopeState.SENDING, EnvelopeState.DEFERRED)
_UNBOUNCED = (EnvelopeState.SENT, EnvelopeState.COMPLAINED)


@dataclass(frozen=True)
class JobDeliveries:
    """A job with its live deliveries, oldest first, and how many recipients left with them."""

    job: Job
    deliveries: Sequence[Delivery]
    unsubscribed: int

    @property
    def began(self) -> datetime:
        """When the newest of them began."""
        return max(each.started_at or each.requested_at for each in self.deliveries)

    def count(self, *states: EnvelopeState) -> int:
        """Messages in some states."""
        return sum(each.count_by_state[state] for each in self.deliveries for state in states)

    @property
    def recipients(self) -> int:
        """Of all deliveries together."""
        return sum(each.total for each in self.deliveries)

    @property
    def unbounced(self) -> int:
        """Messages that were taken and did not come back."""
        return self.count(*_UNBOUNCED)


@dataclass
class _Period:
    """The period of a statistic as the rules of periods take it."""

    from_: date | None
    to: date | None
    last_days: int | None
    month: str | None = None


@dataclass(frozen=True)
class Basis:
    """The jobs of a statistic, newest first."""

    jobs: Sequence[JobDeliveries]
    at: datetime
    notes: tuple[str, ...]


async def delivered_in(uow: UnitOfWork, wanted: StatisticsWanted, *, by: Reader) -> Basis:
    """Jobs of which a delivery began within a period. Raises Invalid for an unknown time zone."""
    zone = zone_of(wanted.time_zone)
    days = days_of(_Period(wanted.from_, wanted.to, wanted.last_days), today=uow.now.astimezone(zone).date())
    began, named = Began(*bounds_of(days, zone)), Named(wanted.prefix, wanted.search)
    found = await newest_live_deliveries(uow, began, by=by, limit=MOST_DELIVERIES + 1)
    notes = []
    if len(found) > MOST_DELIVERIES:
        found = found[:MOST_DELIVERIES]
        notes.append(f"Only the newest {MOST_DELIVERIES:,} deliveries were looked at: choose a shorter period.")
    by_job: dict[str, list[Delivery]] = {}
    for delivery in reversed(found):
        by_job.setdefault(delivery.job_id, []).append(delivery)
    jobs = await visible_jobs(uow, by_job, by=by, named=named)
    if named == Named() and (gone := len(by_job) - len(jobs)):
        notes.append(f"{gone} deleted job{'s are' if gone > 1 else ' is'} left out.")
    return await _basis(uow, jobs, by_job, tuple(notes))


async def compare_basis(uow: UnitOfWork, job_ids: Sequence[str], *, by: Reader) -> Basis:
    """Chosen jobs. Raises JobNotFound."""
    jobs = await visible_jobs(uow, job_ids, by=by)
    if missing := [each for each in job_ids if each not in jobs]:
        raise JobNotFound("There is no such job", job_id=missing[0])
    sent = await visible_live_deliveries(uow, jobs, by=by)
    notes = [f"“{job.title}” was not sent yet." for job in jobs.values() if not sent[job.id]]
    return await _basis(uow, jobs, sent, tuple(notes))


async def basis_of_deliveries(uow: UnitOfWork, deliveries: Sequence[Delivery], *, by: Reader) -> Basis:
    """Single deliveries, each in a row of its own, in the order given; those of deleted jobs are left out."""
    jobs = await visible_jobs(uow, {each.job_id for each in deliveries}, by=by)
    ended = await subscriber_pages.count_ended_by_delivery(uow, [each.id for each in deliveries])
    rows = [
        JobDeliveries(jobs[each.job_id], [each], ended.get(each.id, 0)) for each in deliveries if each.job_id in jobs
    ]
    return Basis(rows, uow.now, ())


async def _basis(
    uow: UnitOfWork, jobs: dict[str, Job], sent: dict[str, list[Delivery]], notes: tuple[str, ...]
) -> Basis:
    ids = [each.id for job_id in jobs for each in sent[job_id]]
    ended = await subscriber_pages.count_ended_by_delivery(uow, ids)
    rows = [
        JobDeliveries(job, sent[job.id], sum(ended.get(each.id, 0) for each in sent[job.id]))
        for job in jobs.values()
        if sent[job.id]
    ]
    return Basis(sorted(rows, key=lambda row: (row.began, row.job.id), reverse=True), uow.now, notes)


async def tracking_statistics(
    tracker: TrackerReportsClient, basis: Basis, *, judged: str | None
) -> TrackingStatisticsOut:
    """Rates of the jobs, their mean and what they pool to. Raises Unavailable when tracker is away."""
    ids = [each.id for row in basis.jobs for each in row.deliveries]
    sums = await tracker.sums(ids) if ids else Sums(deliveries=[], rules_version=0, as_of=basis.at)
    by_delivery = {each.delivery_id: each for each in sums.deliveries}
    counted = [(row, _Reactions.of(row, by_delivery, is_human=judged == "human")) for row in basis.jobs]
    summary = summarize([each.reacted(row) for row, each in counted], TRACKING)
    return TrackingStatisticsOut(
        rows=[_tracking_row(row, each) for row, each in counted],
        mean=TrackingRatesOut.model_validate(summary.mean),
        pooled=TrackingRatesOut.model_validate(summary.pooled),
        counted=CountedOut.model_validate(summary.counted),
        rules_version=sums.rules_version or None,
        as_of=sums.as_of,
        notes=list(basis.notes),
    )


@dataclass(frozen=True)
class _Reactions:
    opens: int
    clicks: int
    opened: int | None
    clicked: int | None

    @classmethod
    def of(cls, row: JobDeliveries, sums: dict[str, DeliverySums], *, is_human: bool) -> "_Reactions":
        found = [sums[each.id] for each in row.deliveries if each.id in sums]
        prefix = "human_" if is_human else ""
        totals: Counter[str] = Counter()
        unknown = set()
        for each in found:
            for name in ("opens", "clicks", "opened", "clicked"):
                value = getattr(each, prefix + name)
                totals[name] += value or 0
                if value is None:
                    unknown.add(name)
        return cls(
            opens=totals["opens"],
            clicks=totals["clicks"],
            opened=None if "opened" in unknown else totals["opened"],
            clicked=None if "clicked" in unknown else totals["clicked"],
        )

    def reacted(self, row: JobDeliveries) -> Reacted:
        return Reacted(row.unbounced, self.opened, self.clicked, row.unsubscribed)


def _tracking_row(row: JobDeliveries, reactions: _Reactions) -> TrackingRowOut:
    levels = {each.tracking.level for each in row.deliveries}
    return TrackingRowOut(
        job=shown_job(row.job),
        level=levels.pop() if len(levels) == 1 else None,
        deliveries=len(row.deliveries),
        delivered_at=row.began,
        recipients=row.recipients,
        bounced=row.count(EnvelopeState.BOUNCED),
        unbounced=row.unbounced,
        opens=reactions.opens,
        clicks=reactions.clicks,
        opened=reactions.opened,
        clicked=reactions.clicked,
        unsubscribed=row.unsubscribed,
        rates=TrackingRatesOut.model_validate(rates_of(reactions.reacted(row), TRACKING)),
    )


def delivery_statistics(basis: Basis) -> DeliveryStatisticsOut:
    """How deliveries went: rates of the jobs, their mean and what they pool to."""
    summary = summarize([_delivered(row) for row in basis.jobs], DELIVERY)
    return DeliveryStatisticsOut(
        rows=[_delivery_row(row) for row in basis.jobs],
        mean=DeliveryRatesOut.model_validate(summary.mean),
        pooled=DeliveryRatesOut.model_validate(summary.pooled),
        counted=DeliveryCountedOut.model_validate(summary.counted),
        as_of=basis.at,
        notes=list(basis.notes),
    )


def _delivered(row: JobDeliveries) -> Delivered:
    bounced = row.count(EnvelopeState.BOUNCED)
    return Delivered(
        recipients=row.recipients,
        taken=row.unbounced + bounced,
        unbounced=row.unbounced,
        bounced=bounced,
        refused=row.count(EnvelopeState.REFUSED),
        complained=row.count(EnvelopeState.COMPLAINED),
    )


def _delivery_row(row: JobDeliveries) -> DeliveryRowOut:
    delivered = _delivered(row)
    ends = [each.finished_at for each in row.deliveries]
    starts = [each.started_at for each in row.deliveries if each.started_at is not None]
    is_over = bool(starts) and all(end is not None for end in ends)
    last = max((end for end in ends if end is not None), default=None)
    return DeliveryRowOut(
        job=shown_job(row.job),
        deliveries=len(row.deliveries),
        delivered_at=row.began,
        recipients=delivered.recipients,
        taken=delivered.taken,
        unbounced=delivered.unbounced,
        bounced=delivered.bounced,
        refused=delivered.refused,
        suppressed=row.count(EnvelopeState.SUPPRESSED),
        expired=row.count(EnvelopeState.EXPIRED),
        cancelled=row.count(EnvelopeState.CANCELLED),
        complained=delivered.complained,
        in_doubt=row.count(EnvelopeState.IN_DOUBT),
        waiting=row.count(*_WAITING),
        seconds=(last - min(starts)).total_seconds() if is_over and last is not None else None,
        rates=DeliveryRatesOut.model_validate(rates_of(delivered, DELIVERY)),
    )


def shown_job(job: Job) -> StatisticsJobOut:
    """Which job a row is about."""
    return StatisticsJobOut(id=job.id, title=job.title, system_id=job.system_id, stage=job.stage)
