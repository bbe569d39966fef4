"""Deciding about messages whose outcome nobody knows, when the delivery says that somebody is asked."""

from common.contracts.mailer import MailerActionRecordedV1
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries.errors import NothingInDoubt
from mailer.deliveries.schemas import DeliveryOut, DoubtDecision
from mailer.deliveries.service.look import show, visible
from mailer.envelopes import service as envelopes


async def decide_doubt(uow: UnitOfWork, delivery_id: str, decision: DoubtDecision, *, by: Caller) -> DeliveryOut:
    """Send again, or take as sent, what waits for a decision. Raises DeliveryNotFound, NothingInDoubt."""
    delivery = await visible(uow, delivery_id, by)
    ref = envelopes.Ref(delivery.id, delivery.created_at)
    if decision.action == "resend":
        count = await envelopes.send_doubtful_again(uow, ref)
    else:
        count = await envelopes.take_doubtful_as_sent(uow, ref)
    if not count:
        raise NothingInDoubt("Nothing in this delivery waits for a decision", delivery_id=delivery_id)
    uow.emit(
        MailerActionRecordedV1(
            at=uow.now,
            actor_id=by.account_id,
            action=f"delivery.in_doubt.{decision.action}",
            target_type="delivery",
            target_id=delivery_id,
            group_id=delivery.group_id,
            detail={"envelopes": count},
            correlation_id=uow.correlation_id,
        )
    )
    return await show(uow, delivery_id, by=by)
