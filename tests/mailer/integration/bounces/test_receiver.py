"""Bounces and unsubscribe mails over real SMTP, from friends and from others."""

import asyncio
import smtplib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from common.contracts.mailer import EnvelopeBouncedV1, UnsubscribeReceivedV1
from common.contracts.signed_token import Purpose, TokenKeys
from mailer.bounces.intake import Intake
from mailer.bounces.receiver import BounceReceiver, Place
from tests.support.builders.mailer import FakeLui, RunningMailer, a_mailer, mailer_settings, only
from tests.support.builders.reports import a_dsn, a_vacation
from tests.support.engines import free_port
from tests.support.smtp import a_sink
from tests.support.wait import eventually

Clone = Callable[[str], str]
DEAF = b"From: ann@example.org\r\nSubject: unsubscribe\r\n\r\nplease\r\n"


@asynccontextmanager
async def a_receiving_mailer(url: str) -> AsyncIterator[tuple[RunningMailer, int, TokenKeys]]:
    async with a_sink() as sink, a_mailer(mailer_settings(url, sink.port), FakeLui()) as mailer:
        keys = TokenKeys(mailer.settings.master_keys())
        intake = Intake(mailer.settings, mailer.resources.uow, keys)
        receiver = BounceReceiver(intake, Place("127.0.0.1", free_port()))
        task = asyncio.create_task(receiver.run())
        await eventually(lambda: _answers(receiver.port))
        try:
            yield mailer, receiver.port, keys
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _hand_in(port: int, to: str, message: bytes, sender: str = "") -> int:
    def talk() -> int:
        with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
            client.ehlo()
            client.mail(sender)
            code, _ = client.rcpt(to)
            return client.data(message)[0] if code == 250 else code

    return await asyncio.to_thread(talk)


def _address(keys: TokenKeys, kind: str, ordinal: int, number: int = 1) -> str:
    purpose = Purpose.RETURN_PATH if kind == "b" else Purpose.UNSUBSCRIBE
    return f"{kind}+{keys.mint_local_part(purpose, number, ordinal)}@bounces.test"


async def test_a_bounce_finds_its_envelope_counts_once_and_suppresses_a_dead_mailbox(clone: Clone) -> None:
    async with a_receiving_mailer(clone("mailer")) as (mailer, port, keys):
        delivery_id = await mailer.deliver(mailer.lui.offer())
        await mailer.finished(delivery_id)
        for _ in range(3):
            assert await _hand_in(port, _address(keys, "b", 2).upper(), a_dsn()) == 250
        assert await mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        [fact] = await mailer.stated(EnvelopeBouncedV1)
        assert (fact.ordinal, fact.bounce_class, fact.permanent, fact.enhanced_code) == (
            2,
            "unknown_mailbox",
            True,
            "5.1.1",
        )
        assert [row[0] for row in await mailer.rows("SELECT address FROM mailer.suppressions")] == [
            "person2@example.org"
        ]
        again = await mailer.finished(await mailer.deliver(mailer.lui.offer()))
        assert only(again.counts) == {"sent": 2, "suppressed": 1}


async def test_a_full_mailbox_bounces_and_suppresses_nobody(clone: Clone) -> None:
    async with a_receiving_mailer(clone("mailer")) as (mailer, port, keys):
        delivery_id = await mailer.deliver(mailer.lui.offer())
        await mailer.finished(delivery_id)
        full = a_dsn(status="5.2.2", diagnostic="552 5.2.2 mailbox full")
        await _hand_in(port, _address(keys, "b", 1), full)
        assert await mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        assert await mailer.rows("SELECT 1 FROM mailer.suppressions") == []


@pytest.mark.parametrize(
    "address",
    ["b+" + "a" * 44 + "@bounces.test", "postmaster@bounces.test", "b+x@bounces.test", "anyone@elsewhere.test"],
)
async def test_addresses_we_did_not_make_are_refused(clone: Clone, address: str) -> None:
    async with a_receiving_mailer(clone("mailer")) as (_, port, __):
        assert await _hand_in(port, address, a_dsn()) == 550


async def test_forged_and_misdirected_tokens_change_nothing(clone: Clone) -> None:
    async with a_receiving_mailer(clone("mailer")) as (mailer, port, keys):
        delivery_id = await mailer.deliver(mailer.lui.offer())
        await mailer.finished(delivery_id)
        foreign = TokenKeys([b"x" * 32])
        assert await _hand_in(port, _address(foreign, "b", 1), a_dsn()) == 550
        swapped = "b" + _address(keys, "u", 1)[1:]
        assert await _hand_in(port, swapped, a_dsn()) == 550
        assert await _hand_in(port, _address(keys, "b", 1, number=99), a_dsn()) == 250
        assert await _hand_in(port, _address(keys, "b", 77), a_dsn()) == 250
        assert await _hand_in(port, _address(keys, "b", 1), a_vacation()) == 250
        assert await _hand_in(port, _address(keys, "b", 1), a_dsn(action="delayed", status="4.4.1")) == 250
        assert await mailer.counts(delivery_id) == {"sent": 3}
        assert await mailer.rows("SELECT 1 FROM mailer.suppressions") == []


async def test_an_unsubscribe_mail_suppresses_once_and_is_stated(clone: Clone) -> None:
    async with a_receiving_mailer(clone("mailer")) as (mailer, port, keys):
        delivery_id = await mailer.deliver(mailer.lui.offer())
        await mailer.finished(delivery_id)
        for _ in range(2):
            assert await _hand_in(port, _address(keys, "u", 3), DEAF, "ann@example.org") == 250
        [fact] = await mailer.stated(UnsubscribeReceivedV1)
        assert (fact.delivery_id, fact.ordinal) == (delivery_id, 3)
        assert len(await mailer.rows("SELECT 1 FROM mailer.suppressions")) == 1


async def test_a_mail_systems_report_to_the_unsubscribe_address_unsubscribes_nobody(clone: Clone) -> None:
    async with a_receiving_mailer(clone("mailer")) as (mailer, port, keys):
        await mailer.finished(await mailer.deliver(mailer.lui.offer()))
        assert await _hand_in(port, _address(keys, "u", 3), a_dsn()) == 250
        assert await _hand_in(port, _address(keys, "u", 3), a_vacation(), "ann@example.org") == 250
        assert await mailer.rows("SELECT 1 FROM mailer.suppressions") == []
