"""What lui does when mailer says how a notice went."""

from common.contracts.notices import NoticeSettledV1
from common.messaging.consumer import Subscription
from common.messaging.unit_of_work import UnitOfWork
from lui.notices import service


async def on_notice_settled(uow: UnitOfWork, fact: NoticeSettledV1) -> None:
    """Keep it; those of other services are none of ours."""
    if fact.requested_by == "lui":
        await service.note_settled(uow, fact)


SUBSCRIPTIONS = (Subscription(NoticeSettledV1, on_notice_settled),)
