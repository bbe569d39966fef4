"""Moves the spool to JetStream: what a hit's answer does not wait for."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from common.contracts.tracker import ReactionsSpooledV1
from common.observability.logging import get_logger
from tracker.intake import metrics
from tracker.intake.spool.reading import MAX_RECORDS, SpoolBatch, SpoolReader

log = get_logger()

Publish = Callable[[ReactionsSpooledV1, str], Awaitable[None]]
"""Publishes a fact under a message id; returns when the stream has it, raises when it may not have it."""

_LINGER_SECONDS = 0.1
_FIRST_WAIT_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 5.0


class Forwarder:
    """Publishes batch after batch; a batch is left behind only when the stream has confirmed it."""

    def __init__(self, reader: SpoolReader, publish: Publish) -> None:
        self._reader = reader
        self._publish = publish

    async def forward_next(self) -> int:
        """Move one batch; returns its number of records, 0 when there was none. Raises what publishing raises."""
        batch = await asyncio.to_thread(self._reader.next_batch)
        if batch is None:
            return 0
        await self._publish(_fact(batch), message_id(batch))
        try:
            await asyncio.to_thread(self._reader.advance, batch)
        except OSError:
            # A full disk must not stop what empties it; after a crash the batch is sent again and dropped.
            log.exception("cursor not written")
        metrics.FORWARDED.inc(len(batch.lines))
        return len(batch.lines)

    async def forward_all(self) -> int:
        """Move everything that may be read; returns the number of records."""
        moved = 0
        while count := await self.forward_next():
            moved += count
        return moved

    async def backlog(self) -> int:
        """Octets not moved on yet."""
        return await asyncio.to_thread(self._reader.backlog)


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
    """The id JetStream drops repetitions by: it names a place in a file, not a moment."""
    return f"{batch.spool_id}:{batch.segment}:{batch.first_offset}"


def _fact(batch: SpoolBatch) -> ReactionsSpooledV1:
    return ReactionsSpooledV1(
        spool_id=batch.spool_id, segment=batch.segment, first_offset=batch.first_offset, lines=batch.lines
    )
