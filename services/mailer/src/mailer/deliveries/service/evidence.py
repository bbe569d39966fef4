"""What recipients and other servers say about envelopes afterwards; each said by a token that was verified before."""

from datetime import timedelta

from common.contracts.lui import SubscriptionEndedV1
from common.contracts.mailer import BounceClass, EnvelopeBouncedV1, UnsubscribeReceivedV1
from common.contracts.signed_token import ActionToken
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries.models import DeliveryRow
from mailer.deliveries.repository import DeliveryRepository
from mailer.envelopes import service as envelopes
from mailer.suppression import service as suppression

BOUNCES_COUNT_FOR = timedelta(days=30)
"""A report that comes later is no news about the address, and a token may have leaked since."""


async def end_subscription(uow: UnitOfWork, fact: SubscriptionEndedV1) -> None:
    """A recipient unsubscribed at lui, which normally told us at once over HTTP; this makes sure of it."""
    delivery = await DeliveryRepository(uow.session).get(fact.delivery_id)
    if delivery is not None:
        await _suppress(uow, delivery, fact.ordinal, f"unsubscribed by {fact.reason}")


async def unsubscribe_by_mail(uow: UnitOfWork, token: ActionToken) -> bool:
    """A recipient wrote to the address of List-Unsubscribe; false when that was known."""
    delivery = await DeliveryRepository(uow.session).by_number(token.delivery_number)
    if delivery is None or not await _suppress(uow, delivery, token.ordinal, "unsubscribed by mail"):
        return False
    uow.emit(
        UnsubscribeReceivedV1(
            delivery_id=delivery.id, delivery_number=delivery.number, ordinal=token.ordinal, at=uow.now
        )
    )
    return True


async def note_bounce(uow: UnitOfWork, token: ActionToken, bounce: envelopes.Bounce) -> bool:
    """A message came back: it was sent, so that a doubt is resolved too. False when this changes nothing."""
    delivery = await DeliveryRepository(uow.session).by_number(token.delivery_number)
    if delivery is None or uow.now - delivery.created_at > BOUNCES_COUNT_FOR:
        return False
    ref = envelopes.Ref(delivery.id, delivery.created_at)
    if not await envelopes.mark_bounced(uow, ref, token.ordinal, bounce):
        return False
    if bounce.is_permanent and bounce.bounce_class is BounceClass.UNKNOWN_MAILBOX:
        await _suppress(uow, delivery, token.ordinal, "the mailbox does not exist")
    uow.emit(
        EnvelopeBouncedV1(
            delivery_id=delivery.id,
            ordinal=token.ordinal,
            bounce_class=bounce.bounce_class,
            permanent=bounce.is_permanent,
            enhanced_code=bounce.enhanced_code,
            at=uow.now,
        )
    )
    return True


async def _suppress(uow: UnitOfWork, delivery: DeliveryRow, ordinal: int, reason: str) -> bool:
    address = await envelopes.address_of(uow, envelopes.Ref(delivery.id, delivery.created_at), ordinal)
    if address is None:
        return False
    evidence = {"delivery_id": delivery.id, "ordinal": ordinal}
    return await suppression.suppress(uow, suppression.Request(address, delivery.group_id, reason, evidence), by=None)
