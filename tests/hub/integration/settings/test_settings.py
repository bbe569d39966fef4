"""Settings of the installation and of groups."""

from typing import Any

import pytest

from common.contracts.hub import HubActionRecordedV1, SettingChangedV1
from common.http import httpx
from common.ids import new_id
from tests.support.builders.hub import EVERYTHING, PASSWORD, HubUnderTest
from tests.support.bus import stated

LEVEL, ACTIONS = "tracking.highest_level", "tracking.actions_allowed"


@pytest.fixture
async def admin(hub: HubUnderTest) -> httpx.AsyncClient:
    return await hub.signed_in(await hub.an_account("admin", rights=EVERYTHING))


async def a_group(admin: httpx.AsyncClient) -> str:
    body = {"name": "Grace", "password": PASSWORD, "group": "Marketing", "rights": ["administer_installation"]}
    reply = await admin.post("/api/v1/accounts", json=body)
    return str(reply.json()["group_id"])


async def put(client: httpx.AsyncClient, values: dict[str, Any], group: str | None = None) -> httpx.Response:
    query = f"?group_id={group}" if group else ""
    return await client.put(f"/api/v1/settings{query}", json={"values": values})


def item(reply: httpx.Response, name: str) -> dict[str, Any]:
    assert reply.status_code == 200, reply.text
    return next(each for each in reply.json()["items"] if each["name"] == name)


async def test_untouched_settings_show_what_holds_without_them(admin: httpx.AsyncClient) -> None:
    reply = await admin.get("/api/v1/settings")
    level = item(reply, LEVEL)
    assert (level["value"], level["inherited"], level["in_force"]) == (None, "personal", "personal")
    assert level["choices"] == ["off", "blind", "unique", "anonymous", "personal"]
    assert item(reply, ACTIONS)["in_force"] is False
    assert reply.json()["group_id"] is None


async def test_a_group_narrows_what_the_installation_allows_and_never_widens_it(admin: httpx.AsyncClient) -> None:
    group = await a_group(admin)
    assert item(await put(admin, {LEVEL: "unique", ACTIONS: True}), LEVEL)["in_force"] == "unique"
    wide = item(await put(admin, {LEVEL: "personal"}, group), LEVEL)
    assert (wide["value"], wide["inherited"], wide["in_force"]) == ("personal", "unique", "unique")
    assert item(await put(admin, {LEVEL: "blind"}, group), LEVEL)["in_force"] == "blind"
    assert item(await put(admin, {ACTIONS: False}, group), ACTIONS)["in_force"] is False
    assert item(await put(admin, {LEVEL: None}, group), LEVEL)["in_force"] == "unique"


async def test_a_change_is_stated_with_its_place_and_recorded(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    group = await a_group(admin)
    await put(admin, {LEVEL: "blind"})
    await put(admin, {LEVEL: "blind"})
    await put(admin, {LEVEL: None})
    await put(admin, {ACTIONS: False}, group)
    facts = [
        (fact.name, fact.group_id, fact.value, fact.revision) for fact in await stated(hub.resources, SettingChangedV1)
    ]
    assert facts == [(LEVEL, None, "blind", 1), (LEVEL, None, None, 2), (ACTIONS, group, False, 1)]
    recorded = [fact for fact in await stated(hub.resources, HubActionRecordedV1) if fact.action == "settings.change"]
    assert [fact.detail for fact in recorded] == [
        {"name": LEVEL, "value": "blind"},
        {"name": LEVEL, "value": None},
        {"name": ACTIONS, "value": False},
    ]


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({LEVEL: "everything"}, "/values/tracking.highest_level"),
        ({LEVEL: True}, "/values/tracking.highest_level"),
        ({ACTIONS: "yes"}, "/values/tracking.actions_allowed"),
        ({"tracking/un~known": True}, "/values/tracking~1un~0known"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_place(
    admin: httpx.AsyncClient, values: dict[str, Any], pointer: str
) -> None:
    reply = await put(admin, values)
    assert (reply.status_code, [error["pointer"] for error in reply.json()["errors"]]) == (422, [pointer])


async def test_an_administrator_in_a_group_sets_what_holds_there_and_nowhere_else(
    hub: HubUnderTest, admin: httpx.AsyncClient
) -> None:
    account = await hub.an_account("Grace", group="Marketing", rights=["administer_installation"])
    theirs, group = await hub.signed_in(account), account.group_id
    assert (await put(theirs, {LEVEL: "blind"}, group)).status_code == 200
    for elsewhere in (None, new_id()):
        assert (await put(theirs, {LEVEL: "blind"}, elsewhere)).status_code == 403
    assert (await put(admin, {LEVEL: "blind"}, new_id())).status_code == 404


async def test_who_looked_at_an_older_version_overwrites_nothing(admin: httpx.AsyncClient) -> None:
    seen = (await admin.get("/api/v1/settings")).headers["ETag"]
    await put(admin, {LEVEL: "blind"})
    body = {"values": {LEVEL: "personal"}}
    late = await admin.put("/api/v1/settings", json=body, headers={"If-Match": seen})
    assert late.status_code == 412
    assert item(await admin.get("/api/v1/settings"), LEVEL)["value"] == "blind"
