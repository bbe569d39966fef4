import pytest

from common.http import httpx
from hub.accounts.record import AccountRecord
from tests.support.builders.hub import PASSWORD, HubUnderTest


@pytest.fixture
async def marketing(hub: HubUnderTest) -> httpx.AsyncClient:
    """Someone who administers accounts and is in a group."""
    return await hub.as_account("head", "administer_accounts", "create_jobs", group="Marketing")


@pytest.fixture
async def stranger(hub: HubUnderTest) -> AccountRecord:
    return await hub.an_account("stranger", group="Sales")


async def test_in_a_group_only_its_own_accounts_are_seen(hub: HubUnderTest, marketing: httpx.AsyncClient) -> None:
    await hub.an_account("stranger", group="Sales")
    await hub.an_account("colleague", group="Marketing")
    await hub.an_account("loner")
    listed = (await marketing.get("/api/v1/accounts")).json()["items"]
    assert [account["name"] for account in listed] == ["colleague", "head"]
    assert (await marketing.get("/api/v1/accounts", params={"group": "Sales"})).json()["items"] == []
    assert [group["name"] for group in (await marketing.get("/api/v1/groups")).json()["items"]] == ["Marketing"]


async def test_an_account_of_another_group_is_not_there(marketing: httpx.AsyncClient, stranger: AccountRecord) -> None:
    address = f"/api/v1/accounts/{stranger.id}"
    for reply in (
        await marketing.get(address),
        await marketing.patch(address, json={"name": "mine"}),
        await marketing.put(f"{address}/password", json={"password": PASSWORD}),
        await marketing.post(f"{address}/close"),
        await marketing.post(f"{address}/reopen"),
        await marketing.post(f"{address}/copy", json={"name": "mine", "password": PASSWORD}),
    ):
        assert reply.status_code == 404
        assert reply.json()["type"] == "urn:tutti:problem:account-not-found"


async def test_in_a_group_new_accounts_are_in_that_group(marketing: httpx.AsyncClient) -> None:
    made = await marketing.post("/api/v1/accounts", json={"name": "new", "password": PASSWORD})
    assert made.json()["group_name"] == "Marketing"
    body = {"name": "other", "password": PASSWORD, "group": "Sales"}
    assert (await marketing.post("/api/v1/accounts", json=body)).json()["errors"][0]["pointer"] == "/group"
    moved = await marketing.patch(f"/api/v1/accounts/{made.json()['id']}", json={"group": "Sales"})
    assert moved.status_code == 422


async def test_nobody_grants_what_they_do_not_have(hub: HubUnderTest, marketing: httpx.AsyncClient) -> None:
    body = {"name": "new", "password": PASSWORD, "rights": ["authorize_jobs"]}
    refused = await marketing.post("/api/v1/accounts", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/rights"
    colleague = await hub.an_account("colleague", group="Marketing")
    changed = await marketing.patch(f"/api/v1/accounts/{colleague.id}", json={"rights": ["authorize_jobs"]})
    assert changed.status_code == 422


async def test_who_may_more_is_out_of_reach(hub: HubUnderTest, marketing: httpx.AsyncClient) -> None:
    director = await hub.an_account("director", group="Marketing", rights=["authorize_jobs"])
    address = f"/api/v1/accounts/{director.id}"
    assert (await marketing.get(address)).status_code == 200
    for reply in (
        await marketing.put(f"{address}/password", json={"password": "another long word"}),
        await marketing.patch(address, json={"name": "less"}),
        await marketing.post(f"{address}/close"),
    ):
        assert reply.status_code == 403
        assert reply.json()["type"] == "urn:tutti:problem:account-beyond-reach"
        assert reply.json()["rights"] == ["authorize_jobs"]
    copy = await marketing.post(f"{address}/copy", json={"name": "like", "password": PASSWORD})
    assert copy.status_code == 422


async def test_an_api_token_administers_with_its_scopes_only(hub: HubUnderTest) -> None:
    admin = await hub.an_account("admin", rights=["administer_accounts", "create_jobs"])
    client = hub.bearing(await hub.api_token(admin, ["administer_accounts"]))
    body = {"name": "new", "password": PASSWORD, "rights": ["create_jobs"]}
    assert (await client.post("/api/v1/accounts", json=body)).status_code == 422
