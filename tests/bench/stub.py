"""The ledger stubbed, for one comparison: permission is given at once and outcomes are forgotten.

Exists only here: what a mailer would do that remembers nothing.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import cast

from mailer.envelopes.gate import Answered, Gate
from mailer.envelopes.gate_statement import Ack
from mailer.envelopes.rules import Entry, Outcome
from mailer.envelopes.scheduler import Sender
from mailer.envelopes.work import Chunk, Item
from tests.support.builders.mailer import RunningMailer


class StubGate:
    """Grants everything."""

    may_start = True
    has_unrecorded = False
    seconds = 0.005
    """As long as the real one takes: how far ahead is asked depends on it."""
    on_answered: Answered
    on_recorded: Callable[[Ack], None]
    held: Callable[[], Sequence[Chunk]]
    on_lost: Callable[[Chunk], None]

    def __init__(self) -> None:
        self.is_open = asyncio.Event()
        self.is_open.set()
        self._stopped = asyncio.Event()

    def ask(self, items: Sequence[Item]) -> None:
        """Yes."""
        asyncio.get_running_loop().call_soon(self.on_answered, items, ())

    def record(self, item: Item, entry: Entry, outcome: Outcome | None) -> None:
        """Forget it."""
        self.on_recorded(Ack(item.chunk, item, entry, outcome))

    def stop(self) -> None:
        """Nothing is under way."""
        self._stopped.set()

    async def run(self) -> None:
        """Nothing to do."""
        await self._stopped.wait()


def without_ledger(mailer: RunningMailer) -> Sender:
    """The mailer's sender with a gate that grants everything, and outcomes that go nowhere."""
    sender = Sender(mailer.settings, mailer.sender._means, gate=cast(Gate, StubGate()))

    async def settle(chunk: Chunk) -> None:
        chunk.sent.clear()
        chunk.outcomes.clear()
        if chunk.is_exhausted or (chunk.is_stopping and chunk.is_quiet):
            sender.feed.drop(chunk)
            sender._wanted.set()

    sender._settle = settle  # type: ignore[method-assign]
    return sender
