"""The client alone, in a process of its own: ready messages out, answers counted; one line of JSON at the end.

python -m tests.bench.wire_client PORT --messages N --connections N --octets N [--chunking] [--tls]
"""

import argparse
import asyncio
import json
import resource
import sys
import time
from dataclasses import dataclass, field

import uvloop

from mailer.transport.service import Answer, Connection, Opener, Target, Transaction, Watchdog

_LONGEST_SECONDS = 120.0


@dataclass
class Stock:
    """So many copies of one message, each for somebody else."""

    data: bytes
    count: int
    open_connections: int
    given: int = 0
    accepted: int = 0
    problems: list[str] = field(default_factory=list)
    is_sent: asyncio.Event = field(default_factory=asyncio.Event)
    is_closed: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, _: Connection) -> Transaction | None:
        if self.given == self.count:
            return None
        self.given += 1
        return Transaction(b"news@sender.example", b"%d@people.example" % self.given, self.data)

    def ended(self, _: Connection, transaction: Transaction, answer: Answer) -> None:
        self.accepted += answer.is_accepted
        if not answer.is_accepted:
            self.problems.append(f"{transaction.rcpt_to!r}: {answer}")
        if self.accepted == self.count:
            self.is_sent.set()

    def broken(self, _: Connection, transaction: Transaction, reason: str, *, in_doubt: bool) -> None:
        self.problems.append(f"{transaction.rcpt_to!r}: {reason}, in doubt: {in_doubt}")

    def closed(self, _: Connection, reason: str | None) -> None:
        self.problems += [reason] if reason is not None else []
        self.open_connections -= 1
        if not self.open_connections:
            self.is_sent.set()
            self.is_closed.set()


def a_message(octets: int) -> bytes:
    """Lines of text of about that length."""
    head = b"From: news@sender.example\r\nSubject: bench\r\n\r\n"
    line = b"x" * 76 + b"\r\n"
    return head + line * max(1, (octets - len(head)) // len(line))


async def _send(given: argparse.Namespace) -> dict[str, float]:
    stock = Stock(a_message(given.octets), given.messages, given.connections)
    target = Target(
        "127.0.0.1",
        given.port,
        "required" if given.tls else "none",
        messages_per_connection=given.messages,
        chunking=given.chunking,
    )
    opener = Opener(target, watchdog=Watchdog())
    began, used = time.perf_counter(), _used()
    connections = await asyncio.gather(*(opener.open(stock) for _ in range(given.connections)))
    opened, opening = time.perf_counter(), _used()
    for connection in connections:
        connection.wake()
    async with asyncio.timeout(_LONGEST_SECONDS):
        await stock.is_sent.wait()
    ended, sending = time.perf_counter(), _used()
    for connection in connections:
        connection.drain()
    async with asyncio.timeout(_LONGEST_SECONDS):
        await stock.is_closed.wait()
    if stock.accepted != given.messages or stock.problems:
        sys.exit(f"{stock.accepted} of {given.messages} accepted; {stock.problems[:5]}")
    return {
        "rate": given.messages / (time.perf_counter() - began),
        "rate_open": given.messages / (ended - opened),
        "cpu_us": (sending - opening) / given.messages * 1e6,
        "open_ms": (opening - used) / given.connections * 1e3,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--octets", type=int, default=10_240)
    parser.add_argument("--chunking", action="store_true")
    parser.add_argument("--tls", action="store_true")
    sys.stdout.write(json.dumps(uvloop.run(_send(parser.parse_args()))) + "\n")


if __name__ == "__main__":
    main()
