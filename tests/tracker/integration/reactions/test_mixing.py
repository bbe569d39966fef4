"""What may be known to the hour only says no more than the hour, wherever one looks; and it is all there, once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from common.contracts.lui import TrackingLevel
from common.service.resources import Resources
from tests.support.builders.tracker import a_batch, a_hit, a_request
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.mixing import mixed
from tests.support.recounting import counters, differences, recounted, rows
from tracker.intake.spool.record import Hit
from tracker.reactions import service
from tracker.reactions.gathering import GatheringRepository, gathering_hour
from tracker.reactions.mixing import mix_hour
from tracker.tallies.rules import milliseconds

TEN = datetime(2026, 11, 22, 10, tzinfo=UTC)
LISTED = "SELECT subject FROM tracker.reactions ORDER BY at, place"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(TEN + timedelta(minutes=20))


def coarse(subject: int, at: datetime = TEN, *, delivery_number: int = 1, **given: Any) -> Hit:
    """A hit as an intake keeps it below personal."""
    kept = {"at_ms": milliseconds(at), "agent": "Mozilla", "network": "", **given}
    return a_hit(delivery_number=delivery_number, subject=subject, **kept)


async def everything(resources: Resources) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(found, key=repr) for name, found in (await counters(resources)).items()}


async def test_a_hit_counts_at_once_and_is_listed_when_its_hour_is_over(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, TrackingLevel.BLIND), a_batch(*[coarse(0)] * 5))
    assert await rows(resources, "SELECT opens FROM tracker.delivery_tallies") == [(5,)]
    clock.now = TEN + timedelta(hours=1, minutes=1, seconds=59)
    assert not await mix_hour(resources.uow)
    assert await rows(resources, LISTED) == []
    clock.advance(seconds=1)

    assert await mix_hour(resources.uow)

    assert await rows(resources, "SELECT count(*), count(DISTINCT place) FROM tracker.reactions") == [(5, 5)]
    assert not await mix_hour(resources.uow)
    assert differences(await counters(resources), await recounted(resources)) == {}


@pytest.mark.parametrize("level", [TrackingLevel.BLIND, TrackingLevel.UNIQUE, TrackingLevel.ANONYMOUS])
async def test_nothing_tells_in_which_order_hits_came(
    resources: Resources, bus: HandBus, clock: FixedClock, level: TrackingLevel
) -> None:
    await bus.deliver(a_request(1, level), a_request(2))
    for number in range(1, 41):
        # Who it was stands in the agent here, so that the order can be seen at blind as well.
        subject = 0 if level is TrackingLevel.BLIND else number << 32 | number
        exact = a_hit(delivery_number=2, subject=number, at_ms=milliseconds(TEN) + number)
        await bus.deliver(a_batch(coarse(subject, agent=f"agent {number:02}"), exact, segment=number))
    came = [(f"agent {number:02}",) for number in range(1, 41)]
    await mixed(resources, clock)

    reactions = "SELECT agent FROM tracker.reactions WHERE delivery_number = 1 ORDER BY"
    for order in ("place", "tableoid, ctid"):
        found = await rows(resources, f"{reactions} {order}")
        assert sorted(found) == came
        assert found not in (came, came[::-1])
    seen = await rows(resources, "SELECT subject FROM tracker.seen WHERE delivery_number = 1 ORDER BY ctid")
    assert seen == [] or seen not in (sorted(seen), sorted(seen, reverse=True))
    for table in ("reactions", "seen", "tallies", "totals", "people", "firsts"):
        asked = f"SELECT DISTINCT xmin::text FROM tracker.{table} WHERE delivery_number = 1"  # noqa: S608
        transactions = await rows(resources, asked)
        assert len(transactions) <= 1, table
    assert await rows(resources, "SELECT consumer FROM tracker.inbox WHERE consumer LIKE '%reactions%'") == []


async def test_what_comes_late_waits_for_the_end_of_the_hour_in_which_it_comes(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, TrackingLevel.UNIQUE), a_batch(coarse(1), segment=0))
    clock.now = TEN + timedelta(hours=1, minutes=2)
    await mix_hour(resources.uow)

    await bus.deliver(a_batch(coarse(2), coarse(3), segment=1))
    assert not await mix_hour(resources.uow)
    clock.advance(hours=1)
    await mix_hour(resources.uow)

    assert sorted(await rows(resources, LISTED)) == [(1,), (2,), (3,)]


async def test_the_first_minute_of_an_hour_still_takes_hits_of_the_last_one_and_lists_none_of_its_own(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    clock.now = TEN + timedelta(hours=1, seconds=30)
    following = TEN + timedelta(hours=1)
    await bus.deliver(a_request(1, TrackingLevel.UNIQUE), a_batch(coarse(1), coarse(2, following)))
    clock.now = following + timedelta(minutes=2)
    await mix_hour(resources.uow)
    assert await rows(resources, LISTED) == [(1,)]

    clock.advance(hours=1)
    await mix_hour(resources.uow)

    assert await rows(resources, LISTED) == [(1,), (2,)]


async def test_a_crash_while_mixing_loses_nothing_and_doubles_nothing(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, TrackingLevel.UNIQUE), a_batch(*(coarse(subject) for subject in range(1, 30))))
    before = await everything(resources)
    clock.now = TEN + timedelta(hours=1, minutes=2)
    with pytest.raises(ConnectionError):
        await _move_and_lose_the_connection(resources)
    assert await rows(resources, LISTED) == []

    assert await mix_hour(resources.uow)

    assert sorted(await rows(resources, LISTED)) == [(subject,) for subject in range(1, 30)]
    after = await everything(resources)
    assert {**after, "deliveries": []} == {**before, "deliveries": []}


async def _move_and_lose_the_connection(resources: Resources) -> None:
    async with resources.uow() as uow:
        await GatheringRepository(uow.session, gathering_hour(uow.now)).move()
        raise ConnectionError


async def test_two_workers_mix_an_hour_once_while_hits_go_on_coming_in(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, TrackingLevel.UNIQUE), a_batch(*(coarse(subject) for subject in range(1, 200))))
    clock.now = TEN + timedelta(hours=1, minutes=5)
    following = TEN + timedelta(hours=1)
    batches = [a_batch(coarse(5, following), coarse(900, following), segment=number) for number in range(1, 6)]

    async def store() -> None:
        for batch in batches:
            async with resources.uow() as uow:
                await service.store_reactions(uow, [batch])

    await asyncio.gather(mix_hour(resources.uow), store(), mix_hour(resources.uow))

    assert await rows(resources, "SELECT count(*), count(DISTINCT place) FROM tracker.reactions") == [(199, 199)]
    assert differences(await counters(resources), await recounted(resources)) == {}
    await mixed(resources, clock)
    assert await rows(resources, "SELECT count(*) FROM tracker.reactions") == [(209,)]
    assert differences(await counters(resources), await recounted(resources)) == {}


async def test_what_an_older_release_judged_is_judged_again_when_it_is_listed(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1, TrackingLevel.UNIQUE), a_batch(coarse(1)))
    async with resources.uow() as uow:
        connection = await uow.session.connection()
        await connection.exec_driver_sql("UPDATE tracker.gathered_even SET rules_version = 1")
    clock.now = TEN + timedelta(hours=1, minutes=2)
    await mix_hour(resources.uow)

    async with resources.uow() as uow:
        assert await service.judge_next(uow) is not None
    assert await rows(resources, "SELECT rules_version FROM tracker.judgings WHERE kind = 'open'") == [(2,)]
