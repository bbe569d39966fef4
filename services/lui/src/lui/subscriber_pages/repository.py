"""Queries of ended subscriptions."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.lui import SubscriptionEndedV1
from lui.subscriber_pages.models import EndedSubscription


class EndedSubscriptionRepository:
    """Ended subscriptions as rows: at most one per envelope."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def has(self, delivery_id: str, ordinal: int) -> bool:
        """Whether this recipient of this delivery unsubscribed already."""
        query = select(EndedSubscription.ordinal).where(
            EndedSubscription.delivery_id == delivery_id, EndedSubscription.ordinal == ordinal
        )
        return (await self._session.execute(query)).first() is not None

    async def count(self, delivery_ids: Collection[str]) -> int:
        """How many recipients of these deliveries unsubscribed."""
        query = select(func.count()).where(EndedSubscription.delivery_id.in_(delivery_ids))
        return (await self._session.execute(query)).scalar_one()

    async def counts(self, delivery_ids: Collection[str]) -> dict[str, int]:
        """How many recipients of each of these deliveries unsubscribed."""
        query = (
            select(EndedSubscription.delivery_id, func.count())
            .where(EndedSubscription.delivery_id.in_(delivery_ids))
            .group_by(EndedSubscription.delivery_id)
        )
        return {row[0]: row[1] for row in await self._session.execute(query)}

    async def store(self, fact: SubscriptionEndedV1) -> bool:
        """Keep it; False when it was there already."""
        row = insert(EndedSubscription).values(
            delivery_id=fact.delivery_id,
            ordinal=fact.ordinal,
            group_id=fact.group_id,
            reason=fact.reason,
            ended_at=fact.at,
        )
        kept = await self._session.execute(row.on_conflict_do_nothing().returning(EndedSubscription.ordinal))
        return kept.first() is not None
