"""No address, and nothing else that a transaction holds, changes the number of commands."""

import asyncio
import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mailer.transport.connection import Connection
from mailer.transport.service import Extensions, Target, Transaction, Watchdog
from tests.support.feeding import BODY, Pile
from tests.support.smtp_model import ModelServer, ModelTransport

OFFERS = [
    Extensions(),
    Extensions(pipelining=True, size=1_000, smtputf8=True, eight_bit=True),
    Extensions(pipelining=True, chunking=True, smtputf8=True),
]
_LINE = re.compile(rb"\r\n|\r|\n")
hostile = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(
        lambda start, evil, end: start + evil + end,
        st.sampled_from([b"", b"a", b"a@b.test", b'"a', b'"a" b', b"a>", b"<a", b"a@[", b"a@b> SIZE=1"]),
        st.sampled_from(
            [b"\r\n", b"\n", b"\r", b"\0", b">\r\nRCPT TO:<x@y.test", b" ", b">", b"<", b'"', b"\\", b"\x85"]
        ),
        st.sampled_from([b"", b"@b.test", b">", b'"@b.test', b"DATA\r\n.\r\n", b"]", b"@[1.2.3.4]"]),
    ),
)
good = st.sampled_from([b"ann@example.org", b'"ann lee"@example.org', b"a.b+c=d@[192.0.2.1]", b"o'neil!#$%@x.test"])


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.mark.parametrize("offered", OFFERS, ids=["plain", "pipelined", "chunked"])
@settings(max_examples=300, deadline=None)
@given(sender=st.one_of(hostile, good, st.just(b"")), recipient=st.one_of(hostile, good))
@example(sender=b"a@b.test", recipient=b"x@y.test>\r\nRSET\r\nMAIL FROM:<evil@z.test")
@example(sender=b'"\r\nDATA"@b.test', recipient=b"x@y.test")
@example(sender=b"a@b.test", recipient=b'"a\\\r"@y.test')
@example(sender=b"a@b.test> BODY=8BITMIME", recipient=b"x@y.test> NOTIFY=NEVER")
@example(sender=b"@", recipient=b"@b.test")
def test_a_transaction_is_its_three_commands_or_none(
    loop: asyncio.AbstractEventLoop, offered: Extensions, sender: bytes, recipient: bytes
) -> None:
    async def send() -> tuple[Pile, ModelServer, bytes]:
        server, pile = ModelServer(), Pile.of([Transaction(sender, recipient, BODY)])
        connection = Connection(pile, Target("model", chunking=True), offered, Watchdog())
        connection.connection_made(ModelTransport(server))
        connection.wake()
        written = bytearray()
        while server.heard or server.said:
            written += server.heard
            while server.work():
                pass
            said = bytes(server.said)
            server.said.clear()
            connection.data_received(said)
        connection.abort("done")
        return pile, server, bytes(written)

    pile, server, written = loop.run_until_complete(send())
    (answer,) = pile.answers.values()
    if not answer.is_accepted:
        assert (server.commands, written) == ([], b"")
        assert answer.reply.text.endswith("; not sent")
        return
    end = b"DATA" if not offered.chunking else b"BDAT %d LAST" % len(BODY)
    mail, rcpt, last = server.commands
    assert mail.startswith(b"MAIL FROM:<%b>" % sender)
    assert (rcpt, last) == (b"RCPT TO:<%b>" % recipient, end)
    assert len(_LINE.findall(written)) == 3 + BODY.count(b"\r\n") + (0 if offered.chunking else 1)
    assert server.accepted == [(recipient, BODY)]


@pytest.mark.parametrize(
    "address", [b"ann@example.org", b'"ann lee"@example.org', b"a.b+c=d@[192.0.2.1]", b"x!y%z@q.test"]
)
def test_what_the_grammar_allows_is_sent(loop: asyncio.AbstractEventLoop, address: bytes) -> None:
    async def send() -> list[tuple[bytes, bytes]]:
        server, pile = ModelServer(), Pile.of([Transaction(address, address, BODY)])
        connection = Connection(pile, Target("model"), Extensions(pipelining=True), Watchdog())
        connection.connection_made(ModelTransport(server))
        connection.wake()
        for _ in range(2):
            while server.work():
                pass
            connection.data_received(bytes(server.said))
            server.said.clear()
        connection.abort("done")
        return server.accepted

    assert loop.run_until_complete(send()) == [(address, BODY)]


@pytest.mark.parametrize("address", [b"", b"@", b"@b.test", b"a@", b"a", b"a" * 310 + b"@example.org", b"a@b@c.test"])
def test_what_is_no_address_is_refused_here(loop: asyncio.AbstractEventLoop, address: bytes) -> None:
    async def send() -> Pile:
        server, pile = ModelServer(), Pile.of([Transaction(b"", address, BODY)])
        connection = Connection(pile, Target("model"), Extensions(pipelining=True), Watchdog())
        connection.connection_made(ModelTransport(server))
        connection.wake()
        assert not server.heard
        connection.abort("done")
        return pile

    assert loop.run_until_complete(send()).codes == [("RCPT", 553)]
