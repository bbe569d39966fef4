"""Jobs as time passes: sending those that are due, and forgetting what nothing refers to any more."""

import asyncio
from collections.abc import Awaitable, Callable

from common.messaging.unit_of_work import UnitOfWork, UnitOfWorkFactory
from common.observability.logging import get_logger
from lui.jobs import service

log = get_logger()
SECONDS = 0.5
TIDY_SECONDS = 3600.0
_AFTER_FAILURE_SECONDS = 5.0


class DueJobs:
    """Sends what is due; any number of processes may run it, each job is taken up by one of them."""

    def __init__(self, work: UnitOfWorkFactory, list_domain: str) -> None:
        self._work = work
        self._list_domain = list_domain

    async def run(self) -> None:
        """Look twice a second until cancelled."""
        while True:
            wait = await self.once()
            await asyncio.sleep(wait)

    async def once(self) -> float:
        """Send some of what is due; returns how long to wait before looking again, in seconds."""
        try:
            async with self._work() as uow:
                sent = await service.send_due(uow, list_domain=self._list_domain)
        except Exception as error:  # noqa: BLE001 - an absent database must not end the process
            log.warning("due jobs not looked at", error=type(error).__name__)
            return _AFTER_FAILURE_SECONDS
        return 0.0 if sent else SECONDS


Step = Callable[[UnitOfWork, str | None], Awaitable[str | None]]


class Tidying:
    """Forgets uploads, snapshots and contents that are a day old and that nothing refers to."""

    def __init__(self, work: UnitOfWorkFactory) -> None:
        self._work = work

    async def run(self) -> None:
        """Tidy up once an hour until cancelled."""
        while True:
            try:
                await self.once()
            except Exception as error:  # noqa: BLE001 - the next hour is as good
                log.warning("not tidied up", error=type(error).__name__)
            await asyncio.sleep(TIDY_SECONDS)

    async def once(self) -> None:
        """Go through everything once, in small transactions."""
        for step in (service.tidy_uploads, service.tidy_snapshots, service.tidy_contents, service.tidy_files):
            await self._through(step)

    async def _through(self, step: Step) -> None:
        after: str | None = None
        while True:
            async with self._work() as uow:
                after = await step(uow, after)
            if after is None:
                return
