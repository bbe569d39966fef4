"""Facts that concern rehearsals."""

from common.contracts.lui import DeliveryRequestedV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.rehearsal import service


async def on_delivery_requested(uow: UnitOfWork, fact: DeliveryRequestedV1) -> None:
    """A delivery is asked for, real or rehearsed."""
    await service.accept(uow, fact)
