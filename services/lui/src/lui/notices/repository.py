"""Queries of notices."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from lui.notices.models import Notice


class NoticeRepository:
    """What lui wrote."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, notice: Notice) -> None:
        """Keep a new one."""
        self._session.add(notice)

    async def get(self, notice_id: str) -> Notice | None:
        """One notice."""
        return await self._session.get(Notice, notice_id)

    async def get_for_update(self, notice_id: str) -> Notice | None:
        """One notice, locked."""
        return await self._session.get(Notice, notice_id, with_for_update=True)

    async def among(self, notice_ids: Collection[str]) -> list[Notice]:
        """Several."""
        return list(await self._session.scalars(select(Notice).where(Notice.id.in_(notice_ids))))

    async def forget(self, *, before: datetime, limit: int) -> int:
        """Forget some old ones; returns how many."""
        old = select(Notice.id).where(Notice.created_at < before).limit(limit).with_for_update(skip_locked=True)
        gone = await self._session.execute(delete(Notice).where(Notice.id.in_(old)).returning(Notice.id))
        return len(gone.all())
