"""One SMTP conversation at a time on a connection that is already greeted, encrypted and signed in.

aiosmtplib opens the connection; from then on the transport is ours, because a transaction must be able to stop
before its final dot and wait for permission. MAIL, RCPT and DATA leave in one group where the server offers
PIPELINING (RFC 2920); the final dot is always one write of its own.
"""

import asyncio
import contextlib
import re
from collections import deque
from collections.abc import Awaitable
from dataclasses import dataclass

from mailer.transport.rules import Reply
from mailer.transport.transactions import Answer

MAX_LINE = 2_048
"""Octets of one reply line; RFC 5321, 4.5.3.1.5 has 512."""
MAX_REPLY_LINES = 100
_REPLY_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)


class ConnectionBroken(Exception):
    """The connection ended or stopped making sense; `is_in_doubt` when the final dot may have left before."""

    def __init__(self, reason: str, *, is_in_doubt: bool = False) -> None:
        super().__init__(reason)
        self.is_in_doubt = is_in_doubt


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds for each phase (RFC 5321, 4.5.3.2)."""

    command: float
    data: float
    dot: float


class NotPermitted(Exception):
    """The gate did not grant the envelope; the connection was given up before the final dot."""


class _Replies(asyncio.Protocol):
    """Reads replies in order; anything that is none ends the connection."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._lines: list[bytes] = []
        self._ready: deque[Reply] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._writable = asyncio.Event()
        self._writable.set()
        self.broken: str | None = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\n")) >= 0:
            line = bytes(self._buffer[:end]).removesuffix(b"\r")
            del self._buffer[: end + 1]
            self._line(line)
        if len(self._buffer) > MAX_LINE:
            self.fail("a reply line is too long")
        self._wake()

    def _line(self, line: bytes) -> None:
        match = _REPLY_LINE.fullmatch(line) if len(line) <= MAX_LINE else None
        if match is None or len(self._lines) >= MAX_REPLY_LINES:
            self.fail("what the server sent is no reply")
            return
        self._lines.append((match.group(3) or b"").strip())
        if match.group(2) != b"-":
            text = b" ".join(self._lines).decode("utf-8", "replace")
            self._lines = []
            self._ready.append(Reply(int(match.group(1)), text))

    def fail(self, reason: str) -> None:
        """Nothing that comes from now on can be attributed."""
        self.broken = self.broken or reason
        self._wake()

    def eof_received(self) -> bool:
        self.fail("the server closed the connection")
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.fail("the connection was lost" if exc else "the connection was closed")
        self._writable.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    @property
    def unexpected(self) -> bool:
        """A reply is here that nobody asked for."""
        return bool(self._ready)

    async def next(self, seconds: float) -> Reply:
        """The next reply. Raises ConnectionBroken."""
        while not self._ready:
            if self.broken is not None:
                raise ConnectionBroken(self.broken)
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(seconds):
                    await self._waiter
            except TimeoutError:
                self.fail("the server did not answer in time")
            finally:
                self._waiter = None
        return self._ready.popleft()

    async def drained(self, seconds: float) -> None:
        """Wait until the server takes more. Raises ConnectionBroken."""
        try:
            async with asyncio.timeout(seconds):
                await self._writable.wait()
        except TimeoutError:
            self.fail("the server did not take the message in time")
        if self.broken is not None:
            raise ConnectionBroken(self.broken)


class Session:
    """A connection to a gateway. One transaction at a time; after ConnectionBroken it is of no use."""

    def __init__(self, transport: asyncio.Transport, *, can_pipeline: bool, timeouts: Timeouts) -> None:
        self._replies = _Replies()
        self._transport = transport
        self._can_pipeline = can_pipeline
        self._timeouts = timeouts
        self.message_count = 0
        transport.set_protocol(self._replies)

    @property
    def is_usable(self) -> bool:
        """Whether another transaction may be tried here."""
        return self._replies.broken is None and not self._transport.is_closing() and not self._replies.unexpected

    async def send(self, mail_from: str, rcpt_to: str, data: bytes, permission: Awaitable[bool]) -> Answer:
        """Hand over one message; `data` ends in CRLF and has nothing to dot-stuff.

        Raises ConnectionBroken, and NotPermitted when `permission` says no: then no dot was written.
        """
        self.message_count += 1
        try:
            refusal = await self._open(mail_from, rcpt_to)
            if refusal is not None:
                return refusal
            # All but the last line break, which leaves together with the dot: until then the server must discard.
            self._transport.write(data[:-2])
            await self._replies.drained(self._timeouts.data)
            await self._permitted(permission)
        except BaseException:
            self.abort()
            raise
        return await self._finish()

    async def _permitted(self, permission: Awaitable[bool]) -> None:
        if not await permission:
            raise NotPermitted
        if not self.is_usable:
            raise ConnectionBroken(self._replies.broken or "a reply came before the end of the message")

    async def _finish(self) -> Answer:
        self._transport.write(b"\r\n.\r\n")
        try:
            return Answer(".", await self._replies.next(self._timeouts.dot))
        except BaseException as error:
            self.abort()
            if isinstance(error, ConnectionBroken):
                raise ConnectionBroken(str(error), is_in_doubt=True) from None
            raise

    async def _open(self, mail_from: str, rcpt_to: str) -> Answer | None:
        """MAIL, RCPT and DATA; what was refused, or None when the server waits for the message."""
        commands = (
            ("MAIL", f"MAIL FROM:<{mail_from}>\r\n"),
            ("RCPT", f"RCPT TO:<{rcpt_to}>\r\n"),
            ("DATA", "DATA\r\n"),
        )
        if self._can_pipeline:
            self._transport.write("".join(command for _, command in commands).encode("ascii"))
            answers = [Answer(verb, await self._replies.next(self._timeouts.command)) for verb, _ in commands]
            return await self._judged(answers)
        for verb, command in commands:
            self._transport.write(command.encode("ascii"))
            answer = Answer(verb, await self._replies.next(self._timeouts.command))
            if not _goes_on(answer):
                await self._reset(answer)
                return answer
        return None

    async def _judged(self, answers: list[Answer]) -> Answer | None:
        refused = next((answer for answer in answers if not _goes_on(answer)), None)
        if refused is None:
            return None
        if answers[-1].reply.code == 354:
            # It wants a message although nobody is to get it: an empty one for no recipient (RFC 2920, 3.1).
            self._transport.write(b".\r\n")
            await self._replies.next(self._timeouts.dot)
        await self._reset(refused)
        return refused

    async def _reset(self, refused: Answer) -> None:
        if refused.reply.code == 421:
            self.abort()
            return
        self._transport.write(b"RSET\r\n")
        await self._replies.next(self._timeouts.command)

    async def quit(self) -> None:
        """End the conversation politely; never raises."""
        if self.is_usable:
            self._transport.write(b"QUIT\r\n")
            with contextlib.suppress(ConnectionBroken):
                await self._replies.next(2.0)
        self._transport.close()

    def abort(self) -> None:
        """Drop the connection at once; what is buffered and not sent is lost."""
        self._replies.fail("the connection was given up")
        self._transport.abort()


def _goes_on(answer: Answer) -> bool:
    return answer.reply.code == 354 if answer.verb == "DATA" else 200 <= answer.reply.code < 300
