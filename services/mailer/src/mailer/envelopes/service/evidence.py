"""Evidence about envelopes from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from common.contracts.lui import DeliveryKind
from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SuppressionSettings
from mailer.envelopes import evidence, repository
from mailer.envelopes.evidence import Seen
from mailer.envelopes.rules import Outcome
from mailer.envelopes.service.ledger import PAGE_SIZE, Ref
from mailer.envelopes.work import Job
from mailer.suppression import service as suppression


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


async def note_failed(uow: UnitOfWork, job: Job, failed: Mapping[int, Outcome], policy: SuppressionSettings) -> None:
    """Let failures of our own sessions lead to what reports of them would; tests and rehearsals lead to nothing."""
    matters = {*policy.at_once, *policy.streak_classes}
    # Without a verb no server said anything: composing refused it.
    said = {ordinal: each for ordinal, each in failed.items() if each.verb and each.bounce_class in matters}
    if not said or job.kind != DeliveryKind.LIVE:
        return
    found = await evidence.addresses(uow.session, job.delivery_id, job.created_at, list(said))
    failures = [
        suppression.Failure(
            ordinal, found[ordinal], each.bounce_class, each.enhanced_code, each.reply_code, each.reply_text
        )
        for ordinal, each in said.items()
        if ordinal in found
    ]
    delivery = suppression.Failing(job.delivery_id, job.created_at, job.group_id)
    await suppression.note_refusals(uow, delivery, failures, policy)


async def delivered_to(uow: UnitOfWork, refs: Sequence[Ref], addresses: Sequence[str]) -> list[tuple[str, datetime]]:
    """Which of these addresses (in lower case) got which of these deliveries, named by when they were made."""
    if not refs or not addresses:
        return []
    return await evidence.delivered(uow.session, [(ref.delivery_id, ref.created_at) for ref in refs], addresses)
