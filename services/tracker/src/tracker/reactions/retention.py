"""Deleting what is over its time, some of it in every turn, so that nothing else has to wait for long."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_PARTITIONS = text("""
    SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'tracker.reactions'::regclass AND c.relname ~ '^reactions_[0-9]{4}_[0-9]{2}$'
    ORDER BY c.relname
""")
_WITH_OLD = text("""
    SELECT number FROM unnest(CAST(:numbers AS bigint[])) AS number
    WHERE EXISTS (SELECT FROM tracker.reactions WHERE delivery_number = number AND at < :before) LIMIT 20
""")
_DELETE = text("""
    DELETE FROM tracker.reactions
    WHERE delivery_number = ANY(CAST(:numbers AS bigint[])) AND at < :before AND (tableoid, ctid) IN (
        SELECT tableoid, ctid FROM tracker.reactions
        WHERE delivery_number = ANY(CAST(:numbers AS bigint[])) AND at < :before LIMIT :limit
    ) RETURNING 1
""")


class RetentionRepository:
    """Old reactions."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def drop_month(self, last: date) -> str | None:
        """Drop the oldest partition up to this month; returns its name, None: there is none."""
        names = await self._session.scalars(_PARTITIONS)
        oldest = next((name for name in names if name <= f"reactions_{last:%Y_%m}"), None)
        if oldest is not None:
            await self._session.execute(text(f"DROP TABLE tracker.{oldest}"))
        return oldest

    async def with_older(self, numbers: Collection[int], before: datetime) -> Sequence[int]:
        """Some of the deliveries that have reactions from before an instant."""
        return list(await self._session.scalars(_WITH_OLD, {"numbers": sorted(numbers), "before": before}))

    async def delete(self, numbers: Collection[int], before: datetime, *, limit: int) -> int:
        """Delete some reactions of these deliveries from before an instant; returns how many."""
        gone = await self._session.execute(_DELETE, {"numbers": sorted(numbers), "before": before, "limit": limit})
        return len(gone.all())
