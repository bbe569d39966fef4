"""Conversations with servers of every temper, over real sockets and both event loops."""

import asyncio

import pytest

from mailer.transport.service import Connection, Opener, Transaction
from tests.support.builders.conversing import CHUNKED, LONG, MODES, PIPELINED, sent_over
from tests.support.feeding import BODY, Pile, a_target, connected, messages
from tests.support.smtp_peer import Act, Peer, Turn, a_peer, on
from tests.support.wait import eventually


@MODES
async def test_many_messages_arrive_whole_over_one_connection(features: tuple[str, ...]) -> None:
    sent = [*messages(30), *[Transaction(b"", b"long%d@people.test" % n, LONG) for n in range(3)]]
    async with a_peer(Peer(features=features)) as peer:
        pile = Pile.of(sent)
        connection = await sent_over(peer, pile)
        assert connection.message_count == 33
    assert pile.accepted == [each.rcpt_to for each in sent]
    assert [(each.rcpt_to, each.octets) for each in peer.received] == [(each.rcpt_to, each.data) for each in sent]
    assert (peer.connection_count, pile.closings) == (1, [None])


async def test_a_message_costs_one_write_and_one_round_trip() -> None:
    async with a_peer(Peer(features=PIPELINED, delay=0.02)) as peer:
        pile = Pile.of(messages(10))
        started = asyncio.get_running_loop().time()
        await sent_over(peer, pile)
        assert asyncio.get_running_loop().time() - started < 10 * 0.02 * 2
    assert peer.verbs == ["MAIL", "RCPT", "DATA"] * 10


async def test_parameters_are_given_when_offered_and_needed() -> None:
    plain = Transaction(b"a@b.test", b"1@people.test", BODY)
    eight = Transaction(b"a@b.test", b"2@people.test", BODY, is_8bit=True)
    foreign = Transaction(b"a@b.test", "jürgen@people.test".encode(), BODY, needs_smtputf8=True)
    async with a_peer(Peer(features=("PIPELINING", "8BITMIME", "SMTPUTF8"))) as peer:
        await sent_over(peer, Pile.of([plain, eight, foreign]))
    mails = [command for command in peer.commands if command.startswith(b"MAIL")]
    assert mails == [
        b"MAIL FROM:<a@b.test>",
        b"MAIL FROM:<a@b.test> BODY=8BITMIME",
        b"MAIL FROM:<a@b.test> SMTPUTF8",
    ]
    async with a_peer(Peer(features=PIPELINED)) as peer:
        await sent_over(peer, Pile.of([plain]))
    assert b"MAIL FROM:<a@b.test> SIZE=%d" % len(BODY) in peer.commands


async def test_what_the_server_does_not_offer_is_refused_without_asking_it() -> None:
    pile = Pile.of(
        [
            Transaction(b"a@b.test", "jürgen@people.test".encode(), BODY, needs_smtputf8=True),
            Transaction(b"a@b.test", "grün@people.test".encode(), BODY),
            Transaction(b"a@b.test", b"8@people.test", BODY, is_8bit=True),
            Transaction(b"a@b.test", b"big@people.test", LONG),
            *messages(1),
        ]
    )
    async with a_peer(Peer(features=("PIPELINING", "SIZE 1000"))) as peer:
        await sent_over(peer, pile)
    assert [answer.reply.text[:5] for answer in pile.answers.values()] == ["5.6.7", "5.6.7", "5.6.3", "5.3.4", "2.0.0"]
    assert peer.verbs == ["MAIL", "RCPT", "DATA"]


async def test_a_crowd_that_cannot_work_does_not_hold_up_the_loop() -> None:
    pile = Pile.of([Transaction(b"a@b.test", b"%d no address" % n, BODY) for n in range(500)] + messages(1))
    async with a_peer() as peer:
        await sent_over(peer, pile)
    assert len(pile.answers) == 501
    assert len(peer.received) == 1


@MODES
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("code", [450, 550])
async def test_a_refusal_is_told_to_the_one_it_is_meant_for_and_the_others_arrive(
    features: tuple[str, ...], verb: str, code: int
) -> None:
    if verb == "DATA" and features == CHUNKED:
        return  # there is no DATA

    def script(turn: Turn) -> Act | None:
        return on(verb, b"%d 5.1.1 no\r\n" % code)(turn) if _concerns(turn, b"3@") else None

    def _concerns(turn: Turn, who: bytes) -> bool:
        return who.decode() in turn.address if turn.verb != "MAIL" else peer.count("MAIL") == 3

    async with a_peer(Peer(features=features, script=script)) as peer:
        pile = Pile.of(messages(6))
        await sent_over(peer, pile)
    expected = {b"%d@people.test" % n: (".", 250) for n in range(1, 7)} | {b"3@people.test": (verb, code)}
    assert {who: (answer.verb, answer.reply.code) for who, answer in pile.answers.items()} == expected
    assert pile.breaks == {}
    assert len(peer.received) == 5
    assert peer.connection_count == 1


