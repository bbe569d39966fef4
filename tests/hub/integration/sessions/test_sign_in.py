import asyncio
from typing import Any

import pytest
from argon2 import PasswordHasher

from common.contracts.hub import HubActionRecordedV1
from common.http import httpx
from tests.support.builders.hub import PASSWORD, HubUnderTest, rows, statements
from tests.support.bus import stated

WRONG = "not the password"


async def attempt(hub: HubUnderTest, address: str = "192.0.2.1", **body: Any) -> httpx.Response:
    given = {"account": "ada", "password": PASSWORD, **body}
    return await hub.anonymous(address).post("/api/v1/sessions", json=given)


async def exhaust(hub: HubUnderTest, times: int = 10, **body: Any) -> httpx.Response:
    """So many wrong passwords, each as soon as it is heard; the answer to one more."""
    for _ in range(times):
        reply = await attempt(hub, **{"password": WRONG, **body})
        while reply.status_code == 429:
            hub.clock.advance(seconds=int(reply.headers["Retry-After"]))
            reply = await attempt(hub, **{"password": WRONG, **body})
        assert reply.status_code == 401
    return await attempt(hub, **{"password": WRONG, **body})


async def test_the_right_password_begins_a_session(hub: HubUnderTest) -> None:
    ada = await hub.an_account("ada", group="Marketing", rights=["create_jobs"])
    reply = await attempt(hub, group="Marketing")
    assert reply.status_code == 201
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.json()["account"]["id"] == ada.id
    assert reply.json()["expires_at"] == "2026-11-22T21:00:00Z"
    me = await hub.bearing(reply.json()["session_token"]).get("/api/v1/me")
    assert me.json()["account"]["name"] == "ada"
    assert me.json()["rights"] == ["create_jobs"]
    assert me.json()["account"]["last_signed_in_at"] == "2026-11-22T09:00:00Z"


@pytest.mark.parametrize(
    "body",
    [
        {"password": WRONG},
        {"password": PASSWORD.upper()},
        {"account": "nobody"},
        {"group": "Marketing"},
        {"group": "No such group"},
        {"account": "closed"},
        {"account": "member"},
        {"account": "ada\u200b"},
        {"account": "", "password": ""},
    ],
)
async def test_every_refusal_looks_the_same(hub: HubUnderTest, body: dict[str, Any]) -> None:
    await hub.an_account("ada")
    await hub.an_account("member", group="Marketing")
    await hub.close(await hub.an_account("closed"))
    reply = await attempt(hub, **body)
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"]
    assert reply.json() == {
        "type": "urn:tutti:problem:sign-in-refused",
        "title": "The name or the password is not right",
        "status": 401,
        "detail": "The name or the password is not right",
        "instance": "/api/v1/sessions",
    }


async def test_an_unknown_account_costs_the_same_work(hub: HubUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    await hub.an_account("ada", group="Marketing")
    await hub.close(await hub.an_account("closed", group="Marketing"))
    computed: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, stored: Any, password: Any) -> bool:
        computed.append(str(stored).rsplit("$", 2)[0])
        return verify(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    work = []
    for account, group in (("ada", "Marketing"), ("nobody", "Marketing"), ("closed", "Marketing"), ("ada", "Nobodies")):
        computed.clear()
        with statements(hub.resources) as executed:
            assert (await attempt(hub, account=account, group=group, password=WRONG)).status_code == 401
        work.append((list(computed), list(executed)))
    assert work[0][0] == ["$argon2id$v=19$m=19456,t=2,p=1"]
    assert work == [work[0]] * 4


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"password": "x" * 1_001}, "/password"),
        ({"account": "a\x00b"}, "/account"),
        ({"account": None}, "/account"),
        ({"remember": True}, "/remember"),
    ],
)
async def test_what_cannot_be_a_name_or_password_is_pointed_at(
    hub: HubUnderTest, body: dict[str, Any], pointer: str
) -> None:
    reply = await attempt(hub, **body)
    assert reply.status_code == 422
    assert [error["pointer"] for error in reply.json()["errors"]] == [pointer]
    assert "x" * 1_001 not in reply.text


async def test_wrong_passwords_make_the_next_attempt_wait_and_the_right_one_is_heard_after_it(
    hub: HubUnderTest,
) -> None:
    await hub.an_account("ada")
    waiting = await exhaust(hub)
    assert waiting.status_code == 429
    assert waiting.json()["type"] == "urn:tutti:problem:too-many-attempts"
    seconds = int(waiting.headers["Retry-After"])
    assert 1 <= seconds <= 60
    assert (await attempt(hub)).status_code == 429
    hub.clock.advance(seconds=seconds)
    assert (await attempt(hub)).status_code == 201
    assert (await attempt(hub, password=WRONG)).status_code == 401
    assert (await attempt(hub)).status_code == 201


