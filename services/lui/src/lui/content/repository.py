"""Queries of contents."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer_group

from lui.content.models import Content


class ContentRepository:
    """Contents; their parts are loaded only where they are asked for."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, content: Content) -> None:
        """Keep a new content."""
        self._session.add(content)

    async def get(self, content_id: str) -> Content | None:
        """A content without its parts."""
        return await self._session.get(Content, content_id)

    async def whole(self, content_id: str) -> Content | None:
        """A content with its parts, as the database has it now."""
        found = select(Content).where(Content.id == content_id).options(undefer_group("parts"))
        return await self._session.scalar(found.execution_options(populate_existing=True))

    async def old(self, *, before: datetime, after: str | None, limit: int) -> Sequence[str]:
        """Ids of contents made before an instant, in order, from the one following `after`."""
        found = select(Content.id).where(Content.created_at < before).order_by(Content.id).limit(limit)
        return (await self._session.scalars(found if after is None else found.where(Content.id > after))).all()

    async def remove(self, content_ids: Collection[str]) -> None:
        """Forget contents."""
        await self._session.execute(delete(Content).where(Content.id.in_(content_ids)))
