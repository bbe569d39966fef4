"""What happens to signing keys as time passes: their records are looked at, deleted ones go when nobody needs them."""

import asyncio
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.dns import Resolver
from mailer.signing import service
from mailer.signing.service.freeze import OpenAmong

log = get_logger()
_TICK_SECONDS = 30.0


class KeyKeeper:
    """Runs in any number of processes: looking twice does no harm."""

    def __init__(self, uow: UnitOfWorkFactory, resolver: Resolver, interval: timedelta, open_among: OpenAmong) -> None:
        self._uow = uow
        self._resolver = resolver
        self._interval = interval
        self._open_among = open_among

    async def run(self) -> None:
        """Twice a minute, whatever fails."""
        while True:
            try:
                await self.step()
            except (SQLAlchemyError, OSError) as error:
                log.warning("signing keys not looked after", error=type(error).__name__)
            await asyncio.sleep(_TICK_SECONDS)

    async def step(self) -> None:
        """Look at what is due."""
        while await service.check_due(self._uow, self._resolver, self._interval):
            continue
        async with self._uow() as uow:
            await service.remove_deleted(uow, self._open_among)
