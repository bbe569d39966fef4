from datetime import datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, OKPKey

from common.http.access_token import BearerVerifier, Exchanged, Hub, Unauthenticated
from common.http.service_token import ALGORITHM
from hub.accounts.record import AccountRecord
from hub.sessions.keys import NewKey, SigningPair, base64url, generate_key, read_claims, sign_claims
from hub.sessions.service.signing_keys import signing_pair
from hub.sessions.tokens import new_api_token
from tests.support.builders.hub import HubUnderTest


@pytest.fixture
async def ada(hub: HubUnderTest) -> AccountRecord:
    return await hub.an_account("ada", group="Marketing", rights=["create_jobs", "see_reports"])


async def claims_of(hub: HubUnderTest, access_token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set((await hub.anonymous().get("/api/v1/jwks")).json())
    return dict(jwt.decode(access_token, keys, algorithms=[ALGORITHM]).claims)


async def test_an_access_token_says_who_and_what_and_verifies_with_the_published_keys(
    hub: HubUnderTest, ada: AccountRecord
) -> None:
    reply = await hub.bearing(await hub.session_token(ada)).post("/api/v1/token-exchange")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.json()["expires_at"] == "2026-11-22T09:02:00Z"
    claims = await claims_of(hub, reply.json()["access_token"])
    assert claims.pop("sid")
    now = int(hub.clock().timestamp())
    assert claims == {
        "iss": "tutti",
        "aud": "tutti",
        "sub": ada.id,
        "name": "ada",
        "group_id": ada.group_id,
        "group_name": "Marketing",
        "rights": ["create_jobs", "see_reports"],
        "epoch": 1,
        "iat": now,
        "exp": now + 120,
    }


async def test_another_service_verifies_it_without_hub(hub: HubUnderTest, ada: AccountRecord) -> None:
    document = (await hub.anonymous().get("/api/v1/jwks")).json()

    async def jwks() -> dict[str, Any]:
        return dict(document)

    async def exchange(token: str) -> Exchanged | None:
        reply = await hub.bearing(token).post("/api/v1/token-exchange")
        if not reply.is_success:
            return None
        return Exchanged(reply.json()["access_token"], datetime.fromisoformat(reply.json()["expires_at"]))

    verifier = BearerVerifier(hub.resources.settings, Hub(jwks, exchange), hub.clock)
    caller = await verifier.verify(await hub.access_token(await hub.session_token(ada)))
    assert (caller.account_id, caller.group_name, caller.epoch) == (ada.id, "Marketing", 1)
    assert caller.rights == {"create_jobs", "see_reports"}
    assert (await verifier.verify(await hub.api_token(ada))).account_id == ada.id
    with pytest.raises(Unauthenticated):
        await verifier.verify(new_api_token())


async def test_an_access_token_is_worth_nothing_after_two_minutes(hub: HubUnderTest, ada: AccountRecord) -> None:
    access = await hub.access_token(await hub.session_token(ada))
    assert (await hub.bearing(access).get("/api/v1/me")).status_code == 200
    hub.clock.advance(seconds=126)
    assert (await hub.bearing(access).get("/api/v1/me")).status_code == 401


async def test_an_access_token_cannot_be_exchanged_for_a_longer_life(hub: HubUnderTest, ada: AccountRecord) -> None:
    access = await hub.access_token(await hub.session_token(ada))
    assert (await hub.bearing(access).post("/api/v1/token-exchange")).status_code == 401
    assert (await hub.anonymous().post("/api/v1/token-exchange")).status_code == 401


async def test_a_token_that_hub_did_not_sign_is_refused(hub: HubUnderTest, ada: AccountRecord) -> None:
    real = await hub.access_token(await hub.session_token(ada))
    claims, [published] = read_claims(real), (await hub.anonymous().get("/api/v1/jwks")).json()["keys"]
    foreign = generate_key()
    header, payload, signature = real.split(".")
    other_payload = sign_claims(signer(foreign), {**claims, "rights": ["administer_accounts"]}).split(".")[1]
    forged = [
        sign_claims(signer(foreign), claims),
        sign_claims(signer(foreign, published["kid"]), claims),
        f"{header}.{other_payload}.{signature}",
        f"{header}.{payload}.",
        jwt.encode({"alg": "HS256", "kid": published["kid"]}, claims, OctKey.import_key(published["x"] * 2)),
        jwt.encode({"alg": ALGORITHM, "kid": "x"}, claims, OKPKey.generate_key("Ed25519"), algorithms=[ALGORITHM]),
        unsigned(payload),
        "a.b.c",
        "nonsense",
    ]
    for token in forged:
        assert (await hub.bearing(token).get("/api/v1/me")).status_code == 401
    assert (await hub.bearing(real).get("/api/v1/me")).status_code == 200


async def test_an_access_token_for_someone_else_is_refused(hub: HubUnderTest, ada: AccountRecord) -> None:
    real = read_claims(await hub.access_token(await hub.session_token(ada)))
    async with hub.unit() as uow:
        pair = await signing_pair(uow, hub.sealer)
    for change in ({"aud": "elsewhere"}, {"sub": "00000000-0000-0000-0000-000000000000"}, {"epoch": 0}):
        token = sign_claims(pair, {**real, **change})
        assert (await hub.bearing(token).get("/api/v1/me")).status_code == 401, change


async def test_an_api_token_is_shown_once_and_does_what_its_scopes_say(hub: HubUnderTest, ada: AccountRecord) -> None:
    client = await hub.signed_in(ada)
    reply = await client.post("/api/v1/api-tokens", json={"name": "Nightly export", "scopes": ["see_reports"]})
    assert reply.status_code == 201
    assert reply.headers["Cache-Control"] == "no-store"
    made = reply.json()
    token = made["api_token"]
    assert token.startswith("tutti_")
    assert made["hint"] == token[-4:]
    listed = (await client.get("/api/v1/api-tokens")).json()["items"]
    assert listed == [{key: value for key, value in made.items() if key != "api_token"}]
    me = (await hub.bearing(token).get("/api/v1/me")).json()
    assert me["account"]["id"] == ada.id
    assert me["rights"] == ["see_reports"]
    claims = await claims_of(hub, await hub.access_token(token))
    assert claims["rights"] == ["see_reports"]
    assert (await client.get("/api/v1/api-tokens")).json()["items"][0]["last_used_at"] == "2026-11-22T09:00:00Z"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "x", "scopes": ["fly"]}, "/scopes/0"),
        ({"name": "x", "scopes": ["administer_accounts"]}, "/scopes"),
        ({"name": "x", "expires_at": "2026-11-22T08:59:59Z"}, "/expires_at"),
        ({"name": "x", "expires_at": "2026-12-01T00:00:00"}, "/expires_at"),
    ],
)
async def test_what_is_wrong_with_a_new_api_token_is_pointed_at(
    hub: HubUnderTest, ada: AccountRecord, body: dict[str, Any], pointer: str
) -> None:
    reply = await (await hub.signed_in(ada)).post("/api/v1/api-tokens", json=body)
    assert reply.status_code == 422
    assert [error["pointer"] for error in reply.json()["errors"]] == [pointer]


