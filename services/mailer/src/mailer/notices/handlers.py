"""Facts that ask for notices."""

from common.contracts.lui import NoticeRequestedV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.notices import service


async def on_notice_requested(uow: UnitOfWork, fact: NoticeRequestedV1) -> None:
    """Lui has something to tell somebody."""
    await service.accept(uow, fact, requested_by="lui")
