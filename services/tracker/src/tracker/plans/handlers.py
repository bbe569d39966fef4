"""Facts that make plans."""

from common.contracts.lui import DeliveryRequestedV1
from common.messaging.unit_of_work import UnitOfWork
from tracker.plans import service


async def on_delivery_requested(uow: UnitOfWork, fact: DeliveryRequestedV1) -> None:
    """Lui asks for a delivery: keep what it wants tracked."""
    await service.store_plan(uow, fact)
