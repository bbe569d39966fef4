"""What happens to deliveries as time passes."""

from datetime import timedelta

from common.contracts.mailer import DeliveryState
from common.messaging.unit_of_work import UnitOfWork
from mailer.deliveries import rules
from mailer.deliveries.files import MessageFiles
from mailer.deliveries.repository import DeliveryRepository
from mailer.deliveries.service.accept import start
from mailer.deliveries.service.finish import readiness
from mailer.envelopes import service as envelopes

_PULL_SECONDS = 30


async def claim_pull(uow: UnitOfWork) -> str | None:
    """A delivery whose recipients are to be fetched by the caller, for thirty seconds at a time."""
    return await DeliveryRepository(uow.session).claim_pull(uow.now, _PULL_SECONDS)


async def keep_pull(uow: UnitOfWork, delivery_id: str) -> None:
    """The caller is still fetching."""
    delivery = await DeliveryRepository(uow.session).get(delivery_id)
    if delivery is not None:
        delivery.pull_until = uow.now + timedelta(seconds=_PULL_SECONDS)


async def end_pull(uow: UnitOfWork, delivery_id: str, problem: str | None, retry_in: timedelta) -> None:
    """The caller stops fetching; with a problem somebody tries again later."""
    delivery = await DeliveryRepository(uow.session).get(delivery_id)
    if delivery is not None and delivery.state == DeliveryState.PREPARING:
        delivery.pull_problem = problem
        delivery.pull_until = uow.now + retry_in if problem else None


async def start_ready(uow: UnitOfWork, lifetime: timedelta) -> int:
    """Start every prepared delivery whose time has come; returns how many."""
    repository, started = DeliveryRepository(uow.session), 0
    for delivery_id in await repository.in_state(DeliveryState.PREPARING.value):
        delivery = await repository.get(delivery_id)
        if delivery is not None and rules.waits_for(readiness(delivery), uow.now) is None:
            await start(uow, delivery_id, lifetime)
            started += 1
    return started


async def open_ids(uow: UnitOfWork) -> list[str]:
    """Deliveries whose progress is stated."""
    repository = DeliveryRepository(uow.session)
    states = (DeliveryState.PREPARING.value, DeliveryState.RUNNING.value, DeliveryState.PAUSED.value)
    return [*await repository.in_state(*states), *await repository.unsettled_cancelled()]


async def cancel_waiting(uow: UnitOfWork) -> bool:
    """Cancel some of what waits in cancelled deliveries; false when nothing is left."""
    repository, found = DeliveryRepository(uow.session), False
    for delivery_id in await repository.unsettled_cancelled():
        delivery = await repository.get(delivery_id)
        if delivery is not None:
            found = await envelopes.cancel_some(uow, envelopes.Ref(delivery.id, delivery.created_at)) or found
    return found


async def shred(uow: UnitOfWork) -> None:
    """Destroy pseudonym keys that nobody needs any more."""
    await DeliveryRepository(uow.session).shred(uow.now)


async def drop_files(uow: UnitOfWork, kept: timedelta) -> int:
    """Remove files of messages of which every delivery ended so long ago; returns how many."""
    return await MessageFiles(uow.session).drop_unneeded(uow.now - kept)
