"""Envelopes of one gateway in lanes, one for each destination, so that a slow one holds up nobody else."""

import time
from collections import deque
from collections.abc import Mapping

from mailer.envelopes.work import Chunk, Item
from mailer.gateways.service import Pacer

_LONG_SECONDS = 5.0
"""A lane that has to wait longer than this may be put aside."""
_AFTER_OTHERS_SECONDS = 10.0
"""When a lane is tried again that waits for its own envelopes to end."""


class Lanes:
    """Round robin over the lanes that may be taken from; the others rest until their time, or until one ends."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._queues: dict[str, deque[Item]] = {}
        self._ready: deque[str] = deque()
        self._resting: dict[str, float | None] = {}
        """Monotonic time; None: until an envelope of that destination ends."""
        self._closed_until = 0.0
        """Monotonic; the gateway itself takes nothing before."""
        self.ready_count = 0
        """Envelopes in lanes that may be taken from."""

    def put(self, item: Item, *, first: bool) -> None:
        """Into its lane."""
        queue = self._queues.get(item.destination)
        if queue is None:
            self._queues[item.destination] = queue = deque()
            if item.destination not in self._resting:
                self._ready.append(item.destination)
        if first:
            queue.appendleft(item)
        else:
            queue.append(item)
        if item.destination not in self._resting:
            self.ready_count += 1

    def next(self) -> Item | None:
        """The next envelope that its destination and the gateway admit, or None."""
        ready = self._ready
        if self._closed_until and time.monotonic() < self._closed_until:
            return None
        while ready:
            destination = ready[0]
            queue = self._queues[destination]
            if not queue:
                ready.popleft()
                del self._queues[destination]
            elif self._pacer.admit(destination):
                ready.rotate(-1)
                self.ready_count -= 1
                return queue.popleft()
            elif self._is_closed():
                return None
            else:
                ready.popleft()
                self.ready_count -= len(queue)
                self._resting[destination] = self._pacer.ready_at(destination)
        return None

    def _is_closed(self) -> bool:
        until = self._pacer.open_at()
        self._closed_until = until if until > time.monotonic() else 0.0
        return self._closed_until > 0.0

    def forget(self, chunk: Chunk) -> None:
        """Let go of a chunk's envelopes: it is given back."""
        for destination in {item.destination for item in chunk.waiting}:
            queue = self._queues.get(destination)
            if queue is None:
                continue
            kept = deque(item for item in queue if item.chunk is not chunk)
            if destination not in self._resting:
                self.ready_count -= len(queue) - len(kept)
            self._queues[destination] = kept

    def ended(self, destination: str) -> None:
        """An envelope of a destination ended: another one may be admitted."""
        if destination in self._resting and self._resting[destination] is None:
            self._wake(destination)

    def look(self, now: float) -> None:
        """Wake the lanes whose time has come."""
        for destination, until in list(self._resting.items()):
            if until is not None and until <= now:
                self._wake(destination)

    def next_at(self) -> float | None:
        """When there may be something to take again, by the monotonic clock."""
        times = [until for until in self._resting.values() if until is not None]
        if self._closed_until and self._ready:
            times.append(self._closed_until)
        return min(times, default=None)

    def _wake(self, destination: str) -> None:
        del self._resting[destination]
        if destination in self._queues:
            self._ready.append(destination)
            self.ready_count += len(self._queues[destination])

    @property
    def resting(self) -> Mapping[str, float | None]:
        """Lanes that have to wait, and until when."""
        return self._resting

    def take_aside(self, chunk: Chunk, *, is_crowded: bool) -> tuple[str, list[Item], float] | None:
        """One lane's envelopes of a chunk in which only slow lanes are left, and in how many seconds they are due.

        They are nobody's from then on but the caller's. A lane that waits for its own envelopes to end is slow only
        where other chunks wait for its place.
        """
        now = time.monotonic()
        lanes: dict[str, list[Item]] = {}
        for item in chunk.waiting:
            until = self._resting.get(item.destination, 0.0)
            if (until is None and not is_crowded) or (until is not None and until - now < _LONG_SECONDS):
                return None
            lanes.setdefault(item.destination, []).append(item)
        if not lanes:
            return None
        destination, items = next(iter(lanes.items()))
        self._queues[destination] = deque(item for item in self._queues[destination] if item.chunk is not chunk)
        chunk.waiting.difference_update(items)
        until = self._resting[destination]
        return destination, items, (_AFTER_OTHERS_SECONDS if until is None else until - now)
