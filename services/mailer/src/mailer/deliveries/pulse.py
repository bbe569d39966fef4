"""Whether there is anything to do: one cheap question for all loops of a process, which otherwise would ask many."""

import asyncio
from itertools import count
from typing import Any, LiteralString

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from common.observability.logging import get_logger

log = get_logger()
SECONDS = 0.2
"""How long a new delivery may go unnoticed."""
_AWAY_SECONDS = 1.0
_EVERY = 25
"""While nothing is open, only one question in so many is about cancelled deliveries: no index knows them."""
_OPEN = "SELECT EXISTS (SELECT FROM mailer.deliveries WHERE state IN ('preparing', 'running', 'paused'))"
_ENDING = "SELECT EXISTS (SELECT FROM mailer.deliveries WHERE state = 'cancelled' AND finished_at IS NULL)"


class Pulse:
    """Asks on a connection of its own, without the transaction and the ping that one from the pool costs each time.

    As long as nothing is known, and while PostgreSQL is away, there may be something to do.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._stirs = asyncio.Event()
        self._stirs.set()

    @property
    def rests(self) -> bool:
        """Whether no delivery is open: nothing can be fetched, started, claimed, taken over or stated."""
        return not self._stirs.is_set()

    async def wait(self, seconds: float) -> None:
        """Until a delivery is open, but no longer than that."""
        try:
            async with asyncio.timeout(seconds):
                await self._stirs.wait()
        except TimeoutError:
            pass

    async def run(self) -> None:
        """Ask until cancelled; PostgreSQL may come and go."""
        while True:
            try:
                async with self._engine.connect() as plain:
                    connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                    await self._ask((await connection.get_raw_connection()).driver_connection)
            except (SQLAlchemyError, psycopg.Error, OSError) as error:
                log.warning("open deliveries are not known", error=type(error).__name__)
            finally:
                self._stirs.set()
            await asyncio.sleep(_AWAY_SECONDS)

    async def _ask(self, driver: Any) -> None:
        async with driver.cursor() as cursor:
            for turn in count():
                is_open = await _is(cursor, _OPEN)
                if not is_open and (not self.rests or turn % _EVERY == 0):
                    is_open = await _is(cursor, _ENDING)
                if is_open:
                    self._stirs.set()
                else:
                    self._stirs.clear()
                await asyncio.sleep(SECONDS)


async def _is(cursor: psycopg.AsyncCursor[Any], question: LiteralString) -> bool:
    await cursor.execute(question, prepare=True)
    [answer] = await cursor.fetchone() or (True,)
    return bool(answer)
