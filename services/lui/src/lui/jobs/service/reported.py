"""Jobs as reports, statistics and the dashboard read them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.jobs.models import DeletedJob, Job
from lui.jobs.reported_repository import Follower, Named, ReportedJobRepository
from lui.jobs.repository import Viewer

__all__ = ["Follower", "Job", "Named", "Reader", "count_jobs", "due_jobs", "followed", "visible_jobs"]


class Reader(Protocol):
    """Who looks."""

    @property
    def account_id(self) -> str:
        """The account."""

    @property
    def group_id(self) -> str | None:
        """Its group."""


async def visible_jobs(
    uow: UnitOfWork, job_ids: Collection[str], *, by: Reader, named: Named | None = None
) -> dict[str, Job]:
    """Those of the jobs that are there, may be seen, and have such a name, by id."""
    found = await _jobs(uow, by).named([each for each in job_ids if is_id(each)], named or Named())
    return {job.id: job for job in found}


async def deleted_jobs(uow: UnitOfWork, job_ids: Collection[str], *, by: Reader) -> dict[str, DeletedJob]:
    """What is left of those of the jobs that were deleted and could be seen, by id."""
    found = await _jobs(uow, by).deleted([each for each in job_ids if is_id(each)])
    return {job.id: job for job in found}


async def due_jobs(uow: UnitOfWork, *, by: Reader, until: datetime, limit: int) -> Sequence[Job]:
    """Authorized jobs that are due before an instant or wait for a trigger."""
    return await _jobs(uow, by).due(until=until, limit=limit)


async def count_jobs(uow: UnitOfWork, *, by: Reader) -> int:
    """How many jobs there are to see."""
    return await _jobs(uow, by).count()


async def followed(uow: UnitOfWork, job_ids: Collection[str], *, by: Reader) -> Sequence[Follower]:
    """What these jobs follow, and what follows them, by how recipients reacted."""
    repository = _jobs(uow, by)
    return [*await repository.sources_of(job_ids), *await repository.followers_of(job_ids)]


def _jobs(uow: UnitOfWork, by: Reader) -> ReportedJobRepository:
    return ReportedJobRepository(uow.session, Viewer(by.account_id, by.group_id))
