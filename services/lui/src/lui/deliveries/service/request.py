"""Asking mailer and tracker for a delivery, and steering one."""

from datetime import datetime

import orjson

from common.contracts.digest import document_digest
from common.contracts.lui import DeliveryControlRequestedV1, DeliveryRequestedV1, LuiActionRecordedV1
from common.contracts.mailer import DeliveryState
from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from lui.access.rules import is_id
from lui.deliveries import rules
from lui.deliveries.errors import DeliveryNotFound
from lui.deliveries.models import Delivery
from lui.deliveries.repository import DeliveryRepository
from lui.deliveries.schemas import DeliveryOrder


async def request_delivery(uow: UnitOfWork, order: DeliveryOrder, *, by: str) -> Delivery:
    """Freeze `order` as a delivery with a number of its own and ask mailer and tracker to carry it out.

    `by` is the account that asks, or `service:lui` for a schedule.
    """
    deliveries = DeliveryRepository(uow.session)
    delivery = _delivery(order, number=await deliveries.next_number(), at=uow.now, by=by)
    deliveries.add(delivery)
    await uow.session.flush()
    uow.emit(_requested(delivery, order))
    _record(uow, delivery, "request", by)
    return delivery


def _delivery(order: DeliveryOrder, *, number: int, at: datetime, by: str) -> Delivery:
    document = {
        **order.document,
        "delivery_id": new_id(),
        "delivery_number": number,
        "kind": order.kind.value,
        "tracking": order.tracking.model_dump(mode="json"),
        "reference_time": _instant(max(order.not_before, at)),
    }
    return Delivery(
        id=document["delivery_id"],
        number=number,
        job_id=order.job_id,
        owner_id=order.owner_id,
        group_id=order.group_id,
        kind=order.kind,
        snapshot_id=order.snapshot_id,
        recipient_count=order.recipient_count,
        recipients_digest=order.recipients_digest,
        document=orjson.dumps(document, option=orjson.OPT_SORT_KEYS),
        content_digest=document_digest(document),
        plan=document["tracking"],
        not_before=order.not_before,
        requested_at=at,
        requested_by=by,
        control_revision=0,
        progress_revision=0,
        state=DeliveryState.PREPARING,
        total=order.recipient_count,
        counts=rules.first_counts(order.recipient_count),
        rate_per_second=0.0,
        tally_revision=0,
        opens=0,
        clicks=0,
    )


async def control_delivery(uow: UnitOfWork, delivery_id: str, action: rules.ControlAction, *, by: str) -> Delivery:
    """Ask mailer to pause, resume, cancel or retry; the delivery's state follows when mailer has done it.

    Raises DeliveryNotFound, and DeliveryOver when its state leaves nothing to do for `action`.
    """
    deliveries = DeliveryRepository(uow.session)
    delivery = await deliveries.get_for_update(delivery_id) if is_id(delivery_id) else None
    if delivery is None:
        raise DeliveryNotFound("There is no such delivery", delivery_id=delivery_id)
    rules.require_controllable(delivery.state, action)
    delivery.control_revision += 1
    uow.emit(
        DeliveryControlRequestedV1(
            delivery_id=delivery.id,
            revision=delivery.control_revision,
            action=action,
            requested_by=by,
            at=uow.now,
        )
    )
    _record(uow, delivery, action, by)
    return delivery


def _requested(delivery: Delivery, order: DeliveryOrder) -> DeliveryRequestedV1:
    return DeliveryRequestedV1(
        delivery_id=delivery.id,
        delivery_number=delivery.number,
        job_id=delivery.job_id,
        owner_id=delivery.owner_id,
        group_id=delivery.group_id,
        kind=delivery.kind,
        recipient_count=delivery.recipient_count,
        not_before=delivery.not_before,
        tracking=delivery.tracking,
        content_digest=delivery.content_digest,
        recipients_digest=delivery.recipients_digest,
        in_doubt=order.in_doubt,
        rehearsal=order.rehearsal,
    )


def _record(uow: UnitOfWork, delivery: Delivery, verb: str, by: str) -> None:
    uow.emit(
        LuiActionRecordedV1(
            at=uow.now,
            actor_id=by,
            action=f"delivery.{verb}",
            target_type="delivery",
            target_id=delivery.id,
            group_id=delivery.group_id,
            detail={"job_id": delivery.job_id, "kind": delivery.kind},
            correlation_id=uow.correlation_id,
        )
    )


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
