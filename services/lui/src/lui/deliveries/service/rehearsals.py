"""Rehearsals beside other deliveries: how many at once, and stopping one."""

from common.contracts.lui import DeliveryKind
from common.messaging.unit_of_work import UnitOfWork
from lui.deliveries.errors import DeliveryNotFound, NoRehearsal, RehearsalsBusy
from lui.deliveries.models import Delivery
from lui.deliveries.repository import DeliveryRepository
from lui.deliveries.service.read import get_delivery
from lui.deliveries.service.request import control_delivery


async def require_room_to_rehearse(uow: UnitOfWork, most: int) -> None:
    """Raises RehearsalsBusy when `most` rehearsals have not ended; until the transaction ends nobody starts one."""
    repository = DeliveryRepository(uow.session)
    await repository.lock_rehearsals()
    running = await repository.count_open(DeliveryKind.REHEARSAL)
    if running >= most:
        raise RehearsalsBusy(
            f"{running} of at most {most} rehearsals are running: wait for one to end, or stop one", running=running
        )


async def stop_rehearsal(uow: UnitOfWork, job_id: str, delivery_id: str, *, by: str) -> Delivery:
    """End a rehearsal of a job. Raises NoRehearsal, and DeliveryOver when it has ended."""
    try:
        delivery = await get_delivery(uow, delivery_id)
    except DeliveryNotFound:
        delivery = None
    if delivery is None or delivery.job_id != job_id or delivery.kind is not DeliveryKind.REHEARSAL:
        raise NoRehearsal("The job has no such rehearsal", delivery_id=delivery_id)
    return await control_delivery(uow, delivery.id, "cancel", by=by)
