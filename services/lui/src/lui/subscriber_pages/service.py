"""Ending a subscription: recorded first, then obeyed by mailer before its next message."""

from collections.abc import Collection
from dataclasses import dataclass

import orjson

from common.contracts.lui import DeliveryKind, LuiActionRecordedV1, SubscriptionEndedV1
from common.contracts.mailer import UnsubscribeReceivedV1
from common.contracts.problem import Problem
from common.contracts.signed_token import Purpose, TokenKeys
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from lui.audience import service as audience
from lui.audience.errors import RecipientNotFound, SnapshotMissing
from lui.clients.mailer import MailerClient
from lui.deliveries import service as deliveries
from lui.deliveries.errors import DeliveryNotFound
from lui.subscriber_pages.errors import LinkNotOurs
from lui.subscriber_pages.repository import EndedSubscriptionRepository
from lui.subscriber_pages.rules import Reason

log = get_logger()


@dataclass(frozen=True)
class Subscriber:
    """The recipient that a link was made for."""

    delivery_id: str
    delivery_number: int
    ordinal: int
    group_id: str | None
    snapshot_id: str
    sender: str
    """Name or address the mailing came from."""
    is_rehearsed: bool = False
    """The message is a rehearsal's sample: nobody got it, so nobody asks for anything."""


@dataclass(frozen=True)
class Ending:
    """A recorded wish, with what mailer needs to obey it."""

    subscriber: Subscriber
    address: str | None
    """None when the snapshot is no longer kept."""
    reason: Reason


async def find_subscriber(uow: UnitOfWork, keys: TokenKeys, token: str) -> Subscriber:
    """Whose link this is. Raises LinkNotOurs when it is forged, cut, for another purpose, or its delivery is gone."""
    read = keys.read_action(token)
    if read is None or read.purpose is not Purpose.UNSUBSCRIBE:
        raise LinkNotOurs("The link is not complete, or it was not made by us. Please open it from the message again.")
    try:
        delivery = await deliveries.delivery_by_number(uow, read.delivery_number)
    except DeliveryNotFound as error:
        raise LinkNotOurs("The mailing this link belongs to is no longer kept.") from error
    sender = orjson.loads(delivery.document)["sender"]
    return Subscriber(
        delivery_id=delivery.id,
        delivery_number=delivery.number,
        ordinal=read.ordinal,
        group_id=delivery.group_id,
        snapshot_id=delivery.snapshot_id,
        sender=sender["name"] or sender["address"],
        is_rehearsed=delivery.kind is DeliveryKind.REHEARSAL,
    )


async def has_ended(uow: UnitOfWork, subscriber: Subscriber) -> bool:
    """Whether the wish was recorded before."""
    return await EndedSubscriptionRepository(uow.session).has(subscriber.delivery_id, subscriber.ordinal)


async def count_ended(uow: UnitOfWork, delivery_ids: Collection[str]) -> int:
    """How many recipients of these deliveries unsubscribed."""
    return await EndedSubscriptionRepository(uow.session).count(delivery_ids)


async def count_ended_by_delivery(uow: UnitOfWork, delivery_ids: Collection[str]) -> dict[str, int]:
    """How many recipients of each delivery unsubscribed; a delivery nobody left is left out."""
    return await EndedSubscriptionRepository(uow.session).counts(delivery_ids)


async def end_subscription(uow: UnitOfWork, subscriber: Subscriber, reason: Reason) -> Ending:
    """Record the wish; asking again changes nothing, and neither does asking from a rehearsal's sample."""
    if subscriber.is_rehearsed:
        return Ending(subscriber, address=None, reason=reason)
    await _record(uow, subscriber, reason)
    try:
        _, address, _ = await audience.recipient(uow, subscriber.snapshot_id, subscriber.ordinal)
    except (SnapshotMissing, RecipientNotFound):
        return Ending(subscriber, address=None, reason=reason)
    return Ending(subscriber, address=address, reason=reason)


async def store_unsubscribe(uow: UnitOfWork, fact: UnsubscribeReceivedV1) -> None:
    """Record what a recipient asked for by mail; mailer has suppressed the address already."""
    try:
        delivery = await deliveries.get_delivery(uow, fact.delivery_id)
    except DeliveryNotFound:
        log.warning("unsubscribe from an unknown delivery", delivery_id=fact.delivery_id)
        return
    subscriber = Subscriber(
        delivery_id=delivery.id,
        delivery_number=delivery.number,
        ordinal=fact.ordinal,
        group_id=delivery.group_id,
        snapshot_id=delivery.snapshot_id,
        sender="",
    )
    await _record(uow, subscriber, "mail")


async def obey(mailer: MailerClient, ending: Ending) -> bool:
    """Let mailer suppress the address now; False when it is away and will learn of it from the fact."""
    if ending.address is None:
        return False
    try:
        await mailer.suppress(
            delivery_id=ending.subscriber.delivery_id,
            ordinal=ending.subscriber.ordinal,
            address=ending.address,
            group_id=ending.subscriber.group_id,
            reason=ending.reason,
        )
    except Problem as problem:
        log.warning("mailer will learn of an ended subscription later", problem=problem.slug)
        return False
    return True


async def _record(uow: UnitOfWork, subscriber: Subscriber, reason: Reason) -> None:
    ended = SubscriptionEndedV1(
        delivery_id=subscriber.delivery_id,
        delivery_number=subscriber.delivery_number,
        ordinal=subscriber.ordinal,
        group_id=subscriber.group_id,
        reason=reason,
        at=uow.now,
    )
    if not await EndedSubscriptionRepository(uow.session).store(ended):
        return
    uow.emit(ended)
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id=None,
            action="subscription.end",
            target_type="delivery",
            target_id=subscriber.delivery_id,
            group_id=subscriber.group_id,
            detail={"ordinal": subscriber.ordinal, "reason": reason},
            correlation_id=uow.correlation_id,
        )
    )
