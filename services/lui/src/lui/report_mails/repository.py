"""Queries of report mails."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lui.report_mails.models import ReportMail, ReportMailRun


class ReportMailRepository:
    """Mails of saved reports, and their due moments."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, mail: ReportMail) -> None:
        """Keep a new one."""
        self._session.add(mail)

    async def get(self, mail_id: str) -> ReportMail | None:
        """One."""
        return await self._session.get(ReportMail, mail_id)

    async def get_for_update(self, mail_id: str) -> ReportMail | None:
        """One, as it is now, locked."""
        return await self._session.get(ReportMail, mail_id, with_for_update=True, populate_existing=True)

    async def of_report(self, report_id: str) -> list[ReportMail]:
        """Those of a report, oldest first."""
        found = select(ReportMail).where(ReportMail.report_id == report_id).order_by(ReportMail.id)
        return list(await self._session.scalars(found))

    async def count(self, report_id: str) -> int:
        """How many a report has."""
        found = select(func.count()).select_from(ReportMail).where(ReportMail.report_id == report_id)
        return int(await self._session.scalar(found) or 0)

    async def due(self, now: datetime) -> ReportMail | None:
        """One whose time has come, or that somebody asked for, and that nobody else prepares."""
        found = (
            select(ReportMail)
            .where(or_(ReportMail.asked_at.is_not(None), ReportMail.next_at <= now))
            .where(or_(ReportMail.try_at.is_(None), ReportMail.try_at <= now))
            .order_by(func.coalesce(ReportMail.asked_at, ReportMail.next_at))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return await self._session.scalar(found)

    async def remove(self, mail_id: str) -> None:
        """Forget one, with its due moments."""
        await self._session.execute(delete(ReportMail).where(ReportMail.id == mail_id))

    async def add_run(self, values: dict[str, Any]) -> bool:
        """Keep a due moment; False when it was there already."""
        statement = insert(ReportMailRun).values(values).on_conflict_do_nothing().returning(ReportMailRun.mail_id)
        return await self._session.scalar(statement) is not None

    async def set_notice(self, mail_id: str, due_at: datetime, notice_id: str) -> None:
        """What was sent at a due moment."""
        run = update(ReportMailRun).where(ReportMailRun.mail_id == mail_id, ReportMailRun.due_at == due_at)
        await self._session.execute(run.values(notice_id=notice_id))

    async def last_runs(self, mail_ids: Collection[str]) -> dict[str, ReportMailRun]:
        """The newest run of each."""
        found = (
            select(ReportMailRun)
            .where(ReportMailRun.mail_id.in_(mail_ids))
            .ext(distinct_on(ReportMailRun.mail_id))
            .order_by(ReportMailRun.mail_id, ReportMailRun.at.desc())
        )
        return {run.mail_id: run for run in await self._session.scalars(found)}

    async def forget_runs(self, *, before: datetime, limit: int) -> int:
        """Forget some old due moments; returns how many."""
        old = (
            select(ReportMailRun.mail_id, ReportMailRun.due_at).where(ReportMailRun.at < before).limit(limit).subquery()
        )
        gone = await self._session.execute(
            delete(ReportMailRun)
            .where(ReportMailRun.mail_id == old.c.mail_id, ReportMailRun.due_at == old.c.due_at)
            .returning(ReportMailRun.mail_id)
        )
        return len(gone.all())
