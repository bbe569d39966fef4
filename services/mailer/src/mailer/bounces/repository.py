"""Queries on what came back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.bounces.models import BounceRow, ReportRow, SourceRow, WatchRow

_PARK = text(
    """
INSERT INTO mailer.bounce_reports (received_at, source, kind, octets, data)
SELECT :received_at, :source, :kind, :octets, :data
 WHERE (SELECT count(*) FROM (SELECT 1 FROM mailer.bounce_reports WHERE delivery_id IS NULL LIMIT :most) parked) < :most
"""
)


async def lock_bounce(session: AsyncSession, delivery_id: str, ordinal: int, address: str) -> BounceRow:
    """The row of an envelope, made when it is the first report, locked."""
    values = {"delivery_id": delivery_id, "ordinal": ordinal, "address": address, "seen": []}
    await session.execute(insert(BounceRow).values(values).on_conflict_do_nothing())
    return await session.get_one(BounceRow, (delivery_id, ordinal), with_for_update=True, populate_existing=True)


async def waiting(session: AsyncSession, before: datetime, limit: int) -> Sequence[BounceRow]:
    """Reports for envelopes that were not known to be sent, tried last before an instant."""
    row = BounceRow
    query = select(row).where(row.waiting.is_not(None), row.waiting_since < before).order_by(row.waiting_since)
    return list(await session.scalars(query.limit(limit).with_for_update(skip_locked=True)))


async def counts(session: AsyncSession, delivery_id: str) -> list[tuple[str, bool, int]]:
    """Messages that came back, by class and permanence."""
    row = BounceRow
    query = (
        select(row.bounce_class, row.permanent, func.count())
        .where(row.delivery_id == delivery_id, row.bounced_at.is_not(None))
        .group_by(row.bounce_class, row.permanent)
        .order_by(func.count().desc(), row.bounce_class, row.permanent)
    )
    return [(found, permanent, count) for found, permanent, count in await session.execute(query) if found]


async def other_counts(session: AsyncSession, delivery_id: str) -> tuple[int, int, int]:
    """Complaints, envelopes that were delayed, automatic replies."""
    row = BounceRow
    query = select(
        func.count(row.complained_at), func.count(row.delayed_at), func.coalesce(func.sum(row.auto_replies), 0)
    ).where(row.delivery_id == delivery_id)
    complaints, delayed, replies = (await session.execute(query)).one()
    return int(complaints), int(delayed), int(replies)


async def listed(
    session: AsyncSession, delivery_id: str, classes: Sequence[str], *, complaints: bool, span: tuple[int, int]
) -> Sequence[BounceRow]:
    """What came back in ordinal order behind an ordinal, at most so many."""
    row, (after, limit) = BounceRow, span
    chosen: list[ColumnElement[bool]] = [and_(row.bounced_at.is_not(None), row.bounce_class.in_(list(classes)))]
    if complaints:
        chosen.append(row.complained_at.is_not(None))
    query = select(row).where(row.delivery_id == delivery_id, row.ordinal > after, or_(*chosen))
    return list(await session.scalars(query.order_by(row.ordinal).limit(limit)))


async def bounced_ordinals(session: AsyncSession, delivery_id: str) -> list[int]:
    """Whose messages came back, in no order: those that the report counts."""
    row = BounceRow
    found = select(row.ordinal).where(row.delivery_id == delivery_id, row.bounced_at.is_not(None))
    return list(await session.scalars(found))


async def permanent_ones(session: AsyncSession, delivery_id: str, after: int, limit: int) -> Sequence[BounceRow]:
    """Permanent failures in ordinal order."""
    row = BounceRow
    query = select(row).where(
        row.delivery_id == delivery_id, row.ordinal > after, row.bounced_at.is_not(None), row.permanent.is_(True)
    )
    return list(await session.scalars(query.order_by(row.ordinal).limit(limit)))


async def keep_report(session: AsyncSession, values: dict[str, Any]) -> None:
    """Keep a report as it came."""
    await session.execute(insert(ReportRow).values(values))


async def park(session: AsyncSession, values: dict[str, Any], most: int) -> None:
    """Keep a report that belongs to no envelope of ours, unless there are too many of them already."""
    await session.execute(_PARK, {**values, "most": most})


async def forget_reports(session: AsyncSession, before: datetime, limit: int) -> int:
    """Remove some reports that were kept long enough."""
    old = select(ReportRow.id).where(ReportRow.received_at < before).limit(limit).scalar_subquery()
    done = await session.execute(delete(ReportRow).where(ReportRow.id.in_(old)))
    return int(done.rowcount)  # type: ignore[attr-defined]


async def watch(session: AsyncSession, delivery_id: str) -> WatchRow | None:
    """What is known about how usual a delivery's reports are."""
    return await session.get(WatchRow, delivery_id, populate_existing=True)


async def lock_watch(session: AsyncSession, delivery_id: str, now: datetime) -> WatchRow:
    """The same, made when it is not there, locked."""
    values = {"delivery_id": delivery_id, "window_from": now, "permanent_count": 0}
    await session.execute(insert(WatchRow).values(values).on_conflict_do_nothing())
    return await session.get_one(WatchRow, delivery_id, with_for_update=True, populate_existing=True)


async def note_source(session: AsyncSession, kind: str, name: str, values: dict[str, Any]) -> None:
    """Count what came from a source, or say how it is doing; `…_count` are added."""
    row = SourceRow
    statement = insert(row).values({"kind": kind, "name": name, **values})
    added = {key: row.__table__.c[key] + value if key.endswith("_count") else value for key, value in values.items()}
    await session.execute(statement.on_conflict_do_update(index_elements=["kind", "name"], set_=added))


async def sources(session: AsyncSession) -> Sequence[SourceRow]:
    """Every source that was ever set up."""
    return list(await session.scalars(select(SourceRow).order_by(SourceRow.kind, SourceRow.name)))


async def source(session: AsyncSession, kind: str, name: str) -> SourceRow | None:
    """One of them."""
    return await session.get(SourceRow, (kind, name), populate_existing=True)


async def lease_source(
    session: AsyncSession, key: tuple[str, str], owner: str, span: tuple[datetime, timedelta]
) -> bool:
    """Be the one who empties a mailbox; false while another process does."""
    row, (kind, name), (now, length) = SourceRow, key, span
    mine = await session.scalar(
        update(row)
        .where(
            row.kind == kind,
            row.name == name,
            or_(row.leased_until.is_(None), row.leased_until < now, row.leased_by == owner),
        )
        .values(leased_by=owner, leased_until=now + length)
        .returning(row.kind)
    )
    return mine is not None
