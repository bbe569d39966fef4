"""Keeping plans, and the barrier: a delivery starts when every intake can follow its links."""

from collections.abc import Collection, Sequence
from datetime import datetime

from common.contracts.lui import DeliveryRequestedV1, TrackingLevel
from common.contracts.tracker import PlanLoadedV1
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans.plan import Plan
from tracker.plans.repository import IntakeRepository, PlanRepository


async def store_plan(uow: UnitOfWork, fact: DeliveryRequestedV1) -> None:
    """Keep what a delivery wants tracked; a second time changes nothing."""
    await PlanRepository(uow.session).add(fact, requested_at=uow.now)


async def state_loaded_plans(uow: UnitOfWork) -> int:
    """State every plan that all living intakes have by now; returns how many."""
    loaded = await PlanRepository(uow.session).mark_loaded(loaded_at=uow.now)
    for plan in loaded:
        uow.emit(PlanLoadedV1(delivery_id=plan.delivery_id, link_count=plan.link_count, at=uow.now))
    return len(loaded)


async def plans_after(uow: UnitOfWork, position: int, *, limit: int) -> Sequence[Plan]:
    """Plans behind a position, in the order of their positions."""
    return await PlanRepository(uow.session).after(position, limit)


async def newest_position(uow: UnitOfWork) -> int:
    """The position of the newest plan; 0 when there is none."""
    return await PlanRepository(uow.session).newest_position()


async def plans_by_number(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, Plan]:
    """The plans of deliveries by their numbers, as far as they are known."""
    return {plan.delivery_number: plan for plan in await PlanRepository(uow.session).by_number(numbers)}


async def plans_of(uow: UnitOfWork, delivery_ids: Collection[str]) -> Sequence[Plan]:
    """The plans of deliveries by their ids, as far as they are known."""
    return await PlanRepository(uow.session).by_delivery(delivery_ids)


async def requested_before(uow: UnitOfWork, level: TrackingLevel, instant: datetime) -> Sequence[int]:
    """The numbers of deliveries at a level that were requested earlier."""
    return await PlanRepository(uow.session).requested_before(level, instant)


async def forget_recipients(uow: UnitOfWork, numbers: Collection[int]) -> None:
    """From now on nobody is known any more in these deliveries: whoever still reacts is treated as at blind."""
    await PlanRepository(uow.session).mark_forgotten(numbers, forgotten_at=uow.now)


async def report_intake(uow: UnitOfWork, instance_id: str, position: int) -> None:
    """An intake is alive and has every plan up to a position."""
    await IntakeRepository(uow.session).report(instance_id, position)


async def retire_intake(uow: UnitOfWork, instance_id: str) -> None:
    """An intake has stopped answering and holds nobody back any longer."""
    await IntakeRepository(uow.session).remove(instance_id)
