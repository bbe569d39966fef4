"""Who signs a delivery is chosen once."""

from collections.abc import Collection

import pytest

from common.ids import new_id
from common.messaging.unit_of_work import UnitOfWork
from mailer.signing import service
from mailer.signing.errors import KeysUnreadable
from tests.support import dkim_verifier
from tests.support.signed import MOMENT
from tests.support.signing import Place

KEYS = "/api/v1/dkim-keys"
HEADERS = b"From: news@news.example.org\r\nTo: ada@example.net\r\nSubject: Hello\r\n"


async def _freeze(place: Place, delivery_id: str, address: str = "news@news.example.org") -> None:
    async with place.resources.uow() as uow:
        await service.freeze_keys(uow, delivery_id, address)


async def _signed(place: Place, delivery_id: str) -> bytes | None:
    async with place.resources.uow.reader() as uow:
        signer = await service.signer_of(uow, delivery_id, place.sealer, at=MOMENT)
    return None if signer is None else signer.sign(HEADERS, b"Hello\r\n")


async def _retire_and_delete(place: Place, key_id: str) -> None:
    client = place.administrator()
    assert (await client.post(f"{KEYS}/{key_id}/retire")).status_code == 200
    assert (await client.delete(f"{KEYS}/{key_id}")).status_code == 204


async def test_both_active_keys_of_the_nearest_domain_sign(place: Place) -> None:
    await place.active_key("example.org", "r1", "rsa-2048")
    await place.active_key("example.org", "e1")
    await place.active_key("example.net", "other")
    await place.key("news.example.org", "pending")
    delivery = new_id()
    await _freeze(place, delivery)
    signed = await _signed(place, delivery)
    assert signed is not None
    message = signed + HEADERS + b"\r\nHello\r\n"
    records = {name: values[0] for name, values in place.zone.txt.items()}
    said = [
        dkim_verifier.verify(message, each, records, dkim_verifier.openssl_check)
        for each in dkim_verifier.signatures_in(message)
    ]
    assert [(each.domain, each.selector, each.identity) for each in said] == [
        ("example.org", "r1", "@news.example.org"),
        ("example.org", "e1", "@news.example.org"),
    ]


async def test_a_delivery_of_a_domain_without_keys_is_not_signed(place: Place) -> None:
    await place.active_key("example.org")
    delivery = new_id()
    await _freeze(place, delivery, "news@example.net")
    assert await _signed(place, delivery) is None


async def test_rotating_and_deleting_changes_no_octet_of_a_delivery_that_began(place: Place) -> None:
    old = await place.active_key("example.org", "old")
    delivery, later = new_id(), new_id()
    await _freeze(place, delivery)
    before = await _signed(place, delivery)
    await place.active_key("example.org", "new")
    client = place.administrator()
    assert (await client.delete(f"{KEYS}/{old}")).status_code == 204
    assert [item["selector"] for item in (await client.get(KEYS)).json()["items"]] == ["new"]
    await _freeze(place, delivery)
    await _freeze(place, later)
    assert await _signed(place, delivery) == before
    assert b"s=new" in (await _signed(place, later) or b"")


async def test_a_deleted_key_goes_when_its_last_delivery_has_ended(place: Place) -> None:
    key = await place.active_key("example.org", "old")
    delivery = new_id()
    await _freeze(place, delivery)
    await _retire_and_delete(place, key)
    ended: set[str] = set()

    async def open_among(_: UnitOfWork, delivery_ids: Collection[str]) -> set[str]:
        return set(delivery_ids) - ended

    async with place.resources.uow() as uow:
        assert await service.remove_deleted(uow, open_among) == 0
    assert await _signed(place, delivery) is not None
    ended.add(delivery)
    async with place.resources.uow() as uow:
        assert await service.remove_deleted(uow, open_among) == 1
    with pytest.raises(KeysUnreadable, match="removed after its end"):
        await _signed(place, delivery)
    await place.active_key("example.org", "new")
    await _freeze(place, delivery)
    assert b"s=new" in (await _signed(place, delivery) or b"")
