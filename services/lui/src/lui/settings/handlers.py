"""What lui does when hub states facts about settings."""

from common.contracts.hub import SettingChangedV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from lui.settings import service


async def on_setting_changed(uow: UnitOfWork, fact: SettingChangedV1) -> None:
    """Keep the value: jobs are measured against it from now on."""
    await service.keep_setting(uow, fact)


SUBSCRIPTIONS = (Subscription(SettingChangedV1, on_setting_changed),)
