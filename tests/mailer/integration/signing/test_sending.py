"""What leaves is signed, and the same octets on every attempt."""

from collections.abc import Callable

from pydantic import SecretStr
from sqlalchemy import text

from common.http.access_token import Caller
from mailer.config import MailerSettings
from mailer.sealing import Sealer
from mailer.signing import service
from mailer.signing.schemas import Algorithm, DkimKeyIn
from tests.support import dkim_verifier
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, an_audience, mailer_settings, only
from tests.support.signing import SEALING_KEY
from tests.support.smtp import Fate, a_sink
from tests.support.wait import eventually

Clone = Callable[[str], str]


def _settings(url: str, port: int) -> MailerSettings:
    return mailer_settings(url, port).model_copy(update={"encryption_key": SecretStr(SEALING_KEY)})


async def _active(mailer: RunningMailer, selector: str, algorithm: Algorithm) -> tuple[str, str]:
    """Name and value of the record of a key that signs for sender.example."""
    by = Caller("a", "ada", None, frozenset(), is_service=False, token="")
    asked = DkimKeyIn(domain="sender.example", selector=selector, algorithm=algorithm)
    async with mailer.resources.uow() as uow:
        key = await service.create_key(uow, asked, Sealer.of(mailer.settings), by=by)
        await uow.session.execute(text("UPDATE mailer.dkim_keys SET state = 'active' WHERE id = :id"), {"id": key.id})
    return key.record.name, key.record.value


async def test_both_signatures_hold_for_what_arrives_and_cover_leaving_the_list(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(6)
    async with a_sink() as sink, a_mailer(_settings(clone("mailer"), sink.port), lui) as mailer:
        records = dict([await _active(mailer, "r1", "rsa-2048"), await _active(mailer, "e1", "ed25519")])
        sender = {"address": "news@news.sender.example", "name": "News", "bounces": {"mode": "automatic"}}
        end = await mailer.finished(await mailer.deliver(lui.offer(audience, sender=sender)))
        assert only(end.counts) == {"sent": 6}
    for message in sink.received:
        signatures = dkim_verifier.signatures_in(message.data)
        said = [dkim_verifier.verify(message.data, each, records, dkim_verifier.openssl_check) for each in signatures]
        assert [each.algorithm for each in said] == ["rsa-sha256", "ed25519-sha256"]
        for each in said:
            assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(each.covered)
        unsubscribe = [field for name, field in dkim_verifier.fields_of(message.data)[0] if name.startswith("list-un")]
        assert len(unsubscribe) == 2
        assert not [field for field in unsubscribe if b"=?" in field]


async def test_a_repeated_message_is_signed_to_the_octet_alike_though_keys_changed_meanwhile(clone: Clone) -> None:
    lui, audience = FakeLui(), an_audience(2)
    script = lambda address, number: Fate("after_dot") if number == 1 else None  # noqa: E731, ARG005
    async with a_sink(script) as sink, a_mailer(_settings(clone("mailer"), sink.port), lui) as mailer:
        await _active(mailer, "old", "rsa-2048")
        delivery_id = await mailer.deliver(lui.offer(audience))
        await mailer.finished(delivery_id)
        async with mailer.resources.engine.begin() as connection:
            await connection.execute(text("UPDATE mailer.dkim_keys SET state = 'retired'"))
        await _active(mailer, "new", "rsa-2048")
        second = await mailer.deliver(lui.offer(an_audience(1)))
        await mailer.finished(second)
    copies = [message.data for message in sink.received if b"s=old;" in message.data]
    assert len(copies) == 4
    assert len(set(copies)) == 2
    assert [b"s=new;" in message.data for message in sink.received] == [False] * 4 + [True]


async def test_nothing_leaves_unsigned_while_its_key_cannot_be_opened(clone: Clone) -> None:
    lui, url = FakeLui(), clone("mailer")
    async with a_sink() as sink:
        async with a_mailer(_settings(url, sink.port), lui, sends=False) as mailer:
            await _active(mailer, "s1", "ed25519")
        async with a_mailer(mailer_settings(url, sink.port), lui) as mailer:
            delivery_id = await mailer.deliver(lui.offer(an_audience(3)))

            async def waits() -> bool:
                said = "SELECT waiting_for FROM mailer.delivery_progress WHERE delivery_id = :id"
                return [
                    row for row in await mailer.rows(said, id=delivery_id) if "MAILER_ENCRYPTION_KEY" in str(row[0])
                ] != []

            await eventually(waits)
            assert sink.received == []
        async with a_mailer(_settings(url, sink.port), lui) as mailer:
            await mailer.finished(delivery_id)
    assert [b"DKIM-Signature" in message.data for message in sink.received] == [True] * 3
