"""The books of the envelopes a process has leased: where each of them is, and what became of it."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence

from common.clock import utc_now
from common.contracts.mailer import EnvelopeState
from mailer.envelopes import metrics
from mailer.envelopes.gate import Gate
from mailer.envelopes.gate_statement import Ack
from mailer.envelopes.journal import Journal
from mailer.envelopes.rules import Entry, Outcome, entry_for
from mailer.envelopes.work import Chunk, Item, Pending


class Feed:
    """Bounded by the chunks put into it. Nothing is awaited between taking an envelope and answering for it here."""

    def __init__(self, gate: Gate, journal: Journal) -> None:
        self._gate = gate
        self._journal = journal
        gate.on_answered = self._answered
        gate.on_recorded = self._recorded
        self.chunks: list[Chunk] = []
        gate.held = lambda: self.chunks
        gate.on_lost = self.stop
        self.changed = asyncio.Event()
        """A chunk came to its end, or the gate denied something: settling should look."""
        self.is_closed = False
        self._ended: Counter[tuple[str, str]] = Counter()

    @property
    def may_start(self) -> bool:
        """Whether a transaction may be opened."""
        return not self.is_closed and self._gate.may_start

    @property
    def in_hand(self) -> int:
        """Envelopes between being taken and their answer."""
        return sum(chunk.in_hand for chunk in self.chunks)

    def add(self, chunk: Chunk) -> None:
        """Keep the books of a chunk too."""
        chunk.loaded_at = time.monotonic()
        self.chunks.append(chunk)
        if chunk.is_exhausted:
            self.changed.set()

    def drop(self, chunk: Chunk) -> None:
        """Forget a chunk: it is closed, given back, or somebody else's."""
        self._stop(chunk)
        chunk.waiting.clear()
        if chunk in self.chunks:
            self.chunks.remove(chunk)

    def stop(self, chunk: Chunk) -> None:
        """Take nothing more from a chunk."""
        self._stop(chunk)
        self._look(chunk)

    @staticmethod
    def _stop(chunk: Chunk) -> None:
        if not chunk.is_stopping:
            chunk.is_stopping = True
            if chunk.queue is not None:
                chunk.queue.forget(chunk)

    @staticmethod
    def take(item: Item) -> None:
        """An envelope is in hand from now on."""
        item.chunk.waiting.discard(item)
        item.chunk.in_hand += 1

    def put_back(self, item: Item) -> None:
        """Nothing was asked about the envelope and nothing sent; somebody will take it next."""
        chunk = item.chunk
        chunk.in_hand -= 1
        item.forget_octets()
        chunk.waiting.add(item)
        if chunk.queue is not None and not chunk.is_stopping:
            chunk.queue.put_back(item)
        self._look(chunk)

    def withdraw(self, item: Item) -> None:
        """A granted envelope was certainly not sent; once that stands in the log it waits again."""
        self._gate.record(item, Entry.WITHDRAWN, None)

    def conclude(self, item: Item, outcome: Outcome) -> None:
        """The envelope's outcome; it is settled once it stands in the send log."""
        chunk = item.chunk
        item.forget_octets()
        self._ended[(outcome.state.value, outcome.bounce_class or "none")] += 1
        chunk.in_hand -= 1
        entry = entry_for(outcome.state) if outcome.is_attempt else None
        if entry is None:
            self._settle_later(item, outcome)
            return
        if entry is Entry.ACCEPTED:
            self._journal.accepted(item)
            if chunk.job.told_as is not None:
                chunk.accepted.append((item.ordinal, int(utc_now().timestamp() * 1000)))
        chunk.unflushed += 1
        self._gate.record(item, entry, outcome)

    @staticmethod
    def take_back(chunk: Chunk, items: Sequence[Item]) -> None:
        """Envelopes that could not be put aside wait here again."""
        chunk.waiting.update(items)
        for item in items:
            if chunk.queue is not None:
                chunk.queue.put_back(item)

    def _answered(self, granted: Sequence[Item], denied: Sequence[Item]) -> None:
        queues = {}
        for item in granted:
            queue = item.chunk.queue
            if queue is not None:
                queue.granted(item)
                queues[id(queue)] = queue
        for item in denied:
            chunk = item.chunk
            chunk.in_hand -= 1
            item.forget_octets()
            chunk.denied.append(item)
            if chunk.queue is not None:
                chunk.queue.denied(item)
                queues[id(chunk.queue)] = chunk.queue
        if denied:
            self.changed.set()
        for queue in queues.values():
            queue.answered()

    def _recorded(self, ack: Ack) -> None:
        chunk, item, entry = ack.chunk, ack.item, ack.entry
        if entry is Entry.WITHDRAWN:
            self.put_back(item)
            return
        chunk.unflushed -= 1
        if entry is Entry.ACCEPTED and ack.outcome is not None:
            chunk.sent.append((item.ordinal, ack.outcome))
            self._look(chunk)
        elif ack.outcome is not None:
            self._settle_later(item, ack.outcome)

    def _settle_later(self, item: Item, outcome: Outcome) -> None:
        item.chunk.outcomes.append(Pending(item.ordinal, outcome, item.attempts, item.doubts))
        self._look(item.chunk)

    def _look(self, chunk: Chunk) -> None:
        if chunk.is_exhausted or (chunk.is_stopping and chunk.is_quiet):
            self.changed.set()

    def resolve_denied(
        self, chunk: Chunk, denied: Sequence[Item], suppressed: Sequence[Item], *, goes_on: bool
    ) -> None:
        """Sort what the gate denied: suppressed, or to be asked about again later."""
        left_alone = set(suppressed)
        for item in denied:
            if item in left_alone:
                outcome = Outcome(EnvelopeState.SUPPRESSED, is_attempt=False)
                chunk.outcomes.append(Pending(item.ordinal, outcome, item.attempts, item.doubts))
            else:
                chunk.waiting.add(item)
                if goes_on and chunk.queue is not None and not chunk.is_stopping:
                    chunk.queue.put_back(item)
        del chunk.denied[: len(denied)]
        if not goes_on:
            self._stop(chunk)
        self._look(chunk)

    def count(self) -> None:
        """Bring the metrics up to date; called a few times a second rather than once a message."""
        for (state, bounce_class), number in self._ended.items():
            metrics.OUTCOMES.labels(state, bounce_class).inc(number)
        self._ended.clear()
        metrics.IN_HAND.set(self.in_hand)
