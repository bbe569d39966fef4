"""Looking at deliveries: visible to their owner and the owner's group, otherwise not there."""

from common.contracts.mailer import DeliveryState, EnvelopeState
from common.http.bearer import Caller
from common.http.paging import PageParams, page_of
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries.errors import DeliveryNotFound
from mailer.deliveries.models import DeliveryRow
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.schemas import DeliveryOut
from mailer.envelopes import service as envelopes
from mailer.envelopes.schemas import EnvelopeOut


async def show(uow: UnitOfWork, delivery_id: str, *, by: Caller) -> DeliveryOut:
    """A delivery. Raises DeliveryNotFound."""
    delivery = await visible(uow, delivery_id, by)
    counts = await envelopes.counts(uow, delivery.id)
    missing = delivery.recipient_count - sum(counts.values())
    if missing > 0:
        has_ended = delivery.state in {DeliveryState.FAILED, DeliveryState.CANCELLED}
        counts[EnvelopeState.CANCELLED if has_ended else EnvelopeState.QUEUED] += missing
    progress = await DeliveryRepository(uow.session).progress_read(delivery.id)
    return DeliveryOut.model_validate(
        {
            "id": delivery.id,
            "job_id": delivery.job_id,
            "kind": delivery.kind,
            "state": delivery.state,
            "total": delivery.recipient_count,
            "counts": counts,
            "rate_per_second": progress.rate_per_second if progress else 0.0,
            "started_at": delivery.started_at,
            "finished_at": delivery.finished_at,
            "expected_end": progress.expected_end if progress else None,
            "waiting_for": progress.waiting_for if progress else None,
            "reason": delivery.reason,
        }
    )


async def list_envelopes(
    uow: UnitOfWork, delivery_id: str, state: EnvelopeState | None, params: PageParams, *, by: Caller
) -> tuple[list[EnvelopeOut], str | None]:
    """Envelopes of a delivery in ordinal order. Raises DeliveryNotFound."""
    delivery = await visible(uow, delivery_id, by)
    position = params.position()
    after = int(position[0]) if position and isinstance(position[0], int) else 0
    ref = envelopes.Ref(delivery.id, delivery.created_at)
    rows = await envelopes.listed(uow, ref, state.value if state else None, after, params.limit + 1)
    return page_of(rows, params, lambda row: [row.ordinal])


async def visible(uow: UnitOfWork, delivery_id: str, caller: Caller) -> DeliveryRow:
    """A delivery of the caller's or of the caller's group. Raises DeliveryNotFound."""
    delivery = await DeliveryRepository(uow.session).get(delivery_id)
    isvisible = delivery is not None and (
        caller.is_service
        or delivery.owner_id == caller.account_id
        or (delivery.group_id is not None and delivery.group_id == caller.group_id)
    )
    if delivery is None or not isvisible:
        raise DeliveryNotFound(f"There is no delivery {delivery_id}", delivery_id=delivery_id)
    return delivery


async def require_visible(uow: UnitOfWork, delivery_id: str, *, by: Caller) -> None:
    """Raises DeliveryNotFound unless there is such a delivery and it is the caller's to see."""
    await visible(uow, delivery_id, by)
