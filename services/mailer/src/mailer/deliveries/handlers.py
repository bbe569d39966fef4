"""Facts that concern deliveries."""

from common.contracts.lui import DeliveryControlRequestedV1, DeliveryRequestedV1, SubscriptionEndedV1
from common.contracts.tracker import PlanLoadedV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries import service


async def on_delivery_requested(uow: UnitOfWork, fact: DeliveryRequestedV1) -> None:
    """A delivery is asked for."""
    await service.accept(uow, fact)


async def on_control_requested(uow: UnitOfWork, fact: DeliveryControlRequestedV1) -> None:
    """Someone pauses, resumes, cancels or retries one."""
    await service.request_control(uow, fact)


async def on_subscription_ended(uow: UnitOfWork, fact: SubscriptionEndedV1) -> None:
    """A recipient wants no more mail."""
    await service.end_subscription(uow, fact)


async def on_plan_loaded(uow: UnitOfWork, fact: PlanLoadedV1) -> None:
    """The tracker knows a delivery's links."""
    await service.note_plan(uow, fact.delivery_id, fact.at)
