"""What a report page costs over ten million reactions, against scanning them; and who reacted, out of a million.

Reactions are seeded inside the database, spread over deliveries and a month, and counted there as the consumer would
have counted them. Pages are asked for through the functions that reports use; their cost is the server's processor
time, averaged over repetitions, which load on the machine does not move.

    python -m tests.bench.reports [--events N] [--quick]
"""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.messaging.unit_of_work import UnitOfWork
from common.service.resources import Resources
from tests.bench.figure import Figure, exit_status, say
from tests.bench.tracking_ground import Meter, cluster, tracker_on
from tests.support.builders.tracker import a_link, a_request
from tests.support.bus import HandBus
from tests.support.engines import Postgres
from tracker.reactions import service as reactions
from tracker.reactions.reading import Stretch
from tracker.tallies import service as tallies
from tracker.tallies.reading import Selection
from tracker.worker import SUBSCRIPTIONS

DELIVERIES = 20
LINKS = 10
SHARE_OF_ONE = 10
"""Every tenth reaction is to the first delivery, where every recipient opens once."""
BEGIN = datetime(2026, 11, 1, tzinfo=UTC)
PAGE = 100
_REPEATED = 40
_INDEX = "ix_reactions_delivery_number_kind_at_place"
_SEED = """
    INSERT INTO tracker.reactions (place, at, delivery_number, kind, subject, link_number, part, method, agent, network,
        network_class, judgement, rule, rules_version)
    SELECT n, timestamptz '2026-11-01 00:00:00+00' + n * (interval '28 days' / CAST(:events AS bigint)),
        CASE WHEN n % 10 = 0 THEN 1 ELSE 2 + n % 19 END,
        CASE WHEN n % 10 <> 0 AND n % 5 = 1 THEN 'click' ELSE 'open' END,
        CASE WHEN n % 10 = 0 THEN 1 + n / 10 ELSE 1 + (n * 7919) % CAST(:people AS bigint) END,
        CASE WHEN n % 10 <> 0 AND n % 5 = 1 THEN 1 + (n / 5) % 10 ELSE 0 END,
        CASE WHEN n % 10 <> 0 AND n % 5 = 1 AND (n / 5) % 2 = 1 THEN 'text' ELSE 'html' END,
        'GET', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', '203.0.113.0/24', 'unknown',
        CASE WHEN n % 8 = 3 THEN 'proxy' ELSE 'human' END, 'browser', 2
    FROM generate_series(1, CAST(:events AS bigint)) AS n
"""
_COUNTERS = (
    """
    INSERT INTO tracker.tallies (delivery_number, kind, link_number, period_start, judgement, part, count)
    SELECT delivery_number, kind, link_number, date_bin('15 minutes', at, 'epoch'), judgement, min(part), count(*)
    FROM tracker.reactions GROUP BY 1, 2, 3, 4, 5
    """,
    """
    INSERT INTO tracker.totals (delivery_number, kind, link_number, judgement, part, count)
    SELECT delivery_number, kind, link_number, judgement, min(part), sum(count) FROM tracker.tallies GROUP BY 1, 2, 3, 4
    """,
    """
    INSERT INTO tracker.seen (delivery_number, kind, link_number, subject, first_at, first_human_at, hits)
    SELECT delivery_number, kind, under, subject, min(at), min(at) FILTER (WHERE judgement = 'human'), count(*)
    FROM tracker.reactions CROSS JOIN LATERAL unnest(
        CASE kind WHEN 'open' THEN ARRAY[0]
        ELSE ARRAY[0, link_number, CASE part WHEN 'html' THEN -1 ELSE -2 END] END) AS under GROUP BY 1, 2, 3, 4
    """,
    """
    INSERT INTO tracker.people (delivery_number, kind, link_number, people, humans)
    SELECT delivery_number, kind, link_number, count(*), count(first_human_at) FROM tracker.seen GROUP BY 1, 2, 3
    """,
    """
    INSERT INTO tracker.firsts (delivery_number, kind, link_number, period_start, people, humans)
    SELECT delivery_number, kind, link_number, date_bin('15 minutes', first_at, 'epoch'),
        count(*), count(first_human_at)
    FROM tracker.seen GROUP BY 1, 2, 3, 4
    """,
    "ANALYZE tracker.reactions, tracker.tallies, tracker.totals, tracker.seen, tracker.people, tracker.firsts",
)

