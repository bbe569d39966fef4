"""The conversation with a server that was not written for it."""

import asyncio

from aiosmtpd.smtp import SMTP, Envelope, Session

from mailer.transport.service import Opener, Transaction
from tests.support.feeding import Pile, a_target, messages
from tests.support.wait import eventually

LONG = b"Subject: long\r\n\r\n" + (b"x" * 76 + b"\r\n") * 3_000


class Kept:
    """Takes what it is given, but for `refused`."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's names
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("refused"):
            return "550 5.1.1 no"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 2.0.0 taken"


async def test_a_server_of_somebody_else_gets_every_message_as_it_was_composed() -> None:
    kept = Kept()
    sent = [
        *messages(20),
        Transaction(b"", b"refused@people.test", LONG),
        Transaction("übel@sender.test".encode(), "jürgen@people.test".encode(), LONG, needs_smtputf8=True),
        Transaction(b"a@b.test", b'"two words"@people.test', "Subject: x\r\n\r\nüber\r\n".encode(), is_8bit=True),
    ]
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(kept, hostname="other.test", enable_SMTPUTF8=True, ident="other"), "127.0.0.1", 0
    )
    pile = Pile.of(sent)
    connection = await Opener(a_target(server.sockets[0].getsockname()[1])).open(pile)
    connection.wake()
    await eventually(lambda: len(pile.answers) == len(sent))
    connection.drain()
    await eventually(lambda: pile.is_closed)
    server.close()
    await server.wait_closed()
    expected = [(each.rcpt_to.decode(), each.data) for each in sent if not each.rcpt_to.startswith(b"refused")]
    assert [(address.replace("\\", ""), octets) for address, octets in kept.taken] == expected
    assert [answer.reply.code for answer in pile.answers.values()] == [250] * 20 + [550, 250, 250]
