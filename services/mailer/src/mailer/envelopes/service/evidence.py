"""Evidence about envelopes from outside."""

from collections.abc import Sequence
from datetime import datetime

from common.messaging.unit_of_work import UnitOfWork
from mailer.envelopes import evidence, repository
from mailer.envelopes.evidence import Seen
from mailer.envelopes.service.ledger import PAGE_SIZE, Ref


async def look_at(uow: UnitOfWork, ref: Ref, ordinal: int) -> Seen | None:
    """Where an envelope goes and where it stands; None when there is no such envelope."""
    return await evidence.look_at(uow.session, ref.delivery_id, ref.created_at, ordinal)


async def mark_complained(uow: UnitOfWork, ref: Ref, ordinal: int) -> bool:
    """A recipient called it spam; false when that changes nothing."""
    changed = await evidence.mark_complained(uow.session, ref.delivery_id, ref.created_at, ordinal, uow.now)
    if changed:
        page_number = (ordinal - 1) // PAGE_SIZE + 1
        await repository.recount(uow.session, ref.delivery_id, page_number, ref.created_at)
    return changed


async def delivered_to(uow: UnitOfWork, refs: Sequence[Ref], addresses: Sequence[str]) -> list[tuple[str, datetime]]:
    """Which of these addresses (in lower case) got which of these deliveries, named by when they were made."""
    if not refs or not addresses:
        return []
    return await evidence.delivered(uow.session, [(ref.delivery_id, ref.created_at) for ref in refs], addresses)
