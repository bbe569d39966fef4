from common.contracts.lui import DeliveryKind
from common.contracts.tracker import DeliveryTalliedV1
from common.service.resources import Resources
from tests.support.builders.tracker import a_batch, a_hit, a_request
from tests.support.bus import HandBus, stated
from tests.support.clock import FixedClock
from tracker.intake.spool.record import HitKind
from tracker.tallies import scheduler


async def tick(resources: Resources) -> None:
    async with resources.uow() as uow:
        await scheduler.state_tallies(uow)


async def tallied(resources: Resources) -> list[tuple[int, int, int]]:
    return [(fact.revision, fact.opens, fact.clicks) for fact in await stated(resources, DeliveryTalliedV1)]


async def test_a_counter_that_moves_is_stated_at_most_once_a_second(
    resources: Resources, bus: HandBus, clock: FixedClock
) -> None:
    await bus.deliver(a_request(1))
    await bus.deliver(a_batch(a_hit(), segment=0))
    await tick(resources)
    assert await tallied(resources) == [(1, 1, 0)]

    await bus.deliver(a_batch(a_hit(HitKind.CLICK), segment=1))
    clock.advance(seconds=0.9)
    await tick(resources)
    assert await tallied(resources) == [(1, 1, 0)]

    clock.advance(seconds=0.1)
    await tick(resources)
    # The newest replaces the one that nobody has published yet.
    assert await tallied(resources) == [(2, 1, 1)]


async def test_nothing_new_is_not_news(resources: Resources, bus: HandBus, clock: FixedClock) -> None:
    await bus.deliver(a_request(1))
    await bus.deliver(a_batch(a_hit()))
    await tick(resources)
    before = await stated(resources, DeliveryTalliedV1)
    clock.advance(seconds=5)
    await bus.deliver(a_batch(a_hit()))  # redelivered
    await tick(resources)

    assert await stated(resources, DeliveryTalliedV1) == before


async def test_a_test_delivery_is_counted_for_itself_and_told_to_nobody(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request(1, kind=DeliveryKind.TEST))
    await bus.deliver(a_batch(a_hit()))
    await tick(resources)

    assert await tallied(resources) == []
