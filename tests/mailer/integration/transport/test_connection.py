"""Conversations with servers of every temper, over real sockets and both event loops."""

import asyncio
import itertools

import pytest

from mailer.transport.service import Connection, Opener, Patience, Reply, Transaction
from tests.support.feeding import BODY, Pile, a_target, connected, messages
from tests.support.smtp_peer import Act, Peer, Script, Turn, a_peer, on
from tests.support.wait import eventually

PIPELINED = ("PIPELINING", "8BITMIME", "SIZE 1000000")
CHUNKED = (*PIPELINED, "CHUNKING")
LONG = b"Subject: long\r\n\r\n" + (b"x" * 76 + b"\r\n") * 3_000
MODES = pytest.mark.parametrize(
    "features", [("8BITMIME",), PIPELINED, CHUNKED], ids=["one-by-one", "pipelined", "chunked"]
)


async def _sent(peer: Peer, pile: Pile, **more: object) -> Connection:
    """Give all of the pile to one connection, and let it take leave."""
    connection = await connected(peer, pile, chunking=True, **more)  # type: ignore[arg-type]
    await eventually(lambda: not pile.waiting or pile.is_closed)
    connection.drain()
    await eventually(lambda: pile.is_closed)
    assert len(pile.taken) == len(pile.answers) + len(pile.breaks)
    return connection


@MODES
async def test_many_messages_arrive_whole_over_one_connection(features: tuple[str, ...]) -> None:
    sent = [*messages(30), *[Transaction(b"", b"long%d@people.test" % n, LONG) for n in range(3)]]
    async with a_peer(Peer(features=features)) as peer:
        pile = Pile.of(sent)
        connection = await _sent(peer, pile)
        assert connection.message_count == 33
    assert pile.accepted == [each.rcpt_to for each in sent]
    assert [(each.rcpt_to, each.octets) for each in peer.received] == [(each.rcpt_to, each.data) for each in sent]
    assert (peer.connection_count, pile.closings) == (1, [None])


async def test_a_message_costs_one_write_and_one_round_trip() -> None:
    async with a_peer(Peer(features=PIPELINED, delay=0.02)) as peer:
        pile = Pile.of(messages(10))
        started = asyncio.get_running_loop().time()
        await _sent(peer, pile)
        assert asyncio.get_running_loop().time() - started < 10 * 0.02 * 2
    assert peer.verbs == ["MAIL", "RCPT", "DATA"] * 10


async def test_parameters_are_given_when_offered_and_needed() -> None:
    plain = Transaction(b"a@b.test", b"1@people.test", BODY)
    eight = Transaction(b"a@b.test", b"2@people.test", BODY, is_8bit=True)
    foreign = Transaction(b"a@b.test", "jürgen@people.test".encode(), BODY, needs_smtputf8=True)
    async with a_peer(Peer(features=("PIPELINING", "8BITMIME", "SMTPUTF8"))) as peer:
        await _sent(peer, Pile.of([plain, eight, foreign]))
    mails = [command for command in peer.commands if command.startswith(b"MAIL")]
    assert mails == [
        b"MAIL FROM:<a@b.test>",
        b"MAIL FROM:<a@b.test> BODY=8BITMIME",
        b"MAIL FROM:<a@b.test> SMTPUTF8",
    ]
    async with a_peer(Peer(features=PIPELINED)) as peer:
        await _sent(peer, Pile.of([plain]))
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
        await _sent(peer, pile)
    assert [answer.reply.text[:5] for answer in pile.answers.values()] == ["5.6.7", "5.6.7", "5.6.3", "5.3.4", "2.0.0"]
    assert peer.verbs == ["MAIL", "RCPT", "DATA"]


async def test_a_crowd_that_cannot_work_does_not_hold_up_the_loop() -> None:
    pile = Pile.of([Transaction(b"a@b.test", b"%d no address" % n, BODY) for n in range(500)] + messages(1))
    async with a_peer() as peer:
        await _sent(peer, pile)
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
        await _sent(peer, pile)
    expected = {b"%d@people.test" % n: (".", 250) for n in range(1, 7)} | {b"3@people.test": (verb, code)}
    assert {who: (answer.verb, answer.reply.code) for who, answer in pile.answers.items()} == expected
    assert pile.breaks == {}
    assert len(peer.received) == 5
    assert peer.connection_count == 1


@pytest.mark.parametrize("empty", [b"250 2.0.0 taken anyway\r\n", b"554 5.5.1 no recipients\r\n"])
async def test_data_that_is_wanted_for_nobody_is_ended_with_an_empty_message(empty: bytes) -> None:
    nobody = itertools.chain([True], itertools.repeat(False))
    states: list[str] = []

    def script(turn: Turn) -> Act | None:
        if turn.verb == "RCPT" and next(nobody):
            states.append("refused")
            return on("RCPT", b"550 5.1.1 no\r\n")(turn)
        if turn.verb == "DATA" and states == ["refused"]:
            states.append("wanted")
            return on("DATA", b"354 go on\r\n")(turn)
        if turn.verb == "." and states == ["refused", "wanted"]:
            states.append("ended")
            return on(".", empty)(turn)
        return None

    async with a_peer(Peer(features=PIPELINED, script=script)) as peer:
        pile = Pile.of(messages(3))
        await _sent(peer, pile)
    assert pile.codes == [("RCPT", 550), (".", 250), (".", 250)]
    assert [each.rcpt_to for each in peer.received] == [b"2@people.test", b"3@people.test"]
    assert peer.verbs == ["MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA"]


