"""Each answer belongs to one message: a refusal, a farewell, or a doubt where nobody can know."""

import asyncio
import itertools

import pytest

from mailer.transport.service import Patience, Transaction
from tests.support.builders.conversing import CHUNKED, LONG, MODES, PIPELINED, sent_over
from tests.support.feeding import Pile, connected, messages
from tests.support.smtp_peer import Act, Peer, Script, Turn, a_peer, on
from tests.support.wait import eventually


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
        await sent_over(peer, pile)
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
