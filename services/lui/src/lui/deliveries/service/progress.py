"""What mailer and tracker say of a delivery; the newest revision holds, so order and repetition do not matter."""

from common.contracts.mailer import DeliveryFinishedV1, DeliveryProgressedV1, EnvelopeBouncedV1, EnvelopeComplainedV1
from common.contracts.tracker import DeliveryTalliedV1
from common.messaging.unit_of_work import UnitOfWork
from common.observability.logging import get_logger
from lui.deliveries import rules
from lui.deliveries.models import Delivery
from lui.deliveries.repository import BounceRepository, DeliveryRepository

log = get_logger()


async def store_progress(uow: UnitOfWork, fact: DeliveryProgressedV1) -> None:
    """Take over how far mailer has come, unless a newer revision is there."""
    delivery = await _newer(uow, fact)
    if delivery is None:
        return
    _take_over(delivery, fact)
    delivery.rate_per_second = fact.rate_per_second
    delivery.expected_end = fact.expected_end
    delivery.waiting_for = fact.waiting_for
    if not rules.has_ended(fact.state):  # a retry runs again after it had ended
        delivery.finished_at, delivery.reason = None, None


async def store_end(uow: UnitOfWork, fact: DeliveryFinishedV1) -> None:
    """Take over how the delivery ended, unless a newer revision is there."""
    delivery = await _newer(uow, fact)
    if delivery is None:
        return
    _take_over(delivery, fact)
    delivery.rate_per_second, delivery.expected_end, delivery.waiting_for = 0.0, None, None
    delivery.finished_at, delivery.reason = fact.finished_at, fact.reason


async def store_bounce(uow: UnitOfWork, fact: EnvelopeBouncedV1) -> None:
    """Keep that a message came back."""
    delivery = await DeliveryRepository(uow.session).get_for_update(fact.delivery_id)
    if delivery is None:
        log.warning("bounce of an unknown delivery", delivery_id=fact.delivery_id)
        return
    bounces = BounceRepository(uow.session)
    delivery.returned += not await bounces.has_returned(fact.delivery_id, fact.ordinal)
    await bounces.store(fact)


async def store_complaint(uow: UnitOfWork, fact: EnvelopeComplainedV1) -> None:
    """Keep that a recipient called a message spam."""
    delivery = await DeliveryRepository(uow.session).get_for_update(fact.delivery_id)
    if delivery is None:
        log.warning("complaint about an unknown delivery", delivery_id=fact.delivery_id)
        return
    bounces = BounceRepository(uow.session)
    delivery.returned += not await bounces.has_returned(fact.delivery_id, fact.ordinal)
    delivery.complained += await bounces.store_complaint(fact)


async def store_tally(uow: UnitOfWork, fact: DeliveryTalliedV1) -> None:
    """Keep how many opens and clicks tracker has counted so far."""
    await DeliveryRepository(uow.session).store_tally(fact)


async def _newer(uow: UnitOfWork, fact: DeliveryProgressedV1 | DeliveryFinishedV1) -> Delivery | None:
    delivery = await DeliveryRepository(uow.session).get_for_update(fact.delivery_id)
    if delivery is None:
        log.warning("progress of an unknown delivery", delivery_id=fact.delivery_id)
        return None
    return delivery if fact.revision > delivery.progress_revision else None


def _take_over(delivery: Delivery, fact: DeliveryProgressedV1 | DeliveryFinishedV1) -> None:
    delivery.progress_revision = fact.revision
    delivery.state = fact.state
    delivery.total = fact.total
    delivery.counts = rules.every_count(fact.counts)
    delivery.started_at = fact.started_at
