"""The outlets of a process: one for each gateway in use, and one for each rehearsal."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

from mailer.envelopes.feed import Feed
from mailer.envelopes.gate import Gate
from mailer.envelopes.outlet import Outlet
from mailer.envelopes.work import Chunk, Item, Job
from mailer.gateways.service import Gateways, Line


class Rehearsals(Protocol):
    """Where rehearsals are received."""

    async def line_for(self, delivery_id: str) -> Line:
        """The line to a rehearsal's own receiver."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Ways out of this process."""

    gateways: Gateways
    rehearsals: Rehearsals

    async def of(self, job: Job, key: int) -> Sequence[Line]:
        """Those a delivery's envelopes may take, in order of preference for a key."""
        if job.kind == "rehearsal":
            return [await self.rehearsals.line_for(job.delivery_id)]
        line = self.gateways.choose(job.sender_domain, key, job.kind)
        return [] if line is None else [line]

    def are_better_than(self, line: Line, job: Job) -> bool:
        """Whether what waits at a line should be claimed anew for another one, or wait in the database."""
        if job.kind == "rehearsal":
            return False
        return not line.is_usable or self.gateways.leaves(line, job.sender_domain)


class Outlets:
    """Finds the outlet for an envelope, and lets go of those that nobody needs."""

    def __init__(self, lines: Lines, feed: Feed, gate: Gate, pool: Executor) -> None:
        self._lines = lines
        self._feed = feed
        self._gate = gate
        self._pool = pool
        self._outlets: dict[str, Outlet] = {}
        self.on_room: Callable[[], None] = lambda: None

    def __iter__(self) -> Iterator[Outlet]:
        return iter(tuple(self._outlets.values()))

    async def with_room(self, job: Job, key: int) -> Outlet | None:
        """The most preferred outlet that wants more; None when all have enough, or none is usable."""
        found = [self._outlet(line) for line in await self._lines.of(job, key)]
        return next((outlet for outlet in found if outlet.stocked < outlet.enough), None)

    async def of(self, job: Job, key: int) -> Outlet | None:
        """The outlet for a chunk that was claimed: with room if there still is one, else the most preferred."""
        found = [self._outlet(line) for line in await self._lines.of(job, key)]
        return next((outlet for outlet in found if outlet.stocked < outlet.enough), found[0] if found else None)

    def _outlet(self, line: Line) -> Outlet:
        outlet = self._outlets.get(line.id)
        if outlet is None:
            self._outlets[line.id] = outlet = Outlet(line, self._feed, self._gate, self._pool)
            outlet.on_room = self._room
        return outlet

    def _room(self) -> None:
        self.on_room()

    @property
    def resting(self) -> list[str]:
        """Destinations that have to wait at every outlet that knows them."""
        lanes = [set(outlet.lanes.resting) for outlet in self._outlets.values()]
        return sorted(set.intersection(*lanes)) if lanes else []

    def look(self, now: float) -> float:
        """Look after every outlet; returns in how many seconds the next one needs it."""
        soonest = 1.0
        for key, outlet in list(self._outlets.items()):
            outlet.look(now)
            due = outlet.lanes.next_at()
            soonest = soonest if due is None else min(soonest, due - now)
            chunks = [chunk for chunk in self._feed.chunks if chunk.queue is outlet]
            for chunk in chunks:
                if self._lines.are_better_than(outlet.line, chunk.job):
                    self._feed.stop(chunk)
            if not chunks and outlet.is_idle:
                del self._outlets[key]
        return soonest

    def take_aside(self, chunk: Chunk, *, is_crowded: bool) -> tuple[str, list[Item], float] | None:
        """One lane's envelopes of a chunk in which only slow lanes are left, and in how many seconds they are due."""
        return next(
            (outlet.lanes.take_aside(chunk, is_crowded=is_crowded) for outlet in self if chunk.queue is outlet), None
        )

    def close(self) -> None:
        """Hand out nothing more."""
        for outlet in self:
            outlet.close()

    def abort(self) -> None:
        """Give every connection up."""
        for outlet in self:
            outlet.abort()
