"""What recipients and other servers say about envelopes afterwards; each said by a token that was verified before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.contracts.lui import DeliveryKind, SubscriptionEndedV1
from common.contracts.mailer import EnvelopeBouncedV1, EnvelopeComplainedV1, EnvelopeState, UnsubscribeReceivedV1
from common.contracts.signed_token import ActionToken
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries.repository import DeliveryRepository
from mailer.envelopes import service as envelopes
from mailer.envelopes.service import delivered_to
from mailer.suppression import service as suppression
from mailer.suppression.service import Reason

__all__ = [
    "Subject",
    "delivered_to",
    "end_subscription",
    "failing",
    "failing_of",
    "made_since",
    "note_bounce",
    "note_complaint",
    "number_of",
    "subject_of",
    "unsubscribe_by_mail",
]


@dataclass(frozen=True, slots=True)
class Subject:
    """The envelope a token stands for, and the delivery it belongs to."""

    delivery_id: str
    number: int
    created_at: datetime
    group_id: str | None
    kind: DeliveryKind
    recipient_count: int
    ordinal: int
    address: str
    state: EnvelopeState

    @property
    def ref(self) -> envelopes.Ref:
        """As the ledger knows the delivery."""
        return envelopes.Ref(self.delivery_id, self.created_at)

    @property
    def is_live(self) -> bool:
        """Whether it counts: a test or a rehearsal changes nothing for anybody."""
        return self.kind is DeliveryKind.LIVE


async def subject_of(uow: UnitOfWork, token: ActionToken, *, within: timedelta | None = None) -> Subject | None:
    """What a token stands for.

    None when there is no such envelope, when it is only rehearsed, or when its delivery is older than `within`:
    a report that late is no news about the address, and the token may have leaked since.
    """
    delivery = await DeliveryRepository(uow.session).by_number(token.delivery_number)
    if delivery is None or delivery.kind == DeliveryKind.REHEARSAL:
        return None
    if within is not None and uow.now - delivery.created_at > within:
        return None
    seen = await envelopes.look_at(uow, envelopes.Ref(delivery.id, delivery.created_at), token.ordinal)
    if seen is None:
        return None
    return Subject(
        delivery_id=delivery.id,
        number=delivery.number,
        created_at=delivery.created_at,
        group_id=delivery.group_id,
        kind=DeliveryKind(delivery.kind),
        recipient_count=delivery.recipient_count,
        ordinal=token.ordinal,
        address=seen.address,
        state=seen.state,
    )


async def end_subscription(uow: UnitOfWork, fact: SubscriptionEndedV1) -> None:
    """A recipient unsubscribed at lui, which normally told us at once over HTTP; this makes sure of it."""
    delivery = await DeliveryRepository(uow.session).get(fact.delivery_id)
    if delivery is None:
        return
    seen = await envelopes.look_at(uow, envelopes.Ref(delivery.id, delivery.created_at), fact.ordinal)
    if seen is not None:
        request = _request(seen.address, delivery.group_id, (delivery.id, fact.ordinal), Reason.UNSUBSCRIBE)
        await suppression.suppress(uow, request, by=None)


async def unsubscribe_by_mail(uow: UnitOfWork, subject: Subject) -> bool:
    """A recipient wrote to the address of List-Unsubscribe; false when that was known."""
    about = (subject.delivery_id, subject.ordinal)
    request = _request(subject.address, subject.group_id, about, Reason.UNSUBSCRIBE)
    if not await suppression.suppress(uow, request, by=None):
        return False
    uow.emit(
        UnsubscribeReceivedV1(
            delivery_id=subject.delivery_id, delivery_number=subject.number, ordinal=subject.ordinal, at=uow.now
        )
    )
    return True


async def note_bounce(uow: UnitOfWork, subject: Subject, bounce: envelopes.Bounce) -> bool:
    """A message came back: it was sent, so that a doubt is resolved too. False when it was not sent (yet)."""
    if subject.state not in {EnvelopeState.BOUNCED, EnvelopeState.COMPLAINED} and not await envelopes.mark_bounced(
        uow, subject.ref, subject.ordinal, bounce
    ):
        return False
    uow.emit(
        EnvelopeBouncedV1(
            delivery_id=subject.delivery_id,
            ordinal=subject.ordinal,
            bounce_class=bounce.bounce_class,
            permanent=bounce.is_permanent,
            enhanced_code=bounce.enhanced_code,
            at=uow.now,
        )
    )
    return True


async def note_complaint(uow: UnitOfWork, subject: Subject) -> bool:
    """A recipient called it spam: counted, and never written to again. False when it was not sent (yet)."""
    if not await envelopes.mark_complained(uow, subject.ref, subject.ordinal):
        return False
    about = (subject.delivery_id, subject.ordinal)
    request = _request(subject.address, subject.group_id, about, Reason.COMPLAINT)
    await suppression.suppress(uow, request, by=None)
    uow.emit(EnvelopeComplainedV1(delivery_id=subject.delivery_id, ordinal=subject.ordinal, at=uow.now))
    return True


def failing(subject: Subject) -> suppression.Failing:
    """The delivery as suppression knows it."""
    return suppression.Failing(subject.delivery_id, subject.created_at, subject.group_id)


async def failing_of(uow: UnitOfWork, delivery_id: str) -> suppression.Failing | None:
    """The same for a delivery that is looked at as a whole."""
    delivery = await DeliveryRepository(uow.session).get(delivery_id)
    return suppression.Failing(delivery.id, delivery.created_at, delivery.group_id) if delivery else None


async def made_since(uow: UnitOfWork, group_id: str | None, since: datetime) -> list[envelopes.Ref]:
    """A group's live deliveries made after an instant."""
    rows = await DeliveryRepository(uow.session).live_since(group_id, since)
    return [envelopes.Ref(row.id, row.created_at) for row in rows]


async def number_of(uow: UnitOfWork, delivery_id: str) -> int | None:
    """The number that stands for a delivery in tokens."""
    delivery = await DeliveryRepository(uow.session).get(delivery_id)
    return delivery.number if delivery else None


def _request(address: str, group_id: str | None, about: tuple[str, int], reason: Reason) -> suppression.Request:
    delivery_id, ordinal = about
    return suppression.Request(address, group_id, reason, {"delivery_id": delivery_id, "ordinal": ordinal})
