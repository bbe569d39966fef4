"""Queries over plans and intakes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from common.contracts.lui import DeliveryKind, DeliveryRequestedV1, TrackedActionsV1, TrackedLinkV1, TrackingLevel
from tracker.plans.models import IntakeRow, PlanRow
from tracker.plans.plan import Plan

_POSITIONS = "positions of tracker's plans"


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan whose barrier has just opened."""

    delivery_id: str
    link_count: int


class PlanRepository:
    """Plans, in the order in which they were committed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, fact: DeliveryRequestedV1, **stamps: object) -> None:
        """Store a plan under the next position; one that is known already stays as it is."""
        # Without the lock a higher position could become visible before a lower one, and a reader would skip it.
        await self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(_POSITIONS, 0))))
        following = select(func.coalesce(func.max(PlanRow.position), 0) + 1).scalar_subquery()
        tracking = fact.tracking
        await self._session.execute(
            insert(PlanRow)
            .values(
                delivery_number=fact.delivery_number,
                delivery_id=fact.delivery_id,
                position=following,
                job_id=fact.job_id,
                owner_id=fact.owner_id,
                group_id=fact.group_id,
                kind=fact.kind.value,
                level=tracking.level.value,
                opens=tracking.opens and tracking.level is not TrackingLevel.OFF,
                links=[link.model_dump(mode="json") for link in tracking.links],
                consent_column=tracking.consent_column,
                identify_by=tracking.identify_by,
                profile_columns=list(tracking.profile_columns),
                profiles=[list(profile) for profile in tracking.profiles],
                actions=tracking.actions.model_dump(mode="json") if tracking.actions else None,
                **stamps,
            )
            .on_conflict_do_nothing()
        )

    async def newest_position(self) -> int:
        """The position of the newest plan; 0 when there is none."""
        return await self._session.scalar(select(func.coalesce(func.max(PlanRow.position), 0))) or 0

    async def after(self, position: int, limit: int) -> list[Plan]:
        """Plans behind a position, in order."""
        return await self._plans(PlanRow.position > position, limit=limit)

    async def by_number(self, numbers: Collection[int]) -> list[Plan]:
        """The plans of these deliveries, as far as they are known."""
        return await self._plans(PlanRow.delivery_number.in_(numbers))

    async def by_delivery(self, delivery_ids: Collection[str]) -> list[Plan]:
        """The plans of these deliveries, as far as they are known."""
        return await self._plans(PlanRow.delivery_id.in_(delivery_ids))

    async def requested_before(self, level: TrackingLevel, instant: datetime) -> Sequence[int]:
        """The numbers of deliveries at a level that were requested earlier."""
        wanted = select(PlanRow.delivery_number).where(PlanRow.level == level.value, PlanRow.requested_at < instant)
        return list(await self._session.scalars(wanted.order_by(PlanRow.delivery_number)))

    async def mark_forgotten(self, numbers: Collection[int], **stamps: object) -> None:
        """Nobody is known in these deliveries any more."""
        fresh = (PlanRow.delivery_number.in_(numbers), PlanRow.forgotten_at.is_(None))
        await self._session.execute(update(PlanRow).where(*fresh).values(**stamps))

    async def mark_loaded(self, **stamps: object) -> Sequence[LoadedPlan]:
        """Open the barrier for plans that every living intake has, or that track nothing; returns those.

        Without a living intake nothing is loaded: links that nobody would answer must not leave.
        """
        reached = select(func.min(IntakeRow.position)).where(_is_alive()).scalar_subquery()
        waiting = (
            select(PlanRow.delivery_number)
            .where(
                PlanRow.loaded_at.is_(None),
                or_(PlanRow.position <= reached, PlanRow.level == TrackingLevel.OFF.value),
            )
            .order_by(PlanRow.position)
            .limit(100)
            .with_for_update(skip_locked=True)
        )
        rows = await self._session.execute(
            update(PlanRow)
            .where(PlanRow.delivery_number.in_(waiting))
            .values(**stamps)
            .returning(PlanRow.delivery_id, func.jsonb_array_length(PlanRow.links))
        )
        return [LoadedPlan(delivery_id, link_count) for delivery_id, link_count in rows]

    async def _plans(self, condition: ColumnElement[bool], limit: int | None = None) -> list[Plan]:
        rows = await self._session.scalars(select(PlanRow).where(condition).order_by(PlanRow.position).limit(limit))
        return [_plan(row) for row in rows]


class IntakeRepository:
    """The intakes that answer, each with the position it has reached."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def report(self, instance_id: str, position: int) -> None:
        """An intake is alive and has every plan up to a position."""
        statement = insert(IntakeRow).values(instance_id=instance_id, position=position, seen_at=func.now())
        await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=[IntakeRow.instance_id],
                set_={"position": statement.excluded.position, "seen_at": statement.excluded.seen_at},
            )
        )

    async def remove(self, instance_id: str) -> None:
        """An intake has stopped answering."""
        await self._session.execute(delete(IntakeRow).where(IntakeRow.instance_id == instance_id))


LIVING = timedelta(seconds=15)
"""An intake not heard of for longer does not hold a delivery back."""


def _is_alive() -> ColumnElement[bool]:
    return IntakeRow.seen_at > func.now() - LIVING


def _plan(row: PlanRow) -> Plan:
    return Plan(
        delivery_number=row.delivery_number,
        delivery_id=row.delivery_id,
        position=row.position,
        owner_id=row.owner_id,
        group_id=row.group_id,
        kind=DeliveryKind(row.kind),
        level=TrackingLevel(row.level),
        opens=row.opens,
        links=tuple(TrackedLinkV1.model_validate(link) for link in row.links),
        job_id=row.job_id,
        requested_at=row.requested_at,
        consent_column=row.consent_column,
        identify_by=row.identify_by,
        profile_columns=tuple(row.profile_columns),
        profiles=tuple(tuple(profile) for profile in row.profiles),
        actions=TrackedActionsV1.model_validate(row.actions) if row.actions is not None else None,
        forgotten_at=row.forgotten_at,
    )