async def test_an_api_token_makes_no_token_that_may_more(hub: HubUnderTest, ada: AccountRecord) -> None:
    client = hub.bearing(await hub.api_token(ada, ["see_reports"]))
    assert (await client.post("/api/v1/api-tokens", json={"name": "x", "scopes": ["create_jobs"]})).status_code == 422
    made = await client.post("/api/v1/api-tokens", json={"name": "x"})
    assert made.json()["scopes"] == ["see_reports"]


async def test_a_right_taken_from_an_account_is_taken_from_its_api_tokens(
    hub: HubUnderTest, ada: AccountRecord
) -> None:
    client = hub.bearing(await hub.api_token(ada))
    admin = await hub.as_account("admin", "administer_accounts", "create_jobs", "see_reports")
    await admin.patch(f"/api/v1/accounts/{ada.id}", json={"rights": ["create_jobs"]})
    assert (await client.get("/api/v1/me")).json()["rights"] == ["create_jobs"]


async def test_an_expired_or_revoked_api_token_is_refused(hub: HubUnderTest, ada: AccountRecord) -> None:
    client = await hub.signed_in(ada)
    body = {"name": "short", "expires_at": "2026-11-22T09:10:00Z"}
    short, long = [(await client.post("/api/v1/api-tokens", json=each)).json() for each in (body, {"name": "long"})]
    assert (await hub.bearing(short["api_token"]).get("/api/v1/me")).status_code == 200
    hub.clock.advance(minutes=10)
    assert (await hub.bearing(short["api_token"]).get("/api/v1/me")).status_code == 401
    assert (await client.delete(f"/api/v1/api-tokens/{long['id']}")).status_code == 204
    assert (await hub.bearing(long["api_token"]).post("/api/v1/token-exchange")).status_code == 401
    assert (await client.delete(f"/api/v1/api-tokens/{long['id']}")).status_code == 404


async def test_nobody_lists_or_revokes_the_api_tokens_of_others(hub: HubUnderTest, ada: AccountRecord) -> None:
    made = (await (await hub.signed_in(ada)).post("/api/v1/api-tokens", json={"name": "x"})).json()
    admin = await hub.as_account("admin", "administer_accounts")
    assert (await admin.get("/api/v1/api-tokens")).json()["items"] == []
    assert (await admin.delete(f"/api/v1/api-tokens/{made['id']}")).status_code == 404
    assert (await hub.bearing(made["api_token"]).get("/api/v1/me")).status_code == 200


async def test_api_tokens_are_listed_newest_first_in_pages(hub: HubUnderTest, ada: AccountRecord) -> None:
    client = await hub.signed_in(ada)
    for number in range(5):
        await client.post("/api/v1/api-tokens", json={"name": f"token {number}"})
    names, after = [], None
    while True:
        params: dict[str, Any] = {"limit": 2} | ({"after": after} if after else {})
        page = (await client.get("/api/v1/api-tokens", params=params)).json()
        names += [token["name"] for token in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert names == [f"token {number}" for number in (4, 3, 2, 1, 0)]


async def test_a_repeated_request_makes_no_second_api_token_and_keeps_none(
    hub: HubUnderTest, ada: AccountRecord
) -> None:
    client = await hub.signed_in(ada)
    headers = {"Idempotency-Key": "k-1"}
    first = await client.post("/api/v1/api-tokens", json={"name": "x"}, headers=headers)
    again = await client.post("/api/v1/api-tokens", json={"name": "x"}, headers=headers)
    assert first.status_code == 201
    assert again.status_code == 409
    assert again.json()["type"] == "urn:tutti:problem:answer-not-kept"
    assert len((await client.get("/api/v1/api-tokens")).json()["items"]) == 1


async def test_an_account_has_at_most_a_hundred_api_tokens(hub: HubUnderTest, ada: AccountRecord) -> None:
    for _ in range(100):
        await hub.api_token(ada)
    reply = await (await hub.signed_in(ada)).post("/api/v1/api-tokens", json={"name": "one more"})
    assert reply.status_code == 409
    assert reply.json()["type"] == "urn:tutti:problem:too-many-api-tokens"


def signer(key: NewKey, name: str | None = None) -> SigningPair:
    return SigningPair(name or key.id, key.private)


def unsigned(payload: str) -> str:
    return base64url(b'{"alg":"none","typ":"JWT"}') + f".{payload}."
