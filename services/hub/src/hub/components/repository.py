"""Queries of the register of components."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from hub.components.models import Component

_LIMIT = 1_000


class ComponentRepository:
    """Components by their instance."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store_heartbeat(self, row: dict[str, object]) -> None:
        """Write a heartbeat down, unless a later one of that instance is there already."""
        statement = insert(Component).values(row)
        kept = ("instance_id", "first_seen_at")
        changed = {name: statement.excluded[name] for name in row if name not in kept}
        later = Component.last_seen_at < statement.excluded.last_seen_at
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["instance_id"], set_=changed, where=later)
        )

    async def seen_since(self, instant: datetime) -> Sequence[Component]:
        """Components heard of since an instant, by service, role and start; at most a thousand."""
        order = (Component.component, Component.role, Component.started_at, Component.instance_id)
        query = select(Component).where(Component.last_seen_at >= instant).order_by(*order).limit(_LIMIT)
        return (await self._session.scalars(query)).all()

    async def remove_unseen(self, since: datetime) -> None:
        """Forget components not heard of since an instant."""
        await self._session.execute(delete(Component).where(Component.last_seen_at < since))
