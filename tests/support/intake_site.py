"""A listening intake on a real socket, and clients that speak HTTP to it octet by octet."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import cast

from common.contracts.lui import TrackingLevel
from tests.support.builders.tracker import AT_MS, KEYS, a_token, an_entry
from tests.support.wait import eventually
from tracker.intake.connection import IntakeConnection
from tracker.intake.listener import Listener, ListenerLimits
from tracker.intake.process import IntakeOptions, IntakeProcess
from tracker.intake.spool.writer import SpoolLimits

PIXEL = f"/o/{a_token()}.gif"
LINK = f"/c/{a_token()}/1"


class Echo(asyncio.Protocol):
    """Stands for the application's own protocol: says what it was given."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.transport.write(b"application: " + data)


class Client:
    """Somebody on the other end."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def say(self, *data: bytes) -> None:
        for each in data:
            self._writer.write(each)
            await self._writer.drain()

    async def ask(self, path: str, method: str = "GET", *fields: str) -> tuple[int, dict[str, str], bytes]:
        await self.say(request(path, method, *fields))
        return await self.reply(has_body=method != "HEAD")

    async def reply(self, *, has_body: bool = True) -> tuple[int, dict[str, str], bytes]:
        async with asyncio.timeout(10):
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            fields = dict(line.split(": ", 1) for line in lines)
            length = int(fields["content-length"]) if has_body else 0
            return int(first.split()[1]), fields, await self._reader.readexactly(length)

    async def rest(self) -> bytes:
        """Everything until the server ends the connection."""
        async with asyncio.timeout(10):
            with contextlib.suppress(ConnectionError):
                return await self._reader.read()
        return b""

    def end(self) -> None:
        self._writer.write_eof()

    async def leave(self) -> None:
        self._writer.close()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()


class Site:
    """A listening intake."""

    def __init__(self, process: IntakeProcess, port: int, connections: set[IntakeConnection]) -> None:
        self.process = process
        self.port = port
        self.connections = connections

    async def connect(self) -> Client:
        return Client(*await asyncio.open_connection("127.0.0.1", self.port))


Opening = Callable[..., Awaitable[Site]]


def request(path: str, method: str = "GET", *fields: str) -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: go.example.org", "User-Agent: Mozilla/5.0 (X11)", *fields)
    return "\r\n".join((*lines, "", "")).encode("latin-1")


@contextlib.asynccontextmanager
async def a_site(folder: Path, limits: ListenerLimits | None = None) -> AsyncIterator[Site]:
    process = IntakeProcess.open(IntakeOptions(folder, KEYS, SpoolLimits(segment_size=1 << 20, reserve=0)))
    for number, level in enumerate((TrackingLevel.PERSONAL, TrackingLevel.BLIND), 1):
        process.links.add([an_entry(number, level, position=number)])
    listener = Listener(process.service, now_ms=lambda: AT_MS, limits=limits)
    connections: set[IntakeConnection] = set()
    server = await asyncio.get_running_loop().create_server(
        lambda: IntakeConnection(listener, Echo, connections), "127.0.0.1", 0
    )
    try:
        yield Site(process, server.sockets[0].getsockname()[1], connections)
    finally:
        await _closed(server, connections)
        await process.close()


async def _closed(server: asyncio.Server, connections: set[IntakeConnection]) -> None:
    server.close()
    for connection in list(connections):
        connection.shutdown()
    await server.wait_closed()
    await eventually(lambda: not connections)