async def test_no_number_of_wrong_passwords_locks_an_account_for_longer_than_a_minute(hub: HubUnderTest) -> None:
    await hub.an_account("ada")
    waiting = await exhaust(hub, times=25)
    assert int(waiting.headers["Retry-After"]) <= 60
    hub.clock.advance(seconds=60)
    assert (await attempt(hub)).status_code == 201


async def test_an_account_that_does_not_exist_is_slowed_down_alike(hub: HubUnderTest) -> None:
    await hub.an_account("ada")
    known, unknown = await exhaust(hub), await exhaust(hub, account="nobody", address="192.0.2.2")
    assert known.status_code == unknown.status_code == 429
    assert known.headers["Retry-After"] == unknown.headers["Retry-After"]


async def test_guesses_from_elsewhere_do_not_keep_the_owner_out_where_they_signed_in_before(hub: HubUnderTest) -> None:
    await hub.an_account("ada")
    assert (await attempt(hub, address="198.51.100.7")).status_code == 201
    assert (await exhaust(hub, address="203.0.113.9")).status_code == 429
    assert (await attempt(hub, address="203.0.113.9")).status_code == 429
    assert (await attempt(hub, address="198.51.100.7")).status_code == 201


async def test_one_address_trying_many_accounts_is_slowed_down(hub: HubUnderTest) -> None:
    replies = [await attempt(hub, account=f"account {number}", password=WRONG) for number in range(25)]
    assert [reply.status_code for reply in replies] == [401] * 20 + [429] * 5
    assert (await attempt(hub, address="192.0.2.99", password=WRONG)).status_code == 401
    hub.clock.advance(seconds=15)
    assert (await attempt(hub, account="another", password=WRONG)).status_code == 401


async def test_many_right_passwords_from_one_address_are_no_attack(hub: HubUnderTest) -> None:
    await hub.an_account("ada")
    assert [(await attempt(hub)).status_code for _ in range(22)] == [201] * 22


async def test_guesses_sent_at_once_are_counted_one_by_one(hub: HubUnderTest) -> None:
    await hub.an_account("ada")
    replies = await asyncio.gather(*(attempt(hub, password=WRONG) for _ in range(15)))
    codes = [reply.status_code for reply in replies]
    assert codes.count(401) == 4
    assert codes.count(429) == 11


async def test_the_address_in_front_of_a_trusted_proxy_is_the_one_that_counts(hub: HubUnderTest) -> None:
    proxy = hub.anonymous("127.0.0.1")

    async def guess(number: int, forwarded: str) -> int:
        body = {"account": f"account {number}", "password": WRONG}
        return (await proxy.post("/api/v1/sessions", json=body, headers={"X-Forwarded-For": forwarded})).status_code

    first = [await guess(number, "203.0.113.9") for number in range(22)]
    assert first[-2:] == [429, 429]
    # What the client itself wrote in front of its address is not believed.
    assert await guess(30, "198.51.100.1, 203.0.113.9") == 429
    assert await guess(31, "198.51.100.1") == 401


async def test_an_untrusted_address_cannot_choose_another_one(hub: HubUnderTest) -> None:
    client = hub.anonymous("203.0.113.9")
    codes = []
    for number in range(21):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        body = {"account": f"account {number}", "password": WRONG}
        reply = await client.post("/api/v1/sessions", json=body, headers=headers)
        codes.append(reply.status_code)
    assert codes == [401] * 20 + [429]


async def test_sign_ins_and_refusals_are_recorded_without_what_was_typed(hub: HubUnderTest) -> None:
    ada = await hub.an_account("ada")
    await attempt(hub)
    await attempt(hub, password=WRONG)
    await attempt(hub, account="my password by mistake", password=WRONG)
    facts = [f for f in await stated(hub.resources, HubActionRecordedV1) if f.action.startswith("session.")]
    assert [(f.action, f.actor_id) for f in facts] == [
        ("session.start", ada.id), ("session.refuse", None), ("session.refuse", None)
    ]  # fmt: skip
    assert [f.target_id for f in facts[1:]] == [ada.id, "unknown"]
    assert "mistake" not in "".join(f.model_dump_json() for f in facts)


async def test_a_password_of_yesterdays_strength_is_stored_anew_when_it_is_used(hub: HubUnderTest) -> None:
    ada = await hub.an_account("ada")
    weaker = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    async with hub.unit() as uow:
        connection = await uow.session.connection()
        await connection.exec_driver_sql("UPDATE hub.credentials SET password_hash = %s", (weaker,))
    assert (await attempt(hub)).status_code == 201
    async with hub.unit() as uow:
        [(stored,)] = await rows(uow, "SELECT password_hash FROM hub.credentials")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    me = await hub.signed_in(ada)
    assert (await me.get("/api/v1/me")).json()["account"]["revision"] == 1
