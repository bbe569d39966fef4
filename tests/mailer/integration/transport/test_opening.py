"""How connections are opened: what is encrypted, what is never said in clear, and how a failure is put into words."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest

from mailer.config import SmtpSettings
from mailer.transport.opening import IMPLICIT_TLS_PORT
from mailer.transport.service import Extensions, GatewayDown, Opener, Patience, Target
from tests.support.certificates import Authority
from tests.support.feeding import Pile, messages
from tests.support.smtp_peer import Peer, a_peer, on
from tests.support.wait import eventually

ENCRYPTED = ["opportunistic", "required", "verified"]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def _opened(peer: Peer, pile: Pile, authority: Authority | None = None, **more: Any) -> None:
    """Send all of the pile to `localhost`, and take leave. Trusts the authority only where the policy asks for it."""
    target = Target(**{"host": "localhost", "port": peer.port, "timeouts": Patience(connect=5), **more})
    connection = await Opener(target, tls=_context(authority, target)).open(pile)
    connection.wake()
    await eventually(lambda: not pile.waiting)
    connection.drain()
    await eventually(lambda: pile.is_closed)


def _context(authority: Authority | None, target: Target) -> ssl.SSLContext | None:
    if authority is None or target.tls != "verified":
        return None
    return authority.client()


async def _refused(peer: Peer, authority: Authority | None = None, **more: Any) -> GatewayDown:
    with pytest.raises(GatewayDown) as down:
        await _opened(peer, Pile.of(messages(1)), authority, **more)
    assert peer.count("MAIL") == 0
    assert b"MAIL" not in peer.clear
    await eventually(lambda: peer.open_connections == 0)
    return down.value


@pytest.mark.parametrize("tls", ENCRYPTED)
async def test_what_is_offered_is_used_and_no_word_of_a_message_is_in_clear(tls: str, authority: Authority) -> None:
    async with a_peer(Peer(starttls=authority.server("localhost"))) as peer:
        pile = Pile.of(messages(200))
        await _opened(peer, pile, authority, tls=tls)
    assert (len(pile.accepted), len(peer.received)) == (200, 200)
    assert peer.count("EHLO") == 2
    assert peer.clear.split() == [b"EHLO", b"localhost", b"STARTTLS"]


@pytest.mark.parametrize("tls", ["required", "verified"])
async def test_a_server_without_starttls_is_no_gateway_when_encryption_is_demanded(
    tls: str, authority: Authority
) -> None:
    async with a_peer() as peer:
        down = await _refused(peer, authority, tls=tls)
    assert down.reason == "it does not offer encryption, and this gateway demands it; nothing was sent"
    assert (down.is_refused_by_configuration, down.step) == (True, "tls")


async def test_opportunistic_goes_on_in_clear_only_when_starttls_is_not_offered(authority: Authority) -> None:
    async with a_peer() as peer:
        pile = Pile.of(messages(1))
        await _opened(peer, pile, tls="opportunistic")
        assert len(pile.accepted) == 1
    refusing = on("STARTTLS", b"454 4.7.0 not now\r\n")
    async with a_peer(Peer(starttls=authority.server("localhost"), script=refusing)) as peer:
        assert (await _refused(peer, tls="opportunistic")).reason == "it answered 454 4.7.0 not now"


@pytest.mark.parametrize("tls", ENCRYPTED)
async def test_a_handshake_that_fails_is_never_followed_by_clear_text(tls: str, authority: Authority) -> None:
    nonsense = on("STARTTLS", b"220 go on\r\n" + b"\x15\x03\x01\x00\x02\x02\x28" * 3, "silence")
    async with a_peer(Peer(features=("PIPELINING", "STARTTLS"), script=nonsense)) as peer:
        down = await _refused(peer, authority, tls=tls, timeouts=Patience(connect=0.5))
    assert down.step == "tls"


@pytest.mark.parametrize("tls", ENCRYPTED)
@pytest.mark.parametrize("fault", ["expired", "wrong name", "unknown authority"])
async def test_a_certificate_must_be_right_only_when_it_is_to_prove_something(
    tls: str, fault: str, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    server, words = {
        "expired": (authority.server("localhost", is_expired=True), "its certificate has expired"),
        "wrong name": (authority.server("mail.elsewhere.test"), "its certificate is not for localhost"),
        "unknown authority": (
            Authority(tmp_path / "other").server("localhost"),
            "its certificate is not signed by an authority that this machine trusts",
        ),
    }[fault]
    async with a_peer(Peer(starttls=server)) as peer:
        if tls == "verified":
            down = await _refused(peer, authority, tls=tls)
            assert (down.reason, down.is_refused_by_configuration, down.step) == (words, True, "tls")
        else:
            pile = Pile.of(messages(1))
            await _opened(peer, pile, authority, tls=tls)
            assert len(pile.accepted) == 1


@pytest.mark.parametrize("tls", ENCRYPTED)
async def test_port_465_is_encrypted_from_the_first_octet(
    tls: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert IMPLICIT_TLS_PORT == 465
    async with a_peer(Peer(tls=authority.server("localhost"))) as peer:
        monkeypatch.setattr("mailer.transport.opening.IMPLICIT_TLS_PORT", peer.port)
        pile = Pile.of(messages(3))
        await _opened(peer, pile, authority, tls=tls)
        assert len(pile.accepted) == 3
        assert peer.clear == b""
    async with a_peer(Peer(tls=authority.server("elsewhere.test"))) as peer:
        monkeypatch.setattr("mailer.transport.opening.IMPLICIT_TLS_PORT", peer.port)
        if tls == "verified":
            assert (await _refused(peer, authority, tls=tls)).reason == "its certificate is not for localhost"


async def test_signing_in(authority: Authority) -> None:
    account = ("sénder", "pässword")
    async with a_peer(Peer(starttls=authority.server("localhost"), account=account)) as peer:
        pile = Pile.of(messages(1))
        await _opened(peer, pile, authority, tls="verified", user=account[0], password=account[1])
        assert len(pile.accepted) == 1
        down = await _refused_account(peer, authority)
    assert down.reason.startswith("it does not accept the user name and password: 535 5.7.8 wrong user name")
    assert (down.is_refused_by_configuration, down.step) == (True, "sign_in")


async def _refused_account(peer: Peer, authority: Authority) -> GatewayDown:
    with pytest.raises(GatewayDown) as down:
        await _opened(peer, Pile(), authority, tls="verified", user="sender", password="guessed")
    return down.value


async def test_a_password_is_never_said_in_clear_unless_that_was_chosen() -> None:
    async with a_peer(Peer(account=("sender", "secret"))) as peer:
        down = await _refused(peer, tls="opportunistic", user="sender", password="secret")
        assert down.reason.startswith("it does not offer encryption, and the password is not said in clear")
        assert (down.is_refused_by_configuration, down.step, peer.count("AUTH")) == (True, "sign_in", 0)
        pile = Pile.of(messages(1))
        await _opened(peer, pile, tls="none", user="sender", password="secret")
        assert len(pile.accepted) == 1


async def test_a_server_that_knows_no_way_to_sign_in_is_said_to() -> None:
    async with a_peer() as peer:
        down = await _refused(peer, tls="none", user="sender", password="secret")
    assert down.reason == "it does not offer a way to sign in that is known here"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (on("connect", b"", "drop"), "it closed the connection"),
        (on("connect", b"554 5.7.1 go away\r\n"), "it answered 554 5.7.1 go away"),
        (on("connect", b"HTTP/1.1 400 Bad Request\r\n"), "what it said is no SMTP"),
        (on("connect", b"\x00\xff\xfe\r\n"), "what it said is no SMTP"),
        (on("connect", b"220 " + b"x" * 1_000_000 + b"\r\n"), "what it said is no SMTP"),
        (on("connect", b"", "silence"), "it does not answer"),
        (on("EHLO", b"421 4.3.2 too busy\r\n", "drop"), "it answered 421 4.3.2 too busy"),
        (on("EHLO", b"250-peer\r\n250-\xff\xfe", "drop"), "it closed the connection"),
    ],
)
async def test_what_keeps_a_connection_from_opening_is_said_in_plain_words(script: Any, words: str) -> None:
    async with a_peer(Peer(script=script)) as peer:
        with pytest.raises(GatewayDown) as down:
            await _opened(peer, Pile.of(messages(1)), tls="none", timeouts=Patience(connect=0.3))
        assert down.value.reason == words
        assert not down.value.is_refused_by_configuration
        await eventually(lambda: peer.open_connections == 0)


async def test_a_port_where_nobody_listens_and_a_name_that_leads_nowhere(unused_tcp_port: int) -> None:
    for host, words in [("127.0.0.1", f"nothing listens on port {unused_tcp_port}"), ("no.such.invalid", "nowhere")]:
        with pytest.raises(GatewayDown, match=words):
            await Opener(Target(host=host, port=unused_tcp_port, tls="none")).open(Pile())


async def test_names_go_over_the_wire_in_ascii() -> None:
    async with a_peer() as peer:
        await _opened(peer, Pile(), tls="none", helo="müller.example")
        assert b"EHLO xn--mller-kva.example" in peer.commands
    for name in ("bad\r\nname", "ü" * 300):
        with pytest.raises(GatewayDown) as down:
            await Opener(Target(host="127.0.0.1", port=peer.port, tls="none", helo=name)).open(Pile())
        assert down.value.is_refused_by_configuration


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        ((), Extensions()),
        (
            ("PIPELINING", "CHUNKING", "SIZE 1000", "8BITMIME", "SMTPUTF8"),
            Extensions(pipelining=True, chunking=True, size=1000, eight_bit=True, smtputf8=True),
        ),
        (("pipelining", "SIZE"), Extensions(pipelining=True, size=0)),
        (("SIZE all-of-it",), Extensions(size=0)),
    ],
)
async def test_what_is_offered_is_understood(features: tuple[str, ...], expected: Extensions) -> None:
    async with a_peer(Peer(features=features)) as peer:
        connection = await Opener(Target(host="127.0.0.1", port=peer.port, tls="none")).open(Pile())
        assert connection.extensions == expected
        connection.abort("seen")


async def test_a_server_of_the_old_school_is_greeted_the_old_way() -> None:
    async with a_peer(Peer(script=on("EHLO", b"502 5.5.1 what\r\n"))) as peer:
        pile = Pile.of(messages(2))
        await _opened(peer, pile, tls="none")
        assert (len(pile.accepted), peer.count("HELO")) == (2, 1)


async def test_giving_up_the_attempt_leaves_nothing_open(caplog: pytest.LogCaptureFixture) -> None:
    async with a_peer(Peer(script=on("EHLO", b"", "silence"))) as peer:
        attempt = asyncio.create_task(Opener(Target(host="127.0.0.1", port=peer.port, tls="none")).open(Pile()))
        await eventually(lambda: peer.count("EHLO") == 1)
        attempt.cancel()
        with pytest.raises(asyncio.CancelledError):
            await attempt
        await eventually(lambda: peer.open_connections == 0)
    assert caplog.records == []


def test_a_target_is_made_of_the_settings_and_keeps_its_password_to_itself() -> None:
    settings = SmtpSettings.model_validate(
        {"host": "mail.test", "port": 587, "tls": "verified", "user": "me", "password": "secret", "dot_seconds": 7}
    )
    target = Target.of(settings)
    assert (target.host, target.port, target.tls, target.user, target.password) == (
        "mail.test",
        587,
        "verified",
        "me",
        "secret",
    )
    assert target.timeouts == Patience(connect=30, command=120, data=120, dot=7)
    assert "secret" not in repr(target)
