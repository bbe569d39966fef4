"""The mail server of the storms: a process of its own that writes a durable line before it answers 250.

    python -m tests.soak.sink LOG STATE [--port N]

One line a message: nanoseconds since 1970, recipient, Message-ID, SHA-256 of the message. Lines of all connections
are written and synced together, so that durability costs a group and not a message. STATE is a small mapped file in
which the storm reads how many were accepted and how many connections are open, and sets how slow the answers are.
"""

import argparse
import asyncio
import contextlib
import hashlib
import mmap
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import uvloop

_MESSAGE_ID = re.compile(rb"^Message-ID:[ \t]*(?:\r\n[ \t]+)?(\S+)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(rb"<([^>]*)>")
_END = b"\r\n.\r\n"
_GREETING = b"220 sink.test ESMTP\r\n"
_FEATURES = b"250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 52428800\r\n"
_TAKEN = b"250 2.0.0 taken\r\n"
_STATE = struct.Struct("<QQQd")
_START_SECONDS = 10.0


class State:
    """Four numbers that two processes share: accepted, open and most connections, seconds before each answer."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_STATE.pack(0, 0, 0, 0.0))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _STATE.size)

    def read(self) -> tuple[int, int, int, float]:
        """All four."""
        accepted, open_now, most, delay = _STATE.unpack_from(self._map)
        return int(accepted), int(open_now), int(most), float(delay)

    def count(self, accepted: int, open_now: int, most: int) -> None:
        """Written by the sink only."""
        struct.pack_into("<QQQ", self._map, 0, accepted, open_now, most)

    def slow_down(self, seconds: float) -> None:
        """Written by the storm only."""
        struct.pack_into("<d", self._map, 24, seconds)


class Book:
    """Lines on their way to the disk, and who waits for them."""

    def __init__(self, log: BinaryIO, state: State) -> None:
        self._log = log
        self._state = state
        self._lines: list[bytes] = []
        self._waiting: list[_Conversation] = []
        self._is_writing = False
        self.accepted = self.open_now = self.most = 0

    def opened(self, change: int) -> None:
        """A connection came or went."""
        self.open_now += change
        self.most = max(self.most, self.open_now)
        self._state.count(self.accepted, self.open_now, self.most)

    def note(self, line: bytes, conversation: "_Conversation") -> None:
        """Write a line, then let the conversation answer."""
        self._lines.append(line)
        self._waiting.append(conversation)
        if not self._is_writing:
            self._is_writing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        lines, waiting = self._lines, self._waiting
        self._lines, self._waiting = [], []
        self._log.write(b"".join(lines))
        writing = asyncio.get_running_loop().run_in_executor(None, os.fdatasync, self._log.fileno())
        writing.add_done_callback(lambda done: self._synced(done, waiting))

    def _synced(self, done: "asyncio.Future[None]", waiting: "list[_Conversation]") -> None:
        done.result()  # a line that is not on the disk must not be answered: the process ends
        self.accepted += len(waiting)
        self._state.count(self.accepted, self.open_now, self.most)
        delay = self._state.read()[3]
        for conversation in waiting:
            conversation.answer(delay)
        if self._lines:
            self._flush()
        else:
            self._is_writing = False


class _Conversation(asyncio.Protocol):
    def __init__(self, book: Book) -> None:
        self._book = book
        self._buffer = bytearray()
        self._recipient = b""
        self._in_data = False
        self._searched = 0
        self._is_waiting = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._book.opened(1)
        self._transport.write(_GREETING)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._book.opened(-1)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._work()

    def _work(self) -> None:
        answers = bytearray()
        while not self._is_waiting and (self._take_message() if self._in_data else self._take_command(answers)):
            pass
        if answers and self._transport is not None:
            self._transport.write(bytes(answers))

    def _take_command(self, answers: bytearray) -> bool:
        end = self._buffer.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        verb = line[:4].upper()
        if verb == b"RCPT":
            found = _ADDRESS.search(line)
            self._recipient = found.group(1) if found else b""
        elif verb == b"DATA":
            self._in_data, self._searched = True, 0
            answers += b"354 go on\r\n"
            return True
        elif verb in {b"EHLO", b"HELO"}:
            answers += _FEATURES if verb == b"EHLO" else b"250 sink.test\r\n"
            return True
        elif verb == b"QUIT":
            answers += b"221 2.0.0 bye\r\n"
            asyncio.get_running_loop().call_soon(self._close)
            return True
        answers += b"250 2.0.0 ok\r\n"
        return True

    def _take_message(self) -> bool:
        end = self._buffer.find(_END, max(self._searched - len(_END), 0))
        if end < 0:
            self._searched = len(self._buffer)
            return False
        message = bytes(self._buffer[: end + 2])
        del self._buffer[: end + len(_END)]
        found = _MESSAGE_ID.search(message, 0, 16_384)
        identity = found.group(1) if found else b"-"
        digest = hashlib.sha256(message).hexdigest().encode()
        self._in_data, self._is_waiting = False, True
        self._book.note(b"%d\t%b\t%b\t%b\n" % (time.time_ns(), self._recipient, identity, digest), self)
        return False

    def answer(self, delay: float) -> None:
        """The line is on the disk."""
        if delay:
            asyncio.get_running_loop().call_later(delay, self._answer)
        else:
            self._answer()

    def _answer(self) -> None:
        self._is_waiting = False
        if self._transport is not None:
            self._transport.write(_TAKEN)
            self._work()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


async def _serve(listener: socket.socket, log: Path, state: Path) -> None:
    with log.open("ab", buffering=0) as file:
        book = Book(cast(BinaryIO, file), State(state))
        loop = asyncio.get_running_loop()
        stop = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, stop.set)
        server = await loop.create_server(lambda: _Conversation(book), sock=listener)
        await stop.wait()
        server.close()


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message for which 250 was answered, or was about to be."""

    at: float
    """Seconds since 1970."""
    rcpt_to: str
    message_id: str
    digest: str


@dataclass
class Sink:
    """The process, as a storm sees it."""

    port: int
    log: Path
    state: State

    @property
    def accepted(self) -> int:
        """Messages so far."""
        return self.state.read()[0]

    @property
    def open_connections(self) -> int:
        """At this moment."""
        return self.state.read()[1]

    @property
    def most_connections(self) -> int:
        """At the same time, so far."""
        return self.state.read()[2]

    def slow_down(self, seconds: float) -> None:
        """Let every answer to a message wait so long."""
        self.state.slow_down(seconds)

    def lines(self) -> Iterator[Accepted]:
        """Everything that was accepted, in order."""
        with self.log.open(encoding="utf-8") as file:
            for line in file:
                at, rcpt_to, message_id, digest = line.rstrip("\n").split("\t")
                yield Accepted(int(at) / 1e9, rcpt_to, message_id, digest)


@contextlib.contextmanager
def running_sink(folder: Path, *, reply_delay: float = 0.0) -> Iterator[Sink]:
    """A sink on a free port of loopback, in a process of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    log, state_file = folder / "accepted.log", folder / "state"
    state = State(state_file)
    state.slow_down(reply_delay)
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        port = listener.getsockname()[1]
        command = [sys.executable, "-m", "tests.soak.sink", str(log), str(state_file), "--descriptor"]
        process = subprocess.Popen([*command, str(listener.fileno())], pass_fds=[listener.fileno()])  # noqa: S603
    try:
        yield Sink(port, log, state)
        assert process.poll() is None, "the sink ended by itself"
    finally:
        process.terminate()
        process.wait(_START_SECONDS)


def main() -> None:
    """Serve until SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("log", type=Path)
    parser.add_argument("state", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--descriptor", type=int, help="a listening socket that was opened before")
    options = parser.parse_args()
    if options.descriptor is not None:
        listener = socket.socket(fileno=options.descriptor)
    else:
        listener = socket.create_server(("127.0.0.1", options.port), backlog=512)
    uvloop.run(_serve(listener, options.log, options.state))


if __name__ == "__main__":
    main()
