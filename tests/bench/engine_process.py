"""The measured process of `tests.bench.engine`: one sender with everything it has, without HTTP and NATS.

    python -m tests.bench.engine_process DATABASE_URL SMTP_PORT MESSAGES [--stub] [--connections N]

Sends the running delivery it finds until so many messages have their outcome, then prints one line of JSON: seconds,
CPU microseconds a message, database round trips, the most memory.
"""

import argparse
import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import uvloop
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from mailer.envelopes import metrics
from tests.bench.stub import without_ledger
from tests.support.builders.mailer import FakeLui, a_mailer, mailer_settings

_LOOK_SECONDS = 0.005
_LONGEST_SECONDS = 900.0
_FIRST_PART = 0.1
"""Connections open and the first chunks load meanwhile; it is not counted."""


class Talk:
    """What the process says to its database: every statement, and the beginning and end of transactions."""

    def __init__(self) -> None:
        self.round_trips = 0

    def watch(self, engine: AsyncEngine) -> None:
        """Count from now on."""
        execute = psycopg.AsyncCursor.execute

        async def counted(cursor: "psycopg.AsyncCursor[Any]", *said: Any, **options: Any) -> Any:
            self.round_trips += 1
            return await execute(cursor, *said, **options)

        psycopg.AsyncCursor.execute = counted  # type: ignore[method-assign,assignment]
        for name in ("begin", "commit", "rollback"):
            event.listen(engine.sync_engine, name, self._count)

    def _count(self, *_: object) -> None:
        self.round_trips += 1


def _outcomes() -> float:
    return sum(
        sample.value
        for metric in metrics.OUTCOMES.collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    )


async def _measure(options: argparse.Namespace) -> dict[str, float]:
    smtp = {"connections": options.connections, "messages_per_connection": 1_000_000}
    settings = mailer_settings(options.database_url, options.port, smtp=smtp, settle_seconds=1.0, renew_seconds=10.0)
    async with a_mailer(settings, FakeLui(), sends=False) as mailer:
        sender = without_ledger(mailer) if options.stub else mailer.sender
        talk = Talk()
        talk.watch(mailer.resources.engine)
        sending = asyncio.create_task(sender.run())
        try:
            return await _until_done(options.messages, talk, sending)
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)


async def _until_done(messages: int, talk: Talk, sending: "asyncio.Task[None]") -> dict[str, float]:
    start = messages * _FIRST_PART
    await _reach(start, sending)
    count, began = _outcomes(), time.perf_counter()
    cpu, round_trips = _cpu(), talk.round_trips
    await _reach(messages, sending)
    done, took = _outcomes() - count, time.perf_counter() - began
    return {
        "messages": done,
        "seconds": took,
        "rate": done / took,
        "cpu_us": (_cpu() - cpu) / done * 1e6,
        "round_trips": (talk.round_trips - round_trips) / done,
        "memory_mb": _most_memory(),
    }


async def _reach(count: float, sending: "asyncio.Task[None]") -> None:
    deadline = time.monotonic() + _LONGEST_SECONDS
    while _outcomes() < count:
        if sending.done():
            sending.result()
        if time.monotonic() > deadline:
            raise TimeoutError(f"{_outcomes():.0f} of {count:.0f} messages")
        await asyncio.sleep(_LOOK_SECONDS)


def _most_memory() -> float:
    """Megabytes. Not from getrusage, which remembers the process this one was made from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database_url")
    parser.add_argument("port", type=int)
    parser.add_argument("messages", type=int)
    parser.add_argument("--stub", action="store_true")
    parser.add_argument("--connections", type=int, default=20)
    sys.stdout.write(json.dumps(uvloop.run(_measure(parser.parse_args()))) + "\n")


if __name__ == "__main__":
    main()
