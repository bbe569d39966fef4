"""The sending loop of a process: chunks in, messages out, outcomes settled; it decides nothing about any of them."""

import asyncio
import time
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.config import MailerSettings
from mailer.envelopes.feed import Feed
from mailer.envelopes.gate import Gate
from mailer.envelopes.owner import Owner
from mailer.envelopes.rules import Outcome
from mailer.envelopes.service import attempt as attempting
from mailer.envelopes.service import claim as claiming
from mailer.envelopes.service import settle as settling
from mailer.envelopes.work import Chunk, Item, Jobs, Lease
from mailer.transport.service import Gateway, Session

log = get_logger()
_IDLE_SECONDS = 0.2
_TAKE_OVER_SECONDS = 0.5
_AWAY_SECONDS = 0.5
_DRAIN_SECONDS = 18.0
"""Less than the process runner grants background tasks."""
_AWAY = (SQLAlchemyError, OSError)


@dataclass(frozen=True, slots=True)
class Means:
    """What the sender works with."""

    engine: AsyncEngine
    uow: UnitOfWorkFactory
    jobs: Jobs
    gateway: Gateway


class Sender:
    """Claims, sends and settles until cancelled; then it finishes what is open and gives back the rest."""

    def __init__(self, settings: MailerSettings, means: Means, owner: Owner | None = None) -> None:
        self.owner = owner or Owner.of_this_process()
        self._settings = settings
        self._means = means
        self._policy = claiming.Policy.of(settings)
        self.gate = Gate(means.engine, self.owner, settings.sending)
        self.feed = Feed(self.gate)
        self._busy: set[asyncio.Task[None]] = set()
        self._wanted = asyncio.Event()
        self._took_over_at = float("-inf")

    async def run(self) -> None:
        """Send until cancelled."""
        gate = asyncio.create_task(self.gate.run(), name="gate")
        loops = [
            asyncio.create_task(self._claim_loop(), name="claim"),
            asyncio.create_task(self._settle_loop(), name="settle"),
        ]
        connections = [
            asyncio.create_task(self._connection(), name=f"connection {number}")
            for number in range(self._settings.smtp.connections)
        ]
        try:
            done, _ = await asyncio.wait([gate, *loops, *connections], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # none of them returns by itself: this raises
        finally:
            await self._drain(gate, loops, connections)

    async def _drain(
        self, gate: "asyncio.Task[None]", loops: list["asyncio.Task[None]"], connections: list["asyncio.Task[None]"]
    ) -> None:
        """Finish open transactions, record and settle everything, give the chunks back: nothing is left ambiguous."""
        self.feed.close()
        for task in (*loops, *(task for task in connections if task not in self._busy)):
            task.cancel()
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                await asyncio.gather(*loops, *connections, return_exceptions=True)
                for chunk in self.feed.chunks:
                    chunk.is_stopping = True
                while any(not chunk.is_quiet for chunk in self.feed.chunks) and not gate.done():
                    self.feed.changed.clear()
                    await self.feed.changed.wait()
                for chunk in list(self.feed.chunks):
                    self.feed.resolve_denied(chunk, [], goes_on=False)
                    await self._settle(chunk)
        except (TimeoutError, *_AWAY) as error:
            log.warning("stopped before everything was settled", error=type(error).__name__)
        finally:
            for task in (gate, *connections):
                task.cancel()
            await asyncio.gather(gate, *connections, return_exceptions=True)

    async def _claim_loop(self) -> None:
        while True:
            await self.gate.is_open.wait()
            try:
                await self._take_over()
                await self._claim()
            except _AWAY as error:
                log.warning("cannot claim", error=type(error).__name__)
                await asyncio.sleep(_AWAY_SECONDS)
            self._wanted.clear()
            try:
                async with asyncio.timeout(_IDLE_SECONDS):
                    await self._wanted.wait()
            except TimeoutError:
                pass

    async def _take_over(self) -> None:
        if time.monotonic() - self._took_over_at < _TAKE_OVER_SECONDS:
            return
        async with self._means.uow() as uow:
            freed = await claiming.abandon_of_the_dead(uow, self.owner.id)
        self._took_over_at = time.monotonic()
        if freed:
            log.info("took over chunks of a process that is gone", chunks=freed)

    async def _claim(self) -> None:
        wanted = self._settings.sending.prefetched_chunks - self.feed.stocked_count
        if wanted <= 0 or len(self.feed.chunks) >= 4 * self._settings.sending.prefetched_chunks:
            return
        running = await self._means.jobs.running()
        if not running:
            return
        async with self._means.uow() as uow:
            leases = await claiming.claim(uow, self.owner.id, running, wanted, self._settings.sending.lease_seconds)
        for lease in leases:
            await self._load(lease)

    async def _load(self, lease: Lease) -> None:
        try:
            job = await self._means.jobs.job(lease.delivery_id)
            recipients = await self._means.jobs.recipients(lease.delivery_id, lease.page_number)
            async with self._means.uow() as uow:
                chunk, left = await claiming.load(uow, lease, job, recipients, self._policy)
                await settling.settle_left(uow, lease, job, left, self._policy)
        except Exception as error:
            async with self._means.uow() as uow:
                await settling.give_back(uow, self.owner.id, lease)
            if isinstance(error, _AWAY):
                raise
            log.exception("a chunk cannot be prepared", delivery_id=lease.delivery_id, chunk=lease.number)
            await asyncio.sleep(_AWAY_SECONDS)
            return
        self.feed.add(chunk)

    async def _settle_loop(self) -> None:
        while True:
            self.feed.changed.clear()
            try:
                async with asyncio.timeout(self._settings.sending.settle_seconds):
                    await self.feed.changed.wait()
            except TimeoutError:
                pass
            try:
                await self._settle_all()
            except _AWAY as error:
                log.warning("cannot settle", error=type(error).__name__)
                await asyncio.sleep(_AWAY_SECONDS)

    async def _settle_all(self) -> None:
        if not self.feed.chunks:
            return
        running = set(await self._means.jobs.running())
        for chunk in list(self.feed.chunks):
            goes_on = chunk.job.delivery_id in running
            if chunk.denied:
                async with self._means.uow.reader() as uow:
                    suppressed = await settling.suppressed_items(uow, chunk, chunk.denied)
                self.feed.resolve_denied(chunk, suppressed, goes_on=goes_on)
            chunk.is_stopping = chunk.is_stopping or not goes_on
            if chunk.outcomes or chunk.is_exhausted or chunk.is_stopping:
                await self._settle(chunk)

    async def _settle(self, chunk: Chunk) -> None:
        snapshot = settling.Snapshot.of(chunk)
        async with self._means.uow() as uow:
            is_ours = await settling.settle_chunk(uow, self.owner.id, snapshot, self._policy)
        del chunk.outcomes[: len(snapshot.pending)]
        if not is_ours:
            log.warning("a lease was lost", delivery_id=chunk.lease.delivery_id, chunk=chunk.lease.number)
        if not is_ours or snapshot.next_state != "leased":
            self.feed.drop(chunk)
            self._wanted.set()

    async def _connection(self) -> None:
        """One connection's life after the other, each for many messages."""
        session: Session | None = None
        try:
            while not self.feed.is_closed:
                if not await self.feed.wait(self._settings.smtp.idle_seconds):
                    await self._ended(session)
                    session = None
                    continue
                session = await self._usable(session)
                item = self.feed.take()
                if item is not None:
                    await self._one(item, session)
        finally:
            await self._ended(session)

    async def _usable(self, session: Session | None) -> Session:
        if session is not None and session.is_usable:
            if session.message_count < self._settings.smtp.messages_per_connection:
                return session
            await session.quit()
        return await self._means.gateway.open()

    @staticmethod
    async def _ended(session: Session | None) -> None:
        if session is not None:
            await session.quit()

    async def _one(self, item: Item, session: Session) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - narrows for mypy
        self._busy.add(task)
        try:
            composed = attempting.compose(item)
            if isinstance(composed, Outcome):
                self.feed.conclude(item, composed)
                await asyncio.sleep(0)  # a thousand refusals in a row must not hold up the others
                return
            ended = await attempting.attempt(item, composed, session, self.gate)
            if isinstance(ended, Outcome):
                self.feed.conclude(item, ended)
            elif isinstance(ended, attempting.Denied):
                self.feed.deny(item)
            else:
                self.feed.put_back(item)
        finally:
            self._busy.discard(task)
