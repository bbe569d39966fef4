"""One conversation with servers of every temper."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from mailer.config import SmtpSettings
from mailer.transport.gateway import Gateway, GatewayDown
from mailer.transport.session import ConnectionBroken, NotPermitted, Session
from mailer.transport.transactions import Answer
from tests.support.smtp import Fate, Sink, a_sink

Say = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
DATA = b"Subject: x\r\n\r\nbody\r\n"


def _answered(*, granted: bool) -> "asyncio.Future[bool]":
    answer = asyncio.get_running_loop().create_future()
    answer.set_result(granted)
    return answer


def _later() -> "asyncio.Future[bool]":
    answer = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.3, answer.set_result, True)
    return answer


async def _session(port: int, **more: float) -> Session:
    settings = SmtpSettings.model_validate({"host": "127.0.0.1", "port": port, "tls": "none", **more})
    return await Gateway(settings)._open()


async def _sent(sink: Sink, session: Session | None = None) -> Answer:
    return await (session or await _session(sink.port)).send("a@b.test", "c@d.test", DATA, _answered(granted=True))


@asynccontextmanager
async def a_server(say: Say) -> AsyncIterator[int]:
    """A server that does exactly what `say` does after the greeting and EHLO."""

    tasks: list[asyncio.Task[None] | None] = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.append(asyncio.current_task())
        writer.write(b"220 x\r\n")
        await reader.readline()
        writer.write(b"250-x\r\n250 PIPELINING\r\n")
        try:
            await say(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            if task is not None:
                task.cancel()
        await asyncio.gather(*(task for task in tasks if task is not None), return_exceptions=True)


async def test_many_messages_over_one_connection() -> None:
    async with a_sink() as sink:
        session = await _session(sink.port)
        for _ in range(5):
            assert (await _sent(sink, session)).is_accepted
        await session.quit()
        assert sink.connection_count == 1
        assert len(sink.received) == 5
        assert not sink.faults


async def test_the_connection_goes_on_after_a_refused_recipient() -> None:
    script = lambda _, tried: Fate("RCPT", "550 5.1.1 no") if tried == 1 else None  # noqa: E731
    async with a_sink(script) as sink:
        session = await _session(sink.port)
        refused = await _sent(sink, session)
        assert (refused.verb, refused.reply.code) == ("RCPT", 550)
        assert (await _sent(sink, session)).is_accepted


async def test_a_refused_body_is_an_answer_to_the_dot() -> None:
    async with a_sink(lambda *_: Fate(".", "554 5.7.1 spam")) as sink:
        answer = await _sent(sink)
        assert (answer.verb, answer.reply.code, answer.is_accepted) == (".", 554, False)


async def test_without_permission_no_dot_is_written() -> None:
    async with a_sink() as sink:
        session = await _session(sink.port)
        with pytest.raises(NotPermitted):
            await session.send("a@b.test", "c@d.test", DATA, _answered(granted=False))
        assert not session.is_usable
        assert sink.received == []


async def test_a_break_before_the_dot_is_certain_and_after_it_is_a_doubt() -> None:
    async with a_sink(lambda *_: Fate("before_dot")) as sink:
        with pytest.raises(ConnectionBroken) as broken:
            await (await _session(sink.port)).send("a@b.test", "c@d.test", DATA * 100_000, _later())
        assert not broken.value.is_in_doubt
    async with a_sink(lambda *_: Fate("after_dot")) as sink:
        with pytest.raises(ConnectionBroken) as broken:
            await _sent(sink)
        assert broken.value.is_in_doubt


@pytest.mark.parametrize(
    "garbage", [b"\x00\xff\r\n", b"25\r\n", b"2500 x\r\n", b"x" * 5_000, b"250-x\r\n" * 200, b"HTTP/1.1 200 OK\r\n"]
)
async def test_garbage_ends_the_connection_and_nothing_else(garbage: bytes) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(garbage)
        await reader.read()

    async with a_server(say) as port:
        with pytest.raises(ConnectionBroken) as broken:
            await (await _session(port)).send("a@b.test", "c@d.test", DATA, _answered(granted=True))
        assert not broken.value.is_in_doubt


async def test_replies_in_single_octets_and_many_lines_are_read_exactly() -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for reply in (b"250 ok\r\n", b"250-one\r\n250 two\r\n", b"354 go\r\n"):
            await reader.readline()
            for position in range(len(reply)):
                writer.write(reply[position : position + 1])
                await writer.drain()
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250-2.0.0 first\r\n250 second\r\n")
        await reader.read()

    async with a_server(say) as port:
        answer = await (await _session(port)).send("a@b.test", "c@d.test", DATA, _answered(granted=True))
        assert answer.is_accepted
        assert answer.reply.text == "2.0.0 first second"


async def test_an_answer_before_the_dot_is_not_taken_for_the_answer_to_it() -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"250 ok\r\n250 ok\r\n354 go\r\n250 already taken\r\n")
        await reader.read()

    async with a_server(say) as port:
        session = await _session(port)
        with pytest.raises(ConnectionBroken) as broken:
            await session.send("a@b.test", "c@d.test", DATA, _later())
        assert not broken.value.is_in_doubt


async def test_data_that_is_wanted_for_nobody_is_ended_with_an_empty_message() -> None:
    seen: list[bytes] = []

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for reply in (b"250 ok\r\n", b"550 5.1.1 no\r\n", b"354 go on\r\n"):
            await reader.readline()
            writer.write(reply)
        seen.append(await reader.readline())
        writer.write(b"554 no recipients\r\n")
        seen.append(await reader.readline())
        writer.write(b"250 reset\r\n")
        await reader.read()

    async with a_server(say) as port:
        session = await _session(port)
        answer = await session.send("a@b.test", "c@d.test", DATA, _answered(granted=True))
        assert (answer.verb, answer.reply.code) == ("RCPT", 550)
        assert seen == [b".\r\n", b"RSET\r\n"]
        assert session.is_usable


async def test_421_ends_the_connection() -> None:
    async with a_sink(lambda *_: Fate("RCPT", "421 4.3.2 closing")) as sink:
        session = await _session(sink.port)
        assert (await _sent(sink, session)).reply.code == 421
        assert not session.is_usable


async def test_a_silent_server_is_left_after_the_phases_time() -> None:
    async def say(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await reader.read()

    async with a_server(say) as port:
        with pytest.raises(ConnectionBroken, match="in time"):
            await (await _session(port, command_seconds=0.1)).send(
                "a@b.test", "c@d.test", DATA, _answered(granted=True)
            )


async def test_required_encryption_is_never_given_up() -> None:
    async with a_sink() as sink:
        settings = SmtpSettings.model_validate({"host": "127.0.0.1", "port": sink.port, "tls": "required"})
        with pytest.raises(GatewayDown):
            await Gateway(settings)._open()
        assert "MAIL" not in sink.commands
