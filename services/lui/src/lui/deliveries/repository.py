"""Queries of deliveries and their bounces."""

from collections.abc import Collection, Sequence

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from common.contracts.lui import DeliveryKind
from common.contracts.mailer import BounceClass, DeliveryState, EnvelopeBouncedV1, EnvelopeComplainedV1
from common.contracts.tracker import DeliveryTalliedV1
from lui.deliveries.models import DELIVERY_NUMBERS, Bounce, Complaint, Delivery

_MOVING = (DeliveryState.RUNNING, DeliveryState.PAUSED)
_REHEARSALS = 0x7265_6865
"""The advisory lock of starting a rehearsal."""


class DeliveryRepository:
    """Deliveries as rows."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, delivery: Delivery) -> None:
        """Insert with the next flush."""
        self._session.add(delivery)

    async def next_number(self) -> int:
        """A number no other delivery has or will have; a rolled back one is lost."""
        return (await self._session.execute(select(DELIVERY_NUMBERS.next_value()))).scalar_one()

    async def get(self, delivery_id: str) -> Delivery | None:
        """Without its document."""
        return await self._session.get(Delivery, delivery_id)

    async def get_for_update(self, delivery_id: str) -> Delivery | None:
        """Without its document, locked until the transaction ends."""
        return await self._session.get(Delivery, delivery_id, with_for_update=True, populate_existing=True)

    async def by_number(self, number: int) -> Delivery | None:
        """The delivery a token stands for, with its document."""
        query = select(Delivery).where(Delivery.number == number).options(undefer(Delivery.document))
        return (await self._session.execute(query)).scalar_one_or_none()

    async def document(self, delivery_id: str) -> bytes | None:
        """The frozen content document."""
        query = select(Delivery.document).where(Delivery.id == delivery_id)
        return (await self._session.execute(query)).scalar_one_or_none()

    async def of_job(self, job_id: str, kinds: Collection[DeliveryKind]) -> Sequence[Delivery]:
        """Oldest first."""
        query = select(Delivery).where(Delivery.job_id == job_id, Delivery.kind.in_(kinds)).order_by(Delivery.number)
        return (await self._session.scalars(query)).all()

    async def of_jobs(self, job_ids: Collection[str]) -> Sequence[Delivery]:
        """The deliveries of several jobs, oldest first."""
        query = select(Delivery).where(Delivery.job_id.in_(job_ids)).order_by(Delivery.number)
        return (await self._session.scalars(query)).all()

    async def lock_rehearsals(self) -> None:
        """Whoever else wants to start a rehearsal waits until the transaction ends."""
        await self._session.execute(select(func.pg_advisory_xact_lock(_REHEARSALS)))

    async def count_open(self, kind: DeliveryKind) -> int:
        """Deliveries of a kind that have not ended."""
        query = (
            select(func.count())
            .select_from(Delivery)
            .where(Delivery.kind == kind, Delivery.state.in_([DeliveryState.PREPARING, *_MOVING]))
        )
        return (await self._session.execute(query)).scalar_one()

    async def used_snapshots(self, snapshot_ids: Collection[str]) -> frozenset[str]:
        """Those of the snapshots that belong to a delivery."""
        query = select(Delivery.snapshot_id).where(Delivery.snapshot_id.in_(snapshot_ids)).distinct()
        return frozenset((await self._session.scalars(query)).all())

    async def store_tally(self, fact: DeliveryTalliedV1) -> None:
        """Keep tracker's counters, unless a newer revision is there."""
        await self._session.execute(
            update(Delivery)
            .where(Delivery.id == fact.delivery_id, Delivery.tally_revision < fact.revision)
            .values(tally_revision=fact.revision, opens=fact.opens, clicks=fact.clicks)
        )


class BounceRepository:
    """Bounces as rows: at most one per envelope."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(self, fact: EnvelopeBouncedV1) -> None:
        """Keep the bounce; a permanent one outranks a temporary one, a later one an earlier one."""
        values = {
            "bounce_class": fact.bounce_class,
            "permanent": fact.permanent,
            "enhanced_code": fact.enhanced_code,
            "bounced_at": fact.at,
        }
        row = insert(Bounce).values(delivery_id=fact.delivery_id, ordinal=fact.ordinal, **values)
        await self._session.execute(
            row.on_conflict_do_update(
                index_elements=[Bounce.delivery_id, Bounce.ordinal],
                set_=values,
                where=or_(
                    row.excluded.permanent & ~Bounce.permanent,
                    (row.excluded.permanent == Bounce.permanent) & (row.excluded.bounced_at > Bounce.bounced_at),
                ),
            )
        )

    async def counted(self, delivery_ids: Collection[str]) -> Sequence[tuple[BounceClass, bool, int]]:
        """Bounces of the deliveries by class and permanence."""
        query = (
            select(Bounce.bounce_class, Bounce.permanent, func.count())
            .where(Bounce.delivery_id.in_(delivery_ids))
            .group_by(Bounce.bounce_class, Bounce.permanent)
            .order_by(Bounce.bounce_class, Bounce.permanent)
        )
        return [(row[0], row[1], row[2]) for row in await self._session.execute(query)]

    async def has_returned(self, delivery_id: str, ordinal: int) -> bool:
        """Whether a bounce of or a complaint about an envelope is known."""
        known = [
            exists().where(table.delivery_id == delivery_id, table.ordinal == ordinal) for table in (Bounce, Complaint)
        ]
        return (await self._session.execute(select(or_(*known)))).scalar_one()

    async def store_complaint(self, fact: EnvelopeComplainedV1) -> bool:
        """Keep the first complaint about an envelope; false when there was one."""
        row = insert(Complaint).values(delivery_id=fact.delivery_id, ordinal=fact.ordinal, complained_at=fact.at)
        kept = await self._session.execute(row.on_conflict_do_nothing().returning(Complaint.ordinal))
        return kept.first() is not None

    async def complaint_count(self, delivery_ids: Collection[str]) -> int:
        """Complaints about the deliveries."""
        query = select(func.count()).select_from(Complaint).where(Complaint.delivery_id.in_(delivery_ids))
        return (await self._session.execute(query)).scalar_one()
