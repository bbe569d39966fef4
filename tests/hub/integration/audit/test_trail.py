from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import ProgrammingError

from common.contracts.hub import HubActionRecordedV1
from common.contracts.lui import LuiActionRecordedV1
from common.contracts.mailer import MailerActionRecordedV1
from common.contracts.shared import ActionRecorded
from common.contracts.tracker import TrackerActionRecordedV1
from common.http import httpx
from hub.config import HubSettings
from hub.worker import SUBSCRIPTIONS, Upkeep
from tests.support.builders.hub import HubUnderTest, rows
from tests.support.bus import HandBus, stated


@pytest.fixture
def bus(hub: HubUnderTest) -> HandBus:
    return HandBus(hub.resources, SUBSCRIPTIONS)


@pytest.fixture
async def reader(hub: HubUnderTest) -> httpx.AsyncClient:
    return await hub.as_account("auditor", "administer_installation")


def an_action(kind: type[ActionRecorded], at: datetime, action: str = "job.authorize", **about: Any) -> ActionRecorded:
    body = {"actor_id": None, "target_type": "job", "target_id": "17", **about}
    return kind.model_validate({"at": at, "action": action, **body})


async def search(client: httpx.AsyncClient, **wanted: Any) -> list[dict[str, Any]]:
    reply = await client.get("/api/v1/audit", params=wanted)
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


async def test_actions_of_every_service_are_in_the_trail_newest_first(
    hub: HubUnderTest, bus: HandBus, reader: httpx.AsyncClient
) -> None:
    kinds = (HubActionRecordedV1, LuiActionRecordedV1, MailerActionRecordedV1, TrackerActionRecordedV1)
    for kind in kinds:
        await bus.deliver(an_action(kind, hub.clock.advance(seconds=1)))
    assert [entry["service"] for entry in await search(reader)] == ["tracker", "mailer", "lui", "hub"]


async def test_what_hub_does_itself_comes_back_as_facts_and_is_named(
    hub: HubUnderTest, bus: HandBus, reader: httpx.AsyncClient
) -> None:
    admin_account = await hub.an_account("admin", rights=["administer_accounts"])
    admin = await hub.signed_in(admin_account)
    body = {"name": "grace", "password": "correct horse battery"}
    made = await admin.post("/api/v1/accounts", json=body, headers={"Correlation-Id": "c-17"})
    for fact in await stated(hub.resources, HubActionRecordedV1):
        await bus.deliver(fact)
    [entry] = await search(reader, target=made.json()["id"])
    assert {key: entry[key] for key in ("action", "actor_id", "actor_name", "correlation_id", "detail")} == {
        "action": "account.create",
        "actor_id": admin_account.id,
        "actor_name": "admin",
        "correlation_id": "c-17",
        "detail": {"name": "grace", "rights": ""},
    }


@pytest.mark.parametrize("kind", [HubActionRecordedV1, LuiActionRecordedV1])
async def test_every_example_is_kept_once_however_often_it_comes(
    bus: HandBus, reader: httpx.AsyncClient, kind: type[ActionRecorded]
) -> None:
    for example in kind.examples:
        fact = kind.model_validate(example)
        assert await bus.deliver(fact, message_id="m-" + fact.target_id) == ["ack"]
        assert await bus.deliver(fact, message_id="m-" + fact.target_id) == ["ack"]
        assert await bus.deliver(fact) == ["ack"]
    assert len(await search(reader)) == len(kind.examples)


async def test_the_trail_is_searched_by_actor_action_target_and_time(
    hub: HubUnderTest, bus: HandBus, reader: httpx.AsyncClient
) -> None:
    start = hub.clock()
    for number in range(6):
        about = {"actor_id": f"service:s{number % 2}", "target_id": str(number % 3)}
        action = "job.authorize" if number < 3 else "job.close"
        await bus.deliver(an_action(LuiActionRecordedV1, start + timedelta(minutes=number), action, **about))

    async def minutes(**wanted: Any) -> list[int]:
        found = [datetime.fromisoformat(entry["at"]) for entry in await search(reader, **wanted)]
        return [round((at - start).total_seconds() / 60) for at in found]

    assert await minutes(actor="service:s1") == [5, 3, 1]
    assert await minutes(action="job.close") == [5, 4, 3]
    assert await minutes(target="2") == [5, 2]
    assert await minutes(since="2026-11-22T09:01:00Z", until="2026-11-22T09:03:00Z") == [2, 1]
    assert await minutes(actor="service:s1", action="job.close", target="2") == [5]
    assert await minutes(target="nothing") == []
    assert (await reader.get("/api/v1/audit", params={"since": "yesterday"})).status_code == 422
    assert (await reader.get("/api/v1/audit", params={"actor": "a\x00"})).status_code == 422


async def test_pages_neither_skip_nor_repeat_entries_of_the_same_instant(
    hub: HubUnderTest, bus: HandBus, reader: httpx.AsyncClient
) -> None:
    for number in range(7):
        await bus.deliver(an_action(LuiActionRecordedV1, hub.clock(), target_id=str(number)))
    seen: list[str] = []
    params: dict[str, Any] = {"limit": 3}
    while True:
        page = (await reader.get("/api/v1/audit", params=params)).json()
        seen += [entry["target_id"] for entry in page["items"]]
        if page["next"] is None:
            break
        params["after"] = page["next"]
    assert sorted(seen) == [str(number) for number in range(7)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hub.audit_entries SET action = 'nothing'",
        "DELETE FROM hub.audit_entries",
        "TRUNCATE hub.audit_entries",
        "UPDATE hub.audit_entries_2026_11 SET action = 'nothing'",
        "DELETE FROM hub.audit_entries_2026_11",
    ],
)
async def test_nothing_in_the_trail_is_changed_or_removed(
    hub: HubUnderTest, bus: HandBus, reader: httpx.AsyncClient, settings: HubSettings, statement: str
) -> None:
    await Upkeep(settings, hub.resources).once()
    await bus.deliver(an_action(LuiActionRecordedV1, hub.clock()))
    with pytest.raises(ProgrammingError, match="only added to"):
        async with hub.unit() as uow:
            await (await uow.session.connection()).exec_driver_sql(statement)
    assert [entry["action"] for entry in await search(reader)] == ["job.authorize"]


@pytest.mark.usefixtures("own_database")
async def test_months_are_prepared_ahead_and_take_along_what_came_too_early(
    hub: HubUnderTest, bus: HandBus, settings: HubSettings
) -> None:
    await bus.deliver(an_action(LuiActionRecordedV1, datetime(2031, 3, 5, tzinfo=UTC)))
    hub.clock.now = datetime(2031, 1, 31, tzinfo=UTC)
    await Upkeep(settings, hub.resources).once()
    await Upkeep(settings, hub.resources).once()
    async with hub.unit() as uow:
        assert await rows(uow, "SELECT count(*) FROM hub.audit_entries_2031_03") == [(1,)]
        assert await rows(uow, "SELECT count(*) FROM hub.audit_entries_2031_04") == [(0,)]
        assert await rows(uow, "SELECT count(*) FROM hub.audit_entries_default") == [(0,)]
    with pytest.raises(ProgrammingError, match="only added to"):
        async with hub.unit() as uow:
            await (await uow.session.connection()).exec_driver_sql("DELETE FROM hub.audit_entries_2031_03")
