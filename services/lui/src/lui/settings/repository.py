"""Queries of known settings."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lui.settings.models import KnownSetting


class KnownSettingRepository:
    """What hub stated of its settings."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep_newest(self, state: dict[str, Any]) -> None:
        """Keep a value unless a newer one is kept already."""
        statement = insert(KnownSetting).values(state)
        newer = {name: statement.excluded[name] for name in state if name not in {"place", "name"}}
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["place", "name"], set_=newer, where=KnownSetting.revision < statement.excluded.revision
            )
        )

    async def of(self, places: Collection[str]) -> Sequence[KnownSetting]:
        """Every setting known of these places."""
        return (await self._session.scalars(select(KnownSetting).where(KnownSetting.place.in_(places)))).all()
