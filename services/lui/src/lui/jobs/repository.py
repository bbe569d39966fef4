"""Queries of jobs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.lui import DeliveryKind
from lui.jobs.models import Authorization, DeletedJob, Job, JobDay, JobStep, Occurrence
from lui.jobs.words import Stage, Step


@dataclass(frozen=True)
class Viewer:
    """Who looks: an account and the group it works in."""

    account_id: str
    group_id: str | None


@dataclass(frozen=True)
class JobFilter:
    """Which jobs of those that may be seen."""

    stage: Stage | None = None
    title: str | None = None
    """A part of the title, letter case apart."""
    sent: bool | None = None
    """Whether there is a delivery to the recipients."""


class JobRepository:
    """Jobs with their steps, authorizations and occurrences."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Job | JobStep | Authorization | Occurrence) -> None:
        """Keep a new row."""
        self._session.add(row)

    async def next_number(self, day: date) -> int:
        """The number of the next job of a day, starting at 1; waits for others who make a job at the moment."""
        statement = insert(JobDay).values(day=day, last_number=1)
        counted = statement.on_conflict_do_update(
            index_elements=["day"], set_={"last_number": JobDay.last_number + 1}
        ).returning(JobDay.last_number)
        return (await self._session.execute(counted)).scalar_one()

    async def visible(self, job_id: str, viewer: Viewer, *, for_update: bool) -> Job | None:
        """A job of the account or its group."""
        found = select(Job).where(Job.id == job_id, _seen_by(viewer))
        return await self._session.scalar(found.with_for_update() if for_update else found)

    async def locked(self, job_id: str) -> Job | None:
        """Any job, for what lui does by itself."""
        return await self._session.scalar(select(Job).where(Job.id == job_id).with_for_update())

    async def page(self, viewer: Viewer, wanted: JobFilter, *, after: str | None, limit: int) -> list[Job]:
        """Jobs that may be seen, newest first, from the one following `after`."""
        found = select(Job).where(_seen_by(viewer)).order_by(Job.id.desc()).limit(limit)
        if wanted.stage is not None:
            found = found.where(Job.stage == wanted.stage.value)
        if wanted.title:
            found = found.where(func.lower(Job.title).contains(wanted.title.lower(), autoescape=True))
        if wanted.sent is not None:
            live = exists().where(Occurrence.job_id == Job.id, Occurrence.kind == DeliveryKind.LIVE.value)
            found = found.where(live if wanted.sent else ~live)
        if after is not None:
            found = found.where(Job.id < after)
        return list(await self._session.scalars(found))

    async def due(self, now: datetime, *, limit: int) -> list[Job]:
        """Waiting jobs whose time has come; those another process has in hand are left to it."""
        found = (
            select(Job)
            .where(Job.stage == Stage.WAITING.value, Job.due_at <= now)
            .order_by(Job.due_at)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return list(await self._session.scalars(found))

    async def steps(self, job_id: str) -> dict[Step, JobStep]:
        """The steps that are defined."""
        found = await self._session.scalars(select(JobStep).where(JobStep.job_id == job_id))
        return {Step(step.step): step for step in found}

    async def occurrences(self, job_id: str) -> list[Occurrence]:
        """The deliveries the job asked for, newest last."""
        found = (
            select(Occurrence)
            .where(Occurrence.job_id == job_id)
            .order_by(Occurrence.created_at, Occurrence.delivery_id)
        )
        return list(await self._session.scalars(found))

    async def occurrence(self, delivery_id: str) -> Occurrence | None:
        """The occurrence of a delivery."""
        found = select(Occurrence).where(Occurrence.delivery_id == delivery_id)
        return await self._session.scalar(found)

    async def authorization(self, authorization_id: str) -> Authorization | None:
        """An authorization, withdrawn or not."""
        return await self._session.get(Authorization, authorization_id)

    async def remove(self, job: Job, *, at: datetime) -> None:
        """Forget a job with its steps and authorizations; its deliveries stay, and its name for reports about them."""
        kept = {name: getattr(job, name) for name in ("id", "system_id", "title", "owner_id", "group_id")}
        self._session.add(DeletedJob(**kept, deleted_at=at))
        await self._session.execute(delete(Job).where(Job.id == job.id))

    async def used(self, kind: str, ids: Collection[str]) -> set[str]:
        """Those of `ids` (of uploads, snapshots or contents, by `kind`) that a step or a delivery refers to."""
        reference = _REFERENCES[kind]
        found = set(await self._session.scalars(select(reference).where(reference.in_(ids))))
        if kind == "snapshot":
            sent = select(Occurrence.snapshot_id).where(Occurrence.snapshot_id.in_(ids))
            found |= set(await self._session.scalars(sent))
        return found


_REFERENCES: dict[str, ColumnElement[Any]] = {
    "upload": JobStep.settings[("definition", "source", "upload_id")].astext,
    "snapshot": JobStep.settings["snapshot_id"].astext,
    "content": JobStep.settings["content_id"].astext,
}


def _seen_by(viewer: Viewer) -> ColumnElement[bool]:
    mine = Job.owner_id == viewer.account_id
    return mine if viewer.group_id is None else or_(mine, Job.group_id == viewer.group_id)
