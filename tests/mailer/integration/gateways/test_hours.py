"""What an hour allows, over processes, crashes and restarts."""

from collections.abc import Callable, Sequence

from sqlalchemy import text

from mailer.gateways import service
from tests.mailer.integration.gateways.standing import refreshed
from tests.support.builders.pacing import Turned
from tests.support.gateways import Living, a_process, column, line_of, made, sent_through
from tests.support.signing import Place

Clone = Callable[[str], str]


def exhaust(lines: Sequence[service.Line]) -> int:
    return sum(sent_through(line, 10_000) for line in lines)


async def test_an_hours_limit_holds_over_two_processes_a_crash_and_a_restart(place: Place, living: Living) -> None:
    gateway = await made(place, rate_per_hour=1_000, connections=20)
    owners = [await living.begin() for _ in range(2)]
    first, second = [a_process(place, owner) for owner in owners]
    sent = 0
    for _ in range(10):
        await refreshed(first, second)
        sent += exhaust([line_of(each, gateway["id"]) for each in (first, second)])
    assert 0 < sent < 1_000
    # The first process dies with what it holds; that part of the hour is never used, and none is used twice.
    await refreshed(first, second)
    sent += sent_through(line_of(second, gateway["id"]), 10_000)
    await living.end(owners[0])
    third = a_process(place, await living.begin())
    idle_rounds = 0
    while idle_rounds < 3:
        await refreshed(second, third)
        more = exhaust([line_of(each, gateway["id"]) for each in (second, third)])
        idle_rounds = 0 if more else idle_rounds + 1
        sent += more
    used = await column(place.resources.uow, "SELECT used FROM mailer.gateway_usage ORDER BY hour")
    # One row, unless the test met the end of an hour.
    assert used[0] == 1_000 or len(used) == 2
    assert max(used) <= 1_000
    assert sent <= sum(used)
    assert sent >= 950 or len(used) == 2
    line = line_of(third, gateway["id"])
    assert not line.pacer.admit("d.example")
    ready = line.pacer.ready_at("d.example")
    assert ready is not None
    assert ready > line.pacer._clock() + 1
    assert [reason.code for reason in line.pacer.slowness()] == ["rate_per_hour"]


async def test_an_orderly_stop_gives_back_what_was_not_used(place: Place) -> None:
    gateway = await made(place, rate_per_hour=400)
    process = a_process(place)
    await process.refresh()
    assert sent_through(line_of(process, gateway["id"]), 4) == 4
    await process.close()
    assert await column(place.resources.uow, "SELECT used FROM mailer.gateway_usage") == [4]
    assert await column(place.resources.uow, "SELECT process FROM mailer.gateway_traffic") == []


async def test_a_new_hour_has_its_own_allowance_and_nothing_of_the_old_one(place: Place) -> None:
    gateway = await made(place, rate_per_hour=4)
    clock = Turned()
    process = a_process(place, clock=clock)
    line = None
    for _ in range(10):
        await process.refresh()
        line = line_of(process, gateway["id"])
        sent_through(line, 100)
    assert line is not None
    async with place.resources.uow() as uow:
        used = text("UPDATE mailer.gateway_usage SET hour = hour - interval '1 hour' RETURNING used")
        assert list(await uow.session.scalars(used)) == [4]
    clock.now += 3_600
    assert sent_through(line, 100) == 0
    await process.refresh()
    assert sent_through(line, 100) == 1