async def test_an_idle_connection_is_woken_for_more_and_takes_leave_when_idle_for_long() -> None:
    async with a_peer() as peer:
        pile = Pile()
        connection = await connected(peer, pile, idle_seconds=0.3)
        assert connection.is_idle
        pile.waiting.extend(messages(1))
        connection.wake()
        await eventually(lambda: pile.accepted)
        assert connection.is_idle
        await eventually(lambda: pile.closings == [None])
        await eventually(lambda: peer.count("QUIT") == 1)
        assert not connection.is_idle


async def test_what_comes_while_the_end_of_a_message_is_unanswered_begins_at_once() -> None:
    async with a_peer(Peer(features=PIPELINED, delay=0.2)) as peer:
        pile = Pile.of(messages(1))
        connection = await connected(peer, pile)
        await eventually(lambda: peer.count("DATA") == 1)
        pile.waiting.append(Transaction(b"a@b.test", b"late@people.test", BODY))
        connection.wake()
        assert len(pile.taken) == 2
        await eventually(lambda: len(pile.accepted) == 2)


@MODES
async def test_draining_finishes_what_is_under_way_and_begins_nothing(features: tuple[str, ...]) -> None:
    async with a_peer(Peer(features=features, delay=0.1)) as peer:
        pile = Pile.of(messages(50))
        connection = await connected(peer, pile, chunking=True)
        await eventually(lambda: pile.accepted)
        connection.drain()
        begun = len(pile.taken)
        await eventually(lambda: pile.is_closed)
    assert (len(pile.accepted), len(peer.received), pile.closings) == (begun, begun, [None])


async def test_a_server_that_answers_nothing_to_quit_is_left_all_the_same() -> None:
    async with a_peer(Peer(script=on("QUIT", b"", "silence"))) as peer:
        pile = Pile()
        (await connected(peer, pile)).drain()
        await eventually(lambda: pile.closings == [None])


async def test_a_farewell_to_an_idle_connection_breaks_nothing() -> None:
    async with a_peer() as peer:
        pile = Pile()
        await connected(peer, pile)
        (conversation,) = peer.conversations
        conversation.transport.write(b"421 4.4.2 idle for too long\r\n")
        await eventually(lambda: pile.is_closed)
    assert pile.closings == ["the server closes the connection: 421 4.4.2 idle for too long"]
    assert pile.breaks == {}


async def test_giving_up_tells_what_is_in_doubt_once() -> None:
    async with a_peer(Peer(features=PIPELINED, script=on(".", b"", "silence"))) as peer:
        pile = Pile.of(messages(2))
        connection = await connected(peer, pile)
        await eventually(lambda: peer.count("DATA") == 1)
        await eventually(lambda: len(pile.taken) == 2)
        connection.abort("enough")
        connection.abort("really")
        connection.wake()
        connection.drain()
    assert [(each.reason, each.in_doubt) for each in pile.breaks.values()] == [("enough", True), ("enough", False)]
    assert pile.closings == ["enough"]


async def test_with_chunking_no_more_than_four_messages_and_64_kb_are_under_way() -> None:
    async with a_peer(Peer(features=CHUNKED, script=on(".", b"", "silence"))) as peer:
        small, large = Pile.of(messages(10)), Pile.of(messages(10, LONG[:30_000] + b"\r\n"))
        first = await connected(peer, small, chunking=True)
        second = await connected(peer, large, chunking=True)
        await eventually(lambda: peer.count("BDAT") == 2)
        first.abort("enough")
        second.abort("enough")
    assert [each.in_doubt for each in small.breaks.values()] == [True] * 4
    assert [each.in_doubt for each in large.breaks.values()] == [True, True, False]


async def test_a_connection_closed_right_after_the_greeting_is_no_usable_one() -> None:
    async with a_peer(Peer(script=on("connect", b"220 x\r\n", "drop"))) as peer:
        with pytest.raises(Exception, match="closed the connection"):
            await Opener(a_target(peer.port)).open(Pile())


@MODES
@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_a_feeder_may_give_the_connection_up_while_it_is_asked(features: tuple[str, ...], nth: int) -> None:
    class Fickle(Pile):
        def take(self, connection: Connection) -> Transaction | None:
            transaction = super().take(connection)
            if len(self.taken) == nth:
                connection.abort("enough")
            return transaction

    async with a_peer(Peer(features=features)) as peer:
        pile = Fickle.of(messages(5))
        await connected(peer, pile, chunking=True)
        await eventually(lambda: pile.is_closed)
    assert len(pile.taken) == nth == len(pile.answers) + len(pile.breaks)
    assert {each.in_doubt for each in pile.breaks.values()} == {False}
    assert pile.closings == ["enough"]
