"""Notices carry the signatures of the installation's own address, the same on every attempt."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import dkim  # type: ignore[import-untyped]
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from common.http.access_token import Caller
from mailer.notices.service import open_among
from mailer.sealing import Sealer
from mailer.signing import service
from mailer.signing.schemas import Algorithm, DkimKeyIn
from mailer.worker import open_among as still_needed
from tests.mailer.integration.notices.world import World, a_world, notice_settings
from tests.support import dkim_verifier
from tests.support.http import encode_key
from tests.support.signing import SEALING_KEY
from tests.support.smtp import Fate, Sink, a_sink
from tests.support.wait import eventually

ANNA, BEN = "anna@example.org", "ben@example.org"
Clone = Callable[[str], str]


@asynccontextmanager
async def opened(
    url: str, script: Callable[[str, int], Fate | None] | None = None
) -> AsyncIterator[tuple[World, Sink]]:
    async with a_sink(script) as sink:
        settings = notice_settings(url, sink.port).model_copy(update={"encryption_key": SecretStr(SEALING_KEY)})
        async with a_world(settings) as world:
            yield world, sink


async def active_key(world: World, selector: str, algorithm: Algorithm) -> tuple[str, str]:
    """Name and value of the record of a key that signs for the notice address."""
    by = Caller("a", "ada", None, frozenset(), is_service=False, token="")
    asked = DkimKeyIn(domain="installation.test", selector=selector, algorithm=algorithm)
    async with world.mailer.resources.uow() as uow:
        key = await service.create_key(uow, asked, Sealer.of(world.mailer.settings), by=by)
        await uow.session.execute(text("UPDATE mailer.dkim_keys SET state = 'active' WHERE id = :id"), {"id": key.id})
    return key.record.name, key.record.value


async def execute(world: World, statement: str) -> None:
    async with world.mailer.resources.engine.begin() as connection:
        await connection.execute(text(statement))


async def test_both_signatures_hold_under_two_verifiers(clone: Clone) -> None:
    async with opened(clone("mailer")) as (world, sink):
        records = dict([await active_key(world, "r1", "rsa-2048"), await active_key(world, "e1", "ed25519")])
        assert (await world.settled(await world.ask([ANNA, BEN]))).counts == {"sent": 2}
    assert len(sink.received) == 2

    def record(name: bytes, timeout: int = 5) -> bytes:
        del timeout
        return records[name.decode().rstrip(".")].encode()

    for message in sink.received:
        signatures = dkim_verifier.signatures_in(message.data)
        said = [dkim_verifier.verify(message.data, each, records, dkim_verifier.openssl_check) for each in signatures]
        assert [(each.algorithm, each.domain) for each in said] == [
            ("rsa-sha256", "installation.test"),
            ("ed25519-sha256", "installation.test"),
        ]
        assert all({"from", "to", "subject", "date", "message-id"} <= set(each.covered) for each in said)
        verifier = dkim.DKIM(message.data)
        assert [verifier.verify(idx=number, dnsfunc=record) for number in range(2)] == [True, True]
        with pytest.raises(dkim.ValidationError):
            dkim.DKIM(message.data.replace(b"Opens: 7", b"Opens: 8", 1)).verify(dnsfunc=record)


async def test_without_a_key_nothing_is_signed(clone: Clone) -> None:
    async with opened(clone("mailer")) as (world, sink):
        await world.settled(await world.ask([ANNA]))
    assert b"DKIM-Signature" not in sink.received[0].data


async def test_a_letter_in_doubt_is_sent_again_with_the_same_signature_though_keys_changed(clone: Clone) -> None:
    script = lambda address, number: Fate("after_dot") if number == 1 else None  # noqa: E731, ARG005
    async with opened(clone("mailer"), script) as (world, sink):
        await active_key(world, "old", "rsa-2048")
        notice_id = await world.ask([ANNA])

        async def in_doubt() -> bool:
            await world.loop.once()
            return (await world.states(notice_id)) == {ANNA: "in_doubt"} or bool(sink.received)

        await eventually(in_doubt)
        await execute(world, "UPDATE mailer.dkim_keys SET state = 'retired'")
        await active_key(world, "new", "rsa-2048")
        await world.settled(notice_id)
        await world.settled(await world.ask([BEN]))
    to_anna, to_anna_again, to_ben, to_ben_again = (message.data for message in sink.received)
    assert to_anna == to_anna_again
    assert to_ben == to_ben_again
    assert b"s=old;" in to_anna
    assert b"s=new;" in to_ben


async def test_a_deleted_key_stays_while_a_notice_needs_it_and_no_longer(clone: Clone) -> None:
    async with opened(clone("mailer")) as (world, _):
        await active_key(world, "s1", "ed25519")
        world.held.append("not now")
        notice_id = await world.ask([ANNA])

        async def chosen() -> bool:
            await world.loop.once()
            return bool(await world.mailer.rows("SELECT 1 FROM mailer.dkim_uses"))

        await eventually(chosen)
        await execute(world, "UPDATE mailer.dkim_keys SET state = 'retired', deleted_at = now()")
        async with world.mailer.resources.uow() as uow:
            assert await open_among(uow, [notice_id]) == {notice_id}
            assert await service.remove_deleted(uow, still_needed) == 0
        world.held.clear()
        await world.settled(notice_id)
        assert await world.mailer.rows("SELECT 1 FROM mailer.dkim_uses") == []
        async with world.mailer.resources.uow() as uow:
            assert await service.remove_deleted(uow, still_needed) == 1


@pytest.mark.parametrize("key", [SecretStr(""), SecretStr(encode_key(b"another that seals what is kept.."[:32]))])
async def test_nothing_leaves_unsigned_while_its_key_cannot_be_opened(clone: Clone, key: SecretStr) -> None:
    url = clone("mailer")
    async with opened(url) as (world, _):
        await active_key(world, "s1", "ed25519")
    async with a_sink() as sink:
        settings = notice_settings(url, sink.port).model_copy(update={"encryption_key": key})
        async with a_world(settings) as world:
            notice_id = await world.ask([ANNA])

            async def waits() -> bool:
                await world.loop.once()
                return (await world.states(notice_id)) == {ANNA: "deferred"}

            await eventually(waits)
            [row] = await world.mailer.rows("SELECT problem FROM mailer.notices")
            assert "signing key s1 of installation.test cannot be opened" in row.problem
    assert sink.received == []
