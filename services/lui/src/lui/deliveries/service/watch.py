"""Following a delivery to its end without holding a database connection in between."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from common.messaging.unit_of_work import UnitOfWorkFactory
from lui.deliveries import rules
from lui.deliveries.errors import DeliveryNotFound
from lui.deliveries.models import Delivery
from lui.deliveries.service.read import get_delivery


@dataclass(frozen=True)
class Pace:
    """How often a watched delivery is read, and how often it is asked whether its watcher still may."""

    look: timedelta = timedelta(seconds=1)
    ask: timedelta = timedelta(seconds=10)


async def watch_delivery(
    units: UnitOfWorkFactory, delivery_id: str, *, may_go_on: Callable[[], Awaitable[bool]], pace: Pace
) -> AsyncIterator[Delivery]:
    """The delivery now, then whenever it changed, ending with its final state, or when `may_go_on` says no."""
    seen: tuple[object, ...] | None = None
    looks_per_question = max(1, round(pace.ask / pace.look))
    looks = 0
    while True:
        try:
            async with units.reader() as uow:
                delivery = await get_delivery(uow, delivery_id)
        except DeliveryNotFound:  # its job was deleted meanwhile
            return
        if (now := _visible_state(delivery)) != seen:
            seen = now
            yield delivery
        if rules.has_ended(delivery.state):
            return
        await asyncio.sleep(pace.look.total_seconds())
        looks += 1
        if looks % looks_per_question == 0 and not await may_go_on():
            return


def _visible_state(delivery: Delivery) -> tuple[object, ...]:
    return delivery.progress_revision, delivery.state, delivery.tally_revision