@MODES
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "."])
async def test_421_ends_the_connection_and_is_an_answer_only_for_its_own_message(
    features: tuple[str, ...], verb: str
) -> None:
    if verb == "DATA" and features == CHUNKED:
        return

    def script(turn: Turn) -> Act | None:
        is_second = peer.count("MAIL") == 2 if turn.verb == "MAIL" else "2@" in turn.address
        return on(verb, b"421 4.3.2 later\r\n", "drop")(turn) if is_second else None

    async with a_peer(Peer(features=features, script=script)) as peer:
        pile = Pile.of(messages(4))
        await connected(peer, pile, chunking=True)
        await eventually(lambda: pile.is_closed)
    assert pile.codes == [(".", 250), (verb, 421)]
    assert pile.closings == ["the server closes the connection: 421 4.3.2 later"]
    # Behind it: with CHUNKING their octets had left, otherwise nothing but their envelope had.
    assert {each.in_doubt for each in pile.breaks.values()} <= {features == CHUNKED}
    assert len(peer.received) == 1


async def test_421_in_the_middle_of_a_long_message_is_its_answer() -> None:
    def read_no_more(turn: Turn) -> Act | None:
        if turn.verb != "DATA":
            return None
        (conversation,) = peer.conversations
        conversation.transport.pause_reading()
        asyncio.get_running_loop().call_later(0.1, conversation.transport.write, b"421 4.3.2 bye\r\n")
        return Act(b"354 go on\r\n")

    async with a_peer(Peer(script=read_no_more)) as peer:
        pile = Pile.of([Transaction(b"a@b.test", b"1@people.test", LONG * 100)])
        await connected(peer, pile)
        await eventually(lambda: pile.is_closed)
    assert pile.codes == [("DATA", 421)]
    assert pile.breaks == {}


@MODES
async def test_a_server_that_takes_a_message_and_goes_leaves_a_doubt_and_nothing_else(
    features: tuple[str, ...],
) -> None:
    script: Script = lambda turn: on(".", b"", "drop")(turn) if "2@" in turn.address else None  # noqa: E731
    async with a_peer(Peer(features=features, script=script)) as peer:
        pile = Pile.of(messages(3))
        await connected(peer, pile, chunking=True)
        await eventually(lambda: pile.is_closed)
    assert pile.codes == [(".", 250)]
    assert pile.breaks[b"2@people.test"].in_doubt
    behind = pile.breaks.get(b"3@people.test")
    assert behind is None or behind.in_doubt == (features == CHUNKED)
    assert len(peer.received) == 2


async def test_a_server_that_goes_before_the_message_leaves_no_doubt() -> None:
    for verb in ("MAIL", "RCPT", "DATA"):
        async with a_peer(Peer(script=on(verb, b"", "drop"))) as peer:
            pile = Pile.of(messages(1))
            await connected(peer, pile)
            await eventually(lambda: pile.is_closed)  # noqa: B023 - awaited in the same turn
        assert [each.in_doubt for each in pile.breaks.values()] == [False]


async def test_a_break_in_the_middle_of_a_long_message_leaves_no_doubt() -> None:
    def read_no_more(turn: Turn) -> Act | None:
        if turn.verb != "DATA":
            return None
        for conversation in peer.conversations:
            conversation.transport.pause_reading()
        return Act(b"354 go on\r\n")

    async with a_peer(Peer(script=read_no_more)) as peer:
        pile = Pile.of([Transaction(b"a@b.test", b"1@people.test", LONG * 100)])
        connection = await connected(peer, pile, patience=Patience(data=0.2))
        await eventually(lambda: pile.is_closed)
    assert pile.breaks[b"1@people.test"].reason == "the server did not take the message in time"
    assert not pile.breaks[b"1@people.test"].in_doubt
    assert not connection.is_idle


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
        await _sent(peer, pile)
    assert pile.answers[b"1@people.test"].reply == Reply(250, "2.0.0 first  \ufffd [31m café")


@MODES
async def test_replies_in_single_octets_are_read_exactly(features: tuple[str, ...]) -> None:
    script: Script = lambda turn: (  # noqa: E731
        on(".", b"250-2.0.0 one\r\n250-two\r\n250 three\r\n")(turn) or on("RCPT", b"250-a\r\n250 b\r\n")(turn)
    )
    async with a_peer(Peer(features=features, script=script, segment=1)) as peer:
        pile = Pile.of(messages(5))
        await _sent(peer, pile)
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
