"""What happens to deliveries as time passes: fetching, starting, stating progress, ending, forgetting."""

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.clients.lui import LuiAway
from mailer.config import MailerSettings
from mailer.deliveries import service
from mailer.deliveries.pulse import Pulse

log = get_logger()
TICK_SECONDS = 0.2
_PULL_RETRY = timedelta(seconds=2)
_KEEP_SECONDS = 10.0
_TIDY_SECONDS = 600.0
_RESTING_SECONDS = 60.0
"""How often is looked all the same while nothing is open."""
_AWAY = (SQLAlchemyError, OSError)


@dataclass(frozen=True, slots=True)
class Times:
    """How long an envelope is tried, and files are kept after the last delivery that names them."""

    lifetime: timedelta
    files_kept: timedelta

    @classmethod
    def of(cls, settings: MailerSettings) -> Self:
        """As configured."""
        return cls(timedelta(hours=settings.sending.expire_hours), timedelta(days=settings.file_days))


class PullLoop:
    """Fetches content and recipients of deliveries that are being prepared, one at a time."""

    def __init__(self, uow: UnitOfWorkFactory, puller: service.Puller, pulse: Pulse) -> None:
        self._uow = uow
        self._puller = puller
        self._pulse = pulse

    async def run(self) -> None:
        """Fetch until cancelled; lui and PostgreSQL may come and go."""
        while True:
            await self._pulse.wait(_RESTING_SECONDS)
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

    def __init__(
        self, uow: UnitOfWorkFactory, times: Times, sending_problem: service.SendingProblem, pulse: Pulse
    ) -> None:
        self._uow = uow
        self._times = times
        self._sending_problem = sending_problem
        self._pulse = pulse
        self._tidied_at = float("-inf")

    async def run(self) -> None:
        """Tend until cancelled; PostgreSQL may come and go."""
        while True:
            await self._pulse.wait(_RESTING_SECONDS)
            try:
                await self.tick()
            except _AWAY as error:
                log.warning("cannot tend deliveries", error=type(error).__name__)
            await asyncio.sleep(TICK_SECONDS)

    async def tick(self) -> None:
        """Look after every open delivery once."""
        async with self._uow() as uow:
            await service.start_ready(uow, self._times.lifetime)
        async with self._uow() as uow:
            await service.cancel_waiting(uow)
        async with self._uow.reader() as uow:
            open_ids = await service.open_ids(uow)
        for delivery_id in open_ids:
            async with self._uow() as uow:
                await service.follow(uow, delivery_id, sending_problem=self._sending_problem)
        if time.monotonic() - self._tidied_at >= _TIDY_SECONDS:
            await self._tidy()

    async def _tidy(self) -> None:
        """Destroy keys and files that nobody needs any more."""
        async with self._uow() as uow:
            await service.shred(uow)
        async with self._uow() as uow:
            dropped = await service.drop_files(uow, self._times.files_kept)
        if dropped:
            log.info("files of messages were removed", files=dropped)
        self._tidied_at = time.monotonic()
