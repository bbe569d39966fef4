"""Queries on suppressions and strikes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.suppression.models import StrikeRow, SuppressionRow
from mailer.suppression.rules import searched
from mailer.suppression.schemas import Wanted

# One statement, however many there are: those that end at once are suppressed, the others count as a strike.
_NOTE_FAILURES = text(
    """
WITH failed AS (
  SELECT * FROM unnest(CAST(:addresses AS text[]), CAST(:hashes AS bytea[]), CAST(:classes AS text[]),
                       CAST(:ends AS bool[]), CAST(:evidence AS text[]))
         AS f(address, address_hash, bounce_class, ends, evidence)
), strikes AS (
  INSERT INTO mailer.suppression_strikes (address_hash, delivery_id, group_id, address, bounce_class, mailed_at)
  SELECT address_hash, CAST(:delivery_id AS uuid), CAST(:group_id AS text), address, bounce_class, :mailed_at
    FROM failed WHERE NOT ends
  ON CONFLICT DO NOTHING
)
INSERT INTO mailer.suppressions (group_id, address_hash, address, reason, evidence, since)
SELECT CAST(:group_id AS text), address_hash, address, bounce_class, CAST(evidence AS jsonb), :now
  FROM failed WHERE ends
ON CONFLICT DO NOTHING
RETURNING address
"""
)
_CANDIDATES = text(
    """
WITH fresh AS (
  SELECT DISTINCT address_hash, group_id FROM mailer.suppression_strikes WHERE judged_at IS NULL LIMIT :limit
), judged AS (
  UPDATE mailer.suppression_strikes s SET judged_at = :now FROM fresh f
   WHERE s.address_hash = f.address_hash AND s.group_id IS NOT DISTINCT FROM f.group_id
  RETURNING s.address_hash, s.group_id, s.address, s.mailed_at, s.delivery_id
)
SELECT group_id, min(address) AS address, array_agg(mailed_at ORDER BY mailed_at) AS mailed,
       array_agg(CAST(delivery_id AS text) ORDER BY mailed_at) AS deliveries
  FROM judged GROUP BY address_hash, group_id
"""
)


class Candidate(NamedTuple):
    """An address that failed lately, with every mailing that did."""

    group_id: str | None
    address: str
    mailed: list[datetime]
    deliveries: list[str]


async def add(session: AsyncSession, values: dict[str, Any]) -> SuppressionRow | None:
    """Store a suppression; None when one is in force already."""
    statement = insert(SuppressionRow).values(values).on_conflict_do_nothing().returning(SuppressionRow)
    return (await session.scalars(statement)).first()


async def known(session: AsyncSession, address_hash: bytes, group_id: str | None) -> SuppressionRow | None:
    """The suppression in force for exactly this scope."""
    row = SuppressionRow
    query = select(row).where(
        row.address_hash == address_hash, row.lifted_at.is_(None), row.group_id.is_not_distinct_from(group_id)
    )
    return await session.scalar(query)


async def get_for_update(session: AsyncSession, suppression_id: int) -> SuppressionRow | None:
    """A suppression, locked."""
    return await session.get(SuppressionRow, suppression_id, with_for_update=True)


_IN_FORCE = text(
    "SELECT address_hash FROM mailer.suppressions WHERE address_hash = ANY(CAST(:hashes AS bytea[]))"
    " AND lifted_at IS NULL AND (group_id IS NULL OR group_id = :group_id)"
)


async def in_force(session: AsyncSession, hashes: Sequence[bytes], group_id: str | None) -> set[bytes]:
    """Which of these addresses a group must not write to."""
    # As an array literal: a thousand are asked about with every chunk that is claimed.
    literal = "{" + ",".join([f'"\\\\x{each.hex()}"' for each in hashes]) + "}"
    return set(await session.scalars(_IN_FORCE, {"hashes": literal, "group_id": group_id}))


async def horizon(session: AsyncSession) -> int:
    """The oldest transaction that may still be under way."""
    return int(await session.scalar(text("SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text)")) or 0)


async def page(
    session: AsyncSession, wanted: Wanted, span: tuple[int, int], *, seen_by: str | None, everything: bool = False
) -> Sequence[SuppressionRow]:
    """Suppressions that concern a group, newest first: `span` is the id to go on behind (0: the newest) and a count."""
    after, limit = span
    row = SuppressionRow
    query = _chosen(wanted).order_by(row.id.desc()).limit(limit)
    if not everything:
        query = query.where(or_(row.group_id.is_(None), row.group_id == seen_by))
    if after:
        query = query.where(row.id < after)
    return list(await session.scalars(query))


def _chosen(wanted: Wanted) -> Select[SuppressionRow]:
    row = SuppressionRow
    query = select(row).where(row.lifted_at.is_not(None) if wanted.lifted else row.lifted_at.is_(None))
    if wanted.search:
        query = query.where(func.lower(row.address).startswith(searched(wanted.search), autoescape=True))
    if wanted.reason is not None:
        query = query.where(row.reason == wanted.reason.value)
    if wanted.scope is not None:
        query = query.where(row.group_id.is_(None) if wanted.scope == "global" else row.group_id.is_not(None))
    return query


async def note_failures(session: AsyncSession, values: dict[str, Any]) -> int:
    """Suppress and count strikes; returns how many addresses are newly suppressed."""
    return len((await session.execute(_NOTE_FAILURES, values)).all())


async def judge_some(session: AsyncSession, now: datetime, limit: int) -> list[Candidate]:
    """Addresses with a failure that was not looked at yet; it counts as looked at with this transaction."""
    rows = await session.execute(_CANDIDATES, {"now": now, "limit": limit})
    return [Candidate(row.group_id, row.address, list(row.mailed), list(row.deliveries)) for row in rows]


async def forget_strikes(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove some strikes that are too old to belong to a streak."""
    row = StrikeRow
    old = select(row.address_hash, row.delivery_id).where(row.mailed_at < before).limit(limit).subquery()
    done = await session.execute(
        delete(row).where(row.address_hash == old.c.address_hash, row.delivery_id == old.c.delivery_id)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
