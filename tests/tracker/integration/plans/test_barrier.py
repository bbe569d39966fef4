import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from common.contracts.lui import TrackingLevel
from common.contracts.tracker import PlanLoadedV1
from common.ids import new_id
from common.service.resources import Resources
from tests.support.builders.tracker import a_request
from tests.support.bus import HandBus, stated
from tracker.intake.link_table import LinkTable
from tracker.intake.service import catch_up
from tracker.plans import scheduler, service


async def report(resources: Resources, instance_id: str, position: int) -> None:
    async with resources.uow() as uow:
        await service.report_intake(uow, instance_id, position)


async def loaded(resources: Resources) -> list[str]:
    async with resources.uow() as uow:
        await scheduler.open_barriers(uow)
    return [fact.delivery_id for fact in await stated(resources, PlanLoadedV1)]


async def run(resources: Resources, statement: str) -> None:
    async with resources.uow() as uow:
        await uow.session.execute(text(statement))


async def test_a_plan_is_loaded_when_every_living_intake_has_it(resources: Resources, bus: HandBus) -> None:
    request = a_request()
    await bus.deliver(request)
    fast, slow = new_id(), new_id()
    await report(resources, fast, 1)
    await report(resources, slow, 0)
    assert await loaded(resources) == []

    await report(resources, slow, 1)

    assert await loaded(resources) == [request.delivery_id]


async def test_it_is_stated_once(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request())
    await report(resources, new_id(), 1)

    assert len(await loaded(resources)) == 1
    assert len(await loaded(resources)) == 1


async def test_without_an_intake_nothing_that_is_tracked_may_leave(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request())

    assert await loaded(resources) == []


async def test_a_delivery_without_tracking_waits_for_nobody(resources: Resources, bus: HandBus) -> None:
    untracked = a_request(1, TrackingLevel.OFF, [])
    await bus.deliver(untracked)

    assert await loaded(resources) == [untracked.delivery_id]


async def test_an_intake_that_is_gone_holds_nobody_back(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request())
    gone, living = new_id(), new_id()
    await report(resources, gone, 0)
    await report(resources, living, 1)
    assert await loaded(resources) == []

    await run(resources, "UPDATE tracker.intakes SET seen_at = now() - interval '16 seconds' WHERE position = 0")

    assert len(await loaded(resources)) == 1


async def test_an_intake_that_was_stopped_is_not_waited_for_at_all(resources: Resources, bus: HandBus) -> None:
    await bus.deliver(a_request())
    stopped, living = new_id(), new_id()
    await report(resources, stopped, 0)
    await report(resources, living, 1)
    async with resources.uow() as uow:
        await service.retire_intake(uow, stopped)

    assert len(await loaded(resources)) == 1


async def test_a_request_that_comes_twice_is_one_plan(resources: Resources, bus: HandBus) -> None:
    request = a_request()
    await bus.deliver(request)
    await bus.deliver(request)

    async with resources.uow.reader() as uow:
        assert [plan.delivery_id for plan in await service.plans_after(uow, 0, limit=9)] == [request.delivery_id]


async def test_positions_follow_the_order_of_commits(resources: Resources, bus: HandBus) -> None:
    await asyncio.gather(*(bus.deliver(a_request(number)) for number in range(1, 21)))

    async with resources.uow.reader() as uow:
        plans = await service.plans_after(uow, 0, limit=100)
    assert [plan.position for plan in plans] == list(range(1, 21))
    assert {plan.delivery_number for plan in plans} == set(range(1, 21))


async def follow(resources: Resources, table: LinkTable) -> None:
    more = True
    while more:
        async with resources.uow.reader() as uow:
            more = await catch_up(uow, table)


@pytest.fixture
def table(tmp_path: Path) -> LinkTable:
    return LinkTable(tmp_path / "links")


async def test_an_intake_catches_up_page_by_page(
    resources: Resources, bus: HandBus, table: LinkTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.intake.service._PAGE", 3)
    for number in range(1, 8):
        await bus.deliver(a_request(number))

    await follow(resources, table)

    assert (table.position, len(table)) == (7, 7)
    assert all(table.get(number) for number in range(1, 8))


async def test_over_an_older_database_known_links_stay_and_new_ones_are_taken(
    resources: Resources, bus: HandBus, table: LinkTable
) -> None:
    for number in range(1, 4):
        await bus.deliver(a_request(number))
    await follow(resources, table)
    await run(resources, "DELETE FROM tracker.plans WHERE position > 1")  # restored from a backup
    await follow(resources, table)
    assert table.position == 1  # what it reports must not open a barrier it does not know

    await bus.deliver(a_request(9))
    await follow(resources, table)

    assert table.position == 2
    assert all(table.get(number) for number in (1, 2, 3, 9))
