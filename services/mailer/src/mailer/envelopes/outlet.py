"""One gateway in this process: what waits for it, by destination, and the connections that take it.

The way of an envelope: waiting, admitted by the pacer, composed, granted by the gate, taken by a connection, ended.
A destination that has to wait holds up nobody but itself. Nothing is granted long before a connection takes it: what
is paused, cancelled or suppressed stays unsent within a second.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from itertools import groupby

from common.observability.logging import get_logger
from mailer.composing.service import Composed, MergeFailed, Message
from mailer.envelopes.connections import Connections
from mailer.envelopes.feed import Feed
from mailer.envelopes.gate import GATHER_SECONDS, Gate
from mailer.envelopes.lanes import Lanes
from mailer.envelopes.service.attempt import broken_under, outcome_of, refusal_of, result_of
from mailer.envelopes.work import Chunk, Item
from mailer.gateways.service import BROKEN, Line
from mailer.transport.service import Answer, Connection, Transaction

log = get_logger()
STALE_SECONDS = 0.5
"""A granted envelope that no connection takes for so long is withdrawn."""
_AHEAD = 7
"""Granted or asked about for each connection, at most, and only where they leave within milliseconds."""
_SIGNED_AT_A_TIME = 16
_RATE_SHARE = 0.4


class Outlet:
    """Feeds the connections of one gateway. All of it runs in the loop's thread, and nothing of it waits."""

    def __init__(self, line: Line, feed: Feed, gate: Gate, pool: Executor) -> None:
        self.line = line
        self._feed = feed
        self._gate = gate
        self._pool = pool
        self.connections = Connections(line, self, self._kick)
        self.lanes = Lanes(line.pacer)
        self._granted: deque[Item] = deque()
        self._asked = 0
        self._composing = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._taken = 0
        self._rate = 0.0
        self._looked_at = time.monotonic()
        self._is_stocking = False
        self._is_closed = False
        self.on_room: Callable[[], None] = lambda: None
        """Called when more should be claimed."""

    # What waits

    def add(self, chunk: Chunk) -> None:
        """Hand out a chunk's envelopes from now on."""
        chunk.queue = self
        is_urgent = chunk.job.kind != "live"
        for item in sorted(chunk.waiting, key=lambda each: each.ordinal, reverse=is_urgent):
            item.destination = self.line.destination(item.recipient.address)
            self.lanes.put(item, first=is_urgent)
        self._kick()

    def put_back(self, item: Item) -> None:
        """To be taken next."""
        self.lanes.put(item, first=True)
        self._kick()

    @property
    def stocked(self) -> int:
        """Envelopes that wait and are not held up by their destination."""
        return self.lanes.ready_count

    @property
    def enough(self) -> int:
        """How many should wait, so that a claim takes place before they are used up."""
        return max(2 * self.line.connections, int(self._rate * 0.3), 1)

    @property
    def is_idle(self) -> bool:
        """No connection is open or being opened."""
        return self.connections.is_idle

    # What the connections ask

    def take(self, connection: Connection) -> Transaction | None:
        """The next envelope for a connection: granted, so that its message may be ended."""
        if self._granted and self._feed.may_start and not self._is_closed:
            self.connections.serve(connection)
            self._taken += 1
            self._kick()
            return self._granted.popleft()
        self.connections.starve(connection)
        self._kick()
        return None

    def ended(self, connection: Connection, transaction: Transaction, answer: Answer) -> None:
        """The server's answer to an envelope."""
        del connection
        item = _item(transaction)
        outcome = outcome_of(answer)
        self.line.pacer.report(item.destination, result_of(outcome, answer))
        self.lanes.ended(item.destination)
        self._feed.conclude(item, outcome)
        self._kick()

    def broken(self, connection: Connection, transaction: Transaction, reason: str, *, in_doubt: bool) -> None:
        """The connection is gone under an envelope."""
        del connection
        item = _item(transaction)
        self.line.pacer.report(item.destination, BROKEN)
        self.lanes.ended(item.destination)
        outcome = broken_under(item, reason, in_doubt=in_doubt)
        if outcome is None:
            self._feed.withdraw(item)
        else:
            self._feed.conclude(item, outcome)
        self._kick()

    def closed(self, connection: Connection, reason: str | None) -> None:
        """A connection is over."""
        self.connections.closed(connection)
        if reason is not None:
            log.info("connection lost", gateway=self.line.name, reason=reason)
        self._kick()

    # What the gate says

    def granted(self, item: Item) -> None:
        """It may be sent."""
        self._asked -= 1
        item.granted_at = time.monotonic()
        if self._is_closed or item.chunk.is_stopping:
            self._give_up(item)
        else:
            self._granted.append(item)

    def denied(self, item: Item) -> None:
        """It may not; the feed has it."""
        self._asked -= 1
        self.line.pacer.release(item.destination)
        self.lanes.ended(item.destination)

    def answered(self) -> None:
        """Wake as many connections as there is something for."""
        self.connections.wake(len(self._granted))
        self._kick()

    def _give_up(self, item: Item) -> None:
        self.line.pacer.release(item.destination)
        self.lanes.ended(item.destination)
        self._feed.withdraw(item)

    # Keeping enough granted

    def _kick(self) -> None:
        if not self._is_stocking and not self._is_closed:
            self._is_stocking = True
            asyncio.get_running_loop().call_soon(self._stock)

    def _stock(self) -> None:
        self._is_stocking = False
        if self._is_closed or not self._feed.may_start:
            return
        self.connections.grow(self.lanes.ready_count + self._asked + len(self._granted) + self._composing)
        batch: list[Item] = []
        for _ in range(self._wanted()):
            item = self.lanes.next()
            if item is None:
                break
            self._feed.take(item)
            batch.append(item)
        if batch:
            self._compose(batch)
        if self.lanes.ready_count < self.enough:
            self.on_room()

    def _wanted(self) -> int:
        """As many as connections wait for, and those they will ask for before the gate can answer."""
        supply = len(self._granted) + self._asked + self._composing
        most = _AHEAD * len(self.connections) + (2 * _SIGNED_AT_A_TIME if self._composing else 0)
        ahead = int(self._rate * 1.5 * (self._gate.seconds + GATHER_SECONDS))
        return min(self.connections.hungry_count + ahead, most) - supply

    def _compose(self, batch: Sequence[Item]) -> None:
        plain: list[Item] = []
        for message, group in groupby(batch, key=lambda item: item.chunk.job.message):
            items = list(group)
            if message.is_costly:
                self._compose_aside(message, items)
            else:
                plain += self._composed(_compose(message, items), items)
        self._ask(plain)

    def _compose_aside(self, message: Message, items: list[Item]) -> None:
        """Signing costs more than everything else: in threads, which the signing leaves to run side by side."""
        for start in range(0, len(items), _SIGNED_AT_A_TIME):
            some = items[start : start + _SIGNED_AT_A_TIME]
            self._composing += len(some)
            task = asyncio.create_task(self._compose_in_thread(message, some), name="compose")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _compose_in_thread(self, message: Message, items: list[Item]) -> None:
        made = await asyncio.get_running_loop().run_in_executor(self._pool, _compose, message, items)
        self._composing -= len(items)
        self._ask(self._composed(made, items))

    def _composed(self, made: Sequence[Composed | MergeFailed], items: Sequence[Item]) -> list[Item]:
        good = []
        for item, composed in zip(items, made, strict=True):
            if isinstance(composed, MergeFailed):
                self.line.pacer.release(item.destination)
                self.lanes.ended(item.destination)
                self._feed.conclude(item, refusal_of(composed))
            else:
                item.mail_from, item.rcpt_to = composed.mail_from.encode(), composed.rcpt_to.encode()
                item.data = composed.data
                item.needs_smtputf8, item.is_8bit = composed.needs_smtputf8, composed.is_8bit
                good.append(item)
        return good

    def _ask(self, items: Sequence[Item]) -> None:
        if self._is_closed:
            for item in items:
                self.line.pacer.release(item.destination)
                self._feed.put_back(item)
        elif items:
            self._asked += len(items)
            self._gate.ask(items)

    # As time passes

    def look(self, now: float) -> None:
        """A few times a second: measure, withdraw what nobody takes, try again what had to wait."""
        seconds = now - self._looked_at
        if seconds > 0:
            self._rate += _RATE_SHARE * (self._taken / seconds - self._rate)
            self._taken, self._looked_at = 0, now
        while self._granted and now - self._granted[0].granted_at > STALE_SECONDS:
            self._give_up(self._granted.popleft())
        self.lanes.look(now)
        self.connections.look()
        self._kick()

    def forget(self, chunk: Chunk) -> None:
        """Hand out nothing more of a chunk, and withdraw what is granted of it."""
        self.lanes.forget(chunk)
        for item in [item for item in self._granted if item.chunk is chunk]:
            self._granted.remove(item)
            self._give_up(item)

    def close(self) -> None:
        """Hand out nothing more; connections finish what they have."""
        self._is_closed = True
        while self._granted:
            self._give_up(self._granted.popleft())
        self.connections.close()

    def abort(self) -> None:
        """Give every connection up."""
        for task in self._tasks:
            task.cancel()
        self.connections.abort()


def _compose(message: Message, items: Sequence[Item]) -> list[Composed | MergeFailed]:
    return message.compose_batch([item.recipient for item in items], [item.token for item in items])


def _item(transaction: Transaction) -> Item:
    assert isinstance(transaction, Item)  # noqa: S101 - an outlet hands out nothing else
    return transaction
