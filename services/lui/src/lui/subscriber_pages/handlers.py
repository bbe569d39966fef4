"""What lui does when a recipient unsubscribed by mail."""

from common.contracts.mailer import UnsubscribeReceivedV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from lui.subscriber_pages import service


async def on_unsubscribe_received(uow: UnitOfWork, fact: UnsubscribeReceivedV1) -> None:
    """Record the wish."""
    await service.store_unsubscribe(uow, fact)


SUBSCRIPTIONS = (Subscription(UnsubscribeReceivedV1, on_unsubscribe_received),)
