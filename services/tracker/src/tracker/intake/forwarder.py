"""Moves the spool to JetStream: what a hit's answer does not wait for."""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable

from common.contracts.tracker import ReactionsSpooledV1
from common.observability.logging import get_logger
from tracker.intake import metrics
from tracker.intake.spool.reading import MAX_RECORDS, SpoolBatch, SpoolReader

log = get_logger()

Publish = Callable[[ReactionsSpooledV1, str], Awaitable[None]]
"""Publishes a fact under a message id; returns when the stream has it, raises when it may not have it."""

IN_FLIGHT = 8
"""Batches on their way at once: the stream's sync and the reading of the next ones go on side by side."""
_SAVED_EVERY = 40
_LINGER_SECONDS = 0.1
_FIRST_WAIT_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 5.0


class Forwarder:
    """Publishes batches, several at once; one is left behind only when the stream has confirmed it and all before it.

    After a failure everything that was not confirmed is read again. It may be cut into other batches then, since more
    may have been written meanwhile: whoever reads them counts by the place of each record.
    """

    def __init__(self, reader: SpoolReader, publish: Publish) -> None:
        self._reader = reader
        self._publish = publish
        self._unsaved = 0

    async def forward_all(self) -> int:
        """Move everything that may be read; returns the number of records. Raises what publishing raises."""
        under_way: deque[tuple[SpoolBatch, asyncio.Task[None]]] = deque()
        moved = 0
        try:
            while batch := await self._next(under_way):
                moved += len(batch.lines)
                metrics.FORWARDED.inc(len(batch.lines))
                self._reader.advance(batch)
                self._unsaved += 1
                if self._unsaved >= _SAVED_EVERY:
                    await self._save()
        finally:
            for _, publishing in under_way:
                publishing.cancel()
            await asyncio.gather(*[publishing for _, publishing in under_way], return_exceptions=True)
            self._reader.rewind()
            await self._save()
        return moved

    async def backlog(self) -> int:
        """Octets not moved on yet."""
        return await asyncio.to_thread(self._reader.backlog)

    async def _next(self, under_way: "deque[tuple[SpoolBatch, asyncio.Task[None]]]") -> SpoolBatch | None:
        """The oldest batch under way, once the stream has it, with others on their way behind it; or None."""
        while len(under_way) < IN_FLIGHT and (batch := await asyncio.to_thread(self._reader.next_batch)):
            under_way.append((batch, asyncio.create_task(_published(self._publish, batch))))
        if not under_way:
            return None
        await under_way[0][1]
        return under_way.popleft()[0]

    async def _save(self) -> None:
        if not self._unsaved:
            return
        try:
            await asyncio.to_thread(self._reader.save)
        except OSError:
            # A full disk must not stop what empties it; after a crash batches are sent again and dropped.
            log.exception("cursor not written")
        self._unsaved = 0


async def keep_forwarding(forward: Callable[[], Awaitable[int]], more: asyncio.Event) -> None:
    """Forward whenever there is more, for ever; waits with growing pauses while the stream is away."""
    wait = _FIRST_WAIT_SECONDS
    while True:
        more.clear()
        try:
            moved = await forward()
        except Exception as error:  # noqa: BLE001  whatever it is, the records stay in the spool
            log.warning("spool not forwarded", reason=type(error).__name__, detail=str(error))
            await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311  spreads load, hides nothing
            wait = min(2 * wait, _LONGEST_WAIT_SECONDS)
            more.set()
            continue
        wait = _FIRST_WAIT_SECONDS
        if moved < MAX_RECORDS:
            await asyncio.sleep(_LINGER_SECONDS)  # a fuller batch costs the stream one sync as well
        await more.wait()


def message_id(batch: SpoolBatch) -> str:
    """The id JetStream drops repetitions by: places in a file, not a moment.

    Both ends belong to it: a batch that comes again may have grown, and what has been added must not be dropped.
    """
    return f"{batch.spool_id}:{batch.segment}:{batch.first_offset}-{batch.next_offset}"


async def _published(publish: Publish, batch: SpoolBatch) -> None:
    fact = ReactionsSpooledV1(
        spool_id=batch.spool_id, segment=batch.segment, first_offset=batch.first_offset, lines=batch.lines
    )
    await publish(fact, message_id(batch))
