"""Following a job's counters as they move, without holding a database connection in between."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

from common.messaging.unit_of_work import UnitOfWorkFactory
from lui.deliveries import service as deliveries
from lui.reports.schemas.library import LiveOut

MOST_LOOKS = 3_600
"""After an hour the answer ends; who still watches asks again."""


async def watch_job(
    units: UnitOfWorkFactory, job_id: str, *, may_go_on: Callable[[], Awaitable[bool]], pace: deliveries.Pace
) -> AsyncIterator[LiveOut]:
    """The counters of the job's live deliveries now, then whenever they moved, as long as `may_go_on` says yes."""
    seen: tuple[int, int] | None = None
    looks_per_question = max(1, round(pace.ask / max(pace.look, timedelta(milliseconds=1))))
    for look in range(1, MOST_LOOKS + 1):
        async with units.reader() as uow:
            live = await deliveries.live_deliveries_of(uow, job_id)
            now = sum(each.opens for each in live), sum(each.clicks for each in live)
            at = uow.now
        if now != seen:
            seen = now
            yield LiveOut(opens=now[0], clicks=now[1], at=at)
        await asyncio.sleep(pace.look.total_seconds())
        if look % looks_per_question == 0 and not await may_go_on():
            return
