"""Queries of the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import DateTime, Uuid, literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import Tuple

from common.db.partitions import ensure_month_partitions
from hub.audit.models import AuditEntry


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are asked for; None leaves a question open. `since` is included, `until` is not."""

    actor: str | None = None
    action: str | None = None
    target: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditRepository:
    """Entries are added and read; there is no query that changes one."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def append(self, row: dict[str, object]) -> None:
        """Add an entry; one of the same digest and instant is there already and stays as it is."""
        await self._session.execute(insert(AuditEntry).values(row).on_conflict_do_nothing())

    async def page(
        self, wanted: AuditFilter, *, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[AuditEntry]:
        """Entries newest first, from the one after (instant, id)."""
        query = select(AuditEntry).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)
        for column, value in (
            (AuditEntry.actor_id, wanted.actor),
            (AuditEntry.action, wanted.action),
            (AuditEntry.target_id, wanted.target),
        ):
            if value is not None:
                query = query.where(column == value)
        if wanted.since is not None:
            query = query.where(AuditEntry.at >= wanted.since)
        if wanted.until is not None:
            query = query.where(AuditEntry.at < wanted.until)
        if after is not None:
            query = query.where(tuple_(AuditEntry.at, AuditEntry.id) < _position(after))
        return (await self._session.scalars(query)).all()

    async def make_partitions(self, months: Sequence[date]) -> None:
        """Make the partitions for those months; entries that came too early move into them, unchanged."""
        await self._session.execute(text("SET LOCAL hub.moving_partition = 'on'"))
        await ensure_month_partitions(self._session, table="hub.audit_entries", months=months)


def _position(after: tuple[datetime, str]) -> Tuple:
    at, entry_id = after
    return tuple_(literal(at, DateTime(timezone=True)), literal(entry_id, Uuid(as_uuid=False)))
