"""A crowd of recipients' programs: asks for each path once, over kept connections, and remembers who was answered."""

import asyncio
import contextlib
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

_HEADERS = (
    "Host: go.example.org\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
    "Accept: image/avif,image/webp,*/*;q=0.5\r\nAccept-Language: de,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\n\r\n"
)
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n")
_TICK_SECONDS = 0.001
_RETRY_SECONDS = 0.02


@dataclass
class Answers:
    """What came of it: paths are named by their number."""

    statuses: dict[int, int] = field(default_factory=dict)
    """Of those that were answered whole."""
    broken: set[int] = field(default_factory=set)
    """Asked for, and the connection ended before the answer was whole: recorded or not, nobody knows."""
    milliseconds: list[float] = field(default_factory=list)
    """From the moment a path was due, so that waiting for a free connection counts."""

    def percentile(self, share: float) -> float:
        """Of the milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


class _Connection(asyncio.Protocol):
    def __init__(self, crowd: "Crowd") -> None:
        self._crowd = crowd
        self._transport: asyncio.Transport | None = None
        self._asked: tuple[int, float] | None = None
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._crowd.free(self)

    def ask(self, number: int, path: str, due: float) -> None:
        """One request; the connection is free again when it is answered."""
        assert self._transport is not None
        self._asked = (number, due)
        self._transport.write(f"GET {path} HTTP/1.1\r\n{_HEADERS}".encode("ascii"))

    def data_received(self, data: bytes) -> None:
        self._data += data
        end = self._data.find(b"\r\n\r\n") + 4
        length = _LENGTH.search(self._data, 0, end)
        if end < 4 or length is None or len(self._data) < end + int(length[1]) or self._asked is None:
            return
        number, due = self._asked
        status = int(self._data[9:12])
        self._asked, self._data = None, b""
        self._crowd.answered(number, status, due)
        self._crowd.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._crowd.lost(self, None if self._asked is None else self._asked[0])

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class Crowd:
    """Connections that share a list of paths."""

    def __init__(self, port: int, paths: Iterable[str], *, connections: int = 64) -> None:
        self.answers = Answers()
        self._port = port
        self._paths: Iterator[tuple[int, str]] = iter(enumerate(paths))
        self._count = connections
        self._idle: deque[_Connection] = deque()
        self._due: deque[tuple[int, str, float]] = deque()
        self._opening: set[asyncio.Task[None]] = set()
        self._under_way = 0
        self._stopped = False
        self._is_all_due = False
        self._is_exhausted = False
        self._done = asyncio.Event()

    async def ask_all(self, *, rate: float | None = None) -> Answers:
        """Ask for every path, so many a second or one after the other on each connection; ends with the last answer."""
        for _ in range(self._count):
            self._open()
        try:
            if rate:
                await self._pace(rate)
            self._is_all_due = True
            self._ask_due()
            await self._done.wait()
        finally:
            await self.stop()
        return self.answers

    async def stop(self) -> None:
        """End every connection."""
        self._stopped = True
        self._done.set()
        for task in self._opening:
            task.cancel()
        await asyncio.gather(*self._opening, return_exceptions=True)
        while self._idle:
            self._idle.pop().close()
        await asyncio.sleep(0)

    def free(self, connection: _Connection) -> None:
        """A connection may ask for the next path."""
        if self._stopped:
            connection.close()
            return
        self._idle.append(connection)
        self._ask_due()

    def answered(self, number: int, status: int, due: float) -> None:
        """An answer is whole."""
        self._under_way -= 1
        self.answers.statuses[number] = status
        self.answers.milliseconds.append((time.monotonic() - due) * 1000)

    def lost(self, connection: _Connection, number: int | None) -> None:
        """A connection ended."""
        if number is not None:
            self._under_way -= 1
            self.answers.broken.add(number)
        with contextlib.suppress(ValueError):
            self._idle.remove(connection)
        if not self._stopped:
            self._open()
            self._ask_due()

    def _open(self) -> None:
        task = asyncio.create_task(self._opened())
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _opened(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._stopped:
            with contextlib.suppress(OSError):
                await loop.create_connection(lambda: _Connection(self), "127.0.0.1", self._port)
                return
            await asyncio.sleep(_RETRY_SECONDS)

    async def _pace(self, rate: float) -> None:
        began, fired = time.monotonic(), 0
        exhausted = False
        while not exhausted:
            wanted = int((time.monotonic() - began) * rate) + 1
            more = list(islice(self._paths, wanted - fired))
            exhausted = len(more) < wanted - fired
            self._due += [(number, path, began + (fired + at) / rate) for at, (number, path) in enumerate(more)]
            fired += len(more)
            self._ask_due()
            await asyncio.sleep(_TICK_SECONDS)

    def _next(self) -> tuple[int, str, float] | None:
        """What is due; once everything is, whatever is left."""
        if self._due:
            return self._due.popleft()
        if not self._is_all_due:
            return None
        left = next(self._paths, None)
        self._is_exhausted = left is None
        return None if left is None else (*left, time.monotonic())

    def _ask_due(self) -> None:
        while self._idle and (due := self._next()):
            self._under_way += 1
            self._idle.popleft().ask(*due)
        if self._is_exhausted and not (self._due or self._under_way):
            self._done.set()
