"""Queries on notices."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.notices import NoticeState
from mailer.notices.models import NoticeAddressRow, NoticeRow
from mailer.notices.schemas import NoticeStage

_NOT_GOT = (NoticeState.REFUSED.value, NoticeState.EXPIRED.value, NoticeState.IN_DOUBT.value)


class NoticeRepository:
    """Notices and their addresses."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, values: dict[str, Any]) -> bool:
        """Keep a new notice; False when it is there already."""
        statement = insert(NoticeRow).values(values).on_conflict_do_nothing().returning(NoticeRow.id)
        return await self._session.scalar(statement) is not None

    async def add_addresses(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep its addresses; those that are there already stay as they are."""
        await self._session.execute(insert(NoticeAddressRow).values(list(rows)).on_conflict_do_nothing())

    async def get_for_update(self, notice_id: str) -> NoticeRow | None:
        """A notice, locked."""
        return await self._session.get(NoticeRow, notice_id, with_for_update=True)

    async def open_among(self, notice_ids: Collection[str]) -> set[str]:
        """Those of some ids that are of notices which have not ended."""
        found = select(NoticeRow.id).where(NoticeRow.id.in_(notice_ids), NoticeRow.ended_at.is_(None))
        return set(await self._session.scalars(found))

    async def is_due(self, now: datetime) -> bool:
        """Whether there is anything to fetch or to send."""
        notices = select(NoticeRow.id).where(NoticeRow.due_at <= now).exists()
        addresses = select(NoticeAddressRow.notice_id).where(NoticeAddressRow.due_at <= now).exists()
        return bool(await self._session.scalar(select(or_(notices, addresses))))

    async def next_to_fetch(self, now: datetime) -> NoticeRow | None:
        """The one whose content has been due longest and that nobody else is looking at."""
        found = select(NoticeRow).where(NoticeRow.due_at <= now).order_by(NoticeRow.due_at).limit(1)
        return await self._session.scalar(found.with_for_update(skip_locked=True))

    async def next_to_send(self, now: datetime) -> NoticeAddressRow | None:
        """The address that has been due longest and that nobody else is looking at."""
        found = (
            select(NoticeAddressRow)
            .where(NoticeAddressRow.due_at <= now)
            .order_by(NoticeAddressRow.due_at, NoticeAddressRow.notice_id, NoticeAddressRow.position)
            .limit(1)
        )
        return await self._session.scalar(found.with_for_update(skip_locked=True))

    async def address(self, notice_id: str, position: int) -> NoticeAddressRow | None:
        """One address, locked."""
        return await self._session.get(NoticeAddressRow, (notice_id, position), with_for_update=True)

    async def counts(self, notice_id: str) -> dict[NoticeState, int]:
        """Addresses by state."""
        rows = await self._session.execute(
            select(NoticeAddressRow.state, func.count())
            .where(NoticeAddressRow.notice_id == notice_id)
            .group_by(NoticeAddressRow.state)
        )
        return {NoticeState(state): count for state, count in rows.all()}

    async def is_settled(self, notice_id: str) -> bool:
        """Whether nothing is to be tried any more."""
        waiting = select(NoticeAddressRow.position).where(
            NoticeAddressRow.notice_id == notice_id, NoticeAddressRow.due_at.is_not(None)
        )
        return await self._session.scalar(waiting.limit(1)) is None

    async def page(self, only: str | None, after: tuple[datetime, str] | None, limit: int) -> list[NoticeRow]:
        """Newest first."""
        found = select(NoticeRow).order_by(NoticeRow.created_at.desc(), NoticeRow.id.desc()).limit(limit)
        if after is not None:
            at, notice_id = after
            earlier = and_(NoticeRow.created_at == at, NoticeRow.id < notice_id)
            found = found.where(or_(NoticeRow.created_at < at, earlier))
        if only == "open":
            found = found.where(NoticeRow.stage.in_((NoticeStage.WAITING.value, NoticeStage.OPEN.value)))
        elif only == "failed":
            missed = (
                select(NoticeAddressRow.position)
                .where(NoticeAddressRow.notice_id == NoticeRow.id, NoticeAddressRow.state.in_(_NOT_GOT))
                .exists()
            )
            found = found.where(or_(NoticeRow.stage == NoticeStage.FAILED.value, missed))
        return list(await self._session.scalars(found))

    async def addresses_of(self, notice_ids: Collection[str]) -> list[NoticeAddressRow]:
        """Of several notices, in their order."""
        found = (
            select(NoticeAddressRow)
            .where(NoticeAddressRow.notice_id.in_(notice_ids))
            .order_by(NoticeAddressRow.notice_id, NoticeAddressRow.position)
        )
        return list(await self._session.scalars(found))

    async def waiting_count(self) -> int:
        """Addresses that something is still to be done about, and notices whose content is still to be fetched."""
        addresses = select(func.count()).where(NoticeAddressRow.due_at.is_not(None)).scalar_subquery()
        notices = select(func.count()).where(NoticeRow.due_at.is_not(None)).scalar_subquery()
        return int(await self._session.scalar(select(addresses + notices)) or 0)

    async def forget(self, before: datetime, limit: int) -> int:
        """Forget some that ended long ago; returns how many."""
        old = select(NoticeRow.id).where(NoticeRow.ended_at < before).limit(limit).with_for_update(skip_locked=True)
        gone = await self._session.execute(delete(NoticeRow).where(NoticeRow.id.in_(old)).returning(NoticeRow.id))
        return len(gone.all())
