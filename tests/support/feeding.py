"""A feeder that gives what it was given, and remembers what became of it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mailer.transport.service import Answer, Connection, Opener, Patience, Target, Transaction
from tests.support.smtp_peer import Peer

BODY = b"Subject: x\r\n\r\nbody\r\n"


@dataclass(frozen=True)
class Break:
    """A transaction without an answer."""

    transaction: Transaction
    reason: str
    in_doubt: bool


@dataclass
class Pile:
    """Messages to send, and their fates. Nothing may have two."""

    waiting: deque[Transaction] = field(default_factory=deque)
    taken: list[Transaction] = field(default_factory=list)
    answers: dict[bytes, Answer] = field(default_factory=dict)
    breaks: dict[bytes, Break] = field(default_factory=dict)
    closings: list[str | None] = field(default_factory=list)

    @classmethod
    def of(cls, transactions: Iterable[Transaction]) -> "Pile":
        """These."""
        return cls(deque(transactions))

    def take(self, _: Connection) -> Transaction | None:
        if not self.waiting:
            return None
        self.taken.append(self.waiting.popleft())
        return self.taken[-1]

    def ended(self, _: Connection, transaction: Transaction, answer: Answer) -> None:
        self._is_first(transaction)
        self.answers[transaction.rcpt_to] = answer

    def broken(self, _: Connection, transaction: Transaction, reason: str, *, in_doubt: bool) -> None:
        self._is_first(transaction)
        self.breaks[transaction.rcpt_to] = Break(transaction, reason, in_doubt)

    def closed(self, _: Connection, reason: str | None) -> None:
        self.closings.append(reason)

    def _is_first(self, transaction: Transaction) -> None:
        assert transaction in self.taken
        assert transaction.rcpt_to not in self.answers
        assert transaction.rcpt_to not in self.breaks

    @property
    def accepted(self) -> list[bytes]:
        """Recipients whose message was taken."""
        return [recipient for recipient, answer in self.answers.items() if answer.is_accepted]

    @property
    def codes(self) -> list[tuple[str, int]]:
        """What was answered, in order."""
        return [(answer.verb, answer.reply.code) for answer in self.answers.values()]

    @property
    def is_closed(self) -> bool:
        """Some connection ended."""
        return bool(self.closings)


def messages(count: int, data: bytes = BODY) -> list[Transaction]:
    """So many, to n@people.test."""
    return [Transaction(b"news@sender.test", b"%d@people.test" % number, data) for number in range(1, count + 1)]


def a_target(port: int, *, patience: Patience | None = None, **more: Any) -> Target:
    """Loopback, unencrypted, unless told otherwise."""
    return Target(**{"host": "127.0.0.1", "port": port, "tls": "none", "timeouts": patience or Patience(), **more})


async def connected(peer: Peer, pile: Pile, *, patience: Patience | None = None, **more: Any) -> Connection:
    """A connection at work."""
    connection = await Opener(a_target(peer.port, patience=patience, **more)).open(pile)
    connection.wake()
    return connection
