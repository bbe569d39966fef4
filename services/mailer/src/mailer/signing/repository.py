"""Queries on signing keys and their uses."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mailer.signing.models import DkimKeyRow, DkimUseRow
from mailer.signing.rules import KeyState


class KeyRepository:
    """Signing keys; those that are deleted are seen by deliveries only."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: DkimKeyRow) -> None:
        """Keep a new key."""
        self._session.add(row)

    async def get(self, key_id: str, *, for_update: bool = False) -> DkimKeyRow | None:
        """A key that is not deleted."""
        found = select(DkimKeyRow).where(DkimKeyRow.id == key_id, DkimKeyRow.deleted_at.is_(None))
        return await self._session.scalar(found.with_for_update() if for_update else found)

    async def page(self, *, after: tuple[str, str] | None, limit: int) -> list[DkimKeyRow]:
        """Keys by domain and selector, from the one following `after`."""
        row = DkimKeyRow
        found = select(row).where(row.deleted_at.is_(None)).order_by(row.domain, row.selector).limit(limit)
        if after is not None:
            domain, selector = after
            found = found.where(or_(row.domain > domain, (row.domain == domain) & (row.selector > selector)))
        return list(await self._session.scalars(found))

    async def taken(self, domain: str, selector: str) -> bool:
        """Whether a domain has a key under a selector, deleted ones in use included."""
        row = DkimKeyRow
        found = await self._session.scalar(
            select(row.id).where(row.domain == domain, row.selector == selector).limit(1)
        )
        return found is not None

    async def active(self, domains: Collection[str], *, keep: bool = False) -> list[DkimKeyRow]:
        """The keys that sign for these domains, the older algorithm first. `keep`: none goes before our commit."""
        row = DkimKeyRow
        found = select(row).where(row.domain.in_(domains), row.state == KeyState.ACTIVE.value)
        found = found.order_by(row.domain, row.algorithm.desc())
        return list(await self._session.scalars(found.with_for_update(read=True) if keep else found))

    async def active_for_update(self, domain: str, algorithm: str) -> DkimKeyRow | None:
        """The key of an algorithm that signs for a domain."""
        row = DkimKeyRow
        wanted = (row.domain == domain, row.algorithm == algorithm, row.state == KeyState.ACTIVE.value)
        return await self._session.scalar(select(row).where(*wanted).with_for_update())

    async def unchecked(self, *, before: datetime, limit: int) -> list[DkimKeyRow]:
        """Keys whose record was not looked at since, longest first."""
        row = DkimKeyRow
        found = select(row).where(
            row.deleted_at.is_(None), or_(row.dns_checked_at.is_(None), row.dns_checked_at < before)
        )
        return list(await self._session.scalars(found.order_by(row.dns_checked_at.asc().nulls_first()).limit(limit)))

    async def deleted(self, *, limit: int) -> list[str]:
        """Ids of deleted keys that deliveries may still need."""
        found = select(DkimKeyRow.id).where(DkimKeyRow.deleted_at.is_not(None)).order_by(DkimKeyRow.deleted_at)
        return list(await self._session.scalars(found.limit(limit)))

    async def uses_of_key(self, key_id: str) -> set[str]:
        """Deliveries that a key signs, or signed."""
        return set(await self._session.scalars(select(DkimUseRow.delivery_id).where(DkimUseRow.key_id == key_id)))

    async def of_delivery(self, delivery_id: str) -> Sequence[tuple[DkimUseRow, DkimKeyRow | None]]:
        """The uses of a delivery, with their keys as far as they are still there, in the order of signing."""
        found = await self._session.execute(
            select(DkimUseRow, DkimKeyRow)
            .outerjoin(DkimKeyRow, DkimKeyRow.id == DkimUseRow.key_id)
            .where(DkimUseRow.delivery_id == delivery_id)
            .order_by(DkimKeyRow.algorithm.desc(), DkimUseRow.key_id)
        )
        return [(use, key) for use, key in found]

    async def add_uses(self, delivery_id: str, key_ids: Sequence[str], *, from_domain: str, at: datetime) -> None:
        """Note which keys sign a delivery; what is noted already stays."""
        values = [
            {"delivery_id": delivery_id, "key_id": key_id, "from_domain": from_domain, "created_at": at}
            for key_id in key_ids
        ]
        await self._session.execute(insert(DkimUseRow).values(values).on_conflict_do_nothing())

    async def remove_uses(self, delivery_id: str) -> None:
        """Forget which keys sign a delivery."""
        await self._session.execute(delete(DkimUseRow).where(DkimUseRow.delivery_id == delivery_id))

    async def remove(self, key_id: str) -> None:
        """Forget a key for good; which deliveries it signed stays known."""
        await self._session.execute(delete(DkimKeyRow).where(DkimKeyRow.id == key_id))
