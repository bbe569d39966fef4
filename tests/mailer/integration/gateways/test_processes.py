"""Several processes at one gateway: limits are the installation's, and everybody sees what all do."""

from collections.abc import AsyncIterator, Callable, Sequence

import pytest
from sqlalchemy import text

from common.contracts.mailer import MailerActionRecordedV1
from mailer.gateways import service
from mailer.gateways.rules.breaker import Pause
from mailer.gateways.rules.destination import MAX_BLOCKS
from mailer.gateways.rules.results import ACCEPTED, Result
from mailer.gateways.service import Gateways
from tests.support.bus import stated
from tests.support.gateways import (
    BLOCKED,
    SLOW_DOWN,
    Living,
    Said,
    Turned,
    a_process,
    column,
    line_of,
    made,
    sent_through,
)
from tests.support.signing import Place, a_place

Clone = Callable[[str], str]


@pytest.fixture
async def place(clone: Clone) -> AsyncIterator[Place]:
    async with a_place(clone("mailer"), database_pool_size=8) as found:
        yield found


@pytest.fixture
async def living(place: Place) -> AsyncIterator[Living]:
    found = Living(place)
    yield found
    await found.end_all()


async def refreshed(*processes: Gateways) -> None:
    for process in processes:
        await process.refresh()


async def test_connections_and_rates_are_divided_among_the_living(place: Place, living: Living) -> None:
    gateway = await made(place, connections=5, rate_per_second=9.0)
    owners = [await living.begin() for _ in range(3)]
    processes = [a_process(place, owner) for owner in owners]
    await refreshed(*processes)
    lines = [line_of(process, gateway["id"]) for process in processes]
    assert sorted(line.connections for line in lines) == [1, 2, 2]
    assert {line.pacer._interval for line in lines} == {1 / 3.0}
    await living.end(owners[0])
    await refreshed(*processes[1:])
    assert sorted(line.connections for line in lines[1:]) == [2, 3]


async def test_a_process_without_a_share_takes_no_messages_and_says_why(place: Place, living: Living) -> None:
    gateway = await made(place, connections=1, sender_domains=["news.example"])
    processes = [a_process(place, await living.begin()) for _ in range(2)]
    await refreshed(*processes)
    chosen = [process.choose("news.example", 7, "live") for process in processes]
    assert sorted(line.id for line in chosen if line is not None) == [gateway["id"]]
    idle = processes[chosen.index(None)]
    assert "other mailer processes" in (idle.problem("news.example") or "")


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


async def test_traffic_of_all_processes_is_shown_together_with_its_reasons(place: Place, living: Living) -> None:
    gateway = await made(place, sender_domains=["news.example"])
    processes = [a_process(place, await living.begin()) for _ in range(2)]
    await refreshed(*processes)
    for process in processes:
        line = line_of(process, gateway["id"])
        line.opened(5_000_000)
        for _ in range(3):
            assert line.pacer.admit("slow.example")
            line.pacer.report("slow.example", SLOW_DOWN)
        assert line.pacer.admit("busy.example")
    await refreshed(*processes)
    async with place.administrator() as client:
        shown = (await client.get(f"/api/v1/gateways/{gateway['id']}/traffic")).json()
    assert (shown["connections_open"], shown["as_of"] is not None) == (2, True)
    by_name = {each["name"]: each for each in shown["destinations"]}
    assert by_name["busy.example"]["concurrency"] == 2
    assert by_name["slow.example"]["backoff_until"] is not None
    assert [(each["code"], each["destination"]) for each in shown["slowness"]] == [("backing_off", "slow.example")]
    async with place.resources.uow.reader() as uow:
        (reason,) = await service.pace_reasons(uow, place.settings.smtp, "News.Example")
        assert (reason.gateway, reason.destination, reason.detail) == ("Relay", "slow.example", "asked us to slow down")
        assert await service.pace_reasons(uow, place.settings.smtp, "other.example") == []
        assert await service.size_limit(uow, "news.example") == 5_000_000
        assert await service.size_limit(uow, "other.example") is None


