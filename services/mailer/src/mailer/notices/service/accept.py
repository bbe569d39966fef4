"""Taking on a notice, and stating how it goes."""

from typing import Literal, cast

from common.contracts.notices import NoticeRequested, NoticeSettledV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.notices.models import NoticeRow
from mailer.notices.repository import NoticeRepository
from mailer.notices.schemas import NoticeStage

Owner = Literal["hub", "lui"]


async def accept(uow: UnitOfWork, fact: NoticeRequested, *, requested_by: Owner) -> None:
    """Keep a request. The same one again changes nothing: a notice is sent once."""
    await NoticeRepository(uow.session).add(
        {
            "id": fact.notice_id,
            "requested_by": requested_by,
            "reason": fact.reason,
            "address_count": fact.address_count,
            "content_digest": fact.content_digest,
            "not_after": fact.not_after,
            "stage": NoticeStage.WAITING.value,
            "fetches": 0,
            "due_at": uow.now,
            "revision": 1,
            "created_at": uow.now,
        }
    )


async def state(uow: UnitOfWork, notice: NoticeRow) -> None:
    """Tell its owner how a notice stands now."""
    notice.revision += 1
    await uow.session.flush()
    counts = await NoticeRepository(uow.session).counts(notice.id)
    fact = NoticeSettledV1(
        notice_id=notice.id,
        requested_by=cast(Owner, notice.requested_by),
        revision=notice.revision,
        counts=counts,
        problem=notice.problem,
        is_final=notice.ended_at is not None,
        at=uow.now,
    )
    uow.emit(fact, coalesce=f"notice:{notice.id}")
