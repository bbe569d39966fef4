"""Facts that a transaction stated, waiting in its own schema until they are published."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Identity, Index, Uuid, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from common.contracts.base import Fact
from common.ids import new_id

_WAITING = text("published_at IS NULL")


MAX_BODY = 1_000_000
"""NATS takes 1 MiB, headers included; what can never leave must not be stated."""


class FactTooLarge(ValueError):
    """A fact carries ids and counts; lists are pulled. This one would never leave."""


class OutboxMixin:
    """The columns of a service's `outbox` table."""

    position: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    """What the message is known by outside; overwriting a waiting row gives it a new one."""
    subject: Mapped[str]
    body: Mapped[str]
    headers: Mapped[dict[str, Any]]
    coalesce_key: Mapped[str | None]
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        """Indexes over what waits only, so that they stay small; and one for the purge."""
        return (
            Index("ix_outbox_waiting", "position", postgresql_where=_WAITING),
            Index("uq_outbox_coalesce_key", "coalesce_key", unique=True, postgresql_where=_WAITING),
            Index("ix_outbox_published_at", "published_at", postgresql_where=text("published_at IS NOT NULL")),
        )


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact as a unit of work stated it."""

    fact: Fact
    coalesce: str | None


def channel(table: type[OutboxMixin]) -> str:
    """The NOTIFY channel that wakes the relay of this outbox."""
    return f"{_schema(table)}_outbox"


async def write(
    session: AsyncSession, table: type[OutboxMixin], stated: Iterable[Stated], *, at: datetime, headers: dict[str, str]
) -> None:
    """Put facts into the outbox within the session's transaction; the relay is woken when it commits."""
    plain, latest = [], {}
    for item in stated:
        row = _row(item, at, headers)
        if item.coalesce is None:
            plain.append(row)
        else:
            latest[item.coalesce] = row
    if plain:
        await session.execute(insert(table), plain)
    # In the order of the keys: two transactions that overwrite the same rows must not wait for each other.
    for _, row in sorted(latest.items()):
        statement = insert(table).values(row)
        replaced = {name: statement.excluded[name] for name in ("id", "subject", "body", "headers", "created_at")}
        await session.execute(
            statement.on_conflict_do_update(index_elements=["coalesce_key"], index_where=_WAITING, set_=replaced)
        )
    if plain or latest:
        await session.execute(select(func.pg_notify(channel(table), "")))


def _row(item: Stated, at: datetime, headers: dict[str, str]) -> dict[str, Any]:
    body = item.fact.model_dump_json()
    if len(body.encode()) > MAX_BODY:
        raise FactTooLarge(f"{item.fact.subject}: more than {MAX_BODY} octets")
    return {
        "id": new_id(),
        "subject": item.fact.subject,
        "body": body,
        "headers": {**headers, "Occurred-At": at.isoformat()},
        "coalesce_key": item.coalesce,
        "created_at": at,
    }


def _schema(table: type[Any]) -> str:
    schema: str = table.__table__.schema
    return schema


async def stated_facts(session: AsyncSession, table: type[OutboxMixin], fact: type[Fact]) -> Sequence[Fact]:
    """Every fact of one kind still in the outbox, published or not, oldest first."""
    bodies = await session.scalars(select(table.body).where(table.subject == fact.subject).order_by(table.position))
    return [fact.model_validate_json(body) for body in bodies]
