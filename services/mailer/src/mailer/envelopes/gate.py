"""The gate: no final dot without an intent that is committed (`reliability` D1).

One statement serves all connections of the process. It grants what may be sent at that instant and writes the
outcomes of what was sent before; the next one starts when it returns, with everything that was asked meanwhile. A
second one follows only where somebody was suppressed after a chunk was loaded: then it is asked about each address.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Protocol

import psycopg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from common.observability.logging import get_logger
from mailer.config import SendingSettings
from mailer.envelopes import metrics
from mailer.envelopes.gate_statement import (
    FLUSH,
    LOOK,
    RELEASE,
    RENEW,
    SETTINGS,
    Ack,
    flush_parameters,
    lease_parameters,
    look_parameters,
)
from mailer.envelopes.owner import Owner, register
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.work import Chunk, Item

log = get_logger()
AWAY = (SQLAlchemyError, psycopg.Error, OSError)
"""What is raised while PostgreSQL is not there."""
MAX_GROUP = 500
_ENOUGH = 100
"""Questions that are worth a statement at once."""
GATHER_SECONDS = 0.008
"""How long fewer than that wait for company, counted from the last statement's beginning.

A statement locks, plans and commits once, for one question as for fifty.
"""
_RECONNECT_SECONDS = 0.25


class Answered(Protocol):
    """Who asked; called after the commit."""

    def __call__(self, granted: Sequence[Item], denied: Sequence[Item]) -> None:
        """What may be sent, and what may not."""


class Gate:
    """Asks PostgreSQL for permission, in groups, on a connection that also proves that this process lives."""

    def __init__(self, engine: AsyncEngine, owner: Owner, settings: SendingSettings) -> None:
        self._engine = engine
        self._owner = owner
        self._settings = settings
        self._wants: deque[Item] = deque()
        self._acks: deque[Ack] = deque()
        self._work = asyncio.Event()
        self._is_stopping = False
        self._renewed_at = float("-inf")
        self._flushed_at = float("-inf")
        self.driver: psycopg.AsyncConnection[Any] | None = None
        """The connection whose life is ours; the last one while there is none."""
        self.is_open = asyncio.Event()
        """The owner's lock is held: leases may be taken."""
        self.on_answered: Answered = _nobody
        self.on_recorded: Callable[[Ack], None] = lambda _: None
        """Called after the commit, once for each entry."""
        self.held: Callable[[], Sequence[Chunk]] = tuple
        """The chunks whose leases are to be kept."""
        self.on_lost: Callable[[Chunk], None] = lambda _: None
        """Called for a chunk in hand that is somebody else's now, or closed."""
        self.seconds = 0.005
        """How long an answer takes at the moment, smoothed."""

    def ask(self, items: Sequence[Item]) -> None:
        """Whether envelopes may be sent now; those that are granted have a committed intent."""
        self._wants.extend(items)
        self._work.set()

    def record(self, item: Item, entry: Entry, outcome: Outcome | None) -> None:
        """Have an entry written with the next group; until then it is kept, also while PostgreSQL is away."""
        self._acks.append(Ack(item.chunk, item, entry, outcome))
        self._work.set()

    @property
    def may_start(self) -> bool:
        """Whether the leases are surely still ours, by the monotonic clock and with a margin for one transaction."""
        return time.monotonic() - self._renewed_at < self._settings.lease_seconds * 2 / 3

    @property
    def has_unrecorded(self) -> bool:
        """Whether entries are not in the database yet."""
        return bool(self._acks)

    def stop(self) -> None:
        """End between two statements rather than in the middle of one."""
        self._is_stopping = True
        self._work.set()

    async def run(self) -> None:
        """Flush until stopped or cancelled; PostgreSQL may come and go."""
        while not self._is_stopping:
            try:
                async with self._engine.connect() as plain:
                    connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                    await register(connection, self._owner)
                    self.driver = driver = await _driver_of(connection)
                    for setting in SETTINGS:
                        await driver.execute(setting)
                    await self._renew(driver)
                    for chunk in self.held():
                        # Perhaps in another cluster, restored: its transactions' numbers say nothing of what is new.
                        chunk.has_news = True
                    await driver.execute(RELEASE, self._leases())
                    self.is_open.set()
                    await self._serve(connection, driver)
            except AWAY as error:
                log.warning("the ledger is away", error=type(error).__name__)
            finally:
                self.is_open.clear()
            if not self._is_stopping:
                await asyncio.sleep(_RECONNECT_SECONDS)

    async def _serve(self, connection: AsyncConnection, driver: psycopg.AsyncConnection[Any]) -> None:
        async with driver.cursor() as cursor:
            while not self._is_stopping:
                # Also under load, when there is always something to flush.
                if time.monotonic() - self._renewed_at >= self._settings.renew_seconds:
                    await register(connection, self._owner)
                    await self._renew(driver)
                if self._wants or self._acks:
                    await self._gather()
                    await self._flush(cursor)
                    continue
                self._work.clear()
                due = self._settings.renew_seconds - (time.monotonic() - self._renewed_at)
                try:
                    async with asyncio.timeout(max(due, 0)):
                        await self._work.wait()
                except TimeoutError:
                    pass

    async def _renew(self, driver: psycopg.AsyncConnection[Any]) -> None:
        before, held = time.monotonic(), list(self.held())
        cursor = await driver.execute(RENEW, self._leases())
        kept = {tuple(row) for row in await cursor.fetchall()}
        self._renewed_at = before
        for chunk in held:
            lease = chunk.lease
            if (lease.delivery_id, lease.number, lease.epoch) not in kept:
                self.on_lost(chunk)

    def _leases(self) -> dict[str, object]:
        return lease_parameters(self._owner.id, self._settings.lease_seconds, self.held())

    async def _gather(self) -> None:
        """Let a few milliseconds bring more, so that the statements' number does not grow with the messages'."""
        since = time.monotonic() - self._flushed_at
        if len(self._wants) < _ENOUGH and since < GATHER_SECONDS:
            await asyncio.sleep(GATHER_SECONDS - since)

    async def _flush(self, cursor: psycopg.AsyncCursor[Any]) -> None:
        wants = list(islice(self._wants, MAX_GROUP))
        acks = list(islice(self._acks, MAX_GROUP))
        began = self._flushed_at = time.monotonic()
        # Perhaps committed when this fails, perhaps not: both are asked again, and what then stands twice in the
        # log changes nothing.
        granted, denied = await self._ask(cursor, wants, acks)
        for _ in wants:
            self._wants.popleft()
        for _ in acks:
            self._acks.popleft()
        took = time.monotonic() - began
        self.seconds += 0.1 * (took - self.seconds)
        metrics.GATE_SECONDS.inc(took)
        if wants:
            metrics.INTENTS.labels("yes").inc(len(granted))
            metrics.INTENTS.labels("no").inc(len(denied))
            self.on_answered(granted, denied)
        for ack in acks:
            self.on_recorded(ack)

    async def _ask(
        self, cursor: psycopg.AsyncCursor[Any], wants: Sequence[Item], acks: Sequence[Ack]
    ) -> tuple[list[Item], list[Item]]:
        """What may be sent, and what may not."""
        granted: list[Item] = []
        denied: list[Item] = []
        closer = [item for item in wants if item.chunk.has_news]
        plain = [item for item in wants if not item.chunk.has_news] if closer else wants
        if plain or acks:
            values, leases = flush_parameters(self._owner.id, plain, acks)
            await cursor.execute(FLUSH, values, prepare=True)
            answer: dict[int, bool] = dict(await cursor.fetchall())
            for position, (chunk, items) in enumerate(zip(leases.chunks, leases.asked, strict=True), 1):
                has_news = answer.get(position)
                if has_news:
                    chunk.has_news = True
                    closer += items
                else:
                    (denied if has_news is None else granted).extend(items)
        if closer:
            values, leases = look_parameters(self._owner.id, closer)
            await cursor.execute(LOOK, values, prepare=True)
            allowed = {(number, ordinal) for number, ordinals in await cursor.fetchall() for ordinal in ordinals}
            for item in closer:
                may = (leases.number(item.chunk), item.ordinal) in allowed
                (granted if may else denied).append(item)
        return granted, denied


async def _driver_of(connection: AsyncConnection) -> psycopg.AsyncConnection[Any]:
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert isinstance(driver, psycopg.AsyncConnection)  # noqa: S101 - the URL's driver is psycopg, see common.db.engine
    return driver


def _nobody(granted: Sequence[Item], denied: Sequence[Item]) -> None:
    del granted, denied
