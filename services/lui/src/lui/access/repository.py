"""Queries of known accounts."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from lui.access.models import KnownAccount


class KnownAccountRepository:
    """What hub stated of its accounts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def keep_newest(self, state: dict[str, Any]) -> None:
        """Keep a state unless a newer one is kept already."""
        statement = insert(KnownAccount).values(state)
        newer = {name: statement.excluded[name] for name in state if name != "account_id"}
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["account_id"], set_=newer, where=KnownAccount.revision < statement.excluded.revision
            )
        )

    async def names(self, account_ids: Collection[str]) -> dict[str, str]:
        """The present names of those accounts that are known."""
        found = select(KnownAccount.account_id, KnownAccount.name).where(KnownAccount.account_id.in_(account_ids))
        return {row.account_id: row.name for row in await self._session.execute(found)}
