"""Why a delivery is as slow as it is."""

from common.contracts.mailer import DeliveryState
from common.http.bearer import Caller
from common.messaging.unit_of_work import UnitOfWork
from mailer.config import SmtpSettings
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.schemas import PaceOut, SlowReason
from mailer.deliveries.service.look import visible
from mailer.envelopes import service as envelopes
from mailer.gateways import service as gateways

_MOST_REASONS = 50


async def show_pace(uow: UnitOfWork, delivery_id: str, smtp: SmtpSettings, *, by: Caller) -> PaceOut:
    """What a delivery waits for. Raises DeliveryNotFound."""
    delivery = await visible(uow, delivery_id, by)
    progress = await DeliveryRepository(uow.session).progress_read(delivery.id)
    waiting_for = progress.waiting_for if progress else None
    if delivery.state != DeliveryState.RUNNING or delivery.document is None:
        return PaceOut(waiting_for=waiting_for, reasons=[])
    aside = await envelopes.put_aside_by_lane(uow, delivery.id)
    reasons = [
        SlowReason(
            code=each.code,
            gateway=each.gateway,
            destination=each.destination,
            detail=each.detail,
            until=each.until,
            envelopes=aside.get(each.destination) if each.destination else None,
        )
        for each in await gateways.pace_reasons(uow, smtp, delivery.sender_domain)
    ]
    return PaceOut(waiting_for=waiting_for, reasons=reasons[:_MOST_REASONS])
