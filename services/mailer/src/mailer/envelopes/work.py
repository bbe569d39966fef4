"""What a sending process holds in memory: the chunks it leased and the envelopes in its hands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from mailer.composing.service import Message, Recipient
from mailer.envelopes.rules import Outcome
from mailer.transport.service import Transaction


@dataclass(frozen=True, slots=True)
class Job:
    """What sending a delivery needs and never changes while it is sent."""

    delivery_id: str
    created_at: datetime
    """Chooses the partitions of its envelopes."""
    expires_at: datetime
    group_id: str | None
    message: Message
    kind: str = "live"
    sender_domain: str = ""
    """Chooses the gateway."""
    in_doubt: str = "resend"
    waits: Sequence[timedelta] | None = None
    """Its own schedule of attempts; None: the installation's."""
    told_as: int | None = None
    """The delivery's number, when tracker is told whose message was accepted when; else None."""


class JobUnready(Exception):
    """A delivery's messages cannot be made at the moment; it waits, and says so."""


class Jobs(Protocol):
    """Where the sender gets deliveries from; implemented by the domain that owns them."""

    @property
    def rest(self) -> bool:
        """No delivery is open, so that nothing can be claimed or taken over."""

    async def stirs(self, seconds: float) -> None:
        """Wait until a delivery is open, but no longer than that."""

    async def running(self) -> Sequence[str]:
        """Ids of deliveries whose chunks may be claimed, the most urgent first."""

    async def job(self, delivery_id: str) -> Job:
        """A delivery's compiled job. Raises JobUnready."""

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

    @property
    def is_first(self) -> bool:
        """Nobody ever had this page: its envelopes are all as they were frozen."""
        return self.epoch == 1 and self.ordinals is None and self.number == self.page_number


class Queue(Protocol):
    """Where envelopes of a chunk wait for a connection."""

    def put_back(self, item: "Item") -> None:
        """To be taken next."""

    def forget(self, chunk: "Chunk") -> None:
        """Hand out nothing more of a chunk, and withdraw what is granted of it."""

    def granted(self, item: "Item") -> None:
        """The gate's answer."""

    def denied(self, item: "Item") -> None:
        """The gate's answer."""

    def answered(self) -> None:
        """Those were all answers for now."""


class Item(Transaction):
    """One envelope on its way; its octets are there from composing until it ended."""

    __slots__ = ("attempts", "broken_count", "chunk", "destination", "doubts", "granted_at", "hash_hex", "ordinal",
                 "recipient", "token")  # fmt: skip

    def __init__(self, chunk: "Chunk", recipient: Recipient, attempts: int, doubts: int) -> None:
        super().__init__(b"", b"", b"")
        self.chunk = chunk
        self.recipient = recipient
        self.ordinal = recipient.ordinal
        self.attempts = attempts
        self.doubts = doubts
        self.token = ""
        self.hash_hex = ""
        self.destination = ""
        self.granted_at = 0.0
        """Monotonic; when the gate's answer came."""
        self.broken_count = 0
        """Connections that broke under it before the final dot, in this lease."""

    def forget_octets(self) -> None:
        """Let go of the composed message; composing again gives the same."""
        self.mail_from = self.rcpt_to = self.data = b""


@dataclass(frozen=True, slots=True)
class Pending:
    """An outcome that is recorded and waits to be settled; attempts and doubts are those before it."""

    ordinal: int
    outcome: Outcome
    attempts: int
    doubts: int


@dataclass(slots=True, eq=False)
class Chunk:
    """A leased chunk in work. Every envelope of it is in exactly one of these places, or settled."""

    lease: Lease
    job: Job
    queue: Queue | None = None
    """Where its envelopes wait; None before it is handed out."""
    waiting: set[Item] = field(default_factory=set)
    """Not taken in hand yet, or put back."""
    in_hand: int = 0
    """Admitted, composed, asked about, granted or in a transaction."""
    unflushed: int = 0
    """Entries of the send log that are not committed yet."""
    sent: list[tuple[int, Outcome]] = field(default_factory=list)
    """Accepted, recorded and not yet settled, by ordinal."""
    accepted: list[tuple[int, int]] = field(default_factory=list)
    """Ordinals and milliseconds since 1970 of acceptances that tracker is to be told."""
    outcomes: list[Pending] = field(default_factory=list)
    """Every other outcome, recorded and not yet settled."""
    denied: list[Item] = field(default_factory=list)
    """The gate said no; settling finds out why."""
    horizon: int = 0
    """Suppressions added by a transaction from this one on may not have been seen when this chunk was loaded."""
    has_news: bool = False
    """Every address has to be compared again."""
    is_stopping: bool = False
    """No new transaction is opened for it."""
    loaded_at: float = 0.0
    """Monotonic."""
    settled_at: float = 0.0
    """Monotonic."""
    octets: bytes = field(init=False)
    """The delivery's id, as the journal has it."""

    def __post_init__(self) -> None:
        """Derive what is needed with every message."""
        self.octets = UUID(self.lease.delivery_id).bytes

    @property
    def is_quiet(self) -> bool:
        """Nothing of it is under way."""
        return not self.in_hand and not self.unflushed

    @property
    def is_exhausted(self) -> bool:
        """Everything in it has an outcome."""
        return self.is_quiet and not self.waiting and not self.denied

    @property
    def has_unsettled(self) -> bool:
        """Outcomes wait to be settled."""
        return bool(self.sent or self.outcomes)
