"""Reads facts from JetStream and hands each to its handler: once in effect, however often it is delivered."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from nats.errors import Error as NatsError
from nats.errors import TimeoutError as NatsTimeout
from nats.js import JetStreamContext

from common.config import ServiceSettings
from common.contracts.base import Fact
from common.messaging import dead_letters, inbox
from common.messaging.connection import Bus
from common.messaging.handling import Desk, Handler
from common.messaging.streams import Names, ensure_durable
from common.messaging.unit_of_work import MessagingTables, UnitOfWork, UnitOfWorkFactory
from common.observability.logging import get_logger

log = get_logger()
INBOX_KEPT = timedelta(days=30)
_SINGLE_BATCH = 50
_FETCH_SECONDS = 2.0
_LONGEST_WAIT_SECONDS = 10.0
_PURGE_SECONDS = 600.0
_LETTERS_SECONDS = 3.0
_RESUME_SECONDS = 1.0
_AWAY = (NatsError, OSError, TimeoutError)

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Subscription(Generic[F]):
    """One transaction a message. The handler may run twice with the same fact (its first run rolled back)."""

    fact: type[F]
    handle: Callable[[UnitOfWork, F], Awaitable[None]]
    name: str | None = None
    """Of the durable; `<noun>_<verb>` when not given."""

    def handler(self) -> Handler:
        """The handler for a sequence of facts."""

        async def one_by_one(uow: UnitOfWork, facts: Sequence[Any]) -> None:
            for fact in facts:
                await self.handle(uow, fact)

        return one_by_one


@dataclass(frozen=True, slots=True)
class BatchSubscription(Generic[F]):
    """One transaction for everything fetched together: ten times the throughput for facts by the thousand."""

    fact: type[F]
    handle: Callable[[UnitOfWork, Sequence[F]], Awaitable[None]]
    name: str | None = None
    batch: int = 500

    def handler(self) -> Handler:
        """The handler for a sequence of facts."""
        return self.handle


class Consumer:
    """All subscriptions of one service in one process; more processes share the durables."""

    def __init__(
        self,
        settings: ServiceSettings,
        bus: Bus,
        uow: UnitOfWorkFactory,
        tables: MessagingTables,
        subscriptions: Sequence[Subscription[Any] | BatchSubscription[Any]],
    ) -> None:
        self._names = Names(settings.nats_subject_prefix)
        self._service = settings.service
        self._bus = bus
        self._uow = uow
        self._tables = tables
        self._subscriptions = subscriptions
        self._desks: list[Desk] = []
        self._is_stopping = False

    async def run(self) -> None:
        """Consume until cancelled. What is in hand then is finished first; NATS and PostgreSQL may come and go."""
        async with asyncio.TaskGroup() as tasks:
            for subscription in self._subscriptions:
                tasks.create_task(self._follow(subscription), name=f"consume {subscription.fact.subject}")
            tasks.create_task(self._forget(), name="purge inbox")
            tasks.create_task(self._retry_letters(), name="retry dead letters")
            try:
                await asyncio.Event().wait()
            finally:
                # A wait with a time limit may swallow being cancelled when both come at once (Python 3.11).
                self._is_stopping = True

    async def _follow(self, subscription: Subscription[Any] | BatchSubscription[Any]) -> None:
        durable = self._names.durable(self._service, subscription.fact, subscription.name)
        desk = Desk(subscription.fact, subscription.handler(), durable, self._uow, self._tables)
        self._desks.append(desk)
        batch = subscription.batch if isinstance(subscription, BatchSubscription) else None
        wait = _RESUME_SECONDS
        while not self._is_stopping:
            await self._bus.connected.wait()
            try:
                pull = await self._open(subscription.fact, durable)
                wait = _RESUME_SECONDS
                await self._pull(pull, desk, batch)
            except _AWAY as error:
                # The owner may not have declared its stream yet, or the server is restarting.
                log.info("consumer waits", durable=durable, error=type(error).__name__, wait_seconds=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, _LONGEST_WAIT_SECONDS)

    async def _open(self, fact: type[Fact], durable: str) -> JetStreamContext.PullSubscription:
        jetstream = self._bus.jetstream
        await ensure_durable(jetstream, self._names, fact, durable)
        return await jetstream.pull_subscribe_bind(consumer=durable, stream=self._names.stream(fact.owner()))

    async def _pull(self, pull: JetStreamContext.PullSubscription, desk: Desk, batch: int | None) -> None:
        connections = self._bus.connections
        try:
            # After a reconnection everything is declared again: the server may have come back without its data.
            while self._bus.connections == connections and not self._is_stopping:
                messages = await _fetch(pull, batch or _SINGLE_BATCH)
                if messages:
                    await (desk.each(messages) if batch is None else desk.together(messages))
                while not await desk.database_answers():  # noqa: ASYNC110 - nobody tells us when it is back
                    await asyncio.sleep(_RESUME_SECONDS)
        finally:
            if self._bus.client.is_connected:
                await pull.unsubscribe()

    async def _retry_letters(self) -> None:
        """One look for all durables: hardly ever does anybody ask for a letter to be tried again."""
        while True:
            await asyncio.sleep(_LETTERS_SECONDS)
            try:
                async with self._uow.reader() as uow:
                    waiting = await dead_letters.awaiting(uow.session, self._tables.dead_letters)
            except Exception as error:  # noqa: BLE001 - letters have waited for a person, they can wait for the database
                log.warning("dead letters not looked at", error=type(error).__name__)
                continue
            for desk in self._desks:
                if desk.address in waiting:
                    await desk.retry_letters()

    async def _forget(self) -> None:
        while True:
            try:
                gone = 1
                while gone:
                    async with self._uow() as uow:
                        gone = await inbox.purge(uow.session, self._tables.inbox, before=uow.now - INBOX_KEPT)
            except Exception as error:  # noqa: BLE001 - the database may be away; the next turn will do
                log.warning("inbox not purged", error=type(error).__name__)
            await asyncio.sleep(_PURGE_SECONDS)


async def _fetch(pull: JetStreamContext.PullSubscription, batch: int) -> list[Any]:
    try:
        first = await pull.fetch(1, timeout=_FETCH_SECONDS)
    except NatsTimeout:
        return []
    # Asking for no more than there is: a fetch waits for its whole batch, and the first message must not.
    more = min(batch - 1, first[0].metadata.num_pending)
    if not more:
        return first
    try:
        return first + await pull.fetch(more, timeout=_FETCH_SECONDS)
    except NatsTimeout:
        return first
