"""Signing keys as administrators see them."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from sqlalchemy import text

from common.contracts.mailer import MailerActionRecordedV1
from common.messaging.unit_of_work import UnitOfWork
from mailer.signing import service
from mailer.signing.errors import KeysUnreadable
from mailer.signing.keys import SigningKey
from mailer.signing.scheduler import KeyKeeper
from tests.support.bus import stated
from tests.support.signing import Place, a_place
from tests.support.wait import eventually

KEYS = "/api/v1/dkim-keys"


def _pem(bits: int = 2048, *, passphrase: bytes | None = None) -> str:
    how = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return generate_rsa(65537, bits).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how).decode()


async def _actions(place: Place) -> list[str]:
    return [fact.action for fact in await stated(place.resources, MailerActionRecordedV1)]


@pytest.mark.parametrize(("algorithm", "kind"), [("rsa-2048", "rsa"), ("ed25519", "ed25519")])
async def test_a_new_key_shows_the_record_to_publish_and_nothing_secret(
    place: Place, algorithm: str, kind: str
) -> None:
    key = await place.key("Beispiel-MÜLLER.example", "S1", algorithm)
    assert (key["domain"], key["selector"], key["state"]) == ("xn--beispiel-mller-psb.example", "s1", "pending")
    record = key["record"]
    assert record["name"] == "s1._domainkey.xn--beispiel-mller-psb.example"
    assert record["value"].startswith(f"v=DKIM1; k={kind}; p=")
    assert "".join(record["strings"]) == record["value"]
    assert max(map(len, record["strings"])) <= 255
    shown = (await place.administrator().get(f"{KEYS}/{key['id']}")).text
    assert "private" not in shown
    assert await _actions(place) == ["dkim_key.create"]


async def test_a_private_key_rests_sealed_and_opens_in_its_own_row_only(place: Place) -> None:
    pem = _pem()
    octets = SigningKey.from_pem(pem).octets()
    body = {"domain": "example.org", "selector": "own", "algorithm": "rsa-2048", "private_key": pem}
    created = await place.administrator().post(KEYS, json=body, headers={"Idempotency-Key": "once"})
    assert created.status_code == 201
    other = await place.key("example.net", "s1", "rsa-2048")
    async with place.resources.engine.begin() as connection:
        dump: list[str] = []
        for table in ("dkim_keys", "outbox", "idempotency_keys"):
            dump += (await connection.execute(text(f"SELECT t::text FROM mailer.{table} t"))).scalars().all()  # noqa: S608
        sealed = (await connection.execute(text("SELECT sealed_private_key FROM mailer.dkim_keys"))).scalars().all()
        await connection.execute(
            text("UPDATE mailer.dkim_keys SET state = 'active', sealed_private_key = :sealed WHERE id = :id"),
            {"sealed": sealed[0], "id": other["id"]},
        )
    for secret in (octets.hex(), octets[200:300].hex(), pem.splitlines()[5]):
        assert [row for row in [*dump, created.text] if secret in row] == []
    delivery = "0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01"
    async with place.resources.uow() as uow:
        await service.freeze_keys(uow, delivery, "news@example.net")
        with pytest.raises(KeysUnreadable, match=r"s1 of example\.net cannot be opened"):
            await service.signer_of(uow, delivery, place.sealer, at=uow.now)


async def test_without_a_sealing_key_no_key_can_be_kept(clone: Callable[[str], str]) -> None:
    async with a_place(clone("mailer"), encryption_key="") as place:
        body = {"domain": "example.org", "selector": "s1", "algorithm": "ed25519"}
        answer = await place.administrator().post(KEYS, json=body)
        assert answer.status_code == 409
        assert "MAILER_ENCRYPTION_KEY" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "pointer", "said"),
    [
        ({"domain": "localhost"}, "/domain", "no domain name"),
        ({"domain": "exa mple.org"}, "/domain", "no domain name"),
        ({"selector": "a_b"}, "/selector", "letters, digits and hyphens"),
        ({"private_key": "no key"}, "/private_key", "no private key in PEM"),
        ({"private_key": _pem(1024)}, "/private_key", "must have 2048 bits, this one has 1024"),
        ({"private_key": _pem(passphrase=b"secret")}, "/private_key", "passphrase"),
        ({"private_key": _pem(), "algorithm": "ed25519"}, "/algorithm", "the key is rsa-2048"),
        (
            {
                "private_key": generate_private_key(SECP256R1())
                .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
                .decode()
            },
            "/private_key",
            "only RSA and Ed25519",
        ),
    ],
)
async def test_what_makes_no_key_is_pointed_at(place: Place, change: dict[str, str], pointer: str, said: str) -> None:
    body = {"domain": "example.org", "selector": "s1", "algorithm": "rsa-2048", **change}
    answer = await place.administrator().post(KEYS, json=body)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert said in error["detail"]
    assert "PRIVATE" not in answer.text


async def test_a_selector_names_one_key(place: Place) -> None:
    await place.key()
    body = {"domain": "EXAMPLE.org.", "selector": "S1", "algorithm": "rsa-2048"}
    assert (await place.administrator().post(KEYS, json=body)).status_code == 409


@pytest.mark.parametrize("published", ["found", "missing", "different", "unknown"])
async def test_a_check_says_what_receivers_would_find(place: Place, published: str) -> None:
    key = await place.key()
    name = "s1._domainkey.example.org"
    if published == "found":
        place.publish(key)
    elif published == "different":
        place.zone.txt[name] = ["v=DKIM1; k=ed25519; p=AAAA"]
    elif published == "unknown":
        place.zone.silent = True
    answer = (await place.administrator().post(f"{KEYS}/{key['id']}/check")).json()["dns"]
    assert answer["state"] == published
    assert answer["checked_at"] is not None
    if published == "different":
        assert answer["found"] == "v=DKIM1; k=ed25519; p=AAAA"
        assert "another public key" in answer["reason"]
    if published == "unknown":
        assert "no name server answered" in answer["reason"]


async def test_a_name_server_that_fails_is_not_taken_for_an_answer(place: Place) -> None:
    key = await place.key()
    place.zone.failing.add("s1._domainkey.example.org")
    answer = (await place.administrator().post(f"{KEYS}/{key['id']}/check")).json()["dns"]
    assert answer["state"] == "unknown"


async def test_a_key_signs_only_when_its_record_is_found_or_somebody_says_to_although(place: Place) -> None:
    key = await place.key()
    activate = f"{KEYS}/{key['id']}/activate"
    refused = await place.administrator().post(activate)
    assert refused.status_code == 409
    assert refused.json()["record"] == "missing"
    wrong = await place.administrator().post(activate, json={"even_though": "different"})
    assert wrong.status_code == 409
    done = await place.administrator().post(activate, json={"even_though": "missing"})
    assert (done.status_code, done.json()["state"]) == (200, "active")
    (fact,) = [f for f in await stated(place.resources, MailerActionRecordedV1) if f.action == "dkim_key.activate"]
    assert fact.detail["record"] == "missing"


async def test_rotation_retires_the_key_before_and_says_how_long_its_record_is_needed(place: Place) -> None:
    first = await place.active_key(selector="s1")
    rsa = await place.active_key(selector="r1", algorithm="rsa-2048")
    second = await place.active_key(selector="s2")
    listed = (await place.administrator().get(KEYS)).json()["items"]
    assert {item["id"]: item["state"] for item in listed} == {first: "retired", rsa: "active", second: "active"}
    old = next(item for item in listed if item["id"] == first)
    needed = datetime.fromisoformat(old["record"]["needed_until"]) - datetime.fromisoformat(old["retired_at"])
    assert needed == timedelta(days=14)
    assert all(item["record"]["needed_until"] is None for item in listed if item["id"] != first)
    assert (await place.administrator().post(f"{KEYS}/{first}/activate")).json()["retired_at"] is None


async def test_an_active_key_is_retired_before_it_is_removed(place: Place) -> None:
    key = await place.active_key()
    assert (await place.administrator().delete(f"{KEYS}/{key}")).status_code == 409
    assert (await place.administrator().post(f"{KEYS}/{key}/retire")).json()["state"] == "retired"
    assert (await place.administrator().delete(f"{KEYS}/{key}")).status_code == 204
    assert (await place.administrator().get(f"{KEYS}/{key}")).status_code == 404
    assert (await _actions(place))[-2:] == ["dkim_key.retire", "dkim_key.delete"]


async def test_keys_are_listed_in_pages_by_domain(place: Place) -> None:
    for domain in ("b.example", "a.example", "c.example"):
        await place.key(domain)
    client = place.administrator()
    page = (await client.get(KEYS, params={"limit": 2})).json()
    rest = (await client.get(KEYS, params={"limit": 2, "after": page["next"]})).json()
    assert [item["domain"] for item in page["items"] + rest["items"]] == ["a.example", "b.example", "c.example"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("POST", ""),
        ("GET", "/0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01"),
        ("DELETE", "/0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01"),
        ("POST", "/0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01/check"),
        ("POST", "/0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01/activate"),
        ("POST", "/0193a7c4-5f2e-7cc3-9a58-0c8f3f6d2d01/retire"),
    ],
)
async def test_only_administrators_reach_keys(place: Place, method: str, path: str) -> None:
    others = [place.callers.anonymous(), place.callers.as_account("authorize_jobs"), place.callers.as_service("lui")]
    assert [(await client.request(method, KEYS + path)).status_code for client in others] == [401, 403, 403]
    if path:
        assert (await place.administrator().request(method, KEYS + path)).status_code == 404


async def test_records_are_looked_at_in_the_background(place: Place) -> None:
    key = await place.active_key()
    place.zone.txt.clear()
    none = await service.check_due(place.resources.uow, place.resolver, timedelta(hours=1))
    assert none == 0
    assert await service.check_due(place.resources.uow, place.resolver, timedelta(0)) == 1
    shown = (await place.administrator().get(f"{KEYS}/{key}")).json()
    assert (shown["state"], shown["dns"]["state"]) == ("active", "missing")


async def test_the_keeper_looks_without_being_asked(place: Place) -> None:
    key = await place.key()
    place.publish(key)

    async def none_open(uow: UnitOfWork, delivery_ids: Collection[str]) -> set[str]:
        del uow, delivery_ids
        return set()

    keeper = asyncio.create_task(
        KeyKeeper(place.resources.uow, place.resolver, timedelta(hours=1), none_open).run(), name="keeper"
    )
    client = place.administrator()

    async def is_found() -> bool:
        return bool((await client.get(f"{KEYS}/{key['id']}")).json()["dns"]["state"] == "found")

    try:
        await eventually(is_found)
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
