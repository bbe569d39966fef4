"""What lui itself knows of the jobs a question is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from common.contracts.lui import TrackingLevel, TrackingPlanV1
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.audience.service import lookup
from lui.deliveries.service.reported import visible_live_deliveries
from lui.jobs.service.reported import deleted_jobs, visible_jobs
from lui.reports.rules.possible import JobSent, Sent
from lui.reports.schemas.query import ReportJobOut


class Reader(Protocol):
    """Who asks, and what they may do; a caller is one, and so is somebody a report is mailed for."""

    @property
    def account_id(self) -> str:
        """The account."""

    @property
    def group_id(self) -> str | None:
        """Its group."""

    def may(self, right: str) -> bool:
        """Whether they have a right."""


@dataclass(frozen=True)
class SentDelivery:
    """One live delivery."""

    id: str
    snapshot_id: str
    plan: TrackingPlanV1
    columns: tuple[str, ...]


@dataclass(frozen=True)
class ReportedJob:
    """A job, or what its deletion left."""

    id: str
    title: str | None
    system_id: str | None
    deliveries: Sequence[SentDelivery]
    is_deleted: bool
    """Only its name and its deliveries are left, if that."""

    @property
    def name(self) -> str:
        """What people know it by."""
        return self.title or "a deleted job"

    @property
    def sent(self) -> JobSent:
        """As the rules look at it."""
        return JobSent(self.id, self.name, [_sent(each) for each in self.deliveries])

    def shown(self) -> ReportJobOut:
        """As a result names it."""
        levels = [each.plan.level for each in self.deliveries]
        return ReportJobOut(
            id=self.id,
            title=self.title,
            system_id=self.system_id,
            level=levels[-1] if levels else None,
            deleted=self.is_deleted,
        )


def _sent(delivery: SentDelivery) -> Sent:
    plan = delivery.plan
    return Sent(plan.level, plan.opens, plan.links, plan.actions is not None, delivery.columns)


async def read_jobs(uow: UnitOfWork, job_ids: Collection[str], *, by: Reader) -> Mapping[str, ReportedJob]:
    """Jobs by id, in the order asked; one that is not there, or not to be seen, is one that was deleted."""
    wanted = [each for each in dict.fromkeys(job_ids) if is_id(each)]
    jobs = await visible_jobs(uow, wanted, by=by)
    gone = await deleted_jobs(uow, wanted, by=by) if len(jobs) < len(wanted) else {}
    sent = await visible_live_deliveries(uow, wanted, by=by)
    columns: dict[str, tuple[str, ...]] = {}
    found = {}
    for job_id in dict.fromkeys(job_ids):
        deliveries = []
        for delivery in sent.get(job_id, ()):
            plan = delivery.tracking
            if plan.level is TrackingLevel.PERSONAL and delivery.snapshot_id not in columns:
                columns[delivery.snapshot_id] = await lookup.columns_of(uow, delivery.snapshot_id)
            of_recipients = columns.get(delivery.snapshot_id, ())
            shape = of_recipients if plan.level is TrackingLevel.PERSONAL else plan.profile_columns
            deliveries.append(SentDelivery(delivery.id, delivery.snapshot_id, plan, tuple(shape)))
        job = jobs.get(job_id) or gone.get(job_id)
        title, system_id = (job.title, job.system_id) if job else (None, None)
        found[job_id] = ReportedJob(job_id, title, system_id, deliveries, is_deleted=job_id not in jobs)
    return found
