"""mailer looks at a mailing before it is authorized."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from common.contracts.mailer import DeliveryState
from mailer.sealing import Sealer
from tests.support.builders.document import a_document
from tests.support.builders.mailer import FakeLui, a_mailer, an_audience, mailer_settings
from tests.support.signing import Place, a_place
from tests.support.smtp import a_sink


@pytest.fixture
async def place(clone: Callable[[str], str]) -> AsyncIterator[Place]:
    async with a_place(clone("mailer")) as found:
        found.zone.txt["bounces.test"] = ["v=spf1 -all"]
        found.zone.txt["_dmarc.example.org"] = ["v=DMARC1; p=none"]
        yield found


async def looked_at(place: Place, **changes: Any) -> dict[str, Any]:
    """Codes of problems and warnings, with their details."""
    body = a_document(**{"sender": {"address": "news@example.org"}, **changes})
    answer = await place.callers.as_service("lui").post("/internal/v1/preflight", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def codes(found: dict[str, Any]) -> tuple[list[str], list[str]]:
    return tuple([each["code"] for each in found[kind]] for kind in ("problems", "warnings"))  # type: ignore[return-value]


async def test_a_signed_mailing_of_a_domain_in_order_is_not_in_anybodys_way(place: Place) -> None:
    await place.active_key()
    await place.active_key(selector="r1", algorithm="rsa-2048")
    assert codes(await looked_at(place)) == ([], [])
    assert codes(await looked_at(place, sender={"address": "x@below.example.org"})) == ([], [])


async def test_a_key_whose_record_is_gone_or_another_is_in_the_way(place: Place) -> None:
    await place.active_key()
    name = "s1._domainkey.example.org"
    place.zone.txt[name] = ["v=DMARC1"]
    found = await looked_at(place)
    assert codes(found) == (["dkim_missing"], [])
    assert found["problems"][0]["can_override"] is True
    assert name in found["problems"][0]["detail"]
    place.zone.txt[name] = ["v=DKIM1; k=ed25519; p=AAAA"]
    assert codes(await looked_at(place)) == (["dkim_mismatch"], [])


async def test_a_record_that_forbids_senders_below_its_domain_is_in_their_way_only(place: Place) -> None:
    await place.active_key()
    name = "s1._domainkey.example.org"
    place.zone.txt[name] = [f"{place.zone.txt[name][0]}; t=s"]
    assert codes(await looked_at(place)) == ([], [])
    assert codes(await looked_at(place, sender={"address": "x@below.example.org"})) == (["dkim_mismatch"], [])


async def test_silence_is_in_nobodys_way(place: Place) -> None:
    await place.active_key()
    place.zone.silent = True
    problems, warnings = codes(await looked_at(place))
    assert problems == []
    assert sorted(warnings) == ["dkim_unknown", "dmarc_unknown", "spf_unknown"]


async def test_a_domain_without_a_key_is_left_to_the_gateway(place: Place) -> None:
    assert codes(await looked_at(place)) == ([], ["dkim_no_key"])
    await place.key()
    assert codes(await looked_at(place)) == ([], ["dkim_no_key"])


async def test_keys_that_cannot_be_opened_are_in_the_way_and_nobody_can_override_that(place: Place) -> None:
    key = await place.active_key()
    async with place.resources.engine.begin() as connection:
        await connection.execute(
            text("UPDATE mailer.dkim_keys SET sealed_private_key = :sealed WHERE id = :id"),
            {"sealed": Sealer([b"x" * 32]).seal(b"x", purpose="y"), "id": key},
        )
    (problem,) = (await looked_at(place))["problems"]
    assert (problem["code"], problem["can_override"]) == ("dkim_key_unreadable", False)
    assert "MAILER_ENCRYPTION_KEY" in problem["detail"]


async def test_content_with_a_mistake_is_in_the_way(place: Place) -> None:
    (problem,) = (await looked_at(place, html="<p>{{ NAME </p>"))["problems"]
    assert (problem["code"], problem["can_override"]) == ("content_invalid", False)


@pytest.mark.parametrize("has_file", [True, False])
async def test_what_no_gateway_takes_is_in_the_way_and_nobody_can_override_that(place: Place, has_file: bool) -> None:  # noqa: FBT001
    async with place.resources.engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO mailer.gateway_states (gateway_id, max_size, size_seen_at) VALUES ('default', 50000, :now)"
            ),
            {"now": datetime.now(UTC)},
        )
    file = {
        "file_name": "a.pdf",
        "content_type": "application/pdf",
        "size": 40_000,
        "sha256": "0" * 64,
        "content_id": None,
    }
    found = await looked_at(place, attachments=[file] if has_file else [])
    assert codes(found)[0] == (["message_too_large"] if has_file else [])


async def test_records_are_looked_for_where_failures_go_back_to(place: Place) -> None:
    sender = {"address": "news@example.org", "bounces": {"mode": "address", "address": "back@example.net"}}
    assert codes(await looked_at(place, sender=sender))[1] == ["dkim_no_key", "spf_missing"]
    assert "example.net TXT" in place.zone.asked


async def test_only_lui_asks(place: Place) -> None:
    for client in (place.callers.anonymous(), place.administrator(), place.callers.as_service("tracker")):
        assert (await client.post("/internal/v1/preflight", json=a_document())).status_code in {401, 403}


async def test_a_delivery_that_no_gateway_takes_fails_before_its_first_envelope(clone: Callable[[str], str]) -> None:
    lui = FakeLui()
    async with a_sink() as sink, a_mailer(mailer_settings(clone("mailer"), sink.port), lui) as mailer:
        async with mailer.resources.engine.begin() as connection:
            said = "INSERT INTO mailer.gateway_states (gateway_id, max_size) VALUES ('default', 500)"
            await connection.execute(text(said))
        end = await mailer.finished(await mailer.deliver(lui.offer(an_audience(3))))
        assert end.state is DeliveryState.FAILED
        assert "the gateway takes at most 500" in (end.reason or "")
        assert sink.commands == []
