"""What a composed message looks like to servers that see ends of messages where others see none."""

import itertools

import pytest

from common.contracts.signed_token import TokenKeys
from mailer.composing.schemas import ContentDocument
from mailer.composing.service import Composed, Origins, Recipient, Secrets, compile_message
from mailer.transport.service import Transaction
from tests.support.builders.document import a_document
from tests.support.feeding import Pile, connected
from tests.support.smtp_peer import Dialect, Peer, a_peer
from tests.support.wait import eventually

BREAKS = ["\n", "\r", "\r\n"]
ENDS = [f"{before}.{after}" for before, after in itertools.product(BREAKS, BREAKS)]
SECOND = "MAIL FROM:<evil@z.test>\r\nRCPT TO:<x@y.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nbody"
DIALECTS: list[Dialect] = ["strict", "lenient-LF", "lenient-CR"]


def _hostile_messages() -> list[Transaction]:
    values = [f"a{end}{SECOND}{end}{SECOND}" for end in ENDS] + [
        "." * 5,
        ".\r\n.",
        "\x0b.\x0c",
        "\u2028.\u2029",
        "\x85.\x85",
    ]
    document = ContentDocument.model_validate(
        a_document(
            subject="Hello",
            name_column=None,
            html=f"<html><body><p>{{{{ NAME }}}}</p>\n.\n..\n<pre>{ENDS[0]}{SECOND}{ENDS[4]}</pre></body></html>",
            text=f"{{{{ NAME }}}}\n.\n..x\n{ENDS[1]}{SECOND}{ENDS[8]}",
        )
    )
    origins = Origins("http://track.test", "http://pages.test", "bounces.test")
    message = compile_message(document, Secrets(b"m" * 32, b"p" * 32), origins, TokenKeys([b"k" * 32]))
    people = [Recipient(n, f"p{n}@people.test", [f"p{n}@people.test", value]) for n, value in enumerate(values, 1)]
    made = message.compose_batch(people, message.tokens(people))
    good = [each for each in made if isinstance(each, Composed)]
    assert len(good) >= len(ENDS)
    return [Transaction(each.mail_from.encode(), each.rcpt_to.encode(), each.data) for each in good]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("features", [("8BITMIME",), ("PIPELINING",), ("PIPELINING", "CHUNKING")], ids=len)
async def test_every_dialect_sees_the_same_messages_and_nothing_between_them(
    dialect: Dialect, features: tuple[str, ...]
) -> None:
    sent = _hostile_messages()
    async with a_peer(Peer(features=features, dialect=dialect)) as peer:
        pile = Pile.of(sent)
        connection = await connected(peer, pile, chunking=True)
        await eventually(lambda: len(pile.answers) == len(sent))
        connection.drain()
        await eventually(lambda: pile.is_closed)
    assert [(each.rcpt_to, each.octets) for each in peer.received] == [(each.rcpt_to, each.data) for each in sent]
    assert {verb: peer.count(verb) for verb in ("MAIL", "RCPT")} == {"MAIL": len(sent), "RCPT": len(sent)}
    assert len(peer.verbs) == 3 * len(sent) + peer.count("RSET")
