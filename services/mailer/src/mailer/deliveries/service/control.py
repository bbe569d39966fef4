"""Pausing, resuming, cancelling and retrying."""

from datetime import timedelta

from common.contracts.lui import DeliveryControlRequestedV1
from common.contracts.mailer import DeliveryState
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries import rules
from mailer.deliveries.models import DeliveryRow
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.service.finish import restate_end
from mailer.envelopes import service as envelopes
from mailer.signing import service as signing

_RETRY_LIFETIME = timedelta(hours=72)
_RETRY_FROM = frozenset({DeliveryState.RUNNING, DeliveryState.PAUSED, DeliveryState.FINISHED, DeliveryState.CANCELLED})


async def request_control(uow: UnitOfWork, fact: DeliveryControlRequestedV1) -> None:
    """Do what was asked; the highest revision holds, whatever order requests arrive in."""
    repository = DeliveryRepository(uow.session)
    if await repository.get(fact.delivery_id) is None:
        signal = await repository.signal(fact.delivery_id)
        if signal is None or (signal.control_revision or 0) < fact.revision:
            values = {"control_revision": fact.revision, "control_action": fact.action}
            await repository.keep_signal(fact.delivery_id, values, uow.now)
        return
    await apply_control(uow, fact.delivery_id, fact.action, fact.revision)


async def apply_control(uow: UnitOfWork, delivery_id: str, action: str, revision: int) -> None:
    """Apply a control newer than the last one. Locking the row waits for the grants under way; then none follows."""
    delivery = await DeliveryRepository(uow.session).get_for_update(delivery_id)
    if delivery is None or revision <= delivery.control_revision:
        return
    delivery.control_revision = revision
    delivery.updated_at = uow.now
    if action == "retry":
        await _retry(uow, delivery)
        return
    delivery.is_held = action == "pause" or (delivery.is_held and action != "resume")
    delivery.state = rules.state_after(action, DeliveryState(delivery.state)).value


async def _retry(uow: UnitOfWork, delivery: DeliveryRow) -> None:
    """Queue what is certain not to have arrived once more; what was sent is never sent again.

    When that is nobody, an ended delivery's end is stated again: who asked waits for it.
    """
    if DeliveryState(delivery.state) not in _RETRY_FROM or delivery.pulled_at is None or delivery.document is None:
        await restate_end(uow, delivery)
        return
    ref = envelopes.Ref(delivery.id, delivery.created_at)
    await signing.freeze_keys(uow, delivery.id, str(delivery.document["sender"]["address"]))
    if delivery.state == DeliveryState.CANCELLED:
        while await envelopes.cancel_some(uow, ref):
            pass
    queued = await envelopes.queue_again(uow, ref)
    if queued and delivery.state in {DeliveryState.FINISHED, DeliveryState.CANCELLED}:
        delivery.state = DeliveryState.RUNNING.value
        delivery.finished_at = None
        delivery.is_held = False
    if not queued:
        await restate_end(uow, delivery)
    else:
        delivery.started_at = delivery.started_at or uow.now
        delivery.expires_at = uow.now + _RETRY_LIFETIME
        await DeliveryRepository(uow.session).keep_pseudonyms(delivery.id)
