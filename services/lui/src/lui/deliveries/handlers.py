"""What lui does when mailer and tracker state facts about a delivery."""

from common.contracts.mailer import DeliveryProgressedV1, EnvelopeBouncedV1, EnvelopeComplainedV1
from common.contracts.tracker import DeliveryTalliedV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries import service


async def on_delivery_progressed(uow: UnitOfWork, fact: DeliveryProgressedV1) -> None:
    """Keep the counts for the delivery page."""
    await service.store_progress(uow, fact)


async def on_envelope_bounced(uow: UnitOfWork, fact: EnvelopeBouncedV1) -> None:
    """Keep the bounce for the report."""
    await service.store_bounce(uow, fact)


async def on_envelope_complained(uow: UnitOfWork, fact: EnvelopeComplainedV1) -> None:
    """Keep the complaint for the report."""
    await service.store_complaint(uow, fact)


async def on_delivery_tallied(uow: UnitOfWork, fact: DeliveryTalliedV1) -> None:
    """Keep tracker's counters for the delivery page."""
    await service.store_tally(uow, fact)


SUBSCRIPTIONS = (
    Subscription(DeliveryProgressedV1, on_delivery_progressed),
    Subscription(EnvelopeBouncedV1, on_envelope_bounced),
    Subscription(EnvelopeComplainedV1, on_envelope_complained),
    Subscription(DeliveryTalliedV1, on_delivery_tallied),
)
