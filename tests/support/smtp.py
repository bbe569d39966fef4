"""An SMTP server that does what a test tells it to, and keeps exactly what came over the wire."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)")
Phase = Literal["MAIL", "RCPT", "DATA", ".", "before_dot", "after_dot"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one try: a reply instead of the usual one, or, without a reply, a dropped connection.

    `before_dot` drops while the message comes, `after_dot` takes the message and says nothing.
    """

    phase: Phase
    reply: str | None = None


Script = Callable[[str, int], Fate | None]
"""Recipient and number of the try, from 1; None: accept."""


@dataclass(frozen=True, slots=True)
class Received:
    """A message the server got completely."""

    mail_from: str
    rcpt_to: str
    data: bytes
    """Without the final dot."""
    is_answered: bool
    """Whether the client was told that it was accepted."""
    connection: int


@dataclass
class Sink:
    """Listens on loopback. `received` holds every message whose final dot came and that was not refused."""

    script: Script | None = None
    can_pipeline: bool = True
    dot_gate: asyncio.Event | None = None
    """When given, answers to the final dot wait for it."""
    received: list[Received] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    """What no correct client sends."""
    connection_count: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    async def start(self) -> None:
        """Listen; on the same port when started again."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, limit=2**22)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and drop every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._server = None

    @property
    def recipients(self) -> list[str]:
        """To whom, in the order of arrival."""
        return [message.rcpt_to for message in self.received]

    @property
    def copies(self) -> dict[str, int]:
        """Recipients who got more than one copy, and how many."""
        return {address: count for address, count in Counter(self.recipients).items() if count > 1}

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connection_count += 1
        try:
            await _Conversation(self, reader, writer, self.connection_count).run()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()


class _Conversation:
    def __init__(self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int) -> None:
        self._sink = sink
        self._reader = reader
        self._writer = writer
        self._number = number
        self._mail_from = ""
        self._rcpt_to: str | None = None
        self._fate: Fate | None = None

    async def run(self) -> None:
        self._say("220 sink ESMTP")
        while True:
            line = await self._reader.readuntil(b"\n")
            if _BARE.search(line):
                self._sink.faults.append(f"bare line end in a command: {line!r}")
            text = line.decode("ascii").rstrip("\r\n")
            verb = text.split(" ", 1)[0].upper()
            self._sink.commands.append(verb)
            if verb == "QUIT":
                self._say("221 bye")
                return
            if not await self._command(verb, text):
                return

    async def _command(self, verb: str, text: str) -> bool:
        if verb in {"EHLO", "HELO"}:
            self._say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME" if self._sink.can_pipeline else "250 sink")
        elif verb == "MAIL":
            self._mail_from, self._rcpt_to, self._fate = _address(text), None, None
            self._say("250 2.1.0 ok")
        elif verb == "RCPT":
            self._rcpt(_address(text))
        elif verb == "DATA":
            return await self._data()
        elif verb == "RSET":
            self._say("250 2.0.0 ok")
        else:
            self._sink.faults.append(f"unexpected command: {text!r}")
            self._say("500 5.5.1 what")
        await self._writer.drain()
        return True

    def _rcpt(self, address: str) -> None:
        self._sink.tries[address] += 1
        script = self._sink.script
        self._fate = script(address, self._sink.tries[address]) if script else None
        if self._fate and self._fate.phase == "RCPT" and self._fate.reply:
            self._say(self._fate.reply)
            return
        self._rcpt_to = address
        self._say("250 2.1.5 ok")

    async def _data(self) -> bool:
        fate = self._fate
        if self._rcpt_to is None:
            self._say("503 5.5.1 nobody to send to")
            return True
        if fate and fate.phase == "DATA" and fate.reply:
            self._say(fate.reply)
            return True
        self._say("354 go on")
        await self._writer.drain()
        if fate and fate.phase == "before_dot":
            await self._reader.readuntil(b"\n")
            return False
        data = (await self._reader.readuntil(b"\r\n.\r\n"))[: -len(b".\r\n")]
        self._inspect(data)
        return await self._answer(data, fate)

    async def _answer(self, data: bytes, fate: Fate | None) -> bool:
        if fate and fate.phase == "." and fate.reply:
            self._say(fate.reply)
            return True
        is_answered = not (fate and fate.phase == "after_dot")
        if self._sink.dot_gate is not None:
            await self._sink.dot_gate.wait()
        assert self._rcpt_to is not None
        self._sink.received.append(Received(self._mail_from, self._rcpt_to, data, is_answered, self._number))
        if not is_answered:
            return False
        self._say("250 2.0.0 taken")
        await self._writer.drain()
        return True

    def _inspect(self, data: bytes) -> None:
        if _BARE.search(data):
            self._sink.faults.append("bare CR or LF in a message")
        if any(len(line) > 998 for line in data.split(b"\r\n")):
            self._sink.faults.append("a line longer than 998 octets")
        if any(line.startswith(b".") for line in data.split(b"\r\n")):
            self._sink.faults.append("a line that starts with a dot")

    def _say(self, text: str) -> None:
        self._writer.write(text.encode() + b"\r\n")


def _address(command: str) -> str:
    return command[command.index("<") + 1 : command.index(">")]


@asynccontextmanager
async def a_sink(script: Script | None = None, *, can_pipeline: bool = True) -> AsyncIterator[Sink]:
    """A listening sink."""
    sink = Sink(script, can_pipeline)
    await sink.start()
    try:
        yield sink
    finally:
        await sink.stop()
