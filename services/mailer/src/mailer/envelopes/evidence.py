"""Queries on what recipients and other servers say about envelopes."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.mailer import EnvelopeState
from mailer.envelopes.models import EnvelopeRow
from mailer.envelopes.rules import sources_of

_DELIVERED = text(
    """
SELECT DISTINCT lower(e.address) AS address, d.created_at
  FROM unnest(CAST(:ids AS uuid[]), CAST(:times AS timestamptz[])) AS d(id, created_at)
  JOIN mailer.envelopes e ON e.delivery_id = d.id AND e.created_at = d.created_at
 WHERE e.state = 'sent' AND lower(e.address) = ANY(CAST(:addresses AS text[]))
"""
)


class Seen(NamedTuple):
    """Where an envelope goes and where it stands."""

    address: str
    state: EnvelopeState


async def look_at(session: AsyncSession, delivery_id: str, created_at: datetime, ordinal: int) -> Seen | None:
    """One envelope."""
    row = EnvelopeRow
    query = select(row.address, row.state).where(
        row.delivery_id == delivery_id, row.created_at == created_at, row.ordinal == ordinal
    )
    found = (await session.execute(query)).first()
    return Seen(found.address, EnvelopeState(found.state)) if found else None


async def addresses(
    session: AsyncSession, delivery_id: str, created_at: datetime, ordinals: Sequence[int]
) -> dict[int, str]:
    """Where some envelopes go."""
    row = EnvelopeRow
    query = select(row.ordinal, row.address).where(
        row.delivery_id == delivery_id, row.created_at == created_at, row.ordinal == func.any(list(ordinals))
    )
    return {found.ordinal: found.address for found in await session.execute(query)}


async def mark_complained(
    session: AsyncSession, delivery_id: str, created_at: datetime, ordinal: int, now: datetime
) -> bool:
    """Move an envelope that arrived to `complained`; what a bounce said before stays with it."""
    row = EnvelopeRow
    moved = await session.scalar(
        update(row)
        .where(
            row.delivery_id == delivery_id,
            row.created_at == created_at,
            row.ordinal == ordinal,
            row.state.in_([state.value for state in sources_of(EnvelopeState.COMPLAINED)]),
        )
        .values(state=EnvelopeState.COMPLAINED.value, settled_at=now, next_at=None)
        .returning(row.ordinal)
    )
    return moved is not None


async def delivered(
    session: AsyncSession, deliveries: Sequence[tuple[str, datetime]], addresses: Sequence[str]
) -> list[tuple[str, datetime]]:
    """Which of these addresses (in lower case) got which of these deliveries, named by when they were made."""
    values = {
        "ids": [delivery_id for delivery_id, _ in deliveries],
        "times": [created_at for _, created_at in deliveries],
        "addresses": list(addresses),
    }
    return [(row.address, row.created_at) for row in await session.execute(_DELIVERED, values)]
