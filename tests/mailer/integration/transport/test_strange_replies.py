"""Replies that no server should give end the connection at most, and are attributed to nobody else."""

import pytest

from mailer.transport.service import Patience, Reply
from tests.support.builders.conversing import MODES, PIPELINED, sent_over
from tests.support.feeding import Pile, connected, messages
from tests.support.smtp_peer import Peer, Script, a_peer, on
from tests.support.wait import eventually


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\xff\r\n",
        b"25\r\n",
        b"2500 x\r\n",
        b"199 x\r\n",
        b"x" * 1_000_000,
        b"250 " + b"x" * 1_000_000 + b"\r\n",
        b"250-x\r\n" * 20_000,
        b"250-x\r\n251 y\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"\r\n",
    ],
    ids=range(10),
)
@pytest.mark.parametrize(("verb", "in_doubt"), [("MAIL", False), (".", True)])
async def test_garbage_ends_the_connection_and_nothing_else(garbage: bytes, verb: str, *, in_doubt: bool) -> None:
    async with a_peer(Peer(script=on(verb, garbage))) as peer:
        pile = Pile.of(messages(1))
        await connected(peer, pile)
        await eventually(lambda: pile.is_closed)
    assert pile.answers == {}
    assert [each.in_doubt for each in pile.breaks.values()] == [in_doubt]


async def test_a_reply_may_hold_any_octet_and_is_kept_readable() -> None:
    async with a_peer(Peer(script=on(".", b"250-2.0.0 first\r\n250 \x00\xff\x1b[31m caf\xc3\xa9\r\n"))) as peer:
        pile = Pile.of(messages(1))
        await sent_over(peer, pile)
    assert pile.answers[b"1@people.test"].reply == Reply(250, "2.0.0 first  \ufffd [31m café")


@MODES
async def test_replies_in_single_octets_are_read_exactly(features: tuple[str, ...]) -> None:
    script: Script = lambda turn: (  # noqa: E731
        on(".", b"250-2.0.0 one\r\n250-two\r\n250 three\r\n")(turn) or on("RCPT", b"250-a\r\n250 b\r\n")(turn)
    )
    async with a_peer(Peer(features=features, script=script, segment=1)) as peer:
        pile = Pile.of(messages(5))
        await sent_over(peer, pile)
    assert [answer.reply for answer in pile.answers.values()] == [Reply(250, "2.0.0 one two three")] * 5


@pytest.mark.parametrize("early", [b"250 taken\r\n", b"250", b"554 no\r\n", b"354 go on\r\n"])
async def test_an_answer_before_the_end_of_the_message_is_not_taken_for_the_answer_to_it(early: bytes) -> None:
    async with a_peer(Peer(script=on("DATA", b"354 go on\r\n" + early))) as peer:
        pile = Pile.of(messages(1))
        await connected(peer, pile)
        await eventually(lambda: pile.is_closed)
        assert peer.received == []
    assert pile.accepted == []
    assert [each.in_doubt for each in pile.breaks.values()] == ([] if early.startswith(b"554") else [False])


@pytest.mark.parametrize(
    ("verb", "said", "in_doubt"),
    [
        ("MAIL", b"354 go on\r\n", False),
        ("RCPT", b"250 ok\r\n250 one too many\r\n", False),
        ("DATA", b"250 what\r\n", False),
        (".", b"354 more\r\n", True),
        (".", b"250 ok\r\n250 again\r\n", False),
    ],
)
async def test_replies_out_of_step_are_never_attributed(verb: str, said: bytes, *, in_doubt: bool) -> None:
    async with a_peer(Peer(features=PIPELINED, script=on(verb, said))) as peer:
        pile = Pile.of(messages(2))
        await connected(peer, pile)
        await eventually(lambda: pile.is_closed)
    assert pile.breaks
    assert {each.in_doubt for each in pile.breaks.values()} == {in_doubt, False} - ({True} if not in_doubt else set())
    assert len(pile.accepted) <= len(peer.received)


async def test_a_server_that_refuses_to_begin_afresh_is_left() -> None:
    script: Script = lambda turn: on("RCPT", b"550 no\r\n")(turn) or on("RSET", b"500 what\r\n")(turn)  # noqa: E731
    async with a_peer(Peer(features=PIPELINED, script=script)) as peer:
        pile = Pile.of(messages(2))
        await connected(peer, pile)
        await eventually(lambda: pile.is_closed)
    assert pile.codes == [("RCPT", 550)]
    assert not pile.breaks[b"2@people.test"].in_doubt


@pytest.mark.parametrize(
    ("verb", "patience", "in_doubt"),
    [("MAIL", Patience(command=0.2), False), (".", Patience(dot=0.2), True)],
)
async def test_a_silent_server_is_left_after_the_phases_time(verb: str, patience: Patience, *, in_doubt: bool) -> None:
    async with a_peer(Peer(script=on(verb, b"", "silence"))) as peer:
        pile = Pile.of(messages(1))
        await connected(peer, pile, patience=patience)
        await eventually(lambda: pile.is_closed)
    assert pile.closings == ["the server did not answer in time"]
    assert [each.in_doubt for each in pile.breaks.values()] == [in_doubt]


async def test_a_server_that_trickles_half_a_reply_is_left_too() -> None:
    async with a_peer(Peer(script=on("MAIL", b"250-" + b"x" * 200 + b"\r\n" * 50), segment=1)) as peer:
        pile = Pile.of(messages(1))
        await connected(peer, pile, patience=Patience(command=0.3))
        await eventually(lambda: pile.is_closed)
    assert pile.accepted == []


@MODES
async def test_after_so_many_messages_a_connection_takes_leave(features: tuple[str, ...]) -> None:
    async with a_peer(Peer(features=features)) as peer:
        pile = Pile.of(messages(10))
        await connected(peer, pile, messages_per_connection=4, chunking=True)
        await eventually(lambda: pile.is_closed)
        assert (len(pile.accepted), len(pile.waiting), pile.closings) == (4, 6, [None])
        assert peer.count("QUIT") == 1
