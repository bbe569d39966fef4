"""The first page, from what lui itself knows; opens and clicks are tracker's, and it does without them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from common.contracts.problem import Unavailable
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from lui.clients.tracker_reports import Asked, AskedSource, TrackerReportsClient
from lui.dashboard import rules
from lui.dashboard.schemas import (
    ActivityOut,
    ActivityPointOut,
    CalendarDayOut,
    DashboardOut,
    LastDeliveryOut,
    UpcomingOut,
)
from lui.deliveries.service.reported import Began, Delivery, newest_live_deliveries
from lui.jobs.service.reported import Job, count_jobs, due_jobs, visible_jobs
from lui.reports.rules.periods import last_of_month, midnight, zone_of
from lui.statistics import service as statistics

LAST = 4
ACTIVE_DAYS = 30
UPCOMING = timedelta(days=7)
_MOST_DUE = 200
_MOST_SENT = 2_000


@dataclass(frozen=True)
class Basis:
    """What lui itself knows."""

    now: datetime
    zone: ZoneInfo
    month: date
    last: Sequence[Delivery]
    active: Sequence[Delivery]
    """Whose reactions of the last thirty days are counted."""
    in_month: Sequence[Delivery]
    jobs: dict[str, Job]
    rows: statistics.Basis
    due: Sequence[Job]
    jobs_total: int

    @property
    def today(self) -> date:
        """Where the reader is."""
        return self.now.astimezone(self.zone).date()

    @property
    def first_day(self) -> date:
        """The first of the thirty days."""
        return self.today - timedelta(days=ACTIVE_DAYS - 1)


async def read_basis(uow: UnitOfWork, *, time_zone: str, month: str | None, by: Caller) -> Basis:
    """Raises Invalid for an unknown time zone."""
    zone = zone_of(time_zone)
    today = uow.now.astimezone(zone).date()
    first = date.fromisoformat(f"{month}-01") if month else today.replace(day=1)
    end = midnight(last_of_month(first) + timedelta(days=1), zone)
    last = await newest_live_deliveries(uow, Began(), by=by, limit=LAST)
    active = await newest_live_deliveries(uow, Began(), by=by, limit=_MOST_SENT)
    in_month = await newest_live_deliveries(uow, Began(midnight(first, zone), end), by=by, limit=_MOST_SENT)
    due = await due_jobs(uow, by=by, until=max(uow.now + UPCOMING, end), limit=_MOST_DUE)
    jobs = await visible_jobs(uow, {each.job_id for each in (*last, *in_month)}, by=by)
    return Basis(
        now=uow.now,
        zone=zone,
        month=first,
        last=[each for each in last if each.job_id in jobs],
        active=active,
        in_month=in_month,
        jobs=jobs,
        rows=await statistics.basis_of_deliveries(uow, last, by=by),
        due=due,
        jobs_total=await count_jobs(uow, by=by),
    )


async def dashboard(tracker: TrackerReportsClient, basis: Basis, *, by: Caller) -> DashboardOut:
    """Everything of the first page; without tracker, or without the right, it lacks opens and clicks."""
    notes: list[str] = []
    reactions: dict[str, Counter[date]] | None = None
    numbers = None
    if by.may("see_reports"):
        try:
            reactions = await _reactions(tracker, basis)
            numbers = await statistics.tracking_statistics(tracker, basis.rows, judged=None)
        except Unavailable:
            notes.append("Opens and clicks are not to be had at the moment.")
    by_delivery = {row.deliveries[0].id: row for row in basis.rows.jobs}
    rows = dict(zip(by_delivery, numbers.rows, strict=True)) if numbers is not None else {}
    return DashboardOut(
        last_deliveries=[
            LastDeliveryOut(
                delivery_id=each.id,
                state=each.state,
                job=statistics.shown_job(basis.jobs[each.job_id]),
                started_at=each.started_at or each.requested_at,
                recipients=each.total,
                numbers=rows.get(each.id),
            )
            for each in basis.last
        ],
        activity=ActivityOut(time_zone=basis.zone.key, points=_activity(basis, reactions)),
        calendar=_calendar(basis),
        month=basis.month.strftime("%Y-%m"),
        upcoming=[
            UpcomingOut(job=statistics.shown_job(job), at=job.due_at)
            for job in basis.due
            if job.due_at is None or job.due_at <= basis.now + UPCOMING
        ],
        jobs_total=basis.jobs_total,
        as_of=basis.now,
        notes=notes,
    )


async def _reactions(tracker: TrackerReportsClient, basis: Basis) -> dict[str, Counter[date]]:
    found: dict[str, Counter[date]] = {"opens": Counter(), "clicks": Counter()}
    if not basis.active:
        return found
    ids = [each.id for each in basis.active]
    asked = Asked(
        sources=[AskedSource(event=event, delivery_ids=ids) for event in found],
        start=midnight(basis.first_day, basis.zone),
        end=midnight(basis.today + timedelta(days=1), basis.zone),
    )
    counted = await tracker.count(asked, time_zone=basis.zone.key, interval="day", count="total")
    for event, source in zip(found, counted.sources, strict=True):
        for start, count in source.points:
            found[event][start.astimezone(basis.zone).date()] += count
    return found


def _activity(basis: Basis, reactions: dict[str, Counter[date]] | None) -> list[ActivityPointOut]:
    sent: Counter[date] = Counter()
    for each in basis.active:
        began = each.started_at or each.requested_at
        sent[began.astimezone(basis.zone).date()] += rules.taken(each.count_by_state)
    days = [basis.first_day + timedelta(days=at) for at in range(ACTIVE_DAYS)]
    return [
        ActivityPointOut(
            day=day,
            sent=sent[day],
            opens=None if reactions is None else reactions["opens"][day],
            clicks=None if reactions is None else reactions["clicks"][day],
        )
        for day in days
    ]


def _calendar(basis: Basis) -> list[CalendarDayOut]:
    entries = [
        rules.Entry(each.job_id, basis.jobs[each.job_id].title, each.started_at or each.requested_at, each.finished_at)
        for each in basis.in_month
        if each.job_id in basis.jobs
    ]
    due = [rules.Entry(job.id, job.title, job.due_at, None, is_due=True) for job in basis.due if job.due_at]
    return rules.calendar([*entries, *due], basis.month, basis.zone)
