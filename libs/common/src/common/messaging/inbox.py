"""What a consumer has already done, so that a message delivered twice is handled once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Index, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

_PURGE_ROWS = 5_000


class InboxMixin:
    """The columns of a service's `inbox` table."""

    consumer: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """For the purge."""
        return (Index("ix_inbox_received_at", "received_at"),)


async def claim(
    session: AsyncSession, table: type[InboxMixin], consumer: str, message_ids: Sequence[str], *, at: datetime
) -> set[str]:
    """Those of `message_ids` this consumer has not handled; they count as handled if the transaction commits."""
    if not message_ids:
        return set()
    # Sorted, so that two processes with overlapping batches wait for each other in one direction only.
    rows = [{"consumer": consumer, "message_id": each, "received_at": at} for each in sorted(set(message_ids))]
    claimed = await session.scalars(insert(table).values(rows).on_conflict_do_nothing().returning(table.message_id))
    return set(claimed)


async def purge(session: AsyncSession, table: type[InboxMixin], *, before: datetime) -> int:
    """Forget some of what was handled before an instant; returns how many rows went (0: nothing is left)."""
    old = select(table.consumer, table.message_id).where(table.received_at < before).limit(_PURGE_ROWS).subquery()
    gone = await session.execute(
        delete(table)
        .where(table.consumer == old.c.consumer, table.message_id == old.c.message_id)
        .returning(table.message_id)
    )
    return len(gone.all())
