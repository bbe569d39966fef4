"""The same receiver behind a mail system that speaks LMTP."""

import asyncio
import smtplib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from mailer.bounces.intake import TryLater
from mailer.bounces.receiver import BounceReceiver, Place
from tests.support.builders.coming_back import Returns, returns
from tests.support.builders.reports import a_dsn
from tests.support.engines import free_port
from tests.support.wait import eventually

Clone = Callable[[str], str]


@asynccontextmanager
async def _listening(world: Returns, *, speaks_lmtp: bool = True) -> AsyncIterator[int]:
    receiver = BounceReceiver(world.intake, Place("127.0.0.1", free_port()), speaks_lmtp=speaks_lmtp)
    task = asyncio.create_task(receiver.run())
    await eventually(lambda: _answers(receiver.port))
    try:
        yield receiver.port
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _say(port: int, *lines: bytes, ends: int) -> list[str]:
    """Lines of answers, at least so many after the last line was said."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    answers = [(await reader.readline()).decode().strip()]
    async with asyncio.timeout(15):
        for line in lines:
            writer.write(line + b"\r\n")
            await writer.drain()
            if line.startswith(b"LHLO"):
                while not (answer := (await reader.readline()).decode()).startswith("250 "):
                    answers.append(answer.strip())
            elif not line.startswith((b"From", b"\r", b"x")) and line != lines[-1]:
                answers.append((await reader.readline()).decode().strip())
        found = [(await reader.readline()).decode().strip() for _ in range(ends)]
    writer.close()
    return found


async def test_each_recipient_gets_an_answer_of_its_own(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    async with returns(clone("mailer")) as world, _listening(world) as port:
        delivery_id = await world.deliver()
        take = world.intake.take

        async def sometimes(source: tuple[str, str], arrival: object) -> object:
            if arrival.token.ordinal == 2:  # type: ignore[attr-defined]
                raise TryLater("the database is away")
            return await take(source, arrival)  # type: ignore[arg-type]

        monkeypatch.setattr(world.intake, "take", sometimes)
        to = [f"RCPT TO:<{world.return_path(ordinal)}>".encode() for ordinal in (1, 2, 3)]
        answers = await _say(port, b"LHLO mx", b"MAIL FROM:<>", *to, b"DATA", a_dsn() + b".", ends=3)
        assert [answer[:3] for answer in answers] == ["250", "451", "250"]
        assert await world.mailer.counts(delivery_id) == {"sent": 1, "bounced": 2}


async def test_too_large_a_message_is_refused_once_for_each_recipient(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailer.bounces.receiver.MAX_MESSAGE", 5_000)
    async with returns(clone("mailer")) as world, _listening(world) as port:
        await world.deliver()
        to = [f"RCPT TO:<{world.return_path(ordinal)}>".encode() for ordinal in (1, 2)]
        large = b"\r\n".join([b"x" * 70] * 200) + b"\r\n."
        answers = await _say(port, b"LHLO mx", b"MAIL FROM:<>", *to, b"DATA", large, ends=2)
        assert [answer[:3] for answer in answers] == ["552", "552"]


async def test_smtp_is_not_spoken_there_and_strangers_have_no_mailbox(clone: Clone) -> None:
    async with returns(clone("mailer")) as world, _listening(world) as port:
        answers = await _say(port, b"EHLO mx", ends=1)
        assert answers[0].startswith("500")
        answers = await _say(port, b"LHLO mx", b"MAIL FROM:<>", b"RCPT TO:<postmaster@bounces.test>", ends=1)
        assert answers[0].startswith("550")


async def test_a_report_with_very_long_lines_is_taken(clone: Clone) -> None:
    async with returns(clone("mailer")) as world, _listening(world, speaks_lmtp=False) as port:
        delivery_id = await world.deliver()
        message = a_dsn(returned="X-Long: " + "y" * 20_000)

        def talk() -> None:
            with smtplib.SMTP("127.0.0.1", port, timeout=20) as client:
                client.sendmail("", [world.return_path(1)], message)

        await asyncio.to_thread(talk)
        assert await world.mailer.counts(delivery_id) == {"sent": 2, "bounced": 1}


async def test_too_many_connections_are_told_to_come_back(clone: Clone) -> None:
    async with (
        returns(clone("mailer"), bounces={"connections": 1}) as world,
        _listening(world, speaks_lmtp=False) as port,
    ):
        await eventually(lambda: _greets(port, b"220"))
        _, first = await asyncio.open_connection("127.0.0.1", port)
        try:
            assert await eventually(lambda: _greets(port, b"421"))
        finally:
            first.close()
        assert await eventually(lambda: _greets(port, b"220"))


async def _greets(port: int, code: bytes) -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return line.startswith(code)
