"""Every conversation there can be: any refusals, any cuts of the replies, any moment of a break, in every mode.

Whatever happens, each message has exactly one fate, the fate is the one the server decided, and a message that is not
in doubt was not taken.
"""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.transport.connection import DEPTH, Connection
from mailer.transport.service import Extensions, Target, Transaction, Watchdog
from tests.support.feeding import Pile
from tests.support.smtp_model import Fate, ModelServer, ModelTransport

MODES = {
    "one by one": Extensions(),
    "pipelined": Extensions(pipelining=True),
    "chunked": Extensions(pipelining=True, chunking=True),
}
refusals = st.sampled_from([b"450 4.2.1 later", b"550 5.1.1 no", b"452-4.2.2 full\r\n452 of mail"])
fates = st.one_of(
    st.just({}),
    st.builds(lambda verb, said: {verb: said}, st.sampled_from(["MAIL", "RCPT", "DATA", "."]), refusals),
    st.builds(lambda said: {"RCPT": said, "DATA": b"354 all the same"}, refusals),
    st.builds(lambda said: {"MAIL": said, "DATA": b"354 all the same"}, refusals),
)
last_words = st.builds(lambda verb: {verb: b"421 4.3.2 bye"}, st.sampled_from(["MAIL", "RCPT", "DATA", "."]))
sizes = st.sampled_from([20, 20, 20, 30_000, 70_000, 200_000])


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


class Conversation:
    """A connection and the server at its other end, one step at a time."""

    def __init__(self, mode: str, given_fates: list[Fate], given_sizes: list[int]) -> None:
        names = [b"%d@people.test" % number for number in range(len(given_fates))]
        self.fates = dict(zip(names, given_fates, strict=True))
        self.server = ModelServer(lambda name: self.fates[name])
        self.pile = Pile.of(
            Transaction(name, name, name + b"x" * size + b"\r\n")
            for name, size in zip(names, given_sizes, strict=False)
        )
        self.connection = Connection(self.pile, Target("model", chunking=True), MODES[mode], Watchdog())
        self.connection.connection_made(ModelTransport(self.server))

    async def hear(self, octets: int) -> None:
        """Let so much of what the server said arrive."""
        said = bytes(self.server.said[:octets])
        del self.server.said[:octets]
        self.connection.data_received(said)
        await self.settle()

    async def settle(self) -> None:
        """Let long messages go out to their end."""
        for _ in range(8):
            await asyncio.sleep(0)

    async def finish(self) -> None:
        """Everything that can still happen, happens."""
        for _ in range(10_000):
            if self.pile.is_closed:
                return
            if not self.server.work() and not self.server.said:
                self.connection.drain()
                if not self.server.heard:
                    self.connection.eof_received()
            await self.hear(len(self.server.said))
        raise AssertionError("it does not end")


def _fates_are_told_once(talk: Conversation) -> None:
    pile = talk.pile
    assert {each.rcpt_to for each in pile.taken} == {*pile.answers, *pile.breaks}
    assert len(pile.closings) == 1
    for recipient, end in pile.breaks.items():
        assert end.in_doubt or recipient not in talk.server.complete, "what is not in doubt was not taken"


def _fates_are_those_the_server_decided(talk: Conversation) -> None:
    pile, server = talk.pile, talk.server
    taken = dict(server.accepted)
    assert len(taken) == len(server.accepted), "nobody gets two"
    assert all(taken[each.rcpt_to] == each.data for each in pile.taken if each.rcpt_to in taken)
    for recipient, answer in pile.answers.items():
        assert answer.is_accepted == (recipient in taken)
        if not answer.is_accepted:
            said = talk.fates[recipient][answer.verb].replace(b"\r\n452", b"").replace(b"452-", b"452 ")
            assert f"{answer.reply.code} {answer.reply.text}" == said.decode()


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_is_refused_and_however_it_is_cut_each_message_has_the_fate_it_got(
    loop: asyncio.AbstractEventLoop, mode: str, data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, 8))
    given_fates = data.draw(st.lists(fates, min_size=count, max_size=count))
    given_sizes = data.draw(st.lists(sizes, min_size=count, max_size=count))

    async def talk_it_out() -> Conversation:
        talk = Conversation(mode, given_fates, given_sizes)
        talk.connection.wake()
        for _ in range(data.draw(st.integers(0, 30))):
            if data.draw(st.booleans()):
                talk.server.work()
            else:
                await talk.hear(data.draw(st.integers(0, 30)))
            if data.draw(st.integers(0, 9)) == 0:
                talk.connection.wake()
        await talk.finish()
        return talk

    talk = loop.run_until_complete(talk_it_out())
    _fates_are_told_once(talk)
    _fates_are_those_the_server_decided(talk)
    assert talk.pile.breaks == {}
    assert talk.pile.closings == [None]


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_whenever_it_breaks_what_is_not_in_doubt_was_not_taken(
    loop: asyncio.AbstractEventLoop, mode: str, data: st.DataObject
) -> None:
    count = data.draw(st.integers(1, 8))
    given_fates = data.draw(st.lists(st.one_of(fates, last_words), min_size=count, max_size=count))
    given_sizes = data.draw(st.lists(sizes, min_size=count, max_size=count))

    async def break_off() -> Conversation:
        talk = Conversation(mode, given_fates, given_sizes)
        talk.connection.wake()
        for _ in range(data.draw(st.integers(0, 40))):
            if not data.draw(st.booleans()):
                talk.server.work()
            elif not talk.pile.is_closed:
                await talk.hear(data.draw(st.integers(0, 60)))
        if not talk.pile.is_closed:
            ends: list[Callable[[], object]] = [
                lambda: talk.connection.connection_lost(ConnectionResetError()),
                lambda: talk.connection.connection_lost(None),
                talk.connection.eof_received,
                lambda: talk.connection.abort("enough"),
                lambda: talk.connection.data_received(b"250 out of turn\r\n" * 40),
                lambda: talk.connection.data_received(b"\x00\r\n"),
            ]
            data.draw(st.sampled_from(ends))()
            await talk.settle()
        if not talk.pile.is_closed:
            talk.connection.abort("enough")
        while talk.server.work():  # what had left is worked off
            pass
        return talk

    talk = loop.run_until_complete(break_off())
    _fates_are_told_once(talk)
    in_doubt = [each for each in talk.pile.breaks.values() if each.in_doubt]
    assert len(in_doubt) <= (DEPTH if mode == "chunked" else 1)
