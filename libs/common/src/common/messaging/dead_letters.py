"""Messages that could not be handled, kept with the reason until a person decides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, UniqueConstraint, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

_MAX_ERROR = 4_000
KEPT = ("message_id", "subject", "body", "headers")
"""What of a message is kept as it was."""


class DeadLetterMixin:
    """The columns of a service's `dead_letters` table."""

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    consumer: Mapped[str]
    message_id: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    headers: Mapped[dict[str, Any]]
    error: Mapped[str]
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    retry_requested_at: Mapped[datetime | None]
    """Set by an operator; the consumer then tries once more."""

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """One row per message and consumer, and the way to those to be tried again."""
        return (
            UniqueConstraint("consumer", "message_id", name="uq_dead_letters_consumer_message_id"),
            Index("ix_dead_letters_retry", "id", postgresql_where=text("retry_requested_at IS NOT NULL")),
        )


async def bury(session: AsyncSession, table: type[DeadLetterMixin], letter: dict[str, Any]) -> None:
    """Keep a message that was given up; a second failure of the same one replaces the reason."""
    statement = insert(table).values({**letter, "error": letter["error"][:_MAX_ERROR], "retry_requested_at": None})
    replaced = {name: statement.excluded[name] for name in ("error", "attempts", "retry_requested_at")}
    await session.execute(statement.on_conflict_do_update(index_elements=["consumer", "message_id"], set_=replaced))


async def to_retry(
    session: AsyncSession, table: type[DeadLetterMixin], consumer: str, subject: str
) -> DeadLetterMixin | None:
    """One letter of this consumer and subject that someone asked to try again, locked; None when there is none."""
    found = await session.scalars(
        select(table)
        # Durables on the streams of several owners may share a name, never a subject.
        .where(table.consumer == consumer, table.subject == subject, table.retry_requested_at.is_not(None))
        .order_by(table.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return found.one_or_none()


async def awaiting(session: AsyncSession, table: type[DeadLetterMixin]) -> set[tuple[str, str]]:
    """Consumer and subject of every letter that someone asked to try again."""
    found = await session.execute(
        select(table.consumer, table.subject).where(table.retry_requested_at.is_not(None)).distinct()
    )
    return {(consumer, subject) for consumer, subject in found}


async def listed(session: AsyncSession, table: type[DeadLetterMixin]) -> Sequence[DeadLetterMixin]:
    """All letters, oldest first, at most a thousand."""
    found = await session.scalars(select(table).order_by(table.id).limit(1_000))
    return found.all()


async def request_retry(session: AsyncSession, table: type[DeadLetterMixin], letter_id: int, *, at: datetime) -> bool:
    """Ask the running consumer to try a letter again; False when there is no such letter."""
    statement = update(table).where(table.id == letter_id).values(retry_requested_at=at).returning(table.id)
    return (await session.execute(statement)).first() is not None


async def drop(session: AsyncSession, table: type[DeadLetterMixin], letter_id: int) -> bool:
    """Forget a letter for good; False when there is no such letter."""
    return (await session.execute(delete(table).where(table.id == letter_id).returning(table.id))).first() is not None
