"""The same mailing through tracker's real tables, and everything in them that could tell when a hit came.

Hits are taken in by the consumer as they came, batch by batch, with counters stated in between; when an hour is over it
is mixed, or, to show what there would be to find, it is not. What is read then is what whoever holds the whole database
reads: the order of places, where rows lie, by which transactions they were written, and what is left of arrivals.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.service.resources import Resources
from tests.soak.privacy_model import LINKS, OTHERS, OURS, Loot
from tests.support.builders.tracker import MASTER_KEY, a_batch, a_request
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.http import encode_key, make_settings, resources_for
from tracker.config import TrackerSettings
from tracker.intake.spool.record import Hit, HitKind
from tracker.privacy.rules import HOUR_MS
from tracker.reactions.mixing import mix_hour
from tracker.tables import MESSAGING
from tracker.tallies.rules import instant, milliseconds
from tracker.tallies.scheduler import state_tallies
from tracker.worker import SUBSCRIPTIONS

_TOGETHER_MS = 10_000
"""Hits of one transaction: no longer than an attacker looks behind an acceptance, so this hides little."""
_AFTERWARDS_MS = 600_000
_LIES = "xmin::text::bigint, tableoid::bigint, (ctid::text::point)[0]::bigint, (ctid::text::point)[1]::bigint"
_KEPT = "kind, delivery_number, subject, link_number, at"
_REACTIONS = f"SELECT place, {_LIES}, 1, {_KEPT} FROM tracker.reactions"  # noqa: S608
_GATHERED = (
    f"SELECT 0, {_LIES}, hits, {_KEPT} FROM tracker.gathered_even"  # noqa: S608
    f" UNION ALL SELECT 0, {_LIES}, hits, {_KEPT} FROM tracker.gathered_odd"
)
_COUNTERS = " UNION ALL ".join(
    f"SELECT xmin::text::bigint FROM tracker.{table} WHERE delivery_number = :ours"  # noqa: S608
    for table in ("tallies", "totals", "people", "firsts", "seen", "delivery_tallies")
)
_SEEN = "SELECT xmin::text::bigint, delivery_number, subject, first_at FROM tracker.seen"
_ARRIVALS = (
    "SELECT received_at FROM tracker.inbox WHERE consumer LIKE '%reactions_spooled'"
    " UNION ALL SELECT created_at FROM tracker.outbox WHERE subject = 'tracker.delivery.tallied.v1'"
)
_PUBLISH = "UPDATE tracker.outbox SET published_at = :now WHERE published_at IS NULL"
_KINDS = {"open": HitKind.OPEN, "click": HitKind.CLICK, "action": HitKind.ACTION}


@dataclass(frozen=True)
class Tables:
    """What the database tells beyond what rows say."""

    orders: dict[str, list[Hit]]
    """Every reaction, in each order that can be read."""
    moved_ms: list[int]
    """When the counters of the mailing were last written, as neighbours of those transactions tell."""
    seen_ms: list[tuple[int, int]]
    """The same of who was seen, with their subject."""
    arrived_ms: list[int]
    """What is kept of when batches came and when counters were stated."""


@asynccontextmanager
async def _tracker(url: str, clock: FixedClock) -> AsyncIterator[Resources]:
    settings = make_settings(
        TrackerSettings,
        database_url=url,
        token_keys=encode_key(MASTER_KEY),
        public_url="https://track.example.org",
    )
    async with resources_for(settings, MESSAGING, clock=clock) as resources:
        yield resources


async def through_tables(url: str, loot: Loot, *, mixes: bool = True) -> Tables:
    """Take the mailing's hits in at a database of their own; read what can be read two hours after the last one."""
    clock = FixedClock(instant(loot.came_ms[0]))
    async with _tracker(url, clock) as resources:
        bus = HandBus(resources, SUBSCRIPTIONS)
        await bus.deliver(a_request(OURS, loot.shape.level, LINKS), a_request(OTHERS, TrackingLevel.PERSONAL, ()))
        last = max(loot.accepted_ms) + _AFTERWARDS_MS
        came = list(zip(loot.came_ms, loot.records, strict=True))
        offset = 60
        for at_ms, together in groupby(came, lambda each: _turn(each[0], last)):
            hits = [hit for _, hit in together]
            await _pass(resources, clock, at_ms, mixes=mixes)
            batch = a_batch(*hits, first_offset=offset)
            offset = int(batch.lines[-1].partition("\t")[0]) + 200
            await bus.deliver(batch)
            async with resources.uow() as uow:
                await uow.session.execute(text(_PUBLISH), {"now": uow.now})
                await state_tallies(uow)
        for hours in (1, 2):
            await _pass(resources, clock, loot.came_ms[-1] + hours * HOUR_MS, mixes=mixes)
        return await _read(resources)


def _turn(at_ms: int, last: int) -> int:
    """When the batch is taken in that a hit belongs to; nobody's exact times are left to compare with afterwards."""
    width = _TOGETHER_MS if at_ms < last else _AFTERWARDS_MS
    return at_ms - at_ms % width + width


async def _pass(resources: Resources, clock: FixedClock, at_ms: int, *, mixes: bool) -> None:
    """Time goes on; three minutes after each full hour on the way it is mixed."""
    until = instant(at_ms)
    while mixes:
        due = clock.now.replace(minute=3, second=0, microsecond=0)
        due = due if due > clock.now else due + timedelta(hours=1)
        if due > until:
            break
        clock.now = due
        await mix_hour(resources.uow)
    clock.now = max(until, clock.now)


async def _read(resources: Resources) -> Tables:
    async with resources.uow.reader() as uow:
        reactions = [tuple(row) for row in await uow.session.execute(text(_REACTIONS))]
        gathered = [tuple(row) for row in await uow.session.execute(text(_GATHERED))]
        counters = [row[0] for row in await uow.session.execute(text(_COUNTERS), {"ours": OURS})]
        seen = [tuple(row) for row in await uow.session.execute(text(_SEEN))]
        arrived = [milliseconds(row[0]) for row in await uow.session.execute(text(_ARRIVALS))]
    clock = sorted((row[1], milliseconds(row[10])) for row in reactions if row[7] == OTHERS)
    return Tables(
        orders={
            "place": _hits(sorted(reactions)),
            "ctid": _hits(sorted(reactions, key=lambda row: row[2:5])),
            "xmin": _hits(sorted([*reactions, *gathered], key=lambda row: row[1:5])),
        },
        moved_ms=[_told(clock, xmin) for xmin in counters],
        seen_ms=[(_told(clock, row[0]), row[2]) for row in seen if row[1] == OURS],
        arrived_ms=arrived,
    )


def _hits(rows: Sequence[tuple[Any, ...]]) -> list[Hit]:
    return [
        Hit(_KINDS[kind], delivery, subject, link, milliseconds(at), "GET", "", "")
        for _, _, _, _, _, hits, kind, delivery, subject, link, at in rows
        for _ in range(hits)
    ]


def _told(clock: Sequence[tuple[int, int]], xmin: int) -> int:
    """The exact time of the last neighbour that was written before a transaction, or by it."""
    known = 0
    for transaction, at_ms in clock:
        if transaction > xmin:
            break
        known = at_ms
    return known
