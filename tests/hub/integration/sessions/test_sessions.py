import pytest

from common.contracts.hub import AccountChangedV1
from tests.support.builders.hub import PASSWORD, HubUnderTest
from tests.support.bus import stated

NEW = "another long password"


async def change_password(hub: HubUnderTest, token: str, **body: str) -> tuple[int, str]:
    given = {"present_password": PASSWORD, "new_password": NEW, **body}
    reply = await hub.bearing(token).post("/api/v1/me/password", json=given)
    return reply.status_code, reply.text


async def me(hub: HubUnderTest, token: str) -> int:
    return (await hub.bearing(token).get("/api/v1/me")).status_code


async def test_a_session_is_over_half_an_hour_after_its_last_use(hub: HubUnderTest) -> None:
    token = await hub.session_token(await hub.an_account())
    for _ in range(4):
        hub.clock.advance(minutes=29)
        assert (await hub.bearing(token).post("/api/v1/token-exchange")).status_code == 200
    hub.clock.advance(minutes=30)
    assert (await hub.bearing(token).post("/api/v1/token-exchange")).status_code == 401
    assert await me(hub, token) == 401


async def test_a_session_is_over_after_twelve_hours_however_busy(hub: HubUnderTest) -> None:
    token = await hub.session_token(await hub.an_account())
    for _ in range(47):
        hub.clock.advance(minutes=15)
        assert (await hub.bearing(token).post("/api/v1/token-exchange")).status_code == 200
    hub.clock.advance(minutes=15)
    reply = await hub.bearing(token).post("/api/v1/token-exchange")
    assert reply.status_code == 401
    assert reply.json()["type"] == "urn:tutti:problem:credential-refused"


async def test_signing_out_ends_the_session_and_what_was_exchanged_for_it(hub: HubUnderTest) -> None:
    token = await hub.session_token(await hub.an_account())
    access = await hub.access_token(token)
    assert (await hub.bearing(token).delete("/api/v1/sessions/current")).status_code == 204
    assert await me(hub, token) == 401
    assert await me(hub, access) == 401
    assert (await hub.bearing(token).delete("/api/v1/sessions/current")).status_code == 401


async def test_an_account_sees_and_ends_its_own_sessions_only(hub: HubUnderTest) -> None:
    ada, grace = await hub.an_account("ada"), await hub.an_account("grace")
    first, second, foreign = [await hub.session_token(each) for each in (ada, ada, grace)]
    listed = (await hub.bearing(second).get("/api/v1/sessions")).json()["items"]
    assert [session["current"] for session in listed].count(True) == 1
    assert len(listed) == 2
    other = next(session["id"] for session in listed if not session["current"])
    refused = await hub.bearing(foreign).delete(f"/api/v1/sessions/{other}")
    assert refused.json()["type"] == "urn:tutti:problem:session-not-found"
    assert (await hub.bearing(second).delete(f"/api/v1/sessions/{other}")).status_code == 204
    assert await me(hub, first) == 401
    assert await me(hub, second) == 200


async def test_sessions_that_are_over_are_not_listed(hub: HubUnderTest) -> None:
    ada = await hub.an_account()
    await hub.session_token(ada)
    hub.clock.advance(minutes=31)
    listed = (await (await hub.signed_in(ada)).get("/api/v1/sessions")).json()["items"]
    assert [session["current"] for session in listed] == [True]


async def test_an_account_keeps_its_fifty_newest_sessions(hub: HubUnderTest) -> None:
    ada = await hub.an_account()
    tokens = [await hub.session_token(ada)]
    hub.clock.advance(seconds=1)
    tokens.append(await hub.session_token(ada))
    hub.clock.advance(seconds=1)
    async with hub.unit() as uow:
        connection = await uow.session.connection()
        await connection.exec_driver_sql(
            "INSERT INTO hub.sessions SELECT gen_random_uuid(), account_id, sha256(n::text::bytea), auth_epoch,"
            " user_agent, %s, last_used_at, expires_at FROM hub.sessions, generate_series(1, 48) n"
            " WHERE created_at = (SELECT min(created_at) FROM hub.sessions)",
            (hub.clock(),),
        )
    assert [await me(hub, token) for token in tokens] == [200, 200]
    tokens.append(await hub.session_token(ada))
    assert [await me(hub, token) for token in tokens] == [401, 200, 200]


async def test_after_a_password_change_the_next_request_of_every_other_session_is_refused(hub: HubUnderTest) -> None:
    ada = await hub.an_account()
    mine, other = await hub.session_token(ada), await hub.session_token(ada)
    other_access = await hub.access_token(other)
    assert await change_password(hub, mine) == (204, "")
    assert await me(hub, other) == 401
    assert await me(hub, other_access) == 401
    assert (await hub.bearing(other).post("/api/v1/token-exchange")).status_code == 401
    assert await me(hub, mine) == 200
    assert await me(hub, await hub.access_token(mine)) == 200
    attempt = {"account": "ada", "password": PASSWORD}
    assert (await hub.anonymous().post("/api/v1/sessions", json=attempt)).status_code == 401
    assert await hub.session_token(ada, NEW)


async def test_a_password_change_through_an_access_token_keeps_the_session_it_came_from(hub: HubUnderTest) -> None:
    ada = await hub.an_account()
    token = await hub.session_token(ada)
    assert (await change_password(hub, await hub.access_token(token)))[0] == 204
    assert await me(hub, token) == 200


async def test_a_password_change_is_told_to_the_other_services_as_a_new_epoch(hub: HubUnderTest) -> None:
    ada = await hub.an_account()
    await change_password(hub, await hub.session_token(ada))
    assert [(f.revision, f.auth_epoch) for f in await stated(hub.resources, AccountChangedV1)] == [(1, 1), (2, 2)]


async def test_a_password_set_by_an_administrator_ends_every_session(hub: HubUnderTest) -> None:
    ada = await hub.an_account()
    token = await hub.session_token(ada)
    admin = await hub.as_account("admin", "administer_accounts")
    reply = await admin.put(f"/api/v1/accounts/{ada.id}/password", json={"password": NEW})
    assert reply.status_code == 204
    assert await me(hub, token) == 401
    assert await hub.session_token(ada, NEW)
    short = await admin.put(f"/api/v1/accounts/{ada.id}/password", json={"password": "short"})
    assert short.json()["errors"][0]["pointer"] == "/password"


@pytest.mark.parametrize("new", ["short", "ADA", PASSWORD, "password123"])
async def test_a_new_password_that_will_not_do_is_pointed_at(hub: HubUnderTest, new: str) -> None:
    token = await hub.session_token(await hub.an_account("ada"))
    reply = await hub.bearing(token).post(
        "/api/v1/me/password", json={"present_password": PASSWORD, "new_password": new}
    )
    assert reply.status_code == 422
    assert reply.json()["errors"][0]["pointer"] == "/new_password"


async def test_a_stolen_session_does_not_help_to_guess_the_password(hub: HubUnderTest) -> None:
    token = await hub.session_token(await hub.an_account())
    codes = [(await change_password(hub, token, present_password=f"guess number {n}"))[0] for n in range(8)]
    assert codes == [403] * 4 + [429] * 4
    hub.clock.advance(minutes=1)
    assert (await change_password(hub, token))[0] == 204
