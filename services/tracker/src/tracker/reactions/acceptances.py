"""When messages were accepted, kept for as long as it says something about who reacts."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_ADD = text("""
    INSERT INTO tracker.acceptances (delivery_number, ordinal, accepted_at)
    SELECT * FROM unnest(CAST(:numbers AS bigint[]), CAST(:ordinals AS bigint[]), CAST(:ats AS timestamptz[]))
    ON CONFLICT DO NOTHING
""")
_WITH_ANY = text("""
    SELECT number FROM unnest(CAST(:numbers AS bigint[])) AS number
    WHERE EXISTS (SELECT FROM tracker.acceptances WHERE delivery_number = number)
""")
_FIND = text("""
    SELECT a.delivery_number, a.ordinal, CAST(extract(epoch FROM a.accepted_at) * 1000 AS bigint)
    FROM unnest(CAST(:numbers AS bigint[]), CAST(:ordinals AS bigint[])) AS k(number, ordinal)
    JOIN tracker.acceptances AS a ON a.delivery_number = k.number AND a.ordinal = k.ordinal
""")
_DROP = text("""
    DELETE FROM tracker.acceptances
    WHERE ctid = ANY(ARRAY(SELECT ctid FROM tracker.acceptances WHERE accepted_at < :before LIMIT :limit))
    RETURNING 1
""")


class AcceptanceRepository:
    """Acceptances by delivery and ordinal."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, accepted: Sequence[tuple[int, int, datetime]]) -> None:
        """Keep `(delivery, ordinal, at)`; the first one of a message holds."""
        if accepted:
            numbers, ordinals, ats = map(list, zip(*sorted(accepted), strict=True))
            await self._session.execute(_ADD, {"numbers": numbers, "ordinals": ordinals, "ats": ats})

    async def deliveries(self, numbers: Collection[int]) -> set[int]:
        """Those of the deliveries of which any acceptance is kept."""
        if not numbers:
            return set()
        return set(await self._session.scalars(_WITH_ANY, {"numbers": sorted(numbers)}))

    async def find(self, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """When messages were accepted, in milliseconds since 1970, by delivery and ordinal."""
        if not keys:
            return {}
        numbers, ordinals = map(list, zip(*sorted(keys), strict=True))
        rows = await self._session.execute(_FIND, {"numbers": numbers, "ordinals": ordinals})
        return {(row[0], row[1]): row[2] for row in rows}

    async def drop(self, *, before: datetime, limit: int) -> int:
        """Delete some that are older; returns how many."""
        gone = await self._session.execute(_DROP, {"before": before, "limit": limit})
        return len(gone.all())
