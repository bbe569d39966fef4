"""The sending loop of a process: chunks in, messages out, outcomes settled; it decides nothing about any of them."""

import asyncio
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from common.messaging.unit_of_work import UnitOfWorkFactory
from common.observability.logging import get_logger
from mailer.config import MailerSettings
from mailer.envelopes.feed import Feed
from mailer.envelopes.gate import AWAY, Gate
from mailer.envelopes.journal import Journal
from mailer.envelopes.outlets import Lines, Outlets, Rehearsals
from mailer.envelopes.owner import Owner
from mailer.envelopes.service import claim as claiming
from mailer.envelopes.service import settle as settling
from mailer.envelopes.work import Chunk, Job, Jobs, JobUnready, Lease
from mailer.gateways.service import Gateways

log = get_logger()
MOST_CHUNKS = 8
"""Leased at a time by one process; bounds its memory."""
_IDLE_SECONDS = 0.2
_FRUITLESS_SECONDS = 0.02
"""After a look that found nothing to claim; what asks for more does so with every message."""
_RUNNING_SECONDS = 0.25
_TAKE_OVER_SECONDS = 0.5
_AWAY_SECONDS = 0.5
_LOOK_SECONDS = 0.1
_REFRESH_SECONDS = 2.0
_RESTING_SECONDS = 8.0
_ASIDE_AFTER_SECONDS = 2.0
_DRAIN_SECONDS = 18.0
"""Less than the process runner grants background tasks."""
_STOP_SECONDS = 1.0
"""For the statement under way."""


@dataclass(frozen=True, slots=True)
class Means:
    """What the sender works with."""

    engine: AsyncEngine
    uow: UnitOfWorkFactory
    jobs: Jobs
    gateways: Gateways
    rehearsals: Rehearsals


