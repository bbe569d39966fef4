"""Queries on deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.deliveries.models import DeliveryRow, DeliverySecretRow, ProgressRow, RecipientPageRow, SignalRow


class DeliveryRepository:
    """Bound to a session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, values: dict[str, Any], secret: dict[str, Any]) -> bool:
        """Store a delivery and its keys; false when it is known already."""
        row = insert(DeliveryRow).values(values).on_conflict_do_nothing().returning(DeliveryRow.id)
        if await self._session.scalar(row) is None:
            return False
        await self._session.execute(insert(DeliverySecretRow).values(secret))
        return True

    async def get(self, delivery_id: str) -> DeliveryRow | None:
        """A delivery."""
        return await self._session.get(DeliveryRow, delivery_id)

    async def get_for_update(self, delivery_id: str) -> DeliveryRow | None:
        """A delivery, locked against the gate: who changes its state waits for the grants under way."""
        return await self._session.get(DeliveryRow, delivery_id, with_for_update=True)

    async def by_number(self, number: int) -> DeliveryRow | None:
        """The delivery a token names."""
        return await self._session.scalar(select(DeliveryRow).where(DeliveryRow.number == number))

    async def live_since(self, group_id: str | None, since: datetime) -> Sequence[DeliveryRow]:
        """A group's live deliveries made after an instant."""
        row = DeliveryRow
        query = select(row).where(
            row.created_at > since, row.kind == "live", row.group_id.is_not_distinct_from(group_id)
        )
        return list(await self._session.scalars(query))

    async def secret(self, delivery_id: str) -> DeliverySecretRow | None:
        """A delivery's keys."""
        return await self._session.get(DeliverySecretRow, delivery_id)

    async def shred(self, before: datetime) -> None:
        """Destroy pseudonym keys whose time has come."""
        row = DeliverySecretRow
        await self._session.execute(
            update(row).where(row.shred_after < before, func.length(row.k_pseudonym) > 0).values(k_pseudonym=b"")
        )

    async def keep_pseudonyms(self, delivery_id: str) -> None:
        """A delivery goes on: the end of this key is set when the delivery ends again."""
        row = DeliverySecretRow
        await self._session.execute(update(row).where(row.delivery_id == delivery_id).values(shred_after=None))

    async def in_state(self, *states: str) -> list[str]:
        """Ids of deliveries in these states, oldest first."""
        query = select(DeliveryRow.id).where(DeliveryRow.state.in_(states)).order_by(DeliveryRow.created_at)
        return list(await self._session.scalars(query))

    async def running(self) -> list[str]:
        """Ids of running deliveries: those that somebody waits for first, then the oldest."""
        row = DeliveryRow
        query = select(row.id).where(row.state == "running").order_by(row.kind == "live", row.created_at)
        return list(await self._session.scalars(query))

    async def unsettled_cancelled(self) -> list[str]:
        """Ids of deliveries that were cancelled and whose end was not stated yet."""
        query = select(DeliveryRow.id).where(DeliveryRow.state == "cancelled", DeliveryRow.finished_at.is_(None))
        return list(await self._session.scalars(query))

    async def claim_pull(self, now: datetime, seconds: int) -> str | None:
        """A preparing delivery whose recipients nobody fetches at the moment; it is ours for so many seconds."""
        row = DeliveryRow
        query = (
            select(row)
            .where(
                row.state == "preparing", row.pulled_at.is_(None), or_(row.pull_until.is_(None), row.pull_until < now)
            )
            .order_by(row.created_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        found = await self._session.scalar(query)
        if found is None:
            return None
        found.pull_until = now + timedelta(seconds=seconds)
        return found.id

    async def add_page(self, values: dict[str, Any]) -> None:
        """Store a page; one that is there stays as it is."""
        await self._session.execute(insert(RecipientPageRow).values(values).on_conflict_do_nothing())

    async def page(self, delivery_id: str, page_number: int) -> RecipientPageRow | None:
        """A stored page."""
        return await self._session.get(RecipientPageRow, (delivery_id, page_number))

    async def signal(self, delivery_id: str) -> SignalRow | None:
        """What was said about a delivery before it was known."""
        return await self._session.get(SignalRow, delivery_id, with_for_update=True)

    async def keep_signal(self, delivery_id: str, values: dict[str, Any], now: datetime) -> None:
        """Remember something about a delivery that is not known yet."""
        statement = insert(SignalRow).values({"delivery_id": delivery_id, "created_at": now, **values})
        await self._session.execute(statement.on_conflict_do_update(index_elements=["delivery_id"], set_=values))

    async def progress(self, delivery_id: str) -> ProgressRow | None:
        """The last progress stated, locked: two processes do not state the same second."""
        return await self._session.get(ProgressRow, delivery_id, with_for_update={"skip_locked": True})

    async def progress_read(self, delivery_id: str) -> ProgressRow | None:
        """The last progress stated."""
        return await self._session.get(ProgressRow, delivery_id)

    async def add_progress(self, delivery_id: str, now: datetime) -> None:
        """The row that progress is kept in."""
        values = {
            "delivery_id": delivery_id, "revision": 0, "counts": {}, "state": "preparing", "rate_per_second": 0.0,
            "stated_at": now - timedelta(hours=1),
        }  # fmt: skip
        await self._session.execute(insert(ProgressRow).values(values).on_conflict_do_nothing())
