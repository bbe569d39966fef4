"""Partitions for the months to come."""

import asyncio
from datetime import date

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from lui.audience import service

log = get_logger()
SECONDS = 6 * 3600.0
_AFTER_FAILURE_SECONDS = 60.0


class Partitions:
    """Makes this month's and next month's partitions of the tables that snapshots fill."""

    def __init__(self, work: UnitOfWorkFactory) -> None:
        self._work = work

    async def run(self) -> None:
        """Four times a day until cancelled; until a partition is there, its rows go to the default one."""
        while True:
            made = await self.once()
            await asyncio.sleep(SECONDS if made else _AFTER_FAILURE_SECONDS)

    async def once(self) -> bool:
        """Whether the partitions are there now."""
        try:
            async with self._work() as uow:
                await service.ensure_partitions(uow, months(uow.now.date()))
        except Exception as error:  # noqa: BLE001 - the default partition takes what comes
            log.warning("partitions not made", error=type(error).__name__)
            return False
        return True


def months(today: date) -> list[date]:
    """The first days of this month and the next one."""
    first = today.replace(day=1)
    return [
        first,
        (first.replace(year=first.year + 1, month=1) if first.month == 12 else first.replace(month=first.month + 1)),
    ]
