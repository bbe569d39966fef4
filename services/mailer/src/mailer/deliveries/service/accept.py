"""Taking on a delivery, and the barrier it starts behind."""

import secrets
from datetime import datetime, timedelta

from common.contracts.lui import DeliveryRequestedV1
from common.contracts.mailer import DeliveryState
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.service.control import apply_control
from mailer.envelopes import service as envelopes


async def accept(uow: UnitOfWork, fact: DeliveryRequestedV1) -> None:
    """Start preparing a delivery. The same request again changes nothing: one delivery is sent once."""
    repository = DeliveryRepository(uow.session)
    signal = await repository.signal(fact.delivery_id)
    values = {
        "id": fact.delivery_id,
        "number": fact.delivery_number,
        "job_id": fact.job_id,
        "owner_id": fact.owner_id,
        "group_id": fact.group_id,
        "kind": fact.kind.value,
        "state": DeliveryState.PREPARING.value,
        "recipient_count": fact.recipient_count,
        "not_before": fact.not_before,
        "tracking": fact.tracking.model_dump(mode="json"),
        "content_digest": fact.content_digest,
        "recipients_digest": fact.recipients_digest,
        "in_doubt": fact.in_doubt,
        "plan_loaded_at": signal.plan_loaded_at if signal else None,
        "created_at": uow.now,
        "updated_at": uow.now,
    }
    secret = {
        "delivery_id": fact.delivery_id,
        "k_msgid": secrets.token_bytes(32),
        "k_pseudonym": secrets.token_bytes(32),
    }
    if not await repository.add(values, secret):
        return
    await repository.add_progress(fact.delivery_id, uow.now)
    if signal is not None and signal.control_action and signal.control_revision:
        await apply_control(uow, fact.delivery_id, signal.control_action, signal.control_revision)


async def note_plan(uow: UnitOfWork, delivery_id: str, at: datetime) -> None:
    """The tracker knows the links of a delivery."""
    repository = DeliveryRepository(uow.session)
    delivery = await repository.get_for_update(delivery_id)
    if delivery is None:
        await repository.keep_signal(delivery_id, {"plan_loaded_at": at}, uow.now)
    elif delivery.plan_loaded_at is None:
        delivery.plan_loaded_at = at


async def start(uow: UnitOfWork, delivery_id: str, lifetime: timedelta) -> None:
    """Let a prepared delivery run, or stand paused when it is held."""
    delivery = await DeliveryRepository(uow.session).get_for_update(delivery_id)
    if delivery is None or delivery.state != DeliveryState.PREPARING:
        return
    delivery.state = (DeliveryState.PAUSED if delivery.is_held else DeliveryState.RUNNING).value
    delivery.started_at = delivery.updated_at = uow.now
    delivery.expires_at = uow.now + lifetime
    await envelopes.start(uow, delivery_id)
