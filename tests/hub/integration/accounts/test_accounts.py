from typing import Any

import pytest

from common.contracts.hub import AccountChangedV1, HubActionRecordedV1
from common.http import httpx
from hub.accounts.record import AccountRecord
from tests.support.builders.hub import EVERYTHING, PASSWORD, HubUnderTest, statements
from tests.support.bus import stated

NEW = {"name": "Grace", "password": PASSWORD}


@pytest.fixture
async def admin_account(hub: HubUnderTest) -> AccountRecord:
    return await hub.an_account("admin", rights=EVERYTHING)


@pytest.fixture
async def admin(hub: HubUnderTest, admin_account: AccountRecord) -> httpx.AsyncClient:
    return await hub.signed_in(admin_account)


def pointers(reply: httpx.Response) -> list[str]:
    return [error["pointer"] for error in reply.json()["errors"]]


async def make(client: httpx.AsyncClient, **about: Any) -> dict[str, Any]:
    reply = await client.post("/api/v1/accounts", json={**NEW, **about})
    assert reply.status_code == 201, reply.text
    made: dict[str, Any] = reply.json()
    return made


async def test_an_administrator_makes_an_account_that_can_sign_in(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    body = {**NEW, "group": "Marketing", "contact_address": "grace@example.org", "rights": ["create_jobs"]}
    reply = await admin.post("/api/v1/accounts", json=body)
    assert reply.status_code == 201
    made = reply.json()
    assert (made["name"], made["group_name"], made["contact_address"]) == ("Grace", "Marketing", "grace@example.org")
    assert made["rights"] == ["create_jobs"]
    assert reply.headers["Location"] == f"/api/v1/accounts/{made['id']}"
    assert reply.headers["ETag"] == '"1"'
    attempt = {"account": "gRACE", "group": "MARKETING", "password": PASSWORD}
    signed_in = await hub.anonymous().post("/api/v1/sessions", json=attempt)
    assert signed_in.status_code == 201
    assert signed_in.json()["account"]["id"] == made["id"]


async def test_making_an_account_states_its_whole_state_and_who_made_it(
    hub: HubUnderTest, admin: httpx.AsyncClient, admin_account: AccountRecord
) -> None:
    made = await make(admin, group="Marketing", rights=["see_reports", "create_jobs"])
    changed = [fact for fact in await stated(hub.resources, AccountChangedV1) if fact.account_id == made["id"]]
    assert changed == [
        AccountChangedV1(
            account_id=made["id"],
            revision=1,
            name="Grace",
            group_id=made["group_id"],
            group_name="Marketing",
            contact_address=None,
            rights=("create_jobs", "see_reports"),
            closed=False,
            auth_epoch=1,
        )
    ]
    actions = await stated(hub.resources, HubActionRecordedV1)
    made_by = [(fact.action, fact.actor_id) for fact in actions if fact.target_id in (made["id"], made["group_id"])]
    assert made_by == [("group.create", admin_account.id), ("account.create", admin_account.id)]


@pytest.mark.parametrize("name", ["grace", "GRACE", " Grace  ", "\uff47race"])
async def test_names_are_unique_within_a_group_whatever_their_case(admin: httpx.AsyncClient, name: str) -> None:
    await make(admin)
    reply = await admin.post("/api/v1/accounts", json={**NEW, "name": name})
    assert reply.status_code == 409
    assert reply.json()["type"] == "urn:tutti:problem:account-name-taken"
    assert pointers(reply) == ["/name"]
    listed = await admin.get("/api/v1/accounts", params={"name": "grace"})
    assert len(listed.json()["items"]) == 1


async def test_the_same_name_may_exist_in_several_groups(admin: httpx.AsyncClient) -> None:
    made = [await make(admin, group=group) for group in (None, "Marketing", "Sales")]
    assert len({account["id"] for account in made}) == 3


async def test_a_group_is_made_by_naming_it_and_found_in_whatever_case(admin: httpx.AsyncClient) -> None:
    first = await make(admin, group="Marketing")
    second = await make(admin, name="Alan", group="marketing")
    assert first["group_id"] == second["group_id"]
    groups = (await admin.get("/api/v1/groups")).json()
    assert groups["items"] == [{"id": first["group_id"], "name": "Marketing"}]


@pytest.mark.parametrize(
    ("about", "pointer"),
    [
        ({"password": "short"}, "/password"),
        ({"password": "x" * 300}, "/password"),
        ({"password": "aaaaaaaaaaaa"}, "/password"),
        ({"password": "Password123"}, "/password"),
        ({"name": "Grace Hopper", "password": "grace hopper"}, "/password"),
        ({"group": "Marketing Dept", "password": "marketing dept"}, "/password"),
        ({"name": "  "}, "/name"),
        ({"name": "Gra\u200bce"}, "/name"),
        ({"name": "Gra\nce"}, "/name"),
        ({"name": "x" * 65}, "/name"),
        ({"name": "Gra\x00ce"}, "/name"),
        ({"group": "x" * 65}, "/group"),
        ({"contact_address": "not an address"}, "/contact_address"),
        ({"contact_address": "a@b\r\nBcc: c@d"}, "/contact_address"),
        ({"rights": ["create_jobs", "fly"]}, "/rights/1"),
        ({"rights": "create_jobs"}, "/rights"),
        ({"nmae": "Grace"}, "/nmae"),
    ],
)
async def test_what_is_wrong_with_a_new_account_is_pointed_at_and_nothing_is_made(
    admin: httpx.AsyncClient, about: dict[str, Any], pointer: str
) -> None:
    reply = await admin.post("/api/v1/accounts", json={**NEW, **about})
    assert reply.status_code == 422, reply.text
    assert pointers(reply) == [pointer]
    assert len((await admin.get("/api/v1/accounts")).json()["items"]) == 1
    assert (await admin.get("/api/v1/groups")).json()["items"] == []


async def test_a_body_that_is_no_json_is_called_unreadable(admin: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    reply = await admin.post("/api/v1/accounts", content=b'{"name": "Grace"', headers=headers)
    assert reply.status_code == 400
    assert reply.json()["type"] == "urn:tutti:problem:unreadable"


async def test_a_repeated_request_with_the_same_key_makes_one_account(admin: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k-1"}
    first = await admin.post("/api/v1/accounts", json=NEW, headers=headers)
    again = await admin.post("/api/v1/accounts", json=NEW, headers=headers)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again.headers["ETag"] == first.headers["ETag"]


async def test_a_change_needs_the_version_it_was_made_from(admin: httpx.AsyncClient) -> None:
    made = await make(admin)
    address = f"/api/v1/accounts/{made['id']}"
    first = await admin.patch(address, json={"name": "Grace H"}, headers={"If-Match": '"1"'})
    assert first.status_code == 200
    assert first.headers["ETag"] == '"2"'
    second = await admin.patch(address, json={"name": "Someone"}, headers={"If-Match": '"1"'})
    assert second.status_code == 412
    assert (await admin.get(address)).json()["name"] == "Grace H"


async def test_only_what_is_given_changes_and_null_empties(admin: httpx.AsyncClient) -> None:
    made = await make(admin, group="Marketing", contact_address="g@example.org", rights=["create_jobs"])
    address = f"/api/v1/accounts/{made['id']}"
    changed = (await admin.patch(address, json={"contact_address": None})).json()
    assert changed["contact_address"] is None
    assert (changed["name"], changed["group_name"], changed["rights"]) == ("Grace", "Marketing", ["create_jobs"])
    moved = (await admin.patch(address, json={"group": None})).json()
    assert moved["group_id"] is None


async def test_a_change_that_changes_nothing_states_nothing(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    made = await make(admin)
    await admin.patch(f"/api/v1/accounts/{made['id']}", json={"name": "Grace", "rights": []})
    revisions = [f.revision for f in await stated(hub.resources, AccountChangedV1) if f.account_id == made["id"]]
    assert revisions == [1]


async def test_a_change_cannot_take_a_name_that_is_taken(admin: httpx.AsyncClient) -> None:
    await make(admin, name="Alan")
    made = await make(admin, name="Grace", group="Marketing")
    address = f"/api/v1/accounts/{made['id']}"
    assert (await admin.patch(address, json={"name": "ALAN"})).status_code == 200
    reply = await admin.patch(address, json={"group": None})
    assert reply.status_code == 409
    assert (await admin.get(address)).json()["group_name"] == "Marketing"


async def test_changed_rights_are_recorded_by_name_and_end_the_sessions_of_the_account(
    hub: HubUnderTest, admin: httpx.AsyncClient
) -> None:
    made = await make(admin, rights=["create_jobs", "see_reports"])
    attempt = {"account": "Grace", "password": PASSWORD}
    token = (await hub.anonymous().post("/api/v1/sessions", json=attempt)).json()["session_token"]
    body = {"rights": ["see_reports", "authorize_jobs"]}
    assert (await admin.patch(f"/api/v1/accounts/{made['id']}", json=body)).status_code == 200
    assert (await hub.bearing(token).get("/api/v1/me")).status_code == 401
    last = (await stated(hub.resources, HubActionRecordedV1))[-1]
    assert last.action == "account.change"
    assert last.detail == {"fields": "rights", "granted": "authorize_jobs", "withdrawn": "create_jobs"}
    assert (await stated(hub.resources, AccountChangedV1))[-1].auth_epoch == 2


async def test_a_closed_account_cannot_sign_in_until_it_is_opened_again(
    hub: HubUnderTest, admin: httpx.AsyncClient
) -> None:
    grace = await hub.an_account("grace", rights=["create_jobs"])
    token, api_token = await hub.session_token(grace), await hub.api_token(grace)
    closed = await admin.post(f"/api/v1/accounts/{grace.id}/close")
    assert closed.json()["closed"] is True
    assert (await hub.bearing(token).get("/api/v1/me")).status_code == 401
    assert (await hub.bearing(api_token).get("/api/v1/me")).status_code == 401
    attempt = {"account": "grace", "password": PASSWORD}
    refused = await hub.anonymous().post("/api/v1/sessions", json=attempt)
    assert refused.json()["type"] == "urn:tutti:problem:sign-in-refused"
    opened = await admin.post(f"/api/v1/accounts/{grace.id}/reopen")
    assert opened.json()["closed"] is False
    assert (await hub.bearing(token).get("/api/v1/me")).status_code == 401
    assert (await hub.anonymous().post("/api/v1/sessions", json=attempt)).status_code == 201


async def test_closing_twice_is_one_change(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    grace = await hub.an_account("grace")
    for _ in range(2):
        assert (await admin.post(f"/api/v1/accounts/{grace.id}/close")).status_code == 200
    assert [f.closed for f in await stated(hub.resources, AccountChangedV1) if f.account_id == grace.id] == [
        False,
        True,
    ]


async def test_nobody_closes_or_strips_the_account_they_use(
    admin: httpx.AsyncClient, admin_account: AccountRecord
) -> None:
    address = f"/api/v1/accounts/{admin_account.id}"
    for reply in (
        await admin.post(f"{address}/close"),
        await admin.patch(address, json={"rights": ["administer_accounts"]}),
        await admin.patch(address, json={"group": "Marketing"}),
    ):
        assert reply.status_code == 409
        assert reply.json()["type"] == "urn:tutti:problem:own-account"
    assert (await admin.patch(address, json={"contact_address": "me@example.org"})).status_code == 200


async def test_a_copy_has_the_rights_and_the_group_but_not_the_person(admin: httpx.AsyncClient) -> None:
    made = await make(admin, group="Marketing", contact_address="g@example.org", rights=["create_jobs"])
    reply = await admin.post(f"/api/v1/accounts/{made['id']}/copy", json={"name": "Alan", "password": PASSWORD})
    assert reply.status_code == 201
    copy = reply.json()
    assert (copy["rights"], copy["group_name"], copy["contact_address"]) == (["create_jobs"], "Marketing", None)


async def test_accounts_are_listed_by_name_in_pages(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    for name in ("delta", "Alpha", "charlie", "Bravo"):
        await hub.an_account(name)
    names, after = [], None
    while True:
        page = (await admin.get("/api/v1/accounts", params={"limit": 2, **({"after": after} if after else {})})).json()
        names += [account["name"] for account in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert names == ["admin", "Alpha", "Bravo", "charlie", "delta"]


async def test_a_list_is_narrowed_by_name_group_and_closed(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    await hub.an_account("Ada Lovelace", group="Marketing")
    await hub.close(await hub.an_account("Ada Yonath", group="Sales"))

    async def names(**wanted: Any) -> list[str]:
        return [each["name"] for each in (await admin.get("/api/v1/accounts", params=wanted)).json()["items"]]

    assert await names(name="ADA") == ["Ada Lovelace", "Ada Yonath"]
    assert await names(name="ada", closed=True) == ["Ada Yonath"]
    assert await names(group="marketing") == ["Ada Lovelace"]
    assert await names(group="nobody") == []
    assert await names(name="%") == []


@pytest.mark.parametrize("after", ["nonsense", "WzFd", "WyJhIiwiYiJd", "WyJcdTAwMDAiLCJiIl0"])
async def test_a_cursor_that_was_not_given_out_is_refused(admin: httpx.AsyncClient, after: str) -> None:
    for path in ("accounts", "groups", "api-tokens", "audit"):
        reply = await admin.get(f"/api/v1/{path}", params={"after": after})
        assert (path, reply.status_code) == (path, 422)
        assert pointers(reply) == ["/after"]


async def test_the_catalogue_of_rights_explains_each(hub: HubUnderTest) -> None:
    anyone = await hub.as_account("ada")
    items = (await anyone.get("/api/v1/rights")).json()["items"]
    assert [item["name"] for item in items] == [right.value for right in EVERYTHING]
    assert all(item["explanation"] for item in items)


async def test_a_longer_list_asks_the_database_no_more_questions(hub: HubUnderTest, admin: httpx.AsyncClient) -> None:
    counts = []
    for number in range(6):
        await hub.an_account(f"member {number}", group=f"Group {number}")
        with statements(hub.resources) as sent:
            assert len((await admin.get("/api/v1/accounts")).json()["items"]) == number + 2
        counts.append(len(sent))
    assert counts == [counts[0]] * 6
