"""A flood of reports: each counted once, nobody suppressed twice, and memory stays where it was.

python -m tests.soak.bounce_flood [--recipients N] [--reports N]
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Iterator

import aiosmtplib

from mailer.bounces.receiver import BounceReceiver, Place
from tests.soak.memory import forget_peak, peak_mb
from tests.soak.result import Result
from tests.support.builders.coming_back import Returns, returns
from tests.support.builders.mailer import an_audience
from tests.support.builders.reports import a_dsn
from tests.support.databases import Databases
from tests.support.engines import Postgres, free_port
from tests.support.wait import eventually

_CONNECTIONS = 20
_MAX_GROWTH = 150
"""Megabytes, whatever the number of reports; the database is another process."""
_SEND_SECONDS = 1_800.0
_QUIET = 0.9
"""Reports for more than this part of a delivery are unusual: a flood is, and must count nevertheless."""


async def flood(database_url: str, recipients: int, reports: int) -> Result:
    """Hand in so many reports about the first half of a delivery, each envelope again and again, in any order."""
    result = Result("bounce-flood", {"recipients": recipients, "reports": reports, "connections": _CONNECTIONS})
    async with returns(database_url, anomaly_share=_QUIET) as world:
        fact = world.mailer.lui.offer(an_audience(recipients))
        delivery_id = await world.mailer.deliver(fact)
        await world.mailer.finished(delivery_id, deadline=_SEND_SECONDS)
        half = recipients // 2
        chance = random.Random(1)  # noqa: S311 - an order
        ordinals = [number % half + 1 for number in range(reports)]
        chance.shuffle(ordinals)
        forget_peak()
        before, began = peak_mb(), time.monotonic()
        await _hand_in(world, ordinals)
        result.numbers |= {
            "reports_per_second": round(reports / (time.monotonic() - began), 1),
            "memory_growth_mb": peak_mb() - before,
        }
        await _judge(world, result, (delivery_id, recipients, half))
    result.expect(result.numbers["memory_growth_mb"] <= _MAX_GROWTH, "memory grew with the number of reports")
    return result


async def _hand_in(world: Returns, ordinals: list[int]) -> None:
    receiver = BounceReceiver(world.intake, Place("127.0.0.1", free_port()))
    serving = asyncio.create_task(receiver.run())
    waiting = iter(ordinals)
    try:
        await eventually(lambda: _listens(receiver.port))
        await asyncio.gather(*(_one_connection(world, receiver.port, waiting) for _ in range(_CONNECTIONS)))
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _one_connection(world: Returns, port: int, waiting: Iterator[int]) -> None:
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, timeout=120, start_tls=False)
    async with client:
        for ordinal in waiting:
            message = a_dsn(recipient=f"person{ordinal}@example.org")
            await client.sendmail("", [world.return_path(ordinal)], message)


async def _judge(world: Returns, result: Result, expected: tuple[str, int, int]) -> None:
    delivery_id, recipients, half = expected
    counts = await world.mailer.counts(delivery_id)
    result.expect(counts == {"sent": recipients - half, "bounced": half}, f"counts are {counts}")
    for what, statement, wanted in (
        ("bounces", "SELECT count(*) FROM mailer.bounces WHERE bounced_at IS NOT NULL", half),
        ("suppressions", "SELECT count(*) FROM mailer.suppressions", half),
        ("facts", "SELECT count(*) FROM mailer.outbox WHERE subject = 'mailer.envelope.bounced.v1'", half),
    ):
        [row] = await world.mailer.rows(statement)
        result.numbers[what] = row[0]
        result.expect(row[0] == wanted, f"{row[0]} {what} instead of {wanted}")


def bounce_flood(recipients: int, reports: int) -> Result:
    """On a database of its own."""
    postgres = Postgres()
    postgres.start()
    try:
        return asyncio.run(flood(Databases(postgres).clone("mailer"), recipients, reports))
    finally:
        postgres.stop()
        postgres.remove()


def main() -> int:
    """Flood and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipients", type=int, default=50_000)
    parser.add_argument("--reports", type=int, default=100_000)
    options = parser.parse_args()
    result = bounce_flood(options.recipients, options.reports)
    result.say()
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
