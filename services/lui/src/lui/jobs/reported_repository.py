"""Queries of jobs for reports, statistics and the dashboard: always filtered by who may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lui.jobs.models import DeletedJob, Job, JobStep
from lui.jobs.repository import Viewer
from lui.jobs.words import Stage, Step

_SOURCE = JobStep.settings[("definition", "source")]


@dataclass(frozen=True)
class Named:
    """Which jobs by their names; None does not matter."""

    prefix: str | None = None
    search: str | None = None


@dataclass(frozen=True)
class Follower:
    """A job whose recipients are chosen by how they reacted to another one."""

    job_id: str
    source_job_id: str


class ReportedJobRepository:
    """Jobs as their readers may see them."""

    def __init__(self, session: AsyncSession, viewer: Viewer) -> None:
        self._session = session
        self._seen = _seen_by(viewer, Job)
        self._was_seen = _seen_by(viewer, DeletedJob)

    async def named(self, job_ids: Collection[str], named: Named) -> Sequence[Job]:
        """Those of the jobs that are there and have such a name."""
        found = select(Job).where(Job.id.in_(job_ids), self._seen)
        if named.prefix is not None:
            found = found.where(Job.prefix == named.prefix)
        if named.search:
            found = found.where(func.lower(Job.title).contains(named.search.lower(), autoescape=True))
        return (await self._session.scalars(found)).all()

    async def deleted(self, job_ids: Collection[str]) -> Sequence[DeletedJob]:
        """What is left of those of the jobs that were deleted."""
        found = select(DeletedJob).where(DeletedJob.id.in_(job_ids), self._was_seen)
        return (await self._session.scalars(found)).all()

    async def due(self, *, until: datetime, limit: int) -> Sequence[Job]:
        """Authorized jobs that are due, the next one first; those that wait for a trigger come last."""
        found = (
            select(Job)
            .where(
                self._seen,
                Job.stage.in_([Stage.WAITING.value, Stage.REPEATING.value]),
                or_(Job.due_at < until, Job.due_at.is_(None)),
            )
            .order_by(Job.due_at.nulls_last(), Job.id)
            .limit(limit)
        )
        return (await self._session.scalars(found)).all()

    async def count(self) -> int:
        """How many jobs there are to see."""
        return (await self._session.execute(select(func.count()).select_from(Job).where(self._seen))).scalar_one()

    async def sources_of(self, job_ids: Collection[str]) -> Sequence[Follower]:
        """Which jobs these follow."""
        return await self._links(JobStep.job_id.in_(job_ids))

    async def followers_of(self, job_ids: Collection[str]) -> Sequence[Follower]:
        """Which jobs follow these."""
        return await self._links(_SOURCE["job_id"].astext.in_(job_ids))

    async def _links(self, condition: ColumnElement[bool]) -> Sequence[Follower]:
        found = (
            select(JobStep.job_id, _SOURCE["job_id"].astext)
            .join(Job, Job.id == JobStep.job_id)
            .where(
                JobStep.step == Step.RECIPIENTS.value,
                _SOURCE["type"].astext == "reaction",
                condition,
                self._seen,
            )
            .order_by(JobStep.job_id)
        )
        return [Follower(job_id, source) for job_id, source in await self._session.execute(found) if source]


def _seen_by(viewer: Viewer, kept: type[Job | DeletedJob]) -> ColumnElement[bool]:
    mine = kept.owner_id == viewer.account_id
    return mine if viewer.group_id is None else or_(mine, kept.group_id == viewer.group_id)