Page = Callable[[UnitOfWork], Awaitable[Any]]
EVERY = tuple(range(1, DELIVERIES + 1))
PAGES: dict[str, Page] = {
    "sum of one delivery": lambda uow: tallies.link_totals(uow, [2]),
    "people of one delivery": lambda uow: tallies.people_totals(uow, [2]),
    "opens of one delivery over time": lambda uow: tallies.reader(uow).by_period(Selection("open", (2,))),
    "different openers over time": lambda uow: tallies.reader(uow).first_seen(Selection("open", (2,), ((2, 0),))),
    "clickers of two links together": lambda uow: tallies.reader(uow).first_seen_in_any(
        Selection("click", (2,), ((2, 1), (2, 2)))
    ),
    "clicks of all deliveries by link": lambda uow: tallies.reader(uow).by_link(Selection("click", EVERY)),
    "recipients, a page": lambda uow: tallies.reader(uow).page_of_seen(
        Selection("open", (1,), ((1, 0),)), humans_only=False, after=1000, limit=PAGE
    ),
    "event details, a page": lambda uow: reactions.page_of_reactions(
        uow, Stretch("click", EVERY, after=(BEGIN + timedelta(days=9), 0)), limit=PAGE
    ),
}
LOOKED_UP = ("clickers of two links together",)
"""No counter has them: everybody who followed either is looked at, by key. No page of the usual ones, so not judged."""
SCANS = {
    "sum of one delivery": "SELECT kind, link_number, part, judgement, count(*) FROM tracker.reactions"
    " WHERE delivery_number = 2 OR place < 0 GROUP BY 1, 2, 3, 4",
    "opens of one delivery over time": "SELECT date_bin('15 minutes', at, 'epoch'), judgement, count(*)"
    " FROM tracker.reactions WHERE (delivery_number = 2 OR place < 0) AND kind = 'open' GROUP BY 1, 2",
    "people of one delivery": "SELECT kind, count(DISTINCT subject) FROM tracker.reactions"
    " WHERE delivery_number = 2 OR place < 0 GROUP BY 1",
}
"""The same questions to raw reactions; the second term keeps the index out."""


async def seed(resources: Resources, events: int) -> None:
    """Reactions, and every counter of them."""
    links = [a_link(number, part="text" if number % 2 else "html") for number in range(1, LINKS + 1)]
    requests = (a_request(number, TrackingLevel.PERSONAL, links) for number in EVERY)
    await HandBus(resources, SUBSCRIPTIONS).deliver(*requests)
    async with resources.uow() as uow:
        await uow.session.execute(text("SET LOCAL statement_timeout = 0"))
        await uow.session.execute(text("SET LOCAL work_mem = '256MB'"))
        await reactions.prepare_partitions(uow)
        # An index made over sorted rows costs a third of one that grows with each of them.
        await uow.session.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        await uow.session.execute(text(f"DROP INDEX tracker.{_INDEX}"))
        await uow.session.execute(text(_SEED), {"events": events, "people": max(100, events // 40)})
        await uow.session.execute(
            text(f"CREATE INDEX {_INDEX} ON tracker.reactions (delivery_number, kind, at, place)")
        )
        for statement in _COUNTERS:
            await uow.session.execute(text(statement))


async def page_ms(resources: Resources, postgres: Postgres, page: Page) -> float:
    """Milliseconds of the server's processors for one page."""
    async with resources.uow.reader() as uow:
        await page(uow)
        meter = Meter(postgres)
        for _ in range(_REPEATED):
            await page(uow)
        return meter.cost().server / _REPEATED * 1e3


async def scan_ms(resources: Resources, postgres: Postgres, query: str) -> float:
    """The same for a scan, once."""
    async with resources.uow.reader() as uow:
        await uow.session.execute(text("SET LOCAL statement_timeout = 0"))
        meter = Meter(postgres)
        await uow.session.execute(text(query))
        return meter.cost().server * 1e3


async def reacted_seconds(resources: Resources, postgres: Postgres, expected: int) -> float:
    """Who opened the first delivery, as bits; on both sides."""
    async with resources.uow.reader() as uow:
        meter = Meter(postgres)
        octets = await tallies.reacted(uow, 1, "open", (0,), humans_only=False)
        cost = meter.cost()
    found = int.from_bytes(octets, "little").bit_count()
    if found != expected:
        raise AssertionError(f"{found} of {expected} recipients found")
    return cost.processor


async def measure(events: int) -> list[Figure]:
    """All of it."""
    conditions: dict[str, Any] = {"events": events, "deliveries": DELIVERIES, "repeated": _REPEATED}
    said = []
    with cluster() as postgres:
        async with tracker_on(postgres) as resources:
            await seed(resources, events)
            for name, page in PAGES.items():
                cost = await page_ms(resources, postgres, page)
                goal = None if name in LOOKED_UP else "<= 10"
                said.append(say(Figure("reports", name, cost, "ms of SQL", goal, conditions)))
                if name in SCANS:
                    scan = await scan_ms(resources, postgres, SCANS[name])
                    # Below a tick of the clock nothing can be told; it then counts as one tick in all repetitions.
                    ratio = scan / max(cost, 10 / _REPEATED)
                    goal = ">= 100" if events >= 10_000_000 else None
                    said.append(say(Figure("reports", f"{name}, scan", ratio, "times the page", goal, conditions)))
            seconds = await reacted_seconds(resources, postgres, events // SHARE_OF_ONE)
            out_of = {**conditions, "recipients": events // SHARE_OF_ONE}
            said.append(say(Figure("reports", "who reacted, as bits", seconds, "s of CPU", "<= 3", out_of)))
    return said


def main() -> int:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--quick", action="store_true", help="100,000 events")
    given = parser.parse_args()
    return exit_status(asyncio.run(measure(100_000 if given.quick else given.events)))


if __name__ == "__main__":
    sys.exit(main())
