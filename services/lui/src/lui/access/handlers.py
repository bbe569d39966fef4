"""What lui does when hub states facts about accounts."""

from common.contracts.hub import AccountChangedV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from lui.access import service


async def on_account_changed(uow: UnitOfWork, fact: AccountChangedV1) -> None:
    """Keep the account's name and group, to show whose a job is."""
    await service.keep_account(uow, fact)


SUBSCRIPTIONS = (Subscription(AccountChangedV1, on_account_changed),)
