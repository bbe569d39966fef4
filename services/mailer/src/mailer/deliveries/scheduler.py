"""What happens to deliveries as time passes: fetching, starting, stating progress, ending, forgetting."""

import asyncio
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.clients.lui import LuiAway
from mailer.deliveries import service

log = get_logger()
TICK_SECONDS = 0.2
_PULL_RETRY = timedelta(seconds=2)
_KEEP_SECONDS = 10.0
_SHRED_TICKS = 3_000
_AWAY = (SQLAlchemyError, OSError)


class PullLoop:
    """Fetches content and recipients of deliveries that are being prepared, one at a time."""

    def __init__(self, uow: UnitOfWorkFactory, puller: service.Puller) -> None:
        self._uow = uow
        self._puller = puller

    async def run(self) -> None:
        """Fetch until cancelled; lui and PostgreSQL may come and go."""
        while True:
            try:
                found = await self.once()
            except _AWAY as error:
                log.warning("cannot fetch recipients", error=type(error).__name__)
                found = False
            if not found:
                await asyncio.sleep(TICK_SECONDS)

    async def once(self) -> bool:
        """Fetch one delivery, if any waits for it."""
        async with self._uow() as uow:
            delivery_id = await service.claim_pull(uow)
        if delivery_id is None:
            return False
        problem = None
        keeping = asyncio.create_task(self._keep(delivery_id), name="keep pull")
        try:
            await self._puller.pull(delivery_id)
        except LuiAway as away:
            log.info("recipients cannot be fetched yet", delivery_id=delivery_id, reason=str(away))
            problem = "the recipients cannot be fetched at the moment"
        except service.Superseded:
            return True
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
        async with self._uow() as uow:
            await service.end_pull(uow, delivery_id, problem, _PULL_RETRY)
        return True

    async def _keep(self, delivery_id: str) -> None:
        while True:
            await asyncio.sleep(_KEEP_SECONDS)
            async with self._uow() as uow:
                await service.keep_pull(uow, delivery_id)


class TendLoop:
    """Starts, follows and ends deliveries."""

    def __init__(self, uow: UnitOfWorkFactory, lifetime: timedelta, sending_problem: service.SendingProblem) -> None:
        self._uow = uow
        self._lifetime = lifetime
        self._sending_problem = sending_problem
        self._ticks = 0

    async def run(self) -> None:
        """Tend until cancelled; PostgreSQL may come and go."""
        while True:
            try:
                await self.tick()
            except _AWAY as error:
                log.warning("cannot tend deliveries", error=type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Look after every open delivery once."""
        async with self._uow() as uow:
            await service.start_ready(uow, self._lifetime)
        async with self._uow() as uow:
            await service.cancel_waiting(uow)
        async with self._uow.reader() as uow:
            open_ids = await service.open_ids(uow)
        for delivery_id in open_ids:
            async with self._uow() as uow:
                await service.follow(uow, delivery_id, sending_problem=self._sending_problem)
        if self._ticks % _SHRED_TICKS == 0:
            async with self._uow() as uow:
                await service.shred(uow)
        self._ticks += 1
