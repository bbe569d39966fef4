"""Several processes at one gateway: limits are the installation's, and everybody sees what all do."""

from collections.abc import Callable

from common.contracts.mailer import MailerActionRecordedV1
from mailer.gateways import service
from mailer.gateways.rules.destination import MAX_BLOCKS
from mailer.gateways.rules.results import ACCEPTED
from tests.mailer.integration.gateways.standing import refreshed
from tests.support.builders.pacing import BLOCKED, SLOW_DOWN
from tests.support.bus import stated
from tests.support.gateways import Living, a_process, line_of, made, sent_through
from tests.support.signing import Place

Clone = Callable[[str], str]


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
