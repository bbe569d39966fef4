"""A mail server that only counts: fast enough for the bench, slow on demand, exact about what it accepted."""

import asyncio
import hashlib
import re
import socket
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

import uvloop

_MESSAGE_ID = re.compile(rb"^Message-ID:[ \t]*(?:\r\n[ \t]+)?(\S+)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"<([^>]*)>")
_END = b"\r\n.\r\n"
_GREETING = b"220 sink.test ESMTP\r\n"
_FEATURES = b"250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 52428800\r\n"
_START_SECONDS = 10


@dataclass(frozen=True)
class Copy:
    """One message that was accepted."""

    message_id: bytes
    digest: bytes


@dataclass
class Sink:
    """What was accepted, by recipient; `open_connections` is how many are open now."""

    reply_delay: float = 0.0
    """Seconds between the final dot and the answer."""
    port: int = 0
    copies: dict[str, list[Copy]] = field(default_factory=lambda: defaultdict(list))
    accepted: int = 0
    open_connections: int = 0
    most_connections: int = 0
    transports: set[asyncio.Transport | None] = field(default_factory=set)

    def accept(self, recipients: list[str], message: bytes) -> None:
        """Count one message for each of its recipients."""
        found = _MESSAGE_ID.search(message, 0, 8192)
        copy = Copy(found.group(1) if found else b"", hashlib.sha256(message).digest())
        for recipient in recipients:
            self.copies[recipient].append(copy)
            self.accepted += 1

    def extra_copies(self) -> int:
        """How many more messages were accepted than there are recipients who got one."""
        return self.accepted - len(self.copies)


class _Conversation(asyncio.Protocol):
    """One client: commands in order, whether they come one by one or all at once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._buffer = bytearray()
        self._recipients: list[str] = []
        self._in_data = False
        self._searched = 0
        self._waiting = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._sink.open_connections += 1
        self._sink.transports.add(self._transport)
        self._sink.most_connections = max(self._sink.most_connections, self._sink.open_connections)
        self._transport.write(_GREETING)

    def connection_lost(self, _error: Exception | None) -> None:
        self._sink.open_connections -= 1
        self._sink.transports.discard(self._transport)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._work()

    def _work(self) -> None:
        answers = bytearray()
        while not self._waiting and (self._take_message(answers) if self._in_data else self._take_command(answers)):
            pass
        if answers and self._transport is not None:
            self._transport.write(bytes(answers))

    def _take_command(self, answers: bytearray) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        answers += self._answer(line)
        return True

    def _answer(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"RCPT":
            address = _ADDRESS.search(line)
            self._recipients.append(address.group(1).decode("utf-8") if address else "")
        elif verb == b"DATA":
            self._in_data, self._searched = True, 0
            return b"354 go on\r\n"
        elif verb in (b"EHLO", b"HELO"):
            return _FEATURES if verb == b"EHLO" else b"250 sink.test\r\n"
        elif verb in (b"MAIL", b"RSET"):
            self._recipients = []
        elif verb == b"QUIT":
            asyncio.get_running_loop().call_soon(self._close)
            return b"221 2.0.0 bye\r\n"
        return b"250 2.0.0 ok\r\n"

    def _take_message(self, answers: bytearray) -> bool:
        end = self._buffer.find(_END, max(self._searched - len(_END), 0))
        if end < 0:
            self._searched = len(self._buffer)
            return False
        message = bytes(self._buffer[: end + 2])
        del self._buffer[: end + len(_END)]
        self._in_data = False
        self._sink.accept(self._recipients, message)
        self._recipients = []
        if self._sink.reply_delay:
            self._waiting = True
            asyncio.get_running_loop().call_later(self._sink.reply_delay, self._late_answer)
        else:
            answers += b"250 2.0.0 taken\r\n"
        return True

    def _late_answer(self) -> None:
        self._waiting = False
        if self._transport is not None:
            self._transport.write(b"250 2.0.0 taken\r\n")
            self._work()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


@contextmanager
def running_sink(*, reply_delay: float = 0.0) -> Iterator[Sink]:
    """A sink on a free port of loopback, in a thread of its own."""
    sink = Sink(reply_delay=reply_delay)
    listening, stop = threading.Event(), asyncio.Event()
    loop = uvloop.new_event_loop()
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    sink.port = listener.getsockname()[1]

    async def serve() -> None:
        server = await loop.create_server(lambda: _Conversation(sink), sock=listener)
        listening.set()
        await stop.wait()
        server.close()
        for transport in [*sink.transports]:
            if transport is not None:
                transport.abort()
        await server.wait_closed()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), name="sink", daemon=True)
    thread.start()
    try:
        assert listening.wait(_START_SECONDS)
        yield sink
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(_START_SECONDS)
        loop.close()
