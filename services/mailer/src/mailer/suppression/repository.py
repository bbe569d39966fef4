"""Queries on suppressions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.suppression.models import SuppressionRow


async def add(session: AsyncSession, values: dict[str, Any]) -> bool:
    """Store a suppression; False when one is in force already."""
    statement = insert(SuppressionRow).values(values).on_conflict_do_nothing().returning(SuppressionRow.id)
    return (await session.scalar(statement)) is not None


async def in_force(session: AsyncSession, hashes: Sequence[bytes], group_id: str | None) -> set[bytes]:
    """Which of these addresses a group must not write to."""
    row = SuppressionRow
    found = await session.scalars(
        select(row.address_hash).where(
            row.address_hash == func.any(list(hashes)),
            row.lifted_at.is_(None),
            or_(row.group_id.is_(None), row.group_id == group_id),
        )
    )
    return set(found)


async def page(
    session: AsyncSession, group_id: str | None, after: int, limit: int, *, everything: bool = False
) -> Sequence[SuppressionRow]:
    """Suppressions that concern a group, newest first from the id `after` on (0: from the newest)."""
    row = SuppressionRow
    query = select(row).where(row.lifted_at.is_(None)).order_by(row.id.desc()).limit(limit)
    if not everything:
        query = query.where(or_(row.group_id.is_(None), row.group_id == group_id))
    if after:
        query = query.where(row.id < after)
    return list(await session.scalars(query))
