"""What a sending process holds in memory: the chunks it leased and the envelopes in its hands."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from mailer.composing.service import Message, Recipient
from mailer.envelopes.rules import Outcome


@dataclass(frozen=True, slots=True)
class Job:
    """What sending a delivery needs and never changes while it is sent."""

    delivery_id: str
    created_at: datetime
    """Chooses the partitions of its envelopes."""
    expires_at: datetime
    group_id: str | None
    message: Message


class Jobs(Protocol):
    """Where the sender gets deliveries from; implemented by the domain that owns them."""

    async def running(self) -> Sequence[str]:
        """Ids of deliveries whose chunks may be claimed."""

    async def job(self, delivery_id: str) -> Job:
        """A delivery's compiled job."""

    async def recipients(self, delivery_id: str, page_number: int) -> Sequence[Recipient]:
        """One frozen page."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A claimed chunk. Whatever is written for it names the epoch, so that a later owner shuts this one out."""

    delivery_id: str
    number: int
    page_number: int
    epoch: int
    ordinals: Sequence[int] | None
    was_abandoned: bool


@dataclass(slots=True, eq=False)
class Item:
    """One envelope on its way."""

    chunk: "Chunk"
    recipient: Recipient
    attempts: int
    doubts: int
    token: str = ""
    broken_count: int = 0
    """Connections that broke under it before the final dot, in this lease."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An outcome that is recorded and waits to be settled; attempts and doubts are those before it."""

    ordinal: int
    outcome: Outcome
    attempts: int
    doubts: int


@dataclass(slots=True, eq=False)
class Chunk:
    """A leased chunk in work."""

    lease: Lease
    job: Job
    waiting: deque[Item] = field(default_factory=deque)
    in_hand: int = 0
    unflushed: int = 0
    """Outcomes whose entry in the send log is not committed yet."""
    outcomes: list["Pending"] = field(default_factory=list)
    """Recorded and not yet settled."""
    denied: list[Item] = field(default_factory=list)
    """The gate said no; settling finds out why."""
    is_stopping: bool = False
    """No new transaction is opened for it."""

    @property
    def is_quiet(self) -> bool:
        """Nothing of it is under way."""
        return not self.in_hand and not self.unflushed

    @property
    def is_exhausted(self) -> bool:
        """Everything in it has an outcome."""
        return self.is_quiet and not self.waiting and not self.denied
