"""The envelopes a process has leased, handed out to its connections one by one."""

import asyncio
from functools import partial

from common.contracts.mailer import EnvelopeState
from mailer.envelopes import metrics
from mailer.envelopes.gate import Ack, Gate
from mailer.envelopes.rules import Outcome, entry_for
from mailer.envelopes.work import Chunk, Item, Pending


class Feed:
    """Bounded by the chunks put into it. Nothing is awaited between taking an envelope and answering for it here."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._has_items = asyncio.Event()
        self.chunks: list[Chunk] = []
        self.changed = asyncio.Event()
        """A chunk came to its end, or the gate denied something: settling should look."""
        self.is_closed = False

    @property
    def stocked_count(self) -> int:
        """Chunks that still have something to hand out."""
        return sum(1 for chunk in self.chunks if chunk.waiting and not chunk.is_stopping)

    def add(self, chunk: Chunk) -> None:
        """Hand out from a chunk too."""
        self.chunks.append(chunk)
        self._has_items.set()
        if chunk.is_exhausted:
            self.changed.set()

    def drop(self, chunk: Chunk) -> None:
        """Forget a chunk: it is closed, given back, or somebody else's."""
        chunk.is_stopping = True
        chunk.waiting.clear()
        if chunk in self.chunks:
            self.chunks.remove(chunk)

    def close(self) -> None:
        """Hand out nothing more."""
        self.is_closed = True
        self._has_items.set()

    async def wait(self, seconds: float) -> bool:
        """Whether there is something to take within so many seconds."""
        if not self._peek():
            self._has_items.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self._has_items.wait()
            except TimeoutError:
                return False
        return self._peek() is not None

    def _peek(self) -> Chunk | None:
        if self.is_closed or not self._gate.may_start:
            return None
        return next((chunk for chunk in self.chunks if chunk.waiting and not chunk.is_stopping), None)

    def take(self) -> Item | None:
        """The next envelope, now in the caller's hand."""
        chunk = self._peek()
        if chunk is None:
            return None
        chunk.in_hand += 1
        metrics.IN_HAND.inc()
        return chunk.waiting.popleft()

    def put_back(self, item: Item) -> None:
        """The envelope was certainly not sent; somebody will take it next."""
        self._let_go(item.chunk)
        item.chunk.waiting.appendleft(item)
        self._has_items.set()
        self._look(item.chunk)

    def deny(self, item: Item) -> None:
        """The gate did not grant the envelope."""
        self._let_go(item.chunk)
        item.chunk.denied.append(item)
        self.changed.set()

    def conclude(self, item: Item, outcome: Outcome) -> None:
        """The envelope's outcome; it is settled once it stands in the send log."""
        chunk = item.chunk
        self._let_go(chunk)
        metrics.OUTCOMES.labels(outcome.state.value, outcome.bounce_class or "none").inc()
        if outcome.reply_code and outcome.verb:
            metrics.REPLIES.labels(outcome.verb, f"{outcome.reply_code // 100}yz").inc()
        pending = Pending(item.recipient.ordinal, outcome, item.attempts, item.doubts)
        entry = entry_for(outcome.state)
        if entry is None:
            self._recorded(chunk, pending)
            return
        chunk.unflushed += 1
        recorded = partial(self._flushed, chunk, pending)
        self._gate.record(Ack(chunk.lease, chunk.job.created_at, pending.ordinal, entry, outcome, recorded))

    @staticmethod
    def _let_go(chunk: Chunk) -> None:
        chunk.in_hand -= 1
        metrics.IN_HAND.dec()

    def _flushed(self, chunk: Chunk, pending: Pending) -> None:
        chunk.unflushed -= 1
        self._recorded(chunk, pending)

    def _recorded(self, chunk: Chunk, pending: Pending) -> None:
        chunk.outcomes.append(pending)
        self._look(chunk)

    def _look(self, chunk: Chunk) -> None:
        if chunk.is_exhausted or (chunk.is_stopping and chunk.is_quiet):
            self.changed.set()

    def resolve_denied(self, chunk: Chunk, suppressed: list[Item], *, goes_on: bool) -> None:
        """Sort what the gate denied: suppressed, or to be asked about again later."""
        for item in chunk.denied:
            if item in suppressed:
                outcome = Outcome(EnvelopeState.SUPPRESSED, is_attempt=False)
                chunk.outcomes.append(Pending(item.recipient.ordinal, outcome, item.attempts, item.doubts))
            else:
                chunk.waiting.appendleft(item)
        chunk.denied.clear()
        chunk.is_stopping = chunk.is_stopping or not goes_on
        self._has_items.set()
        self._look(chunk)
