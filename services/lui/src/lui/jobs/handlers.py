"""What lui does when mailer states that a delivery ended."""

from common.contracts.mailer import DeliveryFinishedV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries import service as deliveries
from lui.jobs import service


async def on_delivery_finished(uow: UnitOfWork, fact: DeliveryFinishedV1) -> None:
    """Keep how it ended, then move the job to where that leaves it."""
    await deliveries.store_end(uow, fact)
    await service.follow_end(uow, fact)


SUBSCRIPTIONS = (Subscription(DeliveryFinishedV1, on_delivery_finished),)