async def test_what_one_process_learns_by_blocks_stops_all_of_them_until_somebody_resumes(place: Place) -> None:
    gateway = await made(place, connections=40)
    processes = [a_process(place) for _ in range(2)]
    await refreshed(*processes)
    lines = [line_of(process, gateway["id"]) for process in processes]
    for _ in range(MAX_BLOCKS + 1):
        assert lines[0].pacer.admit("blocks.example")
        lines[0].pacer.report("blocks.example", BLOCKED)
    await refreshed(*processes)
    assert not lines[1].pacer.admit("blocks.example")
    assert sent_through(lines[1], 5, "fine.example") == 5
    async with place.administrator() as client:
        await client.post(f"/api/v1/gateways/{gateway['id']}/resume")
    await refreshed(*processes)
    assert sent_through(lines[0], 1, "blocks.example") == sent_through(lines[1], 1, "blocks.example") == 1
    facts = await stated(place.resources, MailerActionRecordedV1)
    assert ("gateway.stop", "service:mailer") in [(fact.action, fact.actor_id) for fact in facts]


async def test_a_wrong_password_stops_all_processes_until_the_setting_changes(place: Place) -> None:
    gateway = await made(place, user="ada", password="wrong")
    processes = [a_process(place) for _ in range(2)]
    await refreshed(*processes)
    lines = [line_of(process, gateway["id"]) for process in processes]
    assert lines[0].pacer.may_connect()
    lines[0].pacer.connection_failed("it does not accept the password", is_refused_by_configuration=True)
    await refreshed(*processes)
    assert [line.is_usable for line in lines] == [False, False]
    path = f"/api/v1/gateways/{gateway['id']}"
    async with place.administrator() as client:
        shown = (await client.get(path)).json()
        assert (shown["state"], shown["problem"]) == ("paused", "it does not accept the password")
        await client.patch(path, json={"weight": 2})
        await refreshed(*processes)
        assert not lines[1].is_usable
        assert (await client.patch(path, json={"password": "right"})).json()["state"] == "ok"
    before = lines[1].revision
    await refreshed(*processes)
    assert [line.is_usable for line in lines] == [True, True]
    assert lines[1].pacer.may_connect()
    assert lines[1].revision > before
    assert lines[1].target.password == "right"


async def test_complaints_stop_the_destination_they_come_from(place: Place) -> None:
    gateway = await made(place, sender_domains=["news.example"])
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    for destination in ("loud.example", "calm.example"):
        assert sent_through(line, 1_000, destination) == 1_000
    await process.refresh()
    async with place.resources.uow() as uow:
        await service.note_complaints(uow, ["one@loud.example"] * 4 + ["two@calm.example"])
    await process.refresh()
    assert line.pacer.admit("loud.example")
    line.pacer.report("loud.example", ACCEPTED)
    async with place.resources.uow() as uow:
        await service.note_complaints(uow, ["five@loud.example"])
    await process.refresh()
    assert not line.pacer.admit("loud.example")
    assert line.pacer.admit("calm.example")
    (reason,) = [each for each in line.pacer.slowness() if each.code == "destination_paused"]
    assert "5 complaints by people at loud.example about" in reason.detail


def ids_chosen(process: Gateways, keys: Sequence[int]) -> dict[int, str]:
    """Which gateway each key gets, for a sender no gateway names."""
    return {key: line.id for key in keys if (line := process.choose("other.example", key, "live")) is not None}


async def test_gateways_are_chosen_by_domain_then_by_weight_and_those_that_fail_are_left_out(place: Place) -> None:
    named = await made(place, name="Named", sender_domains=["news.example"])
    heavy = await made(place, name="Heavy", weight=3)
    clock = Turned()
    process = a_process(place, clock=clock)
    await process.refresh()
    assert {getattr(process.choose("News.Example", key, "live"), "id", None) for key in range(100)} == {named["id"]}
    keys = range(2_000)
    before = ids_chosen(process, keys)
    assert set(before.values()) == {"default", heavy["id"]}
    assert 1_350 < list(before.values()).count(heavy["id"]) < 1_650
    failing = line_of(process, heavy["id"])
    assert failing.pacer.may_connect()
    failing.pacer.connection_failed("nothing listens", is_refused_by_configuration=False)
    assert process.leaves(failing, "other.example")
    assert not process.leaves(line_of(process, "default"), "other.example")
    clock.now += 1
    assert set(ids_chosen(process, keys).values()) == {"default"}
    clock.now += 60
    assert list(ids_chosen(process, keys).values()).count(heavy["id"]) == 1
    assert process.problem("other.example") is None
    failing.opened(None)
    assert ids_chosen(process, keys) == before
    assert process.choose("news.example", 1, "rehearsal") is None


