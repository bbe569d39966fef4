"""The connections of one gateway in this process: opened when they are of use, woken when there is something."""

import asyncio
from collections.abc import Callable

from mailer.gateways.service import Line
from mailer.transport.service import Connection, Feeder, GatewayDown, Opener


class Connections:
    """As many as the gateway allows and the envelopes need; those that found nothing to take are hungry."""

    def __init__(self, line: Line, feeder: Feeder, on_change: Callable[[], None]) -> None:
        self._line = line
        self._feeder = feeder
        self._on_change = on_change
        self._opener = Opener(line.target)
        self._revision = line.revision
        self._open: set[Connection] = set()
        self._hungry: dict[Connection, None] = {}
        self._opening: set[asyncio.Task[None]] = set()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._open)

    @property
    def is_idle(self) -> bool:
        """None is open or being opened."""
        return not self._open and not self._opening

    @property
    def hungry_count(self) -> int:
        """Connections that would take something."""
        return len(self._hungry)

    def starve(self, connection: Connection) -> None:
        """There was nothing for a connection."""
        self._hungry[connection] = None

    def serve(self, connection: Connection) -> None:
        """There was something for a connection."""
        self._hungry.pop(connection, None)

    def wake(self, count: int) -> None:
        """There is something for so many."""
        for connection in list(self._hungry)[:count]:
            self._hungry.pop(connection, None)
            connection.wake()

    def grow(self, useful: int) -> None:
        """Open one for everything that would be of use, as far as the gateway allows."""
        room = min(self._line.connections, useful) - len(self._open) - len(self._opening)
        if room <= 0 or not self._line.is_usable or any(each.is_idle for each in self._hungry):
            return
        for _ in range(room):
            if not self._line.pacer.may_connect():
                return
            task = asyncio.create_task(self._connect(), name="open connection")
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _connect(self) -> None:
        pacer = self._line.pacer
        try:
            connection = await self._opener.open(self._feeder)
        except GatewayDown as down:
            pacer.connection_failed(str(down), is_refused_by_configuration=down.is_refused_by_configuration)
            return
        self._line.opened(connection.extensions.size)
        self._open.add(connection)
        if self._is_closed:
            connection.drain()
        else:
            connection.wake()
        self._on_change()

    def closed(self, connection: Connection) -> None:
        """One is over."""
        self._open.discard(connection)
        self._hungry.pop(connection, None)
        self._line.pacer.connection_closed()

    def look(self) -> None:
        """Obey changed settings: new connections from now on, or none."""
        if self._line.revision != self._revision:
            self._revision = self._line.revision
            self._opener = Opener(self._line.target)
            self._drain()
        elif not self._line.is_usable:
            self._drain()

    def _drain(self) -> None:
        for connection in list(self._open):
            connection.drain()

    def close(self) -> None:
        """Let them finish what they have."""
        self._is_closed = True
        self._drain()

    def abort(self) -> None:
        """Give them up."""
        for task in self._opening:
            task.cancel()
        for connection in list(self._open):
            connection.abort("the process stops")
