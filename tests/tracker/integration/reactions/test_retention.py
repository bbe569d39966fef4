"""What is over its time goes; counters stay, and nobody is known any more."""

from datetime import datetime, timedelta

from common.contracts.lui import TrackingLevel
from common.service.resources import Resources
from tests.support.builders.tracker import a_batch, a_hit, a_request
from tests.support.bus import HandBus
from tests.support.clock import FixedClock
from tests.support.http import Callers
from tests.support.mixing import mixed
from tests.support.recounting import counters, rows
from tracker.config import TrackerSettings
from tracker.reactions import scheduler, service
from tracker.tallies.rules import milliseconds

SUBJECT = 5 << 32 | 9


async def purge(resources: Resources, settings: TrackerSettings) -> int:
    """Until nothing is left to delete."""
    gone = 0
    while True:
        async with resources.uow() as uow:
            now = await service.purge(uow, settings.retention)
        if not now:
            return gone
        gone += now


async def hit_everything(bus: HandBus, at: datetime, *, segment: int) -> None:
    """One open of one recipient at every level."""
    hits = [
        a_hit(delivery_number=number, subject=0 if number == 1 else SUBJECT, at_ms=milliseconds(at))
        for number in LEVELS
    ]
    await bus.deliver(a_batch(*hits, segment=segment))


LEVELS = {
    1: TrackingLevel.BLIND,
    2: TrackingLevel.UNIQUE,
    3: TrackingLevel.ANONYMOUS,
    4: TrackingLevel.PERSONAL,
}


async def test_after_their_time_reactions_and_recipients_are_deleted_and_counters_stay(
    resources: Resources, settings: TrackerSettings, bus: HandBus, clock: FixedClock
) -> None:
    begun = clock.now
    await bus.deliver(*(a_request(number, level) for number, level in LEVELS.items()))
    await hit_everything(bus, begun, segment=0)
    async with resources.uow() as uow:
        await scheduler.prepare_partitions(uow)
    await mixed(resources, clock)
    before = await counters(resources)

    clock.now = begun + timedelta(days=13 * 31)
    await purge(resources, settings)

    kept = await rows(resources, "SELECT delivery_number FROM tracker.reactions ORDER BY 1")
    assert kept == [(1,), (2,), (3,)]
    assert {row[0] for row in (await counters(resources))["seen"]} == {2, 3}
    clock.now = begun + timedelta(days=27 * 31)
    await purge(resources, settings)
    after = await counters(resources)
    assert await rows(resources, "SELECT count(*) FROM tracker.reactions") == [(0,)]
    assert after.pop("seen") == []
    assert after == {name: before[name] for name in after}
    month = f"tracker.reactions_{begun:%Y_%m}"
    assert await rows(resources, f"SELECT to_regclass('{month}')") == [(None,)]


async def test_whoever_reacts_when_recipients_are_forgotten_is_treated_as_at_blind(
    resources: Resources, settings: TrackerSettings, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(*(a_request(number, level) for number, level in LEVELS.items()))
    clock.advance(days=26 * 31)
    await purge(resources, settings)

    await hit_everything(bus, clock.now, segment=1)

    hour = clock.now.replace(minute=0, second=0, microsecond=0)
    await mixed(resources, clock)
    kept = await rows(
        resources,
        "SELECT DISTINCT subject, at, agent, network, delay_ms FROM tracker.reactions WHERE delivery_number > 1",
    )
    assert kept == [(0, hour, "Mozilla", "", None)]
    found = await counters(resources)
    assert (found["seen"], found["people"]) == ([], [])
    assert [row[:2] for row in sorted(found["deliveries"])] == [(number, 1) for number in LEVELS]


async def test_a_delivery_within_its_time_loses_nothing(
    resources: Resources, settings: TrackerSettings, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(*(a_request(number, level) for number, level in LEVELS.items()))
    await hit_everything(bus, clock.now, segment=0)

    clock.advance(days=12 * 30)

    assert await purge(resources, settings) == 0


async def test_everybody_who_is_signed_in_can_read_what_is_stored(callers: Callers, settings: TrackerSettings) -> None:
    assert (await callers.anonymous().get("/api/v1/privacy")).status_code == 401

    told = (await callers.as_account().get("/api/v1/privacy")).json()

    assert [each["level"] for each in told["levels"]] == [level.value for level in TrackingLevel]
    personal = told["levels"][-1]["kept_for"]
    assert {"what": "reactions", "months": settings.keep_personal_months} in personal
