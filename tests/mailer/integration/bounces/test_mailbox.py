"""Reports out of an IMAP mailbox: each once, whatever breaks."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from mailer.bounces.intake import Intake
from mailer.bounces.mailbox.poller import MailboxPoller
from mailer.config import ImapSettings
from tests.support.builders.coming_back import Returns, returns
from tests.support.builders.reports import a_complaint, a_dsn, a_plain_mail, a_vacation
from tests.support.certificates import Authority
from tests.support.imap import MailServer, a_mail_server

Clone = Callable[[str], str]


def _poller(world: Returns, server: MailServer, **changes: Any) -> MailboxPoller:
    given = {
        "host": "127.0.0.1", "port": server.port, "tls": "none", "user": "bounces", "password": "secret",
        "timeout_seconds": 2.0, **changes,
    }  # fmt: skip
    imap = ImapSettings.model_validate(given)
    settings = world.mailer.settings.model_copy(
        update={"bounces": world.mailer.settings.bounces.model_copy(update={"imap": imap})}
    )
    return MailboxPoller(Intake(settings, world.mailer.resources.uow, world.keys), imap)


@asynccontextmanager
async def _world(url: str, **server: Any) -> AsyncIterator[tuple[Returns, MailServer, str]]:
    async with returns(url) as world, a_mail_server(**server) as mailbox:
        yield world, mailbox, await world.deliver()


def _returned(world: Returns, ordinal: int) -> str:
    return f"Return-Path: <{world.return_path(ordinal)}>\r\nSubject: Hello"


async def test_messages_are_taken_in_once_and_marked_as_seen(clone: Clone) -> None:
    async with _world(clone("mailer")) as (world, mailbox, delivery_id):
        mailbox.put(f"Delivered-To: {world.return_path(1)}\r\n".encode() + a_dsn())
        mailbox.put(a_complaint(returned=_returned(world, 2)))
        mailbox.put(f"To: {world.return_path(3)}\r\n".encode() + a_vacation())
        poller = _poller(world, mailbox)
        assert await poller.visit() is None
        assert await world.mailer.counts(delivery_id) == {"sent": 1, "bounced": 1, "complained": 1}
        assert [each.flags for each in mailbox.folders["INBOX"]] == [{"\\Seen"}] * 3
        mailbox.commands.clear()
        assert await poller.visit() is None
        assert "UID FETCH" not in mailbox.commands


@pytest.mark.parametrize("can_move", [True, False])
async def test_messages_are_moved_when_a_folder_for_them_is_named(clone: Clone, *, can_move: bool) -> None:
    async with _world(clone("mailer"), can_move=can_move) as (world, mailbox, _):
        for ordinal in (1, 2):
            mailbox.put(f"To: {world.return_path(ordinal)}\r\n".encode() + a_dsn())
        assert await _poller(world, mailbox, done_folder="Done", batch=1).visit() is None
        assert mailbox.folders["INBOX"] == []
        assert len(mailbox.folders["Done"]) == 2


async def test_an_unsubscribe_mail_in_the_mailbox_unsubscribes(clone: Clone) -> None:
    async with _world(clone("mailer")) as (world, mailbox, _):
        head = f"Return-Path: <ann@example.org>\r\nTo: <{world.unsubscribe_address(3)}>\r\n".encode()
        mailbox.put(head + a_plain_mail())
        mailbox.put(f"Return-Path: <>\r\nTo: {world.unsubscribe_address(2)}\r\n".encode() + a_plain_mail())
        assert await _poller(world, mailbox).visit() is None
        assert await world.suppressed() == [("person3@example.org", "unsubscribe")]


async def test_a_connection_lost_after_the_commit_takes_nothing_in_twice(clone: Clone) -> None:
    async with _world(clone("mailer")) as (world, mailbox, delivery_id):
        mailbox.put(f"To: {world.return_path(1)}\r\n".encode() + a_dsn())
        mailbox.drop_at = "UID STORE"
        problem = await _poller(world, mailbox).visit()
        assert problem is not None
        mailbox.drop_at = None
        mailbox.validity = 2  # the mailbox was restored: its numbers mean nothing any more
        assert await _poller(world, mailbox).visit() is None
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}
        assert len(await world.mailer.rows("SELECT 1 FROM mailer.outbox WHERE subject LIKE '%bounced%'")) == 1


async def test_too_large_a_message_is_put_aside_and_the_rest_goes_on(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailer.bounces.mailbox.session.MAX_MESSAGE", 20_000)
    async with _world(clone("mailer")) as (world, mailbox, delivery_id):
        mailbox.put(b"Subject: large\r\n\r\n" + b"x" * 30_000)
        mailbox.put(f"To: {world.return_path(1)}\r\n".encode() + a_dsn())
        assert await _poller(world, mailbox).visit() is None
        assert len(mailbox.folders["Quarantine"]) == 1
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}


async def test_a_wrong_password_and_a_missing_folder_are_said_in_words(clone: Clone) -> None:
    async with _world(clone("mailer")) as (world, mailbox, _):
        where = f"127.0.0.1:{mailbox.port}"
        wrong = await _poller(world, mailbox, password="guess").visit()
        assert wrong == f"{where} refused the user name or the password"
        missing = await _poller(world, mailbox, folder="Nowhere").visit()
        assert missing is not None
        assert "guess" not in missing


async def test_a_silent_server_costs_no_more_than_its_time_limit(clone: Clone) -> None:
    async with _world(clone("mailer"), is_silent=True) as (world, mailbox, _):
        problem = await _poller(world, mailbox, timeout_seconds=0.3).visit()
        assert problem == f"127.0.0.1:{mailbox.port} did not answer within 0.3 s"


async def test_without_starttls_nothing_is_sent_in_clear(clone: Clone) -> None:
    async with _world(clone("mailer")) as (world, mailbox, _):
        problem = await _poller(world, mailbox, tls="starttls").visit()
        assert problem is not None
        assert "nothing is sent in clear" in problem
        assert "LOGIN" not in mailbox.commands


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
async def test_the_certificate_must_be_one_that_is_trusted_and_for_the_host(
    clone: Clone, tmp_path: Path, tls: str
) -> None:
    authority, trusted = Authority(tmp_path), tmp_path / "trusted.pem"
    trusted.write_bytes(authority._certificate.public_bytes(Encoding.PEM))
    async with returns(clone("mailer")) as world:
        for host, is_trusted in (("localhost", True), ("elsewhere.example", False)):
            offers = tls == "starttls"
            async with a_mail_server(
                implicit_tls=not offers, tls=authority.server(host), offers_starttls=offers
            ) as mailbox:
                poller = _poller(world, mailbox, host="localhost", tls=tls, ca_file=trusted)
                problem = await poller.visit()
                assert (problem is None) is is_trusted, problem
                assert mailbox.logins == int(is_trusted)


async def test_two_processes_never_empty_the_mailbox_at_once(clone: Clone) -> None:
    async with _world(clone("mailer")) as (world, mailbox, _):
        assert await _poller(world, mailbox).visit() is None
        mailbox.commands.clear()
        await world.execute(
            "UPDATE mailer.bounce_sources SET leased_by = 'another', leased_until = now() + interval '1 minute'"
        )
        assert await _poller(world, mailbox).visit() is None
        assert mailbox.commands == []