class Sender:
    """Claims, sends and settles until cancelled; then it finishes what is open and gives back the rest."""

    def __init__(
        self, settings: MailerSettings, means: Means, owner: Owner | None = None, gate: Gate | None = None
    ) -> None:
        self.owner = owner or Owner.of_this_process()
        self._settings = settings
        self._means = means
        self.journal = Journal(settings.data_dir / "journals", self.owner.id)
        self._policy = claiming.Policy.of(settings, self.journal.left_of)
        self.gate = gate or Gate(means.engine, self.owner, settings.sending)
        self.feed = Feed(self.gate, self.journal)
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="compose")
        lines = Lines(means.gateways, means.rehearsals)
        self.outlets = Outlets(lines, self.feed, self.gate, self._pool)
        self._wanted = asyncio.Event()
        self._took_over_at = float("-inf")
        self._turn = 0
        self._seen: Sequence[str] = ()
        self._looked_at = float("-inf")

    async def run(self) -> None:
        """Send until cancelled."""
        self.outlets.on_room = self._wanted.set
        self.journal.open()
        await self._means.gateways.refresh()
        gate = asyncio.create_task(self.gate.run(), name="gate")
        loops = [
            asyncio.create_task(loop(), name=name)
            for name, loop in (
                ("claim", self._claim_loop), ("settle", self._settle_loop), ("look", self._look_loop),
                ("gateways", self._refresh_loop),
            )
        ]  # fmt: skip
        try:
            done, _ = await asyncio.wait([gate, *loops], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()  # none of them returns by itself: this raises
        finally:
            await self._drain(gate, loops)
            self._pool.shutdown(wait=False, cancel_futures=True)

    async def _drain(self, gate: "asyncio.Task[None]", loops: Sequence["asyncio.Task[None]"]) -> None:
        """Finish open transactions, record and settle everything, give the chunks back: nothing is left ambiguous."""
        self.feed.is_closed = True
        self.outlets.close()
        for task in loops:
            task.cancel()
        try:
            async with asyncio.timeout(_DRAIN_SECONDS):
                await asyncio.gather(*loops, return_exceptions=True)
                for chunk in self.feed.chunks:
                    self.feed.stop(chunk)
                while any(not chunk.is_quiet for chunk in self.feed.chunks) and not gate.done():
                    self.feed.changed.clear()
                    await self.feed.changed.wait()
                for chunk in list(self.feed.chunks):
                    self.feed.resolve_denied(chunk, tuple(chunk.denied), (), goes_on=False)
                    await self._settle(chunk)
                await self._means.gateways.close()
                self.journal.close()
        except (TimeoutError, *AWAY) as error:
            log.warning("stopped before everything was settled", error=type(error).__name__)
        finally:
            self.outlets.abort()
            self.gate.stop()
            await asyncio.wait([gate], timeout=_STOP_SECONDS)
            gate.cancel()
            await asyncio.gather(gate, return_exceptions=True)

    # Chunks in

    async def _claim_loop(self) -> None:
        while True:
            await self.gate.is_open.wait()
            self._wanted.clear()
            try:
                if not self._means.jobs.rest:
                    await self._take_over()
                    if await self._claim():
                        continue
            except AWAY as error:
                log.warning("cannot claim", error=type(error).__name__)
                await asyncio.sleep(_AWAY_SECONDS)
            await asyncio.sleep(_FRUITLESS_SECONDS)
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

    async def _claim(self) -> bool:
        """One chunk of each running delivery in turn, as long as there is room: a small one waits for no big one.

        True when it may be worth while to go on at once.
        """
        running, found = await self._running(), False
        self._turn += 1
        first = self._turn % max(len(running), 1)
        for delivery_id in [*running[first:], *running[:first]]:
            if len(self.feed.chunks) >= MOST_CHUNKS:
                return False
            try:
                job = await self._means.jobs.job(delivery_id)
            except JobUnready as unready:
                log.warning("a delivery waits", delivery_id=delivery_id, reason=str(unready))
                continue
            if await self.outlets.with_room(job, self._turn) is None:
                continue
            wish = claiming.Wish(self.owner.id, delivery_id, self.outlets.resting, self._settings.sending.lease_seconds)
            async with self._means.uow() as uow:
                leases = await claiming.claim(uow, wish, 1)
            for lease in leases:
                await self._load(lease, job)
                found = True
        return found

    async def _running(self) -> Sequence[str]:
        """Running deliveries as they were a quarter of a second ago; the gate knows better, envelope by envelope."""
        if time.monotonic() - self._looked_at >= _RUNNING_SECONDS:
            self._seen = await self._means.jobs.running()
            self._looked_at = time.monotonic()
        return self._seen

    async def _load(self, lease: Lease, job: Job) -> None:
        try:
            recipients = await self._means.jobs.recipients(lease.delivery_id, lease.page_number)
            async with self._means.uow() as uow:
                chunk, left = await claiming.load(uow, lease, job, recipients, self._policy)
                await settling.settle_left(uow, lease, job, left, self._policy)
            # Retries go the way of the first attempt where they can: greylisting knows who came before.
            outlet = await self.outlets.of(job, lease.page_number)
        except Exception as error:
            async with self._means.uow() as uow:
                await settling.give_back(uow, self.owner.id, lease)
            if isinstance(error, AWAY):
                raise
            log.exception("a chunk cannot be prepared", delivery_id=lease.delivery_id, chunk=lease.number)
            await asyncio.sleep(_AWAY_SECONDS)
            return
        self.feed.add(chunk)
        if outlet is None:
            self.feed.stop(chunk)
        else:
            outlet.add(chunk)

    # Outcomes out

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
            except AWAY as error:
                log.warning("cannot settle", error=type(error).__name__)
                await asyncio.sleep(_AWAY_SECONDS)

    async def _settle_all(self) -> None:
        if not self.feed.chunks:
            return
        running = set(await self._running())
        now = time.monotonic()
        for chunk in list(self.feed.chunks):
            goes_on = chunk.job.delivery_id in running and not chunk.is_stopping
            if chunk.denied:
                denied = tuple(chunk.denied)
                async with self._means.uow.reader() as uow:
                    suppressed = await settling.suppressed_items(uow, chunk, denied)
                self.feed.resolve_denied(chunk, denied, suppressed, goes_on=goes_on)
            if not goes_on:
                self.feed.stop(chunk)
            elif chunk.is_quiet and now - chunk.loaded_at > _ASIDE_AFTER_SECONDS:
                await self._put_aside(chunk)
            if self._is_worth_settling(chunk, now):
                await self._settle(chunk)

    def _is_worth_settling(self, chunk: Chunk, now: float) -> bool:
        if chunk.is_exhausted or (chunk.is_stopping and chunk.is_quiet):
            return True
        return chunk.has_unsettled and now - chunk.settled_at >= self._settings.sending.settle_seconds

    async def _put_aside(self, chunk: Chunk) -> None:
        """What waits for a slow destination makes room for the others."""
        found = self.outlets.take_aside(chunk, is_crowded=len(self.feed.chunks) >= MOST_CHUNKS)
        if found is None:
            return
        lane, items, seconds = found
        try:
            async with self._means.uow() as uow:
                aside = settling.Aside(chunk, items, lane, uow.now + timedelta(seconds=seconds))
                is_ours = await settling.put_aside(uow, self.owner.id, aside)
        except BaseException:
            self.feed.take_back(chunk, items)
            raise
        if not is_ours:
            self.feed.stop(chunk)

    async def _settle(self, chunk: Chunk) -> None:
        snapshot = settling.Snapshot.of(chunk)
        async with self._means.uow() as uow:
            is_ours = await settling.settle_chunk(uow, self.owner.id, snapshot, self._policy)
        chunk.settled_at = time.monotonic()
        del chunk.sent[: len(snapshot.sent)]
        del chunk.outcomes[: len(snapshot.pending)]
        del chunk.accepted[: len(snapshot.accepted)]
        if not is_ours:
            log.warning("a lease was lost", delivery_id=chunk.lease.delivery_id, chunk=chunk.lease.number)
        if not is_ours or snapshot.next_state != "leased":
            self.feed.drop(chunk)
            self._wanted.set()

    # As time passes

    async def _look_loop(self) -> None:
        while True:
            soonest = self.outlets.look(time.monotonic())
            self.feed.count()
            await asyncio.sleep(min(max(soonest, 0.005), _LOOK_SECONDS))

    async def _refresh_loop(self) -> None:
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            # What was changed meanwhile is known before the first message of the next delivery.
            await self._means.jobs.stirs(_RESTING_SECONDS)
            self.journal.keep()
            await self._means.gateways.refresh()
