"""Taking on a rehearsal, and forgetting it."""

from datetime import timedelta

from common.contracts.lui import DeliveryKind, DeliveryRequestedV1, RehearsalV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries import service as deliveries
from mailer.rehearsal.repository import RehearsalRepository
from mailer.rehearsal.rules import Answer

_NEVER = {answer.value: 0 for answer in Answer}


async def accept(uow: UnitOfWork, fact: DeliveryRequestedV1) -> None:
    """Take on a delivery; for a rehearsal keep what its receiver answers."""
    await deliveries.accept(uow, fact)
    if fact.kind is DeliveryKind.REHEARSAL:
        await RehearsalRepository(uow.session).add(
            {
                "delivery_id": fact.delivery_id,
                "recipient_count": fact.recipient_count,
                "script": (fact.rehearsal or RehearsalV1()).model_dump(mode="json"),
                "answers": _NEVER,
                "created_at": uow.now,
            }
        )


async def forget_old(uow: UnitOfWork, lifetime: timedelta) -> None:
    """Remove what old rehearsals saw: their samples are whole messages to people."""
    await RehearsalRepository(uow.session).forget(uow.now - lifetime)
