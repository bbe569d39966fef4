"""Queries of settings."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hub.settings.models import Setting


class SettingRepository:
    """Values by place and name."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, setting: Setting) -> None:
        """Keep a setting that nobody touched before."""
        self._session.add(setting)

    async def lock(self) -> None:
        """Wait for whoever else changes settings: two first values of one setting must not collide."""
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext(text("'hub.settings'")))))

    async def of(self, group_id: str | None) -> Sequence[Setting]:
        """What was touched in a place."""
        return (
            await self._session.scalars(select(Setting).where(Setting.group_id.is_not_distinct_from(group_id)))
        ).all()

    async def governing(self, group_id: str | None) -> Sequence[Setting]:
        """What was touched in the installation and, where given, in the group."""
        place = or_(Setting.group_id.is_(None), Setting.group_id == group_id)
        return (await self._session.scalars(select(Setting).where(place))).all()
