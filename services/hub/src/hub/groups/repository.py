"""Queries of groups."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.groups.models import Group


class GroupRepository:
    """Groups by id and by the form of their name that is compared."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def with_key(self, name_key: str) -> Group | None:
        """The group of that name."""
        return await self._session.scalar(select(Group).where(Group.name_key == name_key))

    async def add_unless_present(self, group_id: str, name: str, name_key: str, at: datetime) -> None:
        """Make the group; when another transaction made one of that name first, that one stays."""
        row = {"id": group_id, "name": name, "name_key": name_key, "created_at": at}
        await self._session.execute(insert(Group).values(row).on_conflict_do_nothing(index_elements=["name_key"]))

    async def with_ids(self, group_ids: Collection[str]) -> Sequence[Group]:
        """The groups of those ids, in no order."""
        return (await self._session.scalars(select(Group).where(Group.id.in_(group_ids)))).all()

    async def page(self, *, after: str | None, limit: int) -> Sequence[Group]:
        """Groups in the order of their names, from the one after the key `after`."""
        query = select(Group).order_by(Group.name_key).limit(limit)
        if after is not None:
            query = query.where(Group.name_key > after)
        return (await self._session.scalars(query)).all()