async def test_a_gateway_that_is_removed_or_switched_off_is_used_no_more(place: Place) -> None:
    gateway = await made(place, sender_domains=["news.example"])
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    async with place.administrator() as client:
        path = f"/api/v1/gateways/{gateway['id']}"
        assert (await client.patch(path, json={"is_enabled": False})).json()["state"] == "off"
        await process.refresh()
        assert not line.is_usable
        assert (process.choose("news.example", 1, "live") or line).id == "default"
        await client.patch(path, json={"is_enabled": True})
        await process.refresh()
        assert process.choose("news.example", 1, "live") is line
        await client.delete(path)
    await process.refresh()
    assert not line.is_usable
    assert (process.choose("news.example", 1, "live") or line).id == "default"


async def test_refreshing_survives_a_database_that_is_away(place: Place) -> None:
    process = a_process(place)
    await process.refresh()
    await place.resources.engine.dispose()
    away = Gateways(place.settings, type(process._means)(_Away(), place.sealer, None, process._means.process))  # type: ignore[arg-type]
    await away.refresh()
    await away.close()
    assert away.choose("news.example", 1, "live") is not None


class _Away:
    """No database."""

    def __call__(self) -> None:
        raise OSError("away")


async def test_a_deferral_of_one_recipient_is_no_reason(place: Place) -> None:
    process = a_process(place)
    await process.refresh()
    line = line_of(process, "default")
    assert line.pacer.admit("d.example")
    line.pacer.report("d.example", Result.deferred(Said(452, "4.2.2 full")))
    assert list(line.pacer.slowness()) == []


async def alter_outbox(place: Place, how: str) -> None:
    """Let commits fail from now on, or no more."""
    async with place.resources.engine.begin() as connection:
        await connection.execute(text(f"ALTER TABLE mailer.outbox {how}"))


async def test_what_could_not_be_committed_is_neither_used_nor_forgotten(place: Place) -> None:
    gateway = await made(place, rate_per_hour=400)
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    assert sent_through(line, 100) == 10
    line.pacer.stop(Pause("d.example", "blocks", "for a reason"))
    await alter_outbox(place, "ADD CONSTRAINT shut CHECK (false) NOT VALID")
    await process.refresh()
    assert not line.pacer.admit("other.example")
    assert await column(place.resources.uow, "SELECT used FROM mailer.gateway_usage") == [10]
    assert not line.pacer.admit("d.example")
    await alter_outbox(place, "DROP CONSTRAINT shut")
    await process.refresh()
    assert sent_through(line, 100, "other.example") == 10
    assert await column(place.resources.uow, "SELECT destination FROM mailer.destination_pauses") == ["d.example"]
    # The sum over all destinations: ten of the first block, ten of the second.
    await process.close()
    assert await column(place.resources.uow, "SELECT accepted FROM mailer.destination_days") == [20]


async def test_counting_what_was_accepted_costs_few_rows_however_many_destinations_there_are(place: Place) -> None:
    gateway = await made(place)
    process = a_process(place)
    await process.refresh()
    line = line_of(process, gateway["id"])
    for number in range(3_000):
        assert sent_through(line, 1, f"small{number}.example") == 1
    assert sent_through(line, 500, "large.example") == 500
    for _ in range(5):
        await process.refresh()
    await process.close()
    rows = "SELECT destination || ' ' || accepted FROM mailer.destination_days ORDER BY 1"
    assert await column(place.resources.uow, rows) == [" 3500", "large.example 500"]
