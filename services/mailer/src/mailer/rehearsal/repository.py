"""Queries on rehearsals."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from mailer.rehearsal.models import RehearsalRow, RehearsalSampleRow


class RehearsalRepository:
    """Bound to a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, values: dict[str, Any]) -> None:
        """Store a rehearsal; one that is known stays as it is."""
        await self._session.execute(insert(RehearsalRow).values(values).on_conflict_do_nothing())

    async def get(self, delivery_id: str) -> RehearsalRow | None:
        """A rehearsal."""
        return await self._session.get(RehearsalRow, delivery_id)

    async def count(self, delivery_id: str, answers: Mapping[str, int]) -> bool:
        """Add to how often each answer was given, locking the rehearsal; false when there is none."""
        row = await self._session.get(RehearsalRow, delivery_id, with_for_update=True, populate_existing=True)
        if row is None:
            return False
        row.answers = {word: row.answers.get(word, 0) + answers.get(word, 0) for word in {*row.answers, *answers}}
        return True

    async def add_samples(self, delivery_id: str, rows: Sequence[dict[str, Any]]) -> None:
        """Store messages; one that is there stays as it is."""
        values = [{"delivery_id": delivery_id, **row} for row in rows]
        await self._session.execute(insert(RehearsalSampleRow).values(values).on_conflict_do_nothing())

    async def samples(self, delivery_id: str) -> Sequence[RehearsalSampleRow]:
        """The messages that are kept, lowest rank first, without their octets."""
        row = RehearsalSampleRow
        return (await self._session.scalars(select(row).where(row.delivery_id == delivery_id).order_by(row.rank))).all()

    async def sample(self, delivery_id: str, number: int) -> RehearsalSampleRow | None:
        """The message at a place of that list, from 1, with its octets."""
        row = RehearsalSampleRow
        query = (
            select(row)
            .where(row.delivery_id == delivery_id)
            .order_by(row.rank)
            .offset(number - 1)
            .limit(1)
            .options(undefer(row.data))
        )
        return await self._session.scalar(query)

    async def drop_samples(self, delivery_id: str, ranks: Sequence[int]) -> None:
        """Forget messages that others outrank."""
        row = RehearsalSampleRow
        await self._session.execute(delete(row).where(row.delivery_id == delivery_id, row.rank.in_(ranks)))

    async def forget(self, before: datetime) -> None:
        """Remove what rehearsals saw that were asked for before an instant, samples with them."""
        await self._session.execute(delete(RehearsalRow).where(RehearsalRow.created_at < before))
