"""Queries of action tags."""

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lui.action_tags.models import ACTION_TAG_NUMBERS, ActionTag


class Viewer(Protocol):
    """Who looks: an account and the group it works in."""

    @property
    def account_id(self) -> str:
        """An account of hub."""

    @property
    def group_id(self) -> str | None:
        """A group of hub."""


class ActionTagRepository:
    """Action tags as rows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, tag: ActionTag) -> None:
        """Keep a new tag."""
        self._session.add(tag)

    async def next_number(self) -> int:
        """A number no other tag has or will have."""
        return int((await self._session.execute(select(ACTION_TAG_NUMBERS.next_value()))).scalar_one())

    async def of(self, by: Viewer, *, limit: int) -> Sequence[ActionTag]:
        """The caller's tags and those of the caller's group, by name."""
        found = select(ActionTag).where(_seen_by(by)).order_by(func.lower(ActionTag.name), ActionTag.number)
        return (await self._session.scalars(found.limit(limit))).all()

    async def visible(self, tag_ids: Collection[str], by: Viewer, *, for_update: bool = False) -> Sequence[ActionTag]:
        """Those of `tag_ids` that the caller may see."""
        found = select(ActionTag).where(ActionTag.id.in_(tag_ids), _seen_by(by)).order_by(ActionTag.number)
        return (await self._session.scalars(found.with_for_update() if for_update else found)).all()

    async def named(self, name: str, by: Viewer) -> ActionTag | None:
        """A tag in use of that name, letter case apart."""
        same = func.lower(ActionTag.name) == name.lower()
        found = select(ActionTag).where(_seen_by(by), same, ActionTag.archived_at.is_(None)).limit(1)
        return await self._session.scalar(found)

    async def count(self, by: Viewer) -> int:
        """How many the caller may see."""
        return int(await self._session.scalar(select(func.count()).select_from(ActionTag).where(_seen_by(by))) or 0)

    async def names(self, numbers: Collection[int]) -> dict[int, str]:
        """The names that belong to numbers, whoever's they are."""
        found = select(ActionTag.number, ActionTag.name).where(ActionTag.number.in_(numbers))
        return {row.number: row.name for row in await self._session.execute(found)}


def _seen_by(by: Viewer) -> ColumnElement[bool]:
    mine = ActionTag.owner_id == by.account_id
    return mine if by.group_id is None else or_(mine, ActionTag.group_id == by.group_id)
